"""The table of documents in a real browser, over a library whose ledger is written by hand.

No model is here and none is loaded: what is tested is what one sees and clicks.
"""

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from serving import App

from retrieval.ledger import Ledger
from retrieval.library import INGEST, Collections, Jobs, Library

pytestmark = pytest.mark.integration

SECONDS = 60_000  # milliseconds for what a busy machine may need
EVIL = "<img src=x onerror=alert(1)>.md"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("table")


@pytest.fixture(scope="module")
def data(home: Path) -> Path:
    return home / "library"


def library(data: Path) -> Library:
    return Library(Ledger(data / "ledger.sqlite3"))


def fill(data: Path) -> None:
    """Write sixty uploads that failed, two of another collection and one of a folder."""
    kept = library(data)
    uploads = kept.source("default", "upload", "")
    for n in range(60):
        kept.fail(uploads, f"note-{n:02}.txt", "empty", "the file holds no text")
    for name in (EVIL, "合同.pdf"):
        kept.fail(kept.source("staff", "upload", ""), name, "damaged", "it is cut short")
    kept.fail(kept.source("default", "folder", "/srv/handbook"), "leave.docx", "empty", "no text")


@pytest.fixture(scope="module")
def address(home: Path, data: Path) -> Iterator[str]:
    library(data)  # the ledger is made
    app = App(home, KB_MODELS_DIR=home / "no-models")
    app.start()
    yield app.url
    app.stop()


@pytest.fixture
def page(chromium: Browser, address: str, data: Path) -> Iterator[Page]:
    """The page over the library as `fill` writes it; an error of its scripts fails the test."""
    kept = library(data)
    kept.remove([record.document for record in kept.records()])
    fill(data)
    context = chromium.new_context(locale="en-GB", viewport={"width": 1500, "height": 900})
    opened, wrong = context.new_page(), []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.set_default_timeout(SECONDS)
    opened.goto(f"{address}/documents")
    expect(opened.locator("tbody tr").first).to_be_visible(timeout=SECONDS)
    yield opened
    context.close()
    assert wrong == []


def names(page: Page) -> list[str]:
    return page.locator("tbody a.name").all_inner_texts()


def test_it_is_sorted_searched_filtered_and_paged(page: Page) -> None:
    expect(page.locator("tbody tr")).to_have_count(50)
    expect(page.locator(".said")).to_have_text("63 documents in the library, 63 could not be read")
    header = page.get_by_role("columnheader", name="Name")
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("tbody a.name").first).to_have_text(EVIL)  # as text, and nothing runs
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "descending")
    expect(page.locator("tbody a.name").first).to_have_text("合同.pdf")
    page.get_by_role("button", name="Next page").click()
    expect(page.locator("tbody tr")).to_have_count(13)
    expect(page.get_by_text("Page 2 of 2")).to_be_visible()

    page.get_by_role("searchbox").fill("NOTE-5")
    expect(page.locator("tbody tr")).to_have_count(10)
    expect(page.locator(".said")).to_have_text("10 of 63 documents")
    page.get_by_role("searchbox").fill("")
    page.get_by_role("combobox", name="Collection", exact=True).select_option("staff")
    expect(page.locator("tbody tr")).to_have_count(2)
    page.get_by_role("combobox", name="Kind").select_option("PDF")
    expect(page.locator("tbody a.name")).to_have_text(["合同.pdf"])
    page.get_by_role("combobox", name="State").select_option("ready")
    expect(page.get_by_text("No document matches.")).to_be_visible()


def test_documents_vanish_at_once_and_come_back(page: Page, data: Path) -> None:
    for n in (3, 5):
        page.get_by_role("checkbox", name=f"Select note-0{n}.txt").check()
    expect(page.get_by_text("2 selected")).to_be_visible()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_role("checkbox", name="Select note-03.txt")).to_have_count(0, timeout=300)
    expect(page.locator(".said")).to_have_text("2 documents deleted")
    assert len(library(data).records()) == 61
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".said")).to_have_text("2 documents are back")
    expect(page.get_by_role("checkbox", name="Select note-03.txt")).to_be_visible()
    assert len(library(data).records()) == 63


def test_all_that_match_are_moved_to_a_new_collection(page: Page, data: Path) -> None:
    page.get_by_role("searchbox").fill("note")
    expect(page.locator(".said")).to_have_text("60 of 63 documents")
    page.get_by_role("checkbox", name="Select all on this page").check()
    expect(page.get_by_text("50 selected")).to_be_visible()
    page.get_by_role("button", name="Select all 60").click()
    page.get_by_role("combobox", name="Move to collection").select_option("new")
    page.get_by_role("textbox", name="Name of the new collection").fill("归档")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.locator(".said")).to_have_text("60 documents moved")
    assert len(library(data).records("归档")) == 60

    page.get_by_role("searchbox").fill("leave")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("checkbox", name="Select leave.docx").check()
    page.get_by_role("combobox", name="Move to collection").select_option("=归档")
    expect(page.locator(".said")).to_contain_text("Move the whole folder")
    assert len(library(data).records("归档")) == 60


def test_what_could_not_be_read_is_read_again_at_once(page: Page, data: Path) -> None:
    page.get_by_role("button", name="Retry all 63 that could not be read").click()
    expect(page.locator(".said")).to_have_text("63 documents will be read again")
    job = Jobs(Ledger(data / "ledger.sqlite3")).all()[0]  # it may be in hand by now, or ended
    assert job.kind == INGEST
    assert len(job.arguments["documents"]) == 63
    Jobs(Ledger(data / "ledger.sqlite3")).cancel(job.id)


def test_a_row_stays_under_the_mouse_and_keeps_the_focus_while_documents_change(
    page: Page, data: Path
) -> None:
    box = page.get_by_role("checkbox", name="Select note-07.txt")
    box.focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("1 selected")).to_be_visible()
    row = page.locator("tbody tr", has=box)
    row.evaluate("row => { row.mine = true }")
    before = row.bounding_box()
    kept = library(data)
    kept.fail(kept.source("default", "upload", ""), "note-07.txt", "timeout", "too slow")
    expect(row).not_to_contain_text("no text")
    assert row.evaluate("row => row.mine") is True
    assert row.bounding_box() == before
    assert box.evaluate("box => box.getRootNode().activeElement === box && box.checked")
    assert page.locator('[data-stale="true"]').evaluate_all(
        "all => all.every(one => getComputedStyle(one).opacity === '1')"
    )


def test_every_control_has_a_name_and_says_of_which_document(page: Page) -> None:
    nameless = page.locator(".kb-table").evaluate(
        """table => [...table.querySelectorAll("button, input, select, a")]
          .filter(one => !one.closest("[hidden]") && !(one.getAttribute("aria-label")
            || one.textContent.trim())).map(one => one.outerHTML)"""
    )
    assert nameless == []
    expect(page.get_by_role("button", name="Delete note-00.txt")).to_be_visible()
    expect(page.get_by_role("button", name="Read note-00.txt again")).to_be_visible()


def test_on_a_narrow_screen_a_document_is_a_card_of_two_lines(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_role("columnheader", name="Size")).to_be_hidden()
    heights = page.locator("tbody tr").evaluate_all("rows => rows.map(row => row.offsetHeight)")
    assert max(heights) <= 80
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("combobox", name="Sort by").select_option("name down")
    expect(page.locator("tbody a.name").first).to_have_text("合同.pdf")


def test_the_original_is_there_to_be_saved(page: Page, data: Path) -> None:
    kept, texts = library(data), {"tea.txt": b"Tea is at four.", "tea too.txt": b"Or at five."}
    for name, text in texts.items():
        sha256 = hashlib.sha256(text).hexdigest()
        blob = data / "blobs" / sha256[:2] / sha256
        blob.parent.mkdir(parents=True, exist_ok=True)
        blob.write_bytes(text)
        kept.stage(kept.source("default", "upload", ""), name, sha256, len(text))
    page.get_by_role("searchbox").fill("tea")
    page.get_by_role("checkbox", name="Select tea.txt").check()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download", exact=True).click()
    assert saved.value.suggested_filename == "tea.txt"
    assert Path(saved.value.path()).read_bytes() == texts["tea.txt"]
    page.get_by_role("checkbox", name="Select tea too.txt").check()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download", exact=True).click()
    with zipfile.ZipFile(saved.value.path()) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == texts


def test_what_is_deleted_can_be_put_back_for_an_hour(page: Page, data: Path) -> None:
    page.get_by_role("checkbox", name="Select note-03.txt").check()
    page.get_by_role("checkbox", name="Select note-05.txt").check()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.locator(".said")).to_have_text("2 documents deleted")
    page.get_by_role("checkbox", name="Select note-07.txt").check()
    page.reload()
    page.get_by_role("button", name="Recently deleted (2)").click()
    expect(page.get_by_text("minutes left")).to_have_count(2)
    page.get_by_role("button", name="Put back note-05.txt").click()
    expect(page.locator(".said")).to_have_text("1 document is back")
    assert len(library(data).records()) == 62


def test_the_bar_of_what_is_picked_is_in_sight_wherever_one_picks(page: Page) -> None:
    page.get_by_role("checkbox", name="Select note-20.txt").scroll_into_view_if_needed()
    page.mouse.wheel(0, 1500)
    box = page.locator("tbody input[type=checkbox]").nth(40)
    box.check()
    expect(page.get_by_role("button", name="Delete", exact=True)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_hidden()


def test_an_empty_collection_can_be_moved_to(page: Page, data: Path) -> None:
    Collections(Ledger(data / "ledger.sqlite3")).make("Empty so far")
    page.get_by_role("checkbox", name="Select note-03.txt").check()
    page.get_by_role("combobox", name="Move to collection").select_option("=Empty so far")
    expect(page.locator(".said")).to_have_text("1 document moved")
