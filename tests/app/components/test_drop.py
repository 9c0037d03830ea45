"""The place for files in a real browser, over the real server without any model."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Page, expect
from serving import App

pytestmark = pytest.mark.integration

SOON = 60_000  # milliseconds


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Run the app where no model is: files go in and wait to be read."""
    home = tmp_path_factory.mktemp("dropped")
    app = App(home, KB_MODELS_DIR=home / "none", KB_MAX_FILE_MB=4)
    app.start()
    yield app
    app.stop()


@pytest.fixture
def library(app: App) -> Path:
    return app.data_dir


@pytest.fixture
def page(app: App, open_tab: Callable[..., Page]) -> Page:
    """Open the Documents page in a Chinese browser."""
    page = open_tab(f"{app.url}/documents", locale="zh-CN")
    expect(page.get_by_role("button", name="选择文件", exact=True)).to_be_enabled(timeout=SOON)
    return page


def drag(page: Page, *files: Path) -> tuple[CDPSession, dict[str, object]]:
    """Carry files over the page, beside the place for them."""
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(file) for file in files], "dragOperationsMask": 1}
    at: dict[str, object] = {"x": 640, "y": 700, "data": data}
    for kind in ("dragEnter", "dragOver"):
        session.send("Input.dispatchDragEvent", {"type": kind, **at})
    return session, at


def lying(library: Path) -> list[str]:
    folder = library / "incoming"
    return [path.name for path in folder.iterdir()] if folder.is_dir() else []


def test_folders_are_dropped_beside_the_box(page: Page, tmp_path: Path, library: Path) -> None:
    for path in ("x/readme.txt", "y/readme.txt", "y/.git/config", "y/film.mp4"):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"What {path} says.")
    (tmp_path / "z").mkdir()
    session, at = drag(page, tmp_path / "x", tmp_path / "y", tmp_path / "z")
    expect(page.get_by_text("松开即可添加到知识库")).to_be_visible()
    session.send("Input.dispatchDragEvent", {"type": "drop", **at})
    expect(page.get_by_text("已添加 2 个文件，1 个未添加。")).to_be_visible(timeout=SOON)
    expect(page.get_by_text("松开即可添加到知识库")).to_be_hidden()
    for told in ("y/film.mp4", "1 个隐藏文件未添加。", "文件夹里没有文件：z"):
        expect(page.get_by_text(told)).to_be_visible()
    for path in ("x/readme.txt", "y/readme.txt"):
        expect(page.get_by_role("row").filter(has_text=path)).to_be_visible()
    assert page.url.endswith("/documents"), "the browser opened nothing"
    assert lying(library) == []


def test_a_file_that_is_too_large_does_not_hold_up_a_good_one(page: Page) -> None:
    page.locator(".pick-files").set_input_files(
        [
            {"name": "large.txt", "mimeType": "", "buffer": b"x" * (5 << 20)},
            {"name": "good.txt", "mimeType": "", "buffer": b"This one is good."},
        ]
    )
    expect(page.get_by_text("已添加 1 个文件，1 个未添加。")).to_be_visible(timeout=SOON)
    expect(page.get_by_text(re.compile("large.txt：文件过大"))).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="good.txt")).to_be_visible()


def test_what_is_under_way_is_shown_cancelled_and_leaves_nothing(page: Page, library: Path) -> None:
    session = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 200_000}
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", slow)
    page.locator(".pick-files").set_input_files(
        [{"name": f"{n}.txt", "mimeType": "", "buffer": b"%d" % n * (3 << 20)} for n in (1, 2)]
    )
    expect(page.get_by_text("正在上传第 1 个，共 2 个")).to_be_visible()
    page.get_by_role("button", name="取消", exact=True).click()
    expect(page.get_by_text("已取消，2 个文件没有上传。")).to_be_visible(timeout=SOON)
    deadline = time.monotonic() + 30
    while lying(library) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert lying(library) == []


def test_two_drops_one_after_the_other_both_go_in(page: Page) -> None:
    for n in (1, 2):
        given = {"name": f"drop-{n}.txt", "mimeType": "", "buffer": f"Drop {n}.".encode()}
        page.locator(".pick-files").set_input_files([given])  # type: ignore[list-item]
    for n in (1, 2):
        row = page.get_by_role("row").filter(has_text=f"drop-{n}.txt")
        expect(row).to_be_visible(timeout=SOON)
