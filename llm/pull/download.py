"""Download one large file over HTTP, going on where an earlier try stopped.

Not with `tenacity`: it counts tries, and here only those count that brought no new byte.
"""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

from llm.errors import ModelError
from llm.pull.deadline import within

TRIES = 3  # in a row without a new byte, once the host has answered
FIRST_ANSWER = 10.0  # seconds for the name, all the host's addresses and redirects together
REPORT_BYTES = 1 << 20  # pieces come at some 64 KB: too many to report each
HASH = re.compile(r"[0-9a-f]{64}")


class Stated(NamedTuple):
    """What a file should be; None where nobody says."""

    sha256: str | None
    bytes: int | None


def download(
    client: httpx.Client,
    url: str,
    part: Path,
    known: Stated,
    tell: Callable[[int, int | None], None],
    pause: float = 1.0,
) -> Stated:
    """Bring `part` to the file at `url`, and return what it should be.

    What is not `known` is taken from the hub's own statement (the header X-Linked-ETag of a large
    file). `pause` is the seconds between two tries. Raises ModelError with the reason, within
    seconds when the host cannot be reached.
    """
    if known.sha256 and known.bytes and _size(part) == known.bytes:
        return known
    answered = False
    failures = 0
    while True:
        before = _size(part)
        try:
            stated = _attempt(client, url, part, known, tell)
            if stated is not None:
                return stated
            answered = True
            problem = ModelError(
                f"{_host(url)} the connection ended early", "hub-cut-off", host=_host(url)
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            problem = _explained(error, _host(url))
        grown = _size(part) > before
        answered = answered or grown
        failures = 0 if grown else failures + 1
        if failures and (not answered or failures >= TRIES):
            raise problem
        time.sleep(pause)


def _attempt(
    client: httpx.Client,
    url: str,
    part: Path,
    known: Stated,
    tell: Callable[[int, int | None], None],
) -> Stated | None:
    """One request; None when it ended before the whole file was there."""
    offset = _size(part)
    # The bytes are counted and hashed as they are on the hub: no compression on the way.
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={offset}-"} if offset else {})
    request = client.build_request("GET", url, headers=headers)
    response = within(FIRST_ANSWER, lambda: client.send(request, stream=True))
    if response is None:
        raise httpx.ConnectTimeout("no answer", request=request)
    try:
        if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.unlink(missing_ok=True)  # longer than the file: begin again
            return None
        _refuse(response, url)
        offset = _start(response, offset)
        stated = _stated(response, known, offset)
        done = told = offset
        with part.open("ab" if offset else "wb") as out:
            # No chunk size: httpx would keep back, and at a broken connection drop, part of one.
            for chunk in response.iter_raw():
                out.write(chunk)
                done += len(chunk)
                if done - told >= REPORT_BYTES or done == stated.bytes:
                    tell(done, stated.bytes)
                    told = done
    finally:
        response.close()
    return stated if stated.bytes in (None, done) else None


def _refuse(response: httpx.Response, url: str) -> None:
    """Raise ModelError for an answer that is no file."""
    status = response.status_code
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise ModelError(
            f"{_host(url)} asks for a token, or for its licence to be accepted there",
            "hub-token",
            host=_host(url),
        )
    if status == httpx.codes.NOT_FOUND:
        raise ModelError(
            f"{_host(url)} has no file {urlsplit(url).path!r}",
            "hub-no-file",
            host=_host(url),
            file=urlsplit(url).path,
        )
    if not response.is_success:
        raise ModelError(
            f"{_host(url)} answered {status}", "hub-status", host=_host(url), status=status
        )


def _start(response: httpx.Response, offset: int) -> int:
    """The byte of the file that the answer begins with: a server may ignore the range asked for."""
    if response.status_code != httpx.codes.PARTIAL_CONTENT:
        return 0
    if not response.headers.get("Content-Range", "").startswith(f"bytes {offset}-"):
        raise ModelError(
            f"{response.url.host} sent another part of the file than asked for",
            "hub-other-part",
            host=response.url.host,
        )
    return offset


def _stated(response: httpx.Response, known: Stated, offset: int) -> Stated:
    """What is known, completed by what the hub says of the file.

    Raises ModelError when the answer is of another length than the file: a network's log-in page,
    say.
    """
    length = response.headers.get("Content-Length", "")
    size = offset + int(length) if length.isdigit() else None
    if known.bytes is not None and size is not None and size != known.bytes:
        raise ModelError(
            f"{response.url.host} offers {size} bytes where {known.bytes} are right",
            "hub-other-size",
            host=response.url.host,
            size=size,
            right=known.bytes,
        )
    sha256 = known.sha256
    for answer in (*response.history, response):  # the hub states it where it redirects
        etag = answer.headers.get("X-Linked-ETag", "").strip('"')
        if sha256 is None and HASH.fullmatch(etag):
            sha256 = etag
    return Stated(sha256, size if known.bytes is None else known.bytes)


def _explained(error: Exception, host: str) -> ModelError:
    if isinstance(error, httpx.ConnectTimeout):
        return ModelError(
            f"{host} cannot be reached (no answer)", "hub-unreachable", host=host, why=""
        )
    if isinstance(error, httpx.ConnectError):
        return ModelError(
            f"{host} cannot be reached ({error})", "hub-unreachable", host=host, why=f" ({error})"
        )
    why = str(error) or type(error).__name__
    return ModelError(f"{host} failed ({why})", "hub-failed", host=host, why=why)


def _host(url: str) -> str:
    return urlsplit(url).netloc


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
