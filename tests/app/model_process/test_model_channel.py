"""Messages between programs of one person: what arrives, and what is refused."""

import json
import socket
import struct
import threading
from collections.abc import Iterator

import pytest

from app.model_process import Channel, ProcessLostError

TOKEN = b"0123456789abcdef"


@pytest.fixture
def ends() -> Iterator[tuple[Channel, Channel, socket.socket]]:
    """Both ends of a connection, and the socket of the second."""
    here, there = socket.socketpair()
    one, other = Channel(here), Channel(there)
    yield one, other, there
    one.close()
    other.close()


def introduced(channel: Channel, token: bytes) -> bool:
    """Tell whether the other end took this one for one that knows the token, and knows it too."""
    try:
        channel.introduce(token)
    except ProcessLostError:
        return False
    return True


def test_values_and_bytes_arrive_as_they_were_sent(
    ends: tuple[Channel, Channel, socket.socket],
) -> None:
    one, other, _ = ends
    client = threading.Thread(target=introduced, args=(other, TOKEN))
    client.start()
    one.greet(TOKEN)
    client.join()
    data = bytes(range(256)) * 2000
    sending = threading.Thread(target=one.send, args=({"text": "请假\n", "n": 1}, data))
    sending.start()
    assert other.receive(10) == ({"text": "请假\n", "n": 1}, data)
    sending.join()
    assert other.receive(0.01) is None


def test_who_does_not_know_the_token_is_refused(
    ends: tuple[Channel, Channel, socket.socket],
) -> None:
    one, other, _ = ends
    accepted: list[bool] = []
    client = threading.Thread(target=lambda: accepted.append(introduced(other, b"another")))
    client.start()
    with pytest.raises(ProcessLostError, match="does not know the token"):
        one.greet(TOKEN)
    one.close()
    client.join(10)
    assert accepted == [False]


def test_a_process_that_does_not_know_the_token_is_told_nothing(
    ends: tuple[Channel, Channel, socket.socket],
) -> None:
    """Another user's program may listen at a port that was ours."""
    one, other, _ = ends
    accepted: list[bool] = []
    client = threading.Thread(target=lambda: accepted.append(introduced(other, TOKEN)))
    client.start()
    one.send({"challenge": "00"})
    proof = one.receive(10)
    assert proof is not None
    assert TOKEN.decode() not in json.dumps(proof.values)
    one.send({"proof": proof.values["proof"]})  # what it was sent proves nothing
    client.join(10)
    assert accepted == [False]


@pytest.mark.parametrize(
    "sent",
    [
        struct.pack("!II", 2**31, 0),
        struct.pack("!II", 600, 0),  # more than is read of somebody unknown
        struct.pack("!II", 2, 1) + b"{}.",
        struct.pack("!II", 2, 0) + b"[]",
        struct.pack("!II", 4, 0) + b"{]}!",
        struct.pack("!II", 300, 0) + b"[" * 300,
    ],
)
def test_what_is_no_message_ends_the_connection(
    ends: tuple[Channel, Channel, socket.socket], sent: bytes
) -> None:
    one, _, raw = ends
    raw.sendall(sent)
    with pytest.raises(ProcessLostError):
        one.receive(10)


def test_a_closed_connection_is_noticed(ends: tuple[Channel, Channel, socket.socket]) -> None:
    one, other, _ = ends
    waiting: list[bool] = []

    def wait() -> None:
        try:
            one.receive()
        except ProcessLostError:
            waiting.append(True)

    thread = threading.Thread(target=wait)
    thread.start()
    other.close()
    thread.join(10)
    assert waiting == [True]
