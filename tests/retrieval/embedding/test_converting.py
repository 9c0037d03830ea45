"""Models converted for OpenVINO: kept, checked, made anew, or left to torch."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from retrieval.embedding import backend, load_embeddings, prepare

pytestmark = pytest.mark.integration

Make = Callable[..., Path]
CLS = {"1_Pooling/config.json": {"embedding_dimension": 32, "pooling_mode": "cls"}}
TEXTS = ["word1 word2", "", *(" ".join(f"word{k * n % 40}" for k in range(n)) for n in (9, 47, 90))]
BEGINS = "converting the embedding model"


def kind(embeddings: Any) -> str:
    return type(embeddings).__name__


@pytest.mark.parametrize(("name", "pooling"), [("Bert", {}), ("XLMRoberta", CLS)])
def test_what_is_converted_gives_the_vectors_of_torch(
    tiny: Make, tmp_path: Path, name: str, pooling: Any
) -> None:
    """Also where a text is longer than the model takes, here 48 tokens."""
    folder = tiny(name, **pooling)
    found = load_embeddings(folder, tmp_path / "converted" / "a", "openvino")
    assert kind(found) == "OpenVinoEmbeddings"
    torch = load_embeddings(folder, wanted="torch")
    cosines = np.multiply(found.embed_documents(TEXTS), torch.embed_documents(TEXTS)).sum(axis=1)
    assert cosines.min() >= 0.999
    query = np.multiply(found.embed_query(TEXTS[2]), torch.embed_query(TEXTS[2])).sum()
    assert query >= 0.999


def test_what_is_damaged_or_of_another_model_is_converted_anew(
    tiny: Make, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder, place = tiny(), tmp_path / "converted" / "a"
    assert prepare(folder, place, "openvino")
    whole = (place / "model.bin").read_bytes()
    assert len(whole) > 1000
    caplog.clear()
    assert kind(load_embeddings(folder, place, "openvino")) == "OpenVinoEmbeddings"
    assert BEGINS not in caplog.text

    (place / "model.bin").write_bytes(whole[:500] + b"\xff" * 4 + whole[504:])
    found = load_embeddings(folder, place, "openvino")
    assert (kind(found), caplog.text.count(BEGINS)) == ("OpenVinoEmbeddings", 1)
    assert (place / "model.bin").read_bytes() == whole

    other = place.with_name("b")
    place.rename(other)  # as if it were that of other weights
    found = load_embeddings(folder, other, "openvino")
    assert (kind(found), caplog.text.count(BEGINS)) == ("OpenVinoEmbeddings", 2)
    assert [f.name for f in place.parent.iterdir()] == ["b"]  # nothing is left over


def test_what_cannot_be_converted_is_run_by_torch_and_tried_once(
    tiny: Make, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder, place = tiny(spoilt=True), tmp_path / "converted" / "a"
    assert backend(folder, place, "openvino") == "openvino"
    for _ in range(2):
        assert kind(load_embeddings(folder, place, "openvino")) == "HuggingFaceEmbeddings"
    assert caplog.text.count(BEGINS) == 1
    assert caplog.text.count("torch runs the embedding model, not OpenVINO: its vectors") == 2
    assert backend(folder, place, "openvino") == "torch"


def test_a_kind_that_is_not_converted_is_run_by_torch(
    tiny: Make, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder, place = tiny("DistilBert"), tmp_path / "converted" / "a"
    found = load_embeddings(folder, place, "openvino")
    assert kind(found) == "HuggingFaceEmbeddings"
    assert len(found.embed_query("word1")) == 32
    (line,) = caplog.messages
    assert "distilbert" in line
    assert not place.parent.exists()


def test_where_nothing_can_be_kept_torch_runs_it(
    tiny: Make, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "converted").write_text("a file in the place of the folder")
    found = load_embeddings(tiny(), tmp_path / "converted" / "a", "openvino")
    assert kind(found) == "HuggingFaceEmbeddings"
    assert "it cannot be kept" in caplog.messages[-1]
