"""Documents in a browser: dropped, read, broken, moved, deleted and had back, stopped."""

import io
import re
import runpy
from pathlib import Path

import pytest
from harness import NARROW, ROOT, Browsers, Lang
from playwright.sync_api import FilePayload, Locator, Page, expect
from pypdf import PdfReader, PdfWriter

from app.texts import Words

pytestmark = pytest.mark.integration

MIXED = runpy.run_path(str(ROOT / "bench" / "mixed_files.py"))
PAGES = 300


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has_text=name)


def put_in(page: Page, files: dict[str, bytes]) -> None:
    given = [FilePayload(name=n, mimeType="", buffer=data) for n, data in files.items()]
    page.locator("input.pick-files").set_input_files(given)


def find(page: Page, words: Words, text: str) -> None:
    page.get_by_label(words("find")).fill(text)


def test_files_of_each_kind_go_in_and_a_broken_one_says_why(
    empty_tabs: Browsers, lang: Lang, words: Words
) -> None:
    page = empty_tabs.open("/documents", lang=lang)
    number = {"zh": 100, "en": 201}[lang]
    kinds = {"docx": MIXED["docx"], "pdf": MIXED["pdf"], "scan.pdf": MIXED["scan"]}
    made = {f"item-{number}.{suffix}": make(number) for suffix, make in kinds.items()}
    broken = f"broken-{lang}.docx"
    put_in(page, {**made, broken: b"PK\x03\x04 cut short", f"film-{lang}.mp4": b"\0\0\0 ftyp"})
    expect(page.get_by_text(re.compile(f"film-{lang}.mp4"))).to_be_visible()
    for name in made:
        ready = row(page, name).get_by_text(words("ready"), exact=False)
        expect(ready.first).to_be_visible(timeout=180_000)
    expect(row(page, broken)).to_contain_text(words("reason_damaged"))


def test_a_folder_keeps_files_of_equal_names_apart(
    empty_tabs: Browsers, lang: Lang, words: Words, tmp_path: Path
) -> None:
    folder = tmp_path / f"handbook-{lang}"
    for part in ("north", "south"):
        (folder / part).mkdir(parents=True)
        (folder / part / "readme.txt").write_text(f"The {part} office opens at {len(part)}.")
    page = empty_tabs.open("/documents", lang=lang)
    page.locator("input.pick-folder").set_input_files(folder)
    find(page, words, folder.name)
    for part in ("north", "south"):
        expect(row(page, f"{folder.name}/{part}/readme.txt")).to_contain_text(words("ready"))


def test_a_file_that_is_there_already_is_linked(tabs: Browsers, lang: Lang, words: Words) -> None:
    page, name = tabs.open("/documents", lang=lang), f"cupboard-{lang}.txt"
    for _ in range(2):
        put_in(page, {name: b"The cupboard holds nine cups."})
        expect(row(page, name)).to_contain_text(words("ready"))
    expect(page.get_by_text(words("upload_same", name=name))).to_be_visible()
    page.get_by_role("link", name=words("open_document")).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_documents_are_sorted_found_moved_deleted_and_had_back(
    tabs: Browsers, lang: Lang, words: Words
) -> None:
    page = tabs.open("/documents", lang=lang)
    put_in(
        page, {f"{n}-drawer-{lang}.txt": f"Drawer {n} holds {n} keys.".encode() for n in ("b", "a")}
    )
    for n in ("a", "b"):
        expect(row(page, f"{n}-drawer-{lang}.txt")).to_contain_text(words("ready"))
    find(page, words, f"-drawer-{lang}.txt")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(2)
    head = page.get_by_role("columnheader", name=words("name"), exact=True)
    head.get_by_role("button").click()
    expect(rows.first).to_contain_text(f"a-drawer-{lang}.txt")
    head.get_by_role("button").click()
    expect(rows.first).to_contain_text(f"b-drawer-{lang}.txt")

    page.get_by_label(words("pick_page")).check()
    expect(page.get_by_text(words("picked", n=2))).to_be_visible()
    page.get_by_label(words("move_to")).select_option(label=words("move_new"))
    name = {"zh": "钥匙", "en": "keys"}[lang]
    page.get_by_label(words("move_name")).fill(name)
    page.get_by_label(words("move_name")).press("Enter")
    expect(page.get_by_text(words("moved", n=2))).to_be_visible()
    expect(row(page, f"a-drawer-{lang}.txt").locator("td.collection")).to_contain_text(name)

    page.get_by_label(words("pick_page")).check()
    page.get_by_role("button", name=words("act_delete"), exact=True).click()
    expect(rows).to_have_count(0)
    page.get_by_role("button", name=words("act_undo"), exact=True).click()
    expect(rows).to_have_count(2)
    expect(page.get_by_text(words("restored", n=2))).to_be_visible()

    page.get_by_role("button", name=words("delete_one", name=f"a-drawer-{lang}.txt")).click()
    expect(rows).to_have_count(1)
    page.reload()
    find(page, words, f"-drawer-{lang}.txt")
    expect(row(page, f"b-drawer-{lang}.txt")).to_be_visible()
    expect(rows).to_have_count(1)


def test_on_a_telephone_the_table_is_as_wide_as_the_page(
    tabs: Browsers, lang: Lang, words: Words
) -> None:
    page = tabs.open("/documents", lang=lang, width=NARROW)
    expect(page.locator("tbody tr").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    heights = [line.bounding_box() for line in page.locator("tbody tr").all()[:5]]
    assert all(box is not None and box["height"] < 110 for box in heights)


def test_the_reading_of_many_pages_is_stopped(tabs: Browsers, lang: Lang, words: Words) -> None:
    page = tabs.open("/documents", lang=lang)
    name = f"long-{lang}.pdf"
    put_in(page, {name: long_scan()})
    at_work = row(page, name).get_by_text(re.compile(words("reading")))
    expect(at_work).to_be_visible()
    page.get_by_role("button", name=words("stop_one", name=name)).click()
    expect(at_work).to_be_hidden()
    page.get_by_role("button", name=words("delete_one", name=name)).click()
    expect(row(page, name)).to_have_count(0)
    after = f"after-{lang}.txt"  # and the queue is free for what comes next
    put_in(page, {after: b"The lift is out of order."})
    expect(row(page, after)).to_contain_text(words("ready"))


def long_scan() -> bytes:
    """Return pages that have to be recognised one by one, which takes minutes."""
    scan = runpy.run_path(str(ROOT / "bench" / "ocr_pages.py"))["page"]("en", 100)
    one, writer, data = io.BytesIO(), PdfWriter(), io.BytesIO()
    scan.save(one, "PDF")
    for _ in range(PAGES):
        writer.append(PdfReader(one))
    writer.compress_identical_objects()
    writer.write(data)
    return data.getvalue()
