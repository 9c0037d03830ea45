"""How much a model server may send, and for how long: it may be broken, or a stranger's."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx2

from llm.chat.server_errors import LimitError

# Of an error one line is shown.
_ERROR_BYTES, _ERROR_SECONDS = 16_384, 10.0
# One token came as an event of 200 to 350 bytes from the servers that were tried, with the twenty
# likeliest tokens 2 to 3 KB; a slow model on a CPU writes one or two a second.
_ROOM, _TOKEN_BYTES, _ODDS_BYTES = 65_536, 4_096, 16_384
_EVENT_BYTES = 131_072
_TOKEN_SECONDS = 2.0
_MOST_TOKENS = 8_192  # where a request names no number: the largest KB_ANSWER_TOKENS


@dataclass(frozen=True)
class ServerLimits:
    """What a body may be: bytes in all, bytes without a line's end, and seconds.

    What is more is an error, or with `cut` not read.
    """

    total: int
    line: int
    seconds: float
    cut: bool = False


class BoundedClient(httpx2.AsyncClient):
    """A client whose answers are bounded in bytes and in time, by the tokens that are asked for.

    Its limit for silence counts for all that comes before the body, too: a server that sends a
    byte of its headers now and then is as silent as one that sends none.
    """

    async def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        """Send a request; raises LimitError or TimeoutError, also while the body is read."""
        waits = request.extensions.get("timeout", {})
        head = [seconds for name in ("connect", "read") if (seconds := waits.get(name)) is not None]
        async with asyncio.timeout(sum(head) if head else None):
            response = await super().send(request, **options)
        packed = response.headers.get("Content-Encoding", "identity").strip().lower()
        limits = _limits(request, response, waits.get("read") or 0.0)
        if packed not in ("", "identity"):  # which would have to be bounded once more, unpacked
            del response.headers["Content-Encoding"]
            if not limits.cut:
                await response.aclose()
                raise LimitError(f"packed its answer ({packed[:20]!r}) unasked")
            limits = ServerLimits(0, 0, limits.seconds, cut=True)
        if isinstance(response.stream, httpx2.AsyncByteStream):
            response.stream = _Bounded(response.stream, limits)
        return response


def _limits(request: httpx2.Request, response: httpx2.Response, patience: float) -> ServerLimits:
    """Return the limits of an answer; `patience` is how many seconds a prompt may take to read."""
    if not response.is_success:
        return ServerLimits(_ERROR_BYTES, _ERROR_BYTES, min(_ERROR_SECONDS, patience), cut=True)
    asked = json.loads(request.content or b"{}")
    tokens = int(asked.get("max_tokens") or asked.get("max_completion_tokens") or _MOST_TOKENS)
    each = _ODDS_BYTES if asked.get("logprobs") else _TOKEN_BYTES
    return ServerLimits(_ROOM + each * tokens, _EVENT_BYTES, patience + _TOKEN_SECONDS * tokens)


class _Bounded(httpx2.AsyncByteStream):
    """A body that ends, or fails, at its limits."""

    def __init__(self, source: httpx2.AsyncByteStream, limits: ServerLimits) -> None:
        self._source = source
        self._limits = limits

    async def __aiter__(self) -> AsyncIterator[bytes]:
        limits, total, line = self._limits, 0, 0
        loop = asyncio.get_running_loop()
        ends = loop.time() + limits.seconds
        chunks = aiter(self._source)
        while True:
            try:
                async with asyncio.timeout_at(ends):
                    # What lies here already is read without waiting, and neither the clock nor a
                    # stop would be noticed.
                    await asyncio.sleep(0)
                    chunk = await anext(chunks)
            except StopAsyncIteration:
                return
            except TimeoutError:
                if limits.cut:
                    return
                raise LimitError(f"did not end its answer in {limits.seconds:.0f} s") from None
            total += len(chunk)
            at = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
            line = line + len(chunk) if at < 0 else len(chunk) - at - 1
            if total > limits.total or line > limits.line:
                if limits.cut:
                    yield chunk[: max(0, limits.total - total + len(chunk))]
                    return
                raise LimitError("sends more than belongs to the answer that was asked for")
            yield chunk

    async def aclose(self) -> None:
        await self._source.aclose()
