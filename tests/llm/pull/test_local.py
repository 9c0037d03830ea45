"""A model's files from the user's own disk."""

import pytest

from llm.errors import ModelError

DATA = b"GGUF and more"


@pytest.fixture
def model(make_model, make_file):
    return make_model(make_file("tiny.gguf", DATA))


@pytest.fixture
def mine(tmp_path):
    return tmp_path / "mine"


@pytest.mark.parametrize(
    ("place", "given"),
    [
        ("tiny.gguf", "tiny.gguf"),
        ("renamed.gguf", "renamed.gguf"),
        ("tiny.gguf", ""),
        ("tiny/tiny.gguf", ""),
        ("models--org--tiny/snapshots/0abc/tiny.gguf", ""),
        ("hub/models--org--tiny/snapshots/0abc/tiny.gguf", ""),
    ],
)
def test_a_file_is_found(run, model, mine, place, given):
    path = mine / place
    path.parent.mkdir(parents=True)
    path.write_bytes(DATA)
    assert run(model, "local", local=mine / given).path.read_bytes() == DATA
    assert path.read_bytes() == DATA


@pytest.mark.parametrize(
    ("content", "words"),
    [(DATA[:-1], "has 12 bytes where 13 are right"), (b"x" * 13, "has SHA-256")],
)
def test_a_wrong_file_is_refused(run, model, tmp_path, mine, content, words):
    mine.mkdir()
    (mine / "tiny.gguf").write_bytes(content)
    with pytest.raises(ModelError, match=words):
        run(model, "local", local=mine)
    assert [path.name for path in (tmp_path / "tiny").iterdir() if path.name != ".lock"] == []


def test_what_is_missing_is_named(run, model, mine):
    mine.mkdir()
    with pytest.raises(ModelError, match=r"no tiny\.gguf in"):
        run(model, "local", local=mine)
    with pytest.raises(ModelError, match=r"no file or folder '.*gone'"):
        run(model, "local", local=mine / "gone")
    with pytest.raises(ModelError, match="no file or folder given"):
        run(model, "local")
