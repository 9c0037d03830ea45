"""Who may speak to the web app: its own pages only, and no page may show it in a frame.

Streamlit checks the Host and Origin of its WebSocket, but takes every port of this machine for its
own, and sets no header against frames. This stands before all of it.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.serving.front_page import front_page, is_page

log = logging.getLogger(__name__)

HEADERS = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",  # no picture or script of it on other pages
}
_LOOPBACK = ("127.0.0.1", "localhost")


class Guard:
    """Answer only requests that name this app as their host, and come from its own pages.

    A request without an Origin is let through: browsers send one with every WebSocket and every
    upload, and another program of this machine could name any.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, as ASGI has it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return

        gone = False  # whether a WebSocket was closed, by either side

        async def send_guarded(message: Message) -> None:
            nonlocal gone
            if message["type"] == "http.response.start":
                MutableHeaders(raw=message["headers"]).update(HEADERS)
            gone = gone or message["type"] == "websocket.close"
            await send(message)

        async def receive_watched() -> Message:
            nonlocal gone
            message = await receive()
            gone = gone or message["type"] == "websocket.disconnect"
            return message

        allowed = st.get_option("server.allowedHosts") or _LOOPBACK
        problem = refusal(scope["scheme"], Headers(scope=scope), allowed)
        if problem is None and is_page(scope):
            page = HTMLResponse(front_page(scope), headers={"Cache-Control": "no-cache"})
            await page(scope, receive, send_guarded)
            return
        if problem is None:
            try:
                await self._app(scope, receive_watched, send_guarded)
            except RuntimeError as error:  # Streamlit reads on where a page was closed meanwhile
                if not gone:
                    raise
                log.debug("a page was closed: %s", error)
            return
        log.warning("a request for %r was refused: %s", scope["path"], problem)
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})  # which becomes an empty 403
        else:
            await PlainTextResponse(problem, 403)(scope, receive, send_guarded)


def refusal(scheme: str, headers: Headers, allowed: Collection[str]) -> str | None:
    """Return why a request is not answered, in a line; None if it may be.

    `allowed` are the names of the app's host, without ports.
    """
    hosts, origins = headers.getlist("host"), headers.getlist("origin")
    if len(hosts) != 1 or _name(hosts[0]) not in {name.lower() for name in allowed}:
        return "Host is not the address of this app; see allowedHosts in .streamlit/config.toml"
    secure = scheme in ("https", "wss")
    own = f"{'https' if secure else 'http'}://{_without_usual_port(hosts[0].lower(), secure)}"
    if any(origin.lower() != own for origin in origins):
        return "Origin is another page than this app's"
    return None


def guards() -> list[Middleware]:
    """Return what a Streamlit app needs to be guarded, as its `middleware`."""
    return [Middleware(Guard)]


def failed(request: Request, error: Exception) -> PlainTextResponse:
    """Return the answer to a request on which the server failed, which no middleware sees."""
    return PlainTextResponse("Internal Server Error", 500, headers=HEADERS)


def _name(host: str) -> str | None:
    """Return the name in a Host header; None when it is no `name` or `name:port`."""
    try:
        parts = urlsplit(f"//{host}")
        whole = parts.netloc == host and "@" not in host and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    return parts.hostname if whole else None


def _without_usual_port(host: str, secure: bool) -> str:
    """Return the host as it stands in an origin, which leaves out the usual port."""
    return host.removesuffix(":443" if secure else ":80")
