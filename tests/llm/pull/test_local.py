"""A model's files from the user's own disk."""

import pytest

from llm.errors import ModelError
from llm.pull.local import fetch_local

DATA = b"GGUF and more"


@pytest.fixture
def model(make_model, make_file):
    return make_model(make_file("tiny.gguf", DATA))


@pytest.fixture
def store(tmp_path):
    folder = tmp_path / "store"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("place", "given"),
    [
        ("mine/tiny.gguf", "mine/tiny.gguf"),
        ("mine/renamed.gguf", "mine/renamed.gguf"),
        ("mine/tiny.gguf", "mine"),
        ("mine/tiny/tiny.gguf", "mine"),
        ("hf/models--org--tiny/snapshots/0abc/tiny.gguf", "hf"),
        ("hf/hub/models--org--tiny/snapshots/0abc/tiny.gguf", "hf"),
    ],
)
def test_a_file_is_found(model, tell, tmp_path, store, place, given):
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_bytes(DATA)
    fetch_local(model, store, tmp_path / given, tell)
    assert (store / "tiny.gguf").read_bytes() == DATA
    assert path.read_bytes() == DATA


@pytest.mark.parametrize(
    ("content", "words"),
    [(DATA[:-1], "has 12 bytes where 13 are right"), (b"x" * 13, "has SHA-256")],
)
def test_a_wrong_file_is_refused(model, tell, tmp_path, store, content, words):
    (tmp_path / "tiny.gguf").write_bytes(content)
    with pytest.raises(ModelError, match=words):
        fetch_local(model, store, tmp_path, tell)
    assert list(store.iterdir()) == []


def test_what_is_missing_is_named(model, tell, tmp_path, store):
    with pytest.raises(ModelError, match=r"no tiny\.gguf in"):
        fetch_local(model, store, tmp_path, tell)
    with pytest.raises(ModelError, match=r"no file or folder '.*gone'"):
        fetch_local(model, store, tmp_path / "gone", tell)
    with pytest.raises(ModelError, match="no file or folder given"):
        fetch_local(model, store, None, tell)
