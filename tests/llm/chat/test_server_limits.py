"""A model server that sends without end, slowly or packed: one line, after so many bytes."""

import gzip
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from langchain_core.messages import HumanMessage

from llm.address import Address
from llm.chat import EndpointChat
from llm.errors import ModelError

HELLO = [HumanMessage("When is tea served?")]
OK = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n"
REFUSES = 'HTTP/1.1 400 No\r\nContent-Length: 15\r\nConnection: close\r\n\r\n{"error": "no"}'
FAILS = "HTTP/1.1 500 No\r\nContent-Type: application/json\r\nConnection: close\r\n"


def event(text: str) -> bytes:
    """A part of an answer as a server streams it."""
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": None}
    kind = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "tea-7b"}
    return f"data: {json.dumps({**kind, 'choices': [choice]})}\n\n".encode()


END = event("").replace(b"null", b'"stop"') + b"data: [DONE]\n\n"


class Connection:
    """What a server does with one request, counting its bytes."""

    def __init__(self, of: socket.socket, ends: threading.Event) -> None:
        self._of = of
        self._ends = ends
        self.sent = 0

    def send(self, data: bytes | str) -> None:
        data = data.encode() if isinstance(data, str) else data
        self._of.sendall(data)
        self.sent += len(data)

    def for_ever(self, data: bytes, pause: float = 0.0) -> None:
        while not self._ends.wait(pause) and self.sent < 200_000_000:
            self.send(data)


class HostileServer:
    """A server that answers well until it gets an attack, which it then does to every request."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._serve)]
        self.ends = threading.Event()
        self.attack: Callable[[Connection], None] | None = None
        self.sent: list[int] = []
        self.address = Address.parse(f"http://127.0.0.1:{self._listening.getsockname()[1]}/v1")
        self._threads[0].start()

    def _serve(self) -> None:
        while not self.ends.is_set():
            connection, _ = self._listening.accept()
            self._threads.append(threading.Thread(target=self._one, args=(connection,)))
            self._threads[-1].start()

    def _one(self, of: socket.socket) -> None:
        with of, of.makefile("rb") as asked:
            length = 0
            while line := asked.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            body = json.loads(asked.read(length) or b"{}")
            connection = Connection(of, self.ends)
            try:
                if self.attack:
                    self.attack(connection)
                elif "logprobs" in body:
                    connection.send(REFUSES)
                elif length:
                    connection.send(OK + "\r\n")
                    connection.send(event("Tea") + END)
            except OSError:
                self.sent.append(connection.sent)  # the client went away, as it should

    def close(self) -> None:
        self.ends.set()
        with socket.create_connection(("127.0.0.1", self._listening.getsockname()[1])):
            pass
        for thread in self._threads:
            thread.join()
        self._listening.close()


@pytest.fixture
def server() -> Iterator[HostileServer]:
    made = HostileServer()
    yield made
    made.close()


def connected(server: HostileServer, patience: float) -> EndpointChat:
    return EndpointChat.connect(
        server.address, "tea-7b", None, context=4096, max_tokens=64, patience=patience
    )


@pytest.fixture
def model(server: HostileServer) -> Iterator[EndpointChat]:
    made = connected(server, 1.0)
    yield made
    made.close()


def told(model: EndpointChat, max_tokens: int | None = None) -> str:
    """The one line that comes of a question."""
    with pytest.raises(ModelError) as raised:
        model.invoke(HELLO, max_tokens=max_tokens)
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 500
    return str(raised.value)


def flood(head: str, data: bytes) -> Callable[[Connection], None]:
    def attack(connection: Connection) -> None:
        connection.send(head)
        connection.for_ever(data)

    return attack


@pytest.mark.parametrize(
    ("head", "data", "said"),
    [
        (OK + "\r\n", event("tea " * 250), "writes far more than the 64 tokens"),
        (OK + "\r\n", event("t"), "sends more than belongs"),
        (OK + "\r\n", event(""), "sends more than belongs"),
        (OK + "\r\n", b": still here\n\n", "sends more than belongs"),
        (OK + "\r\n", b"data: " + b"x" * 65536, "sends more than belongs"),
        (OK + "\r\n", b"\n" * 65536, "sends more than belongs"),
        (FAILS + "\r\n", b"x" * 65536, "failed (500"),
        (FAILS + "\r\n", b'{"message": "' + b"x" * 65536, "failed (500"),
        (OK, b"X-Header: " + b"x" * 1000 + b"\r\n", "cannot be reached"),
        (OK + "X-Header: ", b"x" * 1000, "cannot be reached"),
        ("", b"HTTP/1.1 100 Continue\r\n\r\n", "said nothing for 1 seconds"),
        (OK + "Content-Encoding: gzip\r\n\r\n", gzip.compress(bytes(99_999)), "packed its answer"),
        (FAILS + "Content-Encoding: gzip\r\n\r\n", gzip.compress(bytes(99_999)), "failed (500)"),
        (OK + "Content-Encoding: br, zstd\r\n\r\n", b"x", "packed its answer"),
    ],
)
def test_what_has_no_end_is_given_up(
    server: HostileServer, model: EndpointChat, head: str, data: bytes, said: str
) -> None:
    server.attack = flood(head, data)
    assert said in told(model)
    model.close()
    deadline = time.monotonic() + 30
    while not server.sent and time.monotonic() < deadline:
        time.sleep(0.01)
    # The system's own buffers took some megabytes of it before the connection was closed.
    assert max(server.sent) < 20_000_000


@pytest.mark.parametrize(
    ("head", "drop", "said"),
    [
        ("", b"H", "said nothing for 1 seconds"),
        (OK + "X: ", b"x", "said nothing for 1 seconds"),
        (OK + "\r\n", b": still here\n\n", "did not end its answer in 3 s"),
        (OK + "\r\n", b" ", "did not end its answer in 3 s"),
        (FAILS + "\r\n", b"x", "failed (500"),
    ],
)
def test_what_comes_drop_by_drop_is_given_up(
    server: HostileServer, model: EndpointChat, head: str, drop: bytes, said: str
) -> None:
    def drip(connection: Connection) -> None:
        connection.send(head)
        connection.for_ever(drop, pause=0.05)

    server.attack = drip
    assert said in told(model, max_tokens=1)


@pytest.mark.parametrize("head", ["HTTP/1.1 200 OK\r\nX: ", OK + "\r\n", FAILS + "\r\n"])
@pytest.mark.parametrize("pause", [0.05, 0.0])
def test_a_stop_ends_it_at_any_moment(server: HostileServer, head: str, pause: float) -> None:
    cancel, begun = threading.Event(), threading.Event()
    model = connected(server, 60.0)

    def drip(connection: Connection) -> None:
        connection.send(head)
        begun.set()
        connection.for_ever(b": \n", pause)

    server.attack = drip
    threading.Thread(target=lambda: (begun.wait(30), cancel.set())).start()
    assert "".join(str(c.content) for c in model.stream(HELLO, cancel=cancel)) == ""
    model.close()


def test_half_a_character_is_replaced(server: HostileServer, model: EndpointChat) -> None:
    server.attack = lambda c: c.send((OK + "\r\n").encode() + event("tea \ud800 at") + END)
    answer = str(model.invoke(HELLO).content)
    assert answer == "tea ? at"
    answer.encode()


@pytest.mark.parametrize(
    "odds",
    [
        [1], ["x"], [{"top_logprobs": 5}], [{"top_logprobs": [{"token": "yes"}]}],
        [{"top_logprobs": [{"token": "yes", "logprob": "much"}]}], {"content": 3}, 7,
    ],
)  # fmt: skip
def test_odds_in_no_known_form_are_one_line(
    server: HostileServer, model: EndpointChat, odds: object
) -> None:
    part = json.loads(event("yes").removeprefix(b"data: "))
    part["choices"][0]["logprobs"] = {"content": odds}
    said = f"data: {json.dumps(part)}\n\n".encode()
    server.attack = lambda c: c.send((OK + "\r\n").encode() + said + END)
    with pytest.raises(ModelError, match="nothing that is an answer"):
        model.odds(HELLO, ["yes"], ["no"])


def test_odds_that_are_no_number_say_nothing(server: HostileServer, model: EndpointChat) -> None:
    part = json.loads(event("yes").removeprefix(b"data: "))
    listed = [{"token": "yes", "logprob": float("nan")}, {"token": "no", "logprob": -1.0}]
    part["choices"][0]["logprobs"] = {"content": [{"token": "yes", "top_logprobs": listed}]}
    said = f"data: {json.dumps(part)}\n\n".encode()
    server.attack = lambda c: c.send((OK + "\r\n").encode() + said + END)
    assert model.odds(HELLO, ["yes"], ["no"]) == 0.0
