"""The HTML that every page of the app begins with, before Streamlit draws anything.

It is Streamlit's own, told three things that it would guess wrong: the language of the page, its
title, and where its server is. Without the last it looks below the page's own address first, and a
browser that opens /documents logs two errors. And a page that Streamlit has cleared is opened anew.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import streamlit
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope

TITLE = "Zhiku 知库"
_INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
_SERVER = '<script>window.__streamlit = {BACKEND_BASE_URL: location.origin + "/"}</script>'
# When a timer of the page before is drawn after the next page, Streamlit clears the next one: once
# in some twenty clicks on a busy machine. Nothing is lost, as the address says what was shown.
_NEVER_BLANK = """<script>
{
  let blank = 0
  const find = (name) => document.querySelector(`[data-testid="${name}"]`)
  setInterval(() => {
    const main = find("stMainBlockContainer")
    const idle = find("stApp")?.dataset.testScriptState === "notRunning"
    const empty = main && !main.innerText.trim() && !main.querySelector("input, textarea, iframe")
    blank = idle && empty ? blank + 1 : 0
    const last = Number(sessionStorage.getItem("zhiku_blank"))
    if (blank < 4 || Date.now() - last < 30000) return
    sessionStorage.setItem("zhiku_blank", Date.now())
    location.reload()
  }, 300)
}
</script>"""
# What is no page: files, and what Streamlit and the app answer themselves.
_PAGE = re.compile(r"/[a-z-]*/?")
_NO_PAGES = ("/upload",)


def is_page(scope: Scope) -> bool:
    """Tell whether a request asks for a page of the app to be opened."""
    return (
        scope["type"] == "http"
        and scope["method"] == "GET"
        and _PAGE.fullmatch(scope["path"]) is not None
        and scope["path"] not in _NO_PAGES
        and "text/html" in Headers(scope=scope).get("accept", "")
    )


def front_page(scope: Scope) -> str:
    """Return the HTML in which a page opens, in the language of the browser that asks for it."""
    return _html(_language(Headers(scope=scope)))


def _language(headers: Headers) -> str:
    kept = unquote(cookie_parser(headers.get("cookie", "")).get("zhiku_language", ""))
    wanted = kept if kept in ("zh", "en") else headers.get("accept-language", "").strip()
    return "zh-CN" if wanted.lower().startswith("zh") else "en"


@cache
def _html(language: str) -> str:
    page = _INDEX.read_text("utf-8")
    page = page.replace('<html lang="en">', f'<html lang="{language}">', 1)
    page = page.replace("<title>Streamlit</title>", f"<title>{TITLE}</title>", 1)
    return page.replace("<head>", f"<head>{_SERVER}{_NEVER_BLANK}", 1)
