"""The files that we write make sentence-transformers load the model as it was trained."""

import json
import os
from pathlib import Path

import platformdirs
import pytest

from llm.models import find, resolve, write_embedding_files


def test_prefixes_length_and_pooling_are_written(tmp_path):
    write_embedding_files(find("multilingual-e5-small"), tmp_path)

    def read(name):
        return json.loads((tmp_path / name).read_text("utf-8"))

    prompts = read("config_sentence_transformers.json")["prompts"]
    assert prompts == {"query": "query: ", "passage": "passage: "}
    assert read("sentence_bert_config.json")["max_seq_length"] == 512
    assert read("1_Pooling/config.json")["pooling_mode_mean_tokens"]
    assert read("config.json")["hidden_size"] == 384


def test_weights_without_a_pooler_say_so(tmp_path):
    write_embedding_files(find("multilingual-e5-small-q4"), tmp_path)
    module = json.loads((tmp_path / "sentence_bert_config.json").read_text("utf-8"))
    assert module["model_kwargs"] == {"add_pooling_layer": False}
    assert "add_pooling_layer" not in json.loads((tmp_path / "config.json").read_text("utf-8"))


@pytest.mark.integration
def test_the_default_model_loads_cleanly_and_finds_the_right_passage(caplog, capfd):
    from sentence_transformers import SentenceTransformer

    models_dir = os.environ.get("KB_MODELS_DIR") or platformdirs.user_cache_path("zhiku") / "models"
    folder = resolve("multilingual-e5-small", "embedding", Path(models_dir))
    model = SentenceTransformer(str(folder), device="cpu")
    assert caplog.text == ""
    assert "UNEXPECTED" not in capfd.readouterr().err
    questions = ["出差住宿的报销上限是多少？", "How many days of annual leave do I get?"]
    passages = [
        "国内出差住宿费每晚不超过450元，凭发票报销。",
        "Employees are entitled to 20 days of paid annual leave per year.",
        "服务器机房每月巡检一次。",
        "The printer is on the second floor.",
    ]
    similar = model.similarity(
        model.encode(questions, prompt_name="query"), model.encode(passages, prompt_name="passage")
    )
    assert similar.argmax(dim=1).tolist() == [0, 1]
