"""A model's files from a hub, checked before they get their names."""

import dataclasses

import pytest

from llm.errors import ModelError
from llm.models import ModelFile
from llm.pull.hub import fetch_hub, fetch_modelscope

DATA = b"GGUF and more" * 1000
HUB_PATH = "/org/tiny/resolve/abc/tiny.gguf"


@pytest.fixture
def model(make_model, make_file):
    return make_model(make_file("tiny.gguf", DATA))


def test_hub_and_modelscope_have_their_own_addresses(server, answer, model, tell, tmp_path):
    server.answers[HUB_PATH] = answer(DATA)
    fetch_hub(model, tmp_path, server.url + "/", None, tell)
    assert (tmp_path / "tiny.gguf").read_bytes() == DATA
    (tmp_path / "tiny.gguf").unlink()
    server.answers["/models/org/tiny/resolve/master/tiny.gguf"] = answer(DATA)
    fetch_modelscope(model, tmp_path, server.url, tell)
    assert (tmp_path / "tiny.gguf").read_bytes() == DATA


def test_progress_names_each_step(server, answer, model, tell, reports, tmp_path):
    server.answers[HUB_PATH] = answer(DATA)
    fetch_hub(model, tmp_path, server.url, None, tell)
    assert [report.step for report in reports] == ["connecting", "downloading", "checking"]
    assert reports[1].done == reports[1].total == len(DATA)


def test_a_wrong_hash_leaves_nothing(server, answer, model, tell, tmp_path):
    server.answers[HUB_PATH] = answer(b"x" * len(DATA))
    with pytest.raises(ModelError, match=r"tiny\.gguf has SHA-256 .* is right"):
        fetch_hub(model, tmp_path, server.url, None, tell)
    assert list(tmp_path.iterdir()) == []


def test_the_part_of_another_file_is_dropped_and_the_file_fetched_anew(
    server, answer, model, tell, tmp_path
):
    (tmp_path / "tiny.gguf.part").write_bytes(b"x" * 500)
    server.answers[HUB_PATH] = answer(DATA)
    fetch_hub(model, tmp_path, server.url, None, tell)
    assert (tmp_path / "tiny.gguf").read_bytes() == DATA
    assert [headers.get("Range") for _, headers in server.requests] == ["bytes=500-", None]


def test_a_file_that_is_there_is_not_fetched_again(
    server, answer, make_model, make_file, tell, tmp_path
):
    model = make_model(make_file("a.gguf", b"first"), make_file("b.gguf", b"second"))
    server.answers["/org/tiny/resolve/abc/a.gguf"] = answer(b"first")
    with pytest.raises(ModelError, match="no file"):
        fetch_hub(model, tmp_path, server.url, None, tell)
    server.answers["/org/tiny/resolve/abc/b.gguf"] = answer(b"second")
    fetch_hub(model, tmp_path, server.url, None, tell)
    assert [path[-6:] for path, _ in server.requests] == ["a.gguf", "b.gguf", "b.gguf"]


@pytest.mark.parametrize("name", ["pytorch_model.bin", "weights.pt", "model.pkl", "x.gguf.bin"])
def test_pickles_are_refused_without_a_request(
    server, answer, make_model, make_file, tell, tmp_path, name
):
    server.answers[f"/org/tiny/resolve/abc/{name}"] = answer(DATA)
    with pytest.raises(ModelError, match=f"'{name}' is not fetched"):
        fetch_hub(make_model(make_file(name, DATA)), tmp_path, server.url, None, tell)
    assert server.requests == []


def test_an_unknown_hash_is_taken_from_the_hub(server, answer, model, sha256, tell, tmp_path):
    unknown = dataclasses.replace(model, files=(ModelFile("tiny.gguf", None, None),))
    server.answers[HUB_PATH] = answer(DATA, headers={"X-Linked-ETag": f'"{sha256(DATA)}"'})
    fetch_hub(unknown, tmp_path, server.url, None, tell)
    assert (tmp_path / "tiny.gguf").read_bytes() == DATA


def test_a_stated_hash_that_is_wrong_is_an_error(server, answer, model, tell, tmp_path):
    unknown = dataclasses.replace(model, files=(ModelFile("tiny.gguf", None, None),))
    server.answers[HUB_PATH] = answer(DATA, headers={"X-Linked-ETag": f'"{"a" * 64}"'})
    with pytest.raises(ModelError, match="aaaaaaaaaaaa"):
        fetch_hub(unknown, tmp_path, server.url, None, tell)


def test_without_any_hash_nothing_is_kept_under_its_name(server, answer, model, tell, tmp_path):
    unknown = dataclasses.replace(model, files=(ModelFile("tiny.gguf", None, None),))
    server.answers[HUB_PATH] = answer(DATA)
    with pytest.raises(ModelError, match="no SHA-256 is known or stated"):
        fetch_hub(unknown, tmp_path, server.url, None, tell)
    assert not (tmp_path / "tiny.gguf").exists()


def test_the_token_goes_to_the_hub_and_not_to_its_storage(server, answer, model, tell, tmp_path):
    # "localhost" is another host than "127.0.0.1" to a client, though the server is the same.
    storage = server.url.replace("127.0.0.1", "localhost")
    server.answers[HUB_PATH] = answer(redirect=f"{storage}/storage")
    server.answers["/storage"] = answer(DATA)
    fetch_hub(model, tmp_path, server.url, "secret", tell)
    sent = {path: headers.get("Authorization") for path, headers in server.requests}
    assert sent == {HUB_PATH: "Bearer secret", "/storage": None}


def test_a_model_without_a_repository_is_an_error(model, tell, tmp_path):
    bare = dataclasses.replace(model, hub=None, modelscope=None)
    with pytest.raises(ModelError, match="the hub does not have it"):
        fetch_hub(bare, tmp_path, "http://127.0.0.1:9", None, tell)
    with pytest.raises(ModelError, match="ModelScope does not have it"):
        fetch_modelscope(bare, tmp_path, "http://127.0.0.1:9", tell)
