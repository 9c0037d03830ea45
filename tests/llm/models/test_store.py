"""What is installed, and what a person is told when it is not whole."""

import struct

import pytest

from llm.errors import ModelError
from llm.models import installed, resolve, verify, write_embedding_files

DATA = b"weights" * 100
TRANSFORMER = {"model_type": "bert", "hidden_size": 8}


@pytest.fixture
def chat(make_model, make_file):
    return make_model(make_file("tiny.gguf", DATA), id="tiny-chat")


@pytest.fixture
def embedding(make_model, make_file):
    files = (make_file("model.safetensors", DATA), make_file("tokenizer.json", b"{}"))
    fields = {"kind": "embedding", "transformer": TRANSFORMER, "query_prefix": "query: "}
    return make_model(*files, id="tiny-embedding", fallback="tiny-q4", **fields)


@pytest.fixture
def fallback(make_model, make_file):
    files = (make_file("model.safetensors", DATA[:50]), make_file("tokenizer.json", b"{}"))
    return make_model(*files, id="tiny-q4", kind="embedding", transformer=TRANSFORMER)


def install(model, models_dir, contents):
    folder = models_dir / model.id
    folder.mkdir()
    for file, content in zip(model.files, contents, strict=True):
        (folder / file.name).write_bytes(content)
    if model.kind == "embedding":
        write_embedding_files(model, folder)
    return folder


def test_a_chat_model_is_its_file(chat, tmp_path):
    folder = install(chat, tmp_path, [DATA])
    assert installed(chat, tmp_path) == folder / "tiny.gguf"
    assert resolve("tiny-chat", "chat", tmp_path, [chat]) == folder / "tiny.gguf"
    assert verify(chat, tmp_path) == []


def test_an_embedding_model_is_its_folder(embedding, tmp_path):
    folder = install(embedding, tmp_path, [DATA, b"{}"])
    assert installed(embedding, tmp_path) == folder
    (folder / "1_Pooling" / "config.json").unlink()
    assert installed(embedding, tmp_path) is None
    assert len(verify(embedding, tmp_path)) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "model 'tiny-chat' is not installed: run `kb models pull tiny-chat`"),
        (DATA[:-7], r"has 693 of 700 bytes: run `kb models pull tiny-chat`"),
        (b"x" * 700, r"is damaged \(SHA-256 .*\): run `kb models pull tiny-chat`"),
    ],
)
def test_what_is_wrong_is_one_line_that_says_what_to_do(chat, tmp_path, content, words):
    if content is not None:
        install(chat, tmp_path, [content])
    assert installed(chat, tmp_path) is None
    with pytest.raises(ModelError, match=words) as error:
        resolve("tiny-chat", "chat", tmp_path, [chat])
    assert "\n" not in str(error.value)
    assert len(verify(chat, tmp_path)) == 1


def test_verify_reads_the_file_again(chat, tmp_path):
    path = install(chat, tmp_path, [DATA]) / "tiny.gguf"
    assert installed(chat, tmp_path)
    path.write_bytes(b"x" * 700)
    assert "is damaged" in verify(chat, tmp_path)[0]


def test_the_fallback_serves_until_the_model_itself_is_there(embedding, fallback, tmp_path):
    known = [embedding, fallback]
    folder = install(fallback, tmp_path, [DATA[:50], b"{}"])
    assert resolve("tiny-embedding", "embedding", tmp_path, known) == folder
    itself = install(embedding, tmp_path, [DATA, b"{}"])
    assert resolve("tiny-embedding", "embedding", tmp_path, known) == itself


def test_a_model_of_the_other_kind_is_refused(chat, tmp_path):
    with pytest.raises(ModelError, match="is a model for chat, not for embedding"):
        resolve("tiny-chat", "embedding", tmp_path, [chat])


def test_a_name_that_is_no_path_names_the_nearest(chat, tmp_path):
    with pytest.raises(ModelError, match="did you mean tiny-chat"):
        resolve("tinychat", "chat", tmp_path, [chat])


def test_a_gguf_by_path_is_checked(tmp_path):
    path = tmp_path / "mine.gguf"
    path.write_bytes(struct.pack("<4sIQQ8x", b"GGUF", 3, 0, 0))
    assert resolve(str(path), "chat", tmp_path, []) == path
    path.write_bytes(b"no model")
    with pytest.raises(ModelError, match="not a GGUF file"):
        resolve(str(path), "chat", tmp_path, [])
    with pytest.raises(ModelError, match="is a folder"):
        resolve(str(tmp_path), "chat", tmp_path, [])
    with pytest.raises(ModelError, match=r"no model file at '.*gone\.gguf'"):
        resolve(str(tmp_path / "gone.gguf"), "chat", tmp_path, [])


def test_an_embedding_folder_by_path_must_be_safe_and_whole(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "pytorch_model.bin").touch()
    with pytest.raises(ModelError, match="pickled ones"):
        resolve(str(folder), "embedding", tmp_path, [])
    for name in ("model.safetensors", "config.json", "tokenizer.json"):
        with pytest.raises(ModelError):
            resolve(str(folder), "embedding", tmp_path, [])
        (folder / name).touch()
    assert resolve(str(folder), "embedding", tmp_path, []) == folder
    with pytest.raises(ModelError, match="give the folder"):
        resolve(str(folder / "config.json"), "embedding", tmp_path, [])
