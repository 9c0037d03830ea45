"""Take a picture of every page and state of the app: python bench/screens.py FOLDER

Wide and 390 pixels, light and dark, Chinese and English; empty, at rest, at work, with errors and
with dialogs open. The app runs over the sample documents with stand-in models (tests/browser).
With --axe it says what axe-core finds to be serious or critical on each.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "app" / "components"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))

from clicks import make_model
from harness import NARROW, WIDE, Browsers, ask, fill, settle, stand_in, words_of
from serving import QUIET, browser_path

ASKED = {"zh": "试用期工资怎么发？", "en": "Where are backups stored and kept?"}
UNKNOWN = {"zh": "火星上的年假有几天？", "en": "How much leave is there on Mars?"}
LONG = {"zh": "慢慢说出差报销的规定", "en": "Tell slowly of the guarantee"}
SECTIONS = ("model", "answers", "reading", "look", "about")


@dataclass
class Camera:
    """Takes the pictures of one look."""

    tabs: Browsers
    folder: Path
    lang: Any
    scheme: Any
    width: int
    axe: bool

    def open(self, path: str = "") -> Page:
        return self.tabs.open(path, lang=self.lang, scheme=self.scheme, width=self.width)

    def take(self, page: Page, name: str) -> None:
        page.wait_for_timeout(500)
        look = f"{self.lang}-{self.scheme}-{'wide' if self.width > 500 else 'narrow'}"
        page.screenshot(path=self.folder / f"{name}-{look}.png")
        for one in Axe().run(page).response["violations"] if self.axe else ():
            if one["impact"] in ("serious", "critical"):
                where = [f"{n['target']} {n['failureSummary']}" for n in one["nodes"]]
                print(f"{name}-{look}: {one['id']}: {where}")
        if page.evaluate("document.documentElement.scrollWidth") > self.width:
            print(f"{name}-{look}: wider than the window")


def chat(camera: Camera) -> None:
    words, lang, page = words_of(camera.lang), camera.lang, camera.open()
    camera.take(page, "chat-first")
    ask(page, ASKED[lang], words)
    camera.take(page, "chat-answer")
    page.locator(".kb-answer a").first.click()
    expect(page.get_by_role("dialog").locator(".kb-paper img")).to_be_visible()
    camera.take(page, "chat-source")
    page.keyboard.press("Escape")
    page.get_by_role("button", name=words("bad"), exact=True).click()
    page.get_by_text(words("bad_title")).wait_for()
    camera.take(page, "chat-thumb")
    ask(page, UNKNOWN[lang], words)
    camera.take(page, "chat-refused")
    page.get_by_text(words("filters")).click()
    camera.take(page, "chat-filters")
    page.keyboard.press("Escape")
    ask(page, LONG[lang], words, wait=False)
    camera.take(page, "chat-busy")
    page.get_by_role("button", name=words("stop"), exact=True).click()
    page.get_by_text(words("stopped")).first.wait_for()
    camera.take(page, "chat-stopped")


def documents(camera: Camera) -> None:
    words, page = words_of(camera.lang), camera.open("/documents")
    page.locator("tbody tr").first.wait_for()
    camera.take(page, "documents")
    broken = FilePayload(name="broken.docx", mimeType="", buffer=b"PK\x03\x04 cut")
    film = FilePayload(name="film.mp4", mimeType="", buffer=b"\0\0\0 ftyp")
    page.locator("input.pick-files").set_input_files([broken, film])
    page.get_by_text("film.mp4").wait_for()
    page.get_by_label(words("pick_page")).check()
    camera.take(page, "documents-error")
    page.get_by_role("tab", name=words("folders")).click()
    camera.take(page, "documents-folders")
    page.get_by_role("tab", name=words("documents")).click()
    page.get_by_label(words("find")).fill(".pdf")
    name = page.locator("tbody tr").first.locator("a.name[href]")
    page.wait_for_timeout(1500)
    if name.count():
        name.click()
        page.wait_for_timeout(2500)
        settle(page)
        camera.take(page, "document")
        page.get_by_role("tab").nth(1).click()
        camera.take(page, "document-passages")


def others(camera: Camera) -> None:
    words, page = words_of(camera.lang), camera.open("/collections")
    camera.take(page, "collections")
    page.get_by_role("button", name=words("assistant_new")).click()
    page.get_by_role("dialog").wait_for()
    camera.take(page, "assistant-form")
    page = camera.open("/quality")
    camera.take(page, "quality")
    page = camera.open("/settings")
    for name in SECTIONS:
        page.get_by_role("radio", name=words(f"settings_{name}"), exact=True).click()
        page.locator(f".st-key-settings-of-{name}").wait_for()
        settle(page)
        camera.take(page, f"settings-{name}")


def empty(camera: Camera) -> None:
    for path in ("", "documents", "collections", "quality"):
        camera.take(camera.open(f"/{path}"), f"empty-{path or 'chat'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--axe", action="store_true")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="screens-"))
    model = make_model(home / "model")
    apps = [stand_in(home / name, model) for name in ("full", "empty")]
    for name in ("full", "empty"):
        (home / name).mkdir()
    fill(home / "full" / "library", model)
    try:
        with sync_playwright() as playing:
            browser = playing.chromium.launch(executable_path=browser_path(), args=QUIET)
            for app in apps:
                app.start()
            for lang, scheme, width in product(("zh", "en"), ("light", "dark"), (WIDE, NARROW)):
                for app, draws in zip(apps, ((chat, documents, others), (empty,)), strict=True):
                    tabs = Browsers(browser, app.url)
                    for draw in draws:
                        draw(Camera(tabs, given.folder, lang, scheme, width, given.axe))
                    tabs.close()
            browser.close()
    finally:
        for app in apps:
            app.stop()
        shutil.rmtree(home)


if __name__ == "__main__":
    main()
