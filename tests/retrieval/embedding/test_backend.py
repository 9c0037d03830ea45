"""What runs an embedding model, told from its files alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from retrieval.embedding import backend, prepare

Make = Callable[..., Path]
CLS = {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"config.json": {"model_type": "xlm-roberta", "max_position_embeddings": 514}},
        {"1_Pooling/config.json": CLS},
        {"1_Pooling/config.json": {"pooling_mode": "cls", "embedding_dimension": 384}},
        {"1_Pooling/config.json": {"pooling_mode": "mean", "include_prompt": True}},
        {"sentence_bert_config.json": {"do_lower_case": False}},
        {"config_sentence_transformers.json": None},
    ],
)
def test_encoders_with_a_plain_pooling_are_run_by_openvino(files: Make, changed: Any) -> None:
    folder = files(**changed)
    assert backend(folder, folder / "converted", "openvino") == "openvino"
    assert backend(folder, folder / "converted", "torch") == "torch"


@pytest.mark.parametrize(
    "changed",
    [
        {"config.json": {"model_type": "qwen3", "max_position_embeddings": 64}},
        {"config.json": {}},
        {"config.json": []},
        {"modules.json": None},
        {"modules.json": [{"type": "sentence_transformers.models.Transformer", "path": "0"}]},
        {"modules.json": {"0": "x"}},
        {"1_Pooling/config.json": {"pooling_mode_max_tokens": True}},
        {"1_Pooling/config.json": {**CLS, "pooling_mode_mean_tokens": True}},
        {"1_Pooling/config.json": {"pooling_mode": ["mean", "max"]}},
        {"1_Pooling/config.json": {"pooling_mode": "mean", "include_prompt": False}},
        {"sentence_bert_config.json": {"do_lower_case": True}},
        {"sentence_bert_config.json": None, "config.json": {"model_type": "bert"}},
    ],
)
def test_a_model_that_does_more_is_left_to_torch(files: Make, changed: Any) -> None:
    folder = files(**changed)
    assert backend(folder, folder / "converted", "openvino") == "torch"
    assert not prepare(folder, folder / "converted", "openvino")
    assert not (folder / "converted").exists()
