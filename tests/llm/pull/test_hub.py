"""A model's files from a hub, a server of our own on this machine: whole, checked, gone on with."""

import dataclasses
import socket
import threading

import pytest

from llm.errors import ModelError
from llm.models import ModelFile
from llm.pull import Pulled

DATA = bytes(range(256)) * 4096  # 1 MiB
HUB_PATH = "/org/tiny/resolve/abc/tiny.gguf"
TOKEN = {"hub_token": "secret"}
MODELSCOPE_PATH = "/models/org/tiny/resolve/master/tiny.gguf"


@pytest.fixture
def model(make_model, make_file):
    return make_model(make_file("tiny.gguf", DATA))


@pytest.fixture
def unknown(model):
    """The same model, of whose file the catalogue knows neither length nor hash."""
    return dataclasses.replace(model, files=(ModelFile("tiny.gguf", None, None),))


@pytest.fixture
def file(tmp_path):
    """Where the model's file comes to lie."""
    return tmp_path / "tiny" / "tiny.gguf"


@pytest.fixture
def part(file):
    """What an earlier try left of the file, so far nothing."""
    file.parent.mkdir()
    return file.with_name("tiny.gguf.part")


def ranges(server):
    return [headers.get("Range") for _, headers in server.requests]


def test_hub_and_modelscope_have_their_own_addresses(server, answer, run, model, file):
    server.answers[HUB_PATH] = answer(DATA)
    assert run(model, "hub", hub_endpoint=server.url + "/") == Pulled(file, "hub", "tiny")
    assert file.read_bytes() == DATA
    file.unlink()
    server.answers[MODELSCOPE_PATH] = answer(DATA)
    assert run(model, "modelscope") == Pulled(file, "modelscope", "tiny")
    assert file.read_bytes() == DATA


def test_progress_names_each_step(server, answer, run, model, reports):
    server.answers[HUB_PATH] = answer(DATA)
    run(model, "hub")
    assert [report.step for report in reports] == ["connecting", "downloading", "checking"]
    assert {(report.model_id, report.source) for report in reports} == {("tiny", "hub")}
    assert reports[1].done == reports[1].total == len(DATA)


def test_only_the_rest_is_asked_for(server, answer, run, model, part, file, reports):
    part.write_bytes(DATA[:1000])
    server.answers[HUB_PATH] = answer(DATA)
    run(model, "hub")
    assert ranges(server) == ["bytes=1000-"]
    assert file.read_bytes() == DATA
    assert next(report.done for report in reports if report.step == "downloading") > 1000


def test_a_whole_part_is_not_asked_for_again(server, run, model, part, file):
    part.write_bytes(DATA)
    run(model, "hub")
    assert server.requests == []
    assert file.read_bytes() == DATA


def test_a_server_that_ignores_the_range_is_read_from_the_start(
    server, answer, run, model, part, file
):
    part.write_bytes(b"x" * 1000)
    server.answers[HUB_PATH] = answer(DATA, ranges=False)
    run(model, "hub")
    assert file.read_bytes() == DATA


def test_a_broken_connection_goes_on_where_it_broke(server, answer, run, model, file):
    server.answers[HUB_PATH] = answer(DATA, cuts=[300_000, 200_000])
    run(model, "hub")
    assert ranges(server) == [None, "bytes=300000-", "bytes=500000-"]
    assert file.read_bytes() == DATA


def test_a_connection_that_brings_nothing_is_given_up(server, answer, run, model):
    server.answers[HUB_PATH] = answer(DATA, cuts=[300_000, *[0] * 20])
    with pytest.raises(ModelError, match=r"127\.0\.0\.1:\d+ failed"):
        run(model, "hub")
    assert len(server.requests) == 1 + 3


def test_a_part_longer_than_the_file_is_begun_again(server, answer, run, model, part, file):
    part.write_bytes(b"x" * (len(DATA) + 5))
    server.answers[HUB_PATH] = answer(DATA)
    run(model, "hub")
    assert file.read_bytes() == DATA


def test_the_part_of_another_file_is_dropped_and_the_file_fetched_anew(
    server, answer, run, model, part, file
):
    part.write_bytes(b"x" * 500)
    server.answers[HUB_PATH] = answer(DATA)
    run(model, "hub")
    assert file.read_bytes() == DATA
    assert ranges(server) == ["bytes=500-", None]


def test_a_page_in_place_of_the_file_is_refused_before_it_is_read(server, answer, run, model, part):
    server.answers[HUB_PATH] = answer(b"<html>log in</html>")
    with pytest.raises(ModelError, match=f"offers 19 bytes where {len(DATA)} are right"):
        run(model, "hub")
    assert not part.exists()


def test_another_part_than_asked_for_is_refused(server, answer, run, model, part):
    part.write_bytes(DATA[:10])
    server.answers[HUB_PATH] = answer(
        DATA, status=206, headers={"Content-Range": f"bytes 0-{len(DATA) - 1}/{len(DATA)}"}
    )
    with pytest.raises(ModelError, match="another part"):
        run(model, "hub")
    assert part.read_bytes() == DATA[:10]


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "has no file '/org/"), (401, "asks for a token"), (403, "licence"), (500, "500")],
)
def test_a_refusal_is_one_line_and_not_tried_again(server, answer, run, model, status, words):
    server.answers[HUB_PATH] = answer(status=status)
    with pytest.raises(ModelError, match=words) as error:
        run(model, "hub")
    assert "\n" not in str(error.value)
    assert len(server.requests) == 1


def test_a_port_where_nobody_listens_is_given_up_at_once(run, model):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: a connection is refused
        port = taken.getsockname()[1]
        with pytest.raises(ModelError, match=f"127.0.0.1:{port} cannot be reached"):
            run(model, "hub", hub_endpoint=f"http://127.0.0.1:{port}")


@pytest.mark.integration  # it takes the ten seconds for which a hub is waited for
def test_a_hub_that_never_answers_is_not_waited_for(server, answer, run, model):
    silent = threading.Event()
    server.answers[HUB_PATH] = answer(DATA, silent=silent)
    with pytest.raises(ModelError, match=r"cannot be reached \(no answer\)"):
        run(model, "hub")
    silent.set()


def test_a_wrong_hash_leaves_nothing(server, answer, run, model, file):
    server.answers[HUB_PATH] = answer(b"x" * len(DATA))
    with pytest.raises(ModelError, match=r"tiny\.gguf has SHA-256 .* is right"):
        run(model, "hub")
    assert [path.name for path in file.parent.iterdir() if path.name != ".lock"] == []


def test_a_file_that_is_there_is_not_fetched_again(server, answer, run, make_model, make_file):
    model = make_model(make_file("a.gguf", b"first"), make_file("b.gguf", b"second"))
    server.answers["/org/tiny/resolve/abc/a.gguf"] = answer(b"first")
    with pytest.raises(ModelError, match="no file"):
        run(model, "hub")
    server.answers["/org/tiny/resolve/abc/b.gguf"] = answer(b"second")
    run(model, "hub")
    assert [path[-6:] for path, _ in server.requests] == ["a.gguf", "b.gguf", "b.gguf"]


@pytest.mark.parametrize("name", ["pytorch_model.bin", "weights.pt", "model.pkl", "x.gguf.bin"])
def test_pickles_are_refused_without_a_request(server, answer, run, make_model, make_file, name):
    server.answers[f"/org/tiny/resolve/abc/{name}"] = answer(DATA)
    with pytest.raises(ModelError, match=f"'{name}' is not fetched"):
        run(make_model(make_file(name, DATA)), "hub")
    assert server.requests == []


@pytest.mark.parametrize("redirected", [True, False])
def test_an_unknown_hash_is_taken_from_the_hub(
    server, answer, run, unknown, sha256, file, redirected
):
    """Where it redirects the hub states it, and not its storage."""
    stated = {"X-Linked-ETag": f'"{sha256(DATA)}"'}
    server.answers[HUB_PATH] = answer(DATA, headers=stated)
    if redirected:
        server.answers[HUB_PATH] = answer(headers=stated, redirect=f"{server.url}/storage")
        server.answers["/storage"] = answer(DATA)
    run(unknown, "hub")
    assert file.read_bytes() == DATA


def test_a_stated_hash_that_is_wrong_is_an_error(server, answer, run, unknown, file):
    server.answers[HUB_PATH] = answer(DATA, headers={"X-Linked-ETag": f'"{"a" * 64}"'})
    with pytest.raises(ModelError, match="aaaaaaaaaaaa"):
        run(unknown, "hub")
    assert not file.exists()


@pytest.mark.parametrize("headers", [{}, {"X-Linked-ETag": '"0123abcd"'}])
def test_without_any_hash_nothing_is_kept_under_its_name(
    server, answer, run, unknown, file, headers
):
    server.answers[HUB_PATH] = answer(DATA, headers=headers)
    with pytest.raises(ModelError, match="no SHA-256 is known or stated"):
        run(unknown, "hub")
    assert not file.exists()


def test_the_token_goes_to_the_hub_and_not_to_its_storage(server, answer, run, model):
    # "localhost" is another host than "127.0.0.1" to a client, though the server is the same.
    storage = server.url.replace("127.0.0.1", "localhost")
    server.answers[HUB_PATH] = answer(redirect=f"{storage}/storage")
    server.answers["/storage"] = answer(DATA)
    run(model, "hub", **TOKEN)
    sent = {path: headers.get("Authorization") for path, headers in server.requests}
    assert sent == {HUB_PATH: "Bearer secret", "/storage": None}


def test_the_token_is_not_for_modelscope(server, answer, run, model):
    server.answers[MODELSCOPE_PATH] = answer(DATA)
    run(model, "modelscope", **TOKEN)
    assert [headers.get("Authorization") for _, headers in server.requests] == [None]


def test_a_model_without_a_repository_is_an_error(server, run, model):
    bare = dataclasses.replace(model, hub=None, modelscope=None)
    with pytest.raises(ModelError, match=r"the hub does not have it.*ModelScope does not have it"):
        run(bare, "hub", "modelscope")
    assert server.requests == []


@pytest.mark.parametrize("source", ["hub", "modelscope", "local"])
def test_more_than_the_disk_holds_is_refused_before_it_begins(server, run, model, tmp_path, source):
    huge = dataclasses.replace(model, files=(ModelFile("tiny.gguf", 1 << 60, "a" * 64),))
    with pytest.raises(ModelError, match=r"GB are needed in .*, .* GB are free"):
        run(huge, source, local=tmp_path)
    assert server.requests == []
