"""Whether a source has a model, asked of a server of our own on this machine."""

import contextlib
import dataclasses
import socket
import threading
from collections.abc import Iterator

import pytest

from llm.models import ModelFile, Repository, Wheel
from llm.pull import Reach

DATA = b"weights" * 1000
TOKEN = {"hub_token": "secret"}
HUB_PATH = "/org/tiny/resolve/abc/tiny.gguf"
MODELSCOPE_PATH = "/models/org/tiny/resolve/master/tiny.gguf"


@pytest.fixture
def model(make_model, make_file):
    return make_model(make_file("tiny.gguf", DATA))


@pytest.fixture
def reach(server, tmp_path):
    def make(*sources, local=None, endpoint=server.url):
        return Reach(
            tmp_path / "models",
            sources,
            local,
            hub_endpoint=endpoint,
            modelscope_endpoint=endpoint,
            **TOKEN,
        )

    return make


def test_each_hub_is_asked_at_its_own_address_and_nothing_is_brought(server, answer, reach, model):
    server.answers[HUB_PATH] = answer(DATA)
    assert reach("hub").has(model)
    assert not reach("modelscope").has(model)
    server.answers[MODELSCOPE_PATH] = answer(DATA)
    assert reach("modelscope").has(model)
    assert [path for path, _ in server.requests] == [HUB_PATH, MODELSCOPE_PATH, MODELSCOPE_PATH]
    assert server.sent == 0


def test_the_token_goes_to_the_hub_alone(server, answer, reach, model):
    server.answers[MODELSCOPE_PATH] = answer(DATA)
    assert reach("hub", "modelscope").has(model)
    assert [headers.get("Authorization") for _, headers in server.requests] == [
        "Bearer secret",
        None,
    ]


def test_a_file_of_another_size_is_not_it(server, answer, reach, model):
    server.answers[HUB_PATH] = answer(DATA[1:])
    assert not reach("hub").has(model)


@pytest.fixture
def hanging_up() -> Iterator[tuple[str, list[str]]]:
    """The address of a server that ends every connection, and those who came."""
    came: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def work() -> None:
            with contextlib.suppress(OSError):  # closed by the test
                while True:
                    connection, (host, _) = listening.accept()
                    came.append(host)
                    connection.close()

        thread = threading.Thread(target=work)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", came
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_a_hub_that_cannot_be_reached_is_asked_once(reach, model, hanging_up):
    address, came = hanging_up
    there = reach("hub", endpoint=address)
    assert not there.has(model)
    assert not there.has(dataclasses.replace(model, hub=Repository("org/other", "abc")))
    assert len(came) == 1


def test_a_file_at_hand_is_found_by_name_and_size(reach, model, tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    assert not reach("local", local=folder).has(model)
    (folder / "tiny.gguf").write_bytes(DATA[1:])
    assert not reach("local", local=folder).has(model)
    (folder / "tiny.gguf").write_bytes(DATA)
    assert reach("local", local=folder).has(model)
    assert not reach("local").has(model)
    assert not reach("hub", local=folder).has(model)


def test_what_is_here_already_needs_no_source(reach, model, make_file, tmp_path):
    folder = tmp_path / "models" / "tiny"
    folder.mkdir(parents=True)
    (folder / "tiny.gguf").write_bytes(DATA)
    assert reach().has(model)
    other = dataclasses.replace(model, files=(ModelFile("tiny.gguf", len(DATA), "0" * 64),))
    assert not reach().has(other)


def test_wheels_count_where_they_are_a_source(reach, make_model, make_file):
    wheel = Wheel("tiny-part1", "1.0", 9, "0" * 64, "data/x.bin", "tiny.gguf", None)
    model = make_model(make_file("tiny.gguf", DATA), wheels=(wheel,))
    assert reach("wheels").has(model)
    assert not reach().has(model)
