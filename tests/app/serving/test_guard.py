"""Who may speak to the web app: its own pages, at its own address."""

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.serving import failed, guards

HEADERS = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def guarded(app: ASGIApp) -> ASGIApp:
    for kind, arguments, options in reversed(guards()):
        app = kind(app, *arguments, **options)
    return app


def asked(host: str | None, *origins: str, scheme: str = "http") -> str | None:
    """What is said of a request with this Host and these Origins; None if it is answered.

    To a WebSocket nothing is said: it is closed.
    """
    lines = [("host", host)] if host is not None else []
    lines += [("origin", origin) for origin in origins]
    said: list[Message] = []
    reached: list[Scope] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        reached.append(scope)

    async def receive() -> Message:
        raise AssertionError("nothing is to be read")

    async def send(message: Message) -> None:
        said.append(message)

    scope = {
        "type": "websocket" if scheme in ("ws", "wss") else "http", "scheme": scheme,
        "path": "/", "method": "GET", "query_string": b"",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in lines],
    }  # fmt: skip
    asyncio.run(guarded(app)(scope, receive, send))
    if reached:
        assert said == []
        return None
    if scope["type"] == "websocket":
        assert said == [{"type": "websocket.close", "code": 1008}]
        return "closed"
    assert said[0]["status"] == 403
    return str(said[1]["body"].decode())


@pytest.mark.parametrize(
    ("host", "origins", "scheme"),
    [
        ("127.0.0.1:8501", (), "http"),  # no browser, or a page that is opened
        ("127.0.0.1:8501", ("http://127.0.0.1:8501",), "http"),
        ("localhost:8501", ("http://localhost:8501",), "ws"),
        ("LocalHost:8501", ("http://localhost:8501",), "ws"),
        ("localhost", ("http://localhost",), "http"),
        ("localhost:80", ("http://localhost",), "http"),
        ("localhost:9000", ("http://localhost:9000",), "ws"),  # through a tunnel
        ("localhost", ("https://localhost",), "wss"),
    ],
)
def test_the_apps_own_pages_may_ask(host: str, origins: tuple[str, ...], scheme: str) -> None:
    assert asked(host, *origins, scheme=scheme) is None


@pytest.mark.parametrize(
    "origin",
    [
        "http://127.0.0.1:8502",
        "http://127.0.0.1",
        "https://127.0.0.1:8501",
        "http://localhost:8501",
        "http://evil.example",
        "http://127.0.0.1:8501.evil.example",
        "http://127.0.0.1:8501@evil.example",
        "null",
        "",
    ],
)
def test_another_page_may_not(origin: str) -> None:
    assert "Origin" in (asked("127.0.0.1:8501", origin) or "")
    assert asked("127.0.0.1:8501", origin, scheme="ws") == "closed"


def test_two_origins_are_none() -> None:
    own = "http://127.0.0.1:8501"
    assert asked("127.0.0.1:8501", own, "http://evil.example")


@pytest.mark.parametrize(
    "host",
    [
        None,
        "",
        "evil.example",
        "evil.example:8501",
        "127.0.0.1.evil.example",
        "127.0.0.1@evil.example",
        "localhost@127.0.0.1",
        "127.0.0.1:0",
        "127.0.0.1:99999",
        "127.0.0.1:x",
        "127.0.0.1/x",
        "[::1",
    ],
)
def test_another_host_is_refused(host: str | None) -> None:
    assert "Host" in (asked(host) or "")
    assert asked(host, scheme="ws") == "closed"


def test_every_answer_forbids_frames() -> None:
    def broken(request: Request) -> PlainTextResponse:
        raise RuntimeError("a defect")

    def fine(request: Request) -> PlainTextResponse:
        return PlainTextResponse("fine", headers={"X-Frame-Options": "ALLOWALL"})

    app = Starlette(
        routes=[Route("/", fine), Route("/broken", broken)],
        middleware=guards(),
        exception_handlers={Exception: failed},
    )

    async def ask() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return [
                await client.get("/"),
                await client.get("/nothing"),
                await client.get("/broken"),
                await client.get("/", headers={"Origin": "http://evil.example"}),
                await client.get("/", headers={"Host": "evil.example"}),
            ]

    answers = asyncio.run(ask())
    assert [a.status_code for a in answers] == [200, 404, 500, 403, 403]
    for answer in answers:
        assert {name: answer.headers.get_list(name) for name in HEADERS} == {
            name: [value] for name, value in HEADERS.items()
        }


def test_what_streamlit_reads_after_a_page_was_closed_is_no_error() -> None:
    async def reads_on(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        raise RuntimeError("WebSocket is not connected")

    async def ask(kind: str) -> None:
        scope = {
            "type": "websocket", "scheme": "ws", "path": "/_stcore/stream",
            "headers": [(b"host", b"127.0.0.1:8501")],
        }  # fmt: skip

        async def receive() -> Message:
            return {"type": kind}

        async def send(message: Message) -> None:
            pytest.fail("nothing is to be sent")

        await guarded(reads_on)(scope, receive, send)

    asyncio.run(ask("websocket.disconnect"))
    with pytest.raises(RuntimeError, match="not connected"):
        asyncio.run(ask("websocket.receive"))
