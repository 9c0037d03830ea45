"""A chat model behind a real server: llama.cpp's own, with the smallest model of the catalogue."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import platformdirs
import pytest
from langchain_core.messages import HumanMessage
from pydantic import SecretStr

from llm.address import Address
from llm.chat import EndpointChat
from llm.errors import ModelError
from llm.models import resolve

pytestmark = pytest.mark.integration

KEY = "the-right-key"
STORY = [HumanMessage("Write a long story about a ship.")]


@dataclass
class Server:
    """A process that serves SmolLM2, and its address."""

    process: subprocess.Popen[bytes]
    address: Address

    def connect(self, key: str | None = KEY) -> EndpointChat:
        secret = None if key is None else SecretStr(key)
        return EndpointChat.connect(self.address, "smollm2", secret, context=512)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    models = Path(
        os.environ.get("KB_MODELS_DIR") or platformdirs.user_cache_path("zhiku") / "models"
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "llama_cpp.server", "--host", "127.0.0.1", "--port", str(port),
        "--model", str(resolve("smollm2-135m", "chat", models)), "--n_ctx", "512",
        "--api_key", KEY, "--logits_all", "true",
    ]  # fmt: skip
    log = tmp_path_factory.mktemp("server") / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)
    server = Server(process, Address.parse(f"http://127.0.0.1:{port}"))
    ends = time.monotonic() + 60
    while time.monotonic() < ends and process.poll() is None:
        try:
            httpx.get(f"{server.address.url}/models", trust_env=False)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            break
    else:
        server.kill()
        pytest.fail(log.read_text("utf-8", "replace")[-2000:])
    yield server
    server.kill()


@pytest.fixture(scope="module")
def model(start: Server) -> Iterator[EndpointChat]:
    model = start.connect()
    yield model
    model.close()


def test_it_streams(model: EndpointChat) -> None:
    chunks = list(model.stream(STORY, max_tokens=12))
    assert 5 < len([chunk for chunk in chunks if chunk.content]) <= 12
    usage = [chunk.usage_metadata for chunk in chunks if chunk.usage_metadata]
    assert [u["output_tokens"] for u in usage] == [len(chunks) - 2]


def test_its_odds_are_those_of_the_first_token(model: EndpointChat) -> None:
    hello = [HumanMessage("Hello")]
    first = str(model.invoke(hello, max_tokens=1).content).strip()
    assert model.odds(hello, [first], ["zebra"]) > 1
    assert model.odds(hello, ["zebra"], [first]) < -1


def test_a_stop_between_two_words_frees_the_server(model: EndpointChat) -> None:
    cancel, got = threading.Event(), 0
    for chunk in model.stream(STORY, cancel=cancel, max_tokens=400):
        got += bool(chunk.content)
        if got == 3:
            cancel.set()
    assert got == 3
    began = time.monotonic()
    assert model.invoke([HumanMessage("Hi")], max_tokens=2).content
    assert time.monotonic() - began < 5  # 400 tokens take longer


def test_a_stop_before_the_first_word(model: EndpointChat) -> None:
    cancel = threading.Event()
    threading.Timer(0.02, cancel.set).start()
    long = [HumanMessage("word " * 400)]
    assert "".join(str(c.content) for c in model.stream(long, cancel=cancel, max_tokens=5)) == ""


def test_a_prompt_over_its_context_is_one_line(model: EndpointChat) -> None:
    with pytest.raises(ModelError) as raised:
        model.invoke([HumanMessage("word " * 2000)])
    assert "KB_CONTEXT_TOKENS" in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(("key", "told"), [("wrong-key", "refuses the key"), (None, "wants a key")])
def test_a_wrong_key_is_one_line(start: Server, key: str | None, told: str) -> None:
    with pytest.raises(ModelError) as raised:
        start.connect(key)
    assert told in str(raised.value)
    assert "wrong-key" not in str(raised.value)


def test_a_server_that_dies_is_one_line(start: Server, model: EndpointChat) -> None:
    """The last test: nothing answers after it."""
    stream = model.stream(STORY, max_tokens=400)
    next(stream)
    start.kill()
    with pytest.raises(ModelError) as raised:
        list(stream)
    assert "broke off in the middle of its answer" in str(raised.value)
    with pytest.raises(ModelError) as raised:
        model.invoke(STORY)
    assert "cannot be reached" in str(raised.value)
    assert "start it" in str(raised.value)
