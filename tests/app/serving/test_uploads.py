"""The route that files come in by: who may send, what is refused, and that nothing is left."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from starlette.applications import Starlette

from app.service import KnowledgeBase
from app.serving import guards, uploads
from app.upload_path import UPLOAD_PATH
from app.web import (
    FolderWatcher,
    IndexKeeper,
    Intake,
    Shared,
    UploadPass,
    WarmUp,
    Worker,
)  # fmt: skip

Send = Callable[..., httpx.Response]


@pytest.fixture
def shared(open_kb: Callable[..., KnowledgeBase]) -> Shared:
    kb = open_kb(max_file_mb=1)
    return Shared(kb, Worker(kb), IndexKeeper(kb), WarmUp(kb), FolderWatcher(kb))


@pytest.fixture
def given(shared: Shared) -> UploadPass:
    """The pass of a page that is open."""
    return shared.passes.give("default", Intake(shared.kb, shared.incoming))


@pytest.fixture
def send(shared: Shared, given: UploadPass) -> Send:
    app = Starlette(routes=uploads(lambda: shared), middleware=guards())

    def post(data: bytes | AsyncIterator[bytes] = b"", **heads: Any) -> httpx.Response:
        told = {
            "pass": given.token, "name": "a.txt", "batch": "1", "total": 1,
            "size": len(data) if isinstance(data, bytes) else 0, **heads,
        }  # fmt: skip
        names = {
            (name if name in ("Origin", "Host") else f"X-KB-{name}"): quote(str(value), safe=":/")
            for name, value in told.items()
            if value is not None
        }

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app)
            url = "http://127.0.0.1:8501"
            async with httpx.AsyncClient(transport=transport, base_url=url) as client:
                return await client.post(UPLOAD_PATH, content=data, headers=names)

        return asyncio.run(ask())

    return post


def lying(shared: Shared) -> list[str]:
    folder = shared.kb.settings.incoming_dir
    return [path.name for path in folder.iterdir()] if folder.is_dir() else []


def paths(shared: Shared) -> list[str]:
    return [row.path for row in shared.kb.documents()]


def test_a_file_goes_in_with_its_path(shared: Shared, send: Send) -> None:
    assert send(b"You have 25 days.", name="人事/年假.txt").status_code == 200
    assert paths(shared) == ["人事/年假.txt"]
    assert lying(shared) == []


@pytest.mark.parametrize("token", ["", "guessed", None])
def test_without_a_pass_nothing_goes_in(shared: Shared, send: Send, token: str | None) -> None:
    assert send(b"text", **{"pass": token}).status_code in (400, 403)
    assert paths(shared) == lying(shared) == []


def test_a_pass_ends_with_the_session_that_holds_it(shared: Shared) -> None:
    token = shared.passes.give("default", Intake(shared.kb, shared.incoming)).token
    assert shared.passes.find(token) is None


def test_before_a_browser_has_come_nobody_may_send(send: Send) -> None:
    app = Starlette(routes=uploads(lambda: None))

    async def ask() -> int:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://localhost"
        ) as client:
            heads = {f"X-KB-{n}": "1" for n in ("pass", "name", "size", "batch", "total")}
            return (await client.post(UPLOAD_PATH, content=b"1", headers=heads)).status_code

    assert asyncio.run(ask()) == 403


def test_another_page_of_this_machine_may_not_send(shared: Shared, send: Send) -> None:
    assert send(b"text", Origin="http://127.0.0.1:9999").status_code == 403
    assert paths(shared) == []


@pytest.mark.parametrize(
    "heads",
    [
        {"size": -1}, {"size": "x"}, {"size": 3}, {"size": 99}, {"total": 0}, {"total": 10**9},
        {"batch": "x" * 65}, {"batch": None}, {"name": None}, {"name": ""},
    ],
)  # fmt: skip
def test_what_no_page_of_ours_sends_is_refused(
    shared: Shared, send: Send, heads: dict[str, Any]
) -> None:
    assert send(b"four", **heads).status_code == 400
    assert paths(shared) == lying(shared) == []


@pytest.mark.parametrize(
    ("name", "size", "reason"),
    [("film.mp4", 9, "unsupported"), ("a.txt", (1 << 20) + 1, "too-large")],
)
def test_what_is_not_taken_is_told_without_its_bytes(
    shared: Shared, send: Send, given: UploadPass, name: str, size: int, reason: str
) -> None:
    assert send(b"", name=name, size=size).json() == {"said": reason}
    assert send(b"good", name="good.txt").status_code == 200
    (batch,) = given.intake.batches
    assert [(one.path, one.more) for one in batch.told] == [(name, reason)]
    assert paths(shared) == ["good.txt"]


def test_a_body_that_is_larger_than_announced_is_not_kept(shared: Shared, send: Send) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(1000):
            yield b"x" * 4096

    assert send(endless(), size=10_000).status_code == 400
    assert paths(shared) == lying(shared) == []


def test_a_full_disk_is_told(
    shared: Shared, send: Send, given: UploadPass, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": 1 << 20})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    assert send(b"text").status_code == 507
    (batch,) = given.intake.batches
    assert [(one.path, one.more) for one in batch.told] == [("a.txt", "disk")]
    assert lying(shared) == []


def test_only_sending_is_possible(shared: Shared) -> None:
    assert [route.methods for route in uploads(lambda: shared)] == [{"POST"}]
