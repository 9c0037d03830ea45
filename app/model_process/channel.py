"""Messages over a socket between two programs of one person: JSON, and bytes behind it.

Nothing in a message is ever run or unpickled, and nothing of it goes to a log: texts of documents
pass through here.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import secrets
import socket
import struct
import threading
from typing import Any, NamedTuple

_HEAD = struct.Struct("!II")  # bytes of JSON, and of what is behind it
_MOST_JSON = 128 << 20  # a line of `kb ask --batch` may have 64 MB of passages, escaped twice that
_MOST_DATA = 64 << 20  # 43,690 vectors of 384 numbers; a request asks for 512
_MOST_BEFORE = 512  # bytes of JSON from somebody who has not proved yet who it is
# Seconds for that proof: a process that imports torch on a busy machine takes some before it looks
# who is there, and one that were taken for gone would be started twice.
_GREETING = 30.0
_HANDING = 60.0  # seconds in which the rest of a message comes that has begun


class ProcessLostError(Exception):
    """The other side is gone, does not speak as agreed, or does not know the token."""


class Message(NamedTuple):
    """What one side says: JSON values by name, and bytes."""

    values: dict[str, Any]
    data: bytes = b""


class Channel:
    """One connection. Any thread may send; one at a time may receive."""

    def __init__(self, link: socket.socket) -> None:
        self._link = link
        self._sending = threading.Lock()
        self._most = (_MOST_BEFORE, 0)
        self._asked = 0

    def next_number(self) -> int:
        """Return a number for the next request, which no other on this connection has."""
        self._asked += 1
        return self._asked

    def send(self, values: dict[str, Any], data: bytes = b"") -> None:
        """Send a message; waits while the other side does not take it. Raises ProcessLostError."""
        text = json.dumps(values).encode()
        if len(text) > _MOST_JSON or len(data) > _MOST_DATA:
            raise ValueError(f"a message of {len(text)} and {len(data)} bytes is too long")
        try:
            with self._sending:
                self._link.sendall(_HEAD.pack(len(text), len(data)) + text + data)
        except OSError as error:
            raise ProcessLostError(str(error)) from None

    def receive(self, seconds: float | None = None) -> Message | None:
        """Return the next message, or None if none has begun to come in so many seconds.

        None for `seconds` waits for ever. Raises ProcessLostError.
        """
        try:
            self._link.settimeout(seconds)
            try:
                if not self._link.recv(1, socket.MSG_PEEK):
                    raise ProcessLostError("it closed the connection")
            except TimeoutError:
                return None
            self._link.settimeout(None if seconds is None else _HANDING)
            text, data = _HEAD.unpack(self._exactly(_HEAD.size))
            if text > self._most[0] or data > self._most[1]:
                raise ProcessLostError("a message is longer than any may be")
            values = json.loads(self._exactly(text))
            behind = self._exactly(data)
        except (OSError, ValueError, RecursionError) as error:
            raise ProcessLostError(str(error)) from None
        finally:
            self._settle()
        if not isinstance(values, dict):
            raise ProcessLostError("a message is no object")
        return Message(values, behind)

    def _settle(self) -> None:
        # Another thread may be about to send, which is to wait for as long as it takes.
        if self._link.fileno() >= 0:
            self._link.settimeout(None)

    def _exactly(self, count: int) -> bytes:
        found = bytearray(count)
        view, at = memoryview(found), 0
        while at < count:
            more = self._link.recv_into(view[at:])
            if not more:
                raise ProcessLostError("it closed the connection")
            at += more
        return bytes(found)

    # Each side proves that it knows the token, and neither sends it: on a system without sockets
    # in folders another user's program may listen at the port of a process that has ended.

    def greet(self, token: bytes) -> None:
        """Find out that the other side, which connected, knows the token; prove the same.

        Raises ProcessLostError.
        """
        ours = secrets.token_hex(32)
        self.send({"challenge": ours})
        said = self._said()
        theirs = str(said.get("challenge", ""))
        _require(said.get("proof"), _proof(token, b"client", ours, theirs))
        self.send({"proof": _proof(token, b"process", ours, theirs)})
        self._most = (_MOST_JSON, _MOST_DATA)

    def introduce(self, token: bytes) -> None:
        """Prove to the side that listens that this one knows the token, and have the same proof.

        Raises ProcessLostError.
        """
        theirs = str(self._said().get("challenge", ""))
        ours = secrets.token_hex(32)
        self.send({"challenge": ours, "proof": _proof(token, b"client", theirs, ours)})
        _require(self._said().get("proof"), _proof(token, b"process", theirs, ours))
        self._most = (_MOST_JSON, _MOST_DATA)

    def _said(self) -> dict[str, Any]:
        message = self.receive(_GREETING)
        if message is None:
            raise ProcessLostError("it said nothing")
        return message.values

    def close(self) -> None:
        """End the connection; whoever waits for a message of it hears that at once."""
        with contextlib.suppress(OSError):  # the other side was first
            self._link.shutdown(socket.SHUT_RDWR)
        self._link.close()


def _proof(token: bytes, who: bytes, one: str, other: str) -> str:
    return hmac.new(token, who + one.encode() + b"\0" + other.encode(), "sha256").hexdigest()


def _require(given: object, wanted: str) -> None:
    if not hmac.compare_digest(str(given).encode(), wanted.encode()):
        raise ProcessLostError("it does not know the token")
