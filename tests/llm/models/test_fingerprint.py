"""Two models have one fingerprint only when they give the same vectors."""

import dataclasses

import pytest

from llm.errors import ModelError
from llm.models import fingerprint, write_embedding_files


@pytest.fixture
def model(make_model, make_file):
    return make_model(
        make_file("model.safetensors", b"weights"),
        make_file("tokenizer.json", b"{}"),
        kind="embedding",
        transformer={"hidden_size": 8},
        query_prefix="query: ",
        passage_prefix="passage: ",
    )


@pytest.fixture
def folder(model, tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    (tmp_path / "tokenizer.json").write_bytes(b"{}")
    write_embedding_files(model, tmp_path)
    return tmp_path


def test_a_model_and_its_folder_have_the_same(model, folder):
    assert fingerprint(folder) == fingerprint(model)
    assert len(fingerprint(model)) == 16


@pytest.mark.parametrize(
    "change", [{"query_prefix": ""}, {"passage_prefix": "text: "}, {"max_tokens": 256}]
)
def test_what_changes_the_vectors_changes_it(model, folder, change):
    other = dataclasses.replace(model, **change)
    assert fingerprint(other) != fingerprint(model)
    write_embedding_files(other, folder)
    assert fingerprint(folder) == fingerprint(other)


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_other_weights_or_words_change_it(model, folder, name):
    (folder / name).write_bytes(b"something else")
    assert fingerprint(folder) != fingerprint(model)


def test_a_folder_without_a_model_is_one_line(tmp_path):
    with pytest.raises(ModelError, match="is not an embedding model"):
        fingerprint(tmp_path)
