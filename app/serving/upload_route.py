"""The route that files come in by: one a request, streamed to the disk as it comes.

Streamlit's own holds each file in memory and knows no folders. Who may send is told by a pass: a
page of this app gives it to the browser tab that shows it, and to nobody else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.upload_path import UPLOAD_PATH
from ingest.limits import MIB
from ingest.readers import has_suffix, is_supported
from retrieval.errors import DiskFullError
from retrieval.ledger import require_room

if TYPE_CHECKING:
    from app.web import Shared, UploadPass

log = logging.getLogger(__name__)

_LONGEST_BATCH = 64  # characters of a batch's name
_MOST_FILES = 1_000_000  # in a batch, as a browser says it


class _WrongSize(Exception):
    """More or fewer bytes come than were announced."""


@dataclass(frozen=True)
class _Told:
    """What the headers of a request say; all of it was checked for its form only."""

    token: str
    name: str
    size: int
    batch: str
    total: int


def uploads(find: Callable[[], Shared | None] | None = None) -> list[Route]:
    """Return the route as a Streamlit app's `routes`; `find` finds what its browsers share."""
    return [Route(UPLOAD_PATH, _Receiver(find or _running).receive, methods=["POST"])]


class _Receiver:
    def __init__(self, find: Callable[[], Shared | None]) -> None:
        self._find = find

    async def receive(self, request: Request) -> Response:
        """Take in one file. 403 without a pass, 400 for what no page of ours sends."""
        told, shared = _told(request.headers), self._find()
        if told is None:
            return _said(400, "malformed")
        sender = shared.passes.find(told.token) if shared is not None else None
        if shared is None or sender is None:
            return _said(403, "no-pass")
        batch = sender.intake.batch(told.batch, sender.collection, told.total, attach=sender.attach)
        if reason := _turned_away(told, shared.kb.settings.max_file_mb * MIB):
            sender.intake.refuse(batch, told.name, reason)
            return _said(200, reason)
        try:
            require_room(shared.kb.settings.data_dir, 2 * told.size)
            file = await _streamed(request, told, shared)
        except ClientDisconnect:  # the tab was closed, or the upload was stopped
            return _said(499, "gone")
        except _WrongSize:
            return _said(400, "malformed")
        except (DiskFullError, OSError) as error:
            log.warning("the upload %r could not be stored: %s", told.name, error)
            sender.intake.refuse(batch, told.name, "disk")
            with suppress(ClientDisconnect, _WrongSize):  # else the browser would not hear of it
                await _drained(request, told.size)
            return _said(507, "disk")
        await run_in_threadpool(_take, shared, sender, told, file)
        return _said(200, "taken")


def _take(shared: Shared, sender: UploadPass, told: _Told, file: Path) -> None:
    batch = sender.intake.batch(told.batch, sender.collection, told.total, attach=sender.attach)
    sender.intake.take(batch, told.name, file)
    shared.worker.wake()


async def _streamed(request: Request, told: _Told, shared: Shared) -> Path:
    """Write a request's body to a new file and return it; on any error there is none."""
    file = await run_in_threadpool(shared.incoming.open)
    path, size = Path(file.name), 0
    try:
        with file:
            async for block in request.stream():
                size += len(block)
                if size > told.size:
                    raise _WrongSize
                await run_in_threadpool(file.write, block)
        if size != told.size:
            raise _WrongSize
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


async def _drained(request: Request, most: int) -> None:
    size = 0
    async for block in request.stream():
        size += len(block)
        if size > most:
            raise _WrongSize


def _turned_away(told: _Told, most_bytes: int) -> str | None:
    """Return why a file is not even received. Browsers send no bytes of such."""
    if has_suffix(told.name) and not is_supported(told.name):
        return "unsupported"
    return "too-large" if told.size > most_bytes else None


def _told(headers: Headers) -> _Told | None:
    """Return what the headers say; None if one is missing or is not what it should be."""
    try:
        told = _Told(
            headers["x-kb-pass"],
            unquote(headers["x-kb-name"], errors="strict"),
            int(headers["x-kb-size"]),
            headers["x-kb-batch"],
            int(headers["x-kb-total"]),
        )
    except (KeyError, ValueError):
        return None
    fine = told.size >= 0 and 0 < told.total <= _MOST_FILES and told.name
    return told if fine and 0 < len(told.batch) <= _LONGEST_BATCH else None


def _said(status: int, what: str) -> Response:
    return JSONResponse({"said": what}, status)


def _running() -> Shared | None:
    from app.web import running

    return running()
