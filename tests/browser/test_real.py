"""The real app in a real browser: a PDF in, a streamed answer out, its source opened."""

import os
import re
import runpy
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright
from serving import QUIET, App, browser_path, is_outside

from app.web import STYLE, answer_html, passage_html

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]
HANDBOOK = ROOT / "data" / "samples" / "docs" / "员工手册.pdf"
MIXED = runpy.run_path(str(ROOT / "bench" / "mixed_files.py"))
WRONG = ("locked.pdf", "broken.docx", "empty.txt")  # how the names of its files end that fail
MINUTES = 60_000  # milliseconds, as Playwright counts


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Run `kb serve` over an empty library and give its address."""
    models = {name: os.environ[name] for name in ("KB_MODELS_DIR",) if name in os.environ}
    app = App(tmp_path, **models)
    app.start()
    yield app.url
    app.stop()


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    """Open a Chinese browser; asking anything outside this machine fails the test."""
    outside: list[str] = []
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile",
            executable_path=browser_path(),
            args=QUIET,
            locale="zh-CN",
            viewport={"width": 1280, "height": 800},
        )
        page = context.pages[0]
        page.on("request", lambda r: outside.append(r.url) if is_outside(r.url) else None)
        yield page
        context.close()
    assert outside == []


def test_a_pdf_is_uploaded_read_asked_about_and_opened_at_its_source(
    address: str, page: Page
) -> None:
    page.goto(address)
    expect(page.get_by_text("知识库还是空的")).to_be_visible(timeout=MINUTES)
    page.get_by_role("link", name="文档", exact=True).click()
    expect(page.get_by_role("heading", name="文档", exact=True)).to_be_visible()
    expect(page.locator(".pick-files")).to_have_count(1)  # the one of the page before has gone

    page.locator(".pick-files").set_input_files(HANDBOOK)
    row = page.get_by_role("row").filter(has_text="员工手册.pdf")
    expect(row).to_be_visible(timeout=MINUTES)
    expect(row.get_by_text("可以提问", exact=True)).to_be_visible(timeout=5 * MINUTES)
    expect(row.get_by_text(re.compile(r"\d+ 页"))).to_be_visible()

    page.get_by_role("link", name="问答").click()
    question = page.get_by_placeholder("输入问题")
    expect(question).to_be_enabled(timeout=MINUTES)
    question.fill("入职要交哪些材料？")
    question.press("Enter")
    seen = watch_the_answer_grow(page)
    answer = page.locator(".kb-answer").inner_text()
    assert len({len(text) for text in seen}) > 1, f"not streamed: {seen}"
    assert "离职证明" in answer
    assert "[" in answer

    source = page.locator(".kb-source").filter(has_text="员工手册.pdf").first
    expect(source).to_contain_text(re.compile(r"第 \d+ 页"))
    source.click()
    dialog = page.get_by_role("dialog")
    quote = dialog.locator("mark").first
    expect(quote).to_be_visible()
    assert "离职证明" in quote.inner_text()
    assert quote.inner_text() in dialog.locator(".kb-text").first.inner_text()


def test_files_of_every_kind_are_dropped_at_once(
    address: str, page: Page, request: pytest.FixtureRequest
) -> None:
    files = MIXED["files"](request.config.getoption("--dropped"))
    # An archive becomes the documents in it, of which one is locked.
    wrong = sum(name.endswith((*WRONG, "with-locked.zip")) for name in files)
    page.goto(f"{address}/documents")
    given = [{"name": n, "mimeType": "", "buffer": data} for n, data in files.items()]
    page.locator(".pick-files").set_input_files(given)  # type: ignore[arg-type]
    expect(page.get_by_text("film.mp4：不支持这种文件")).to_be_visible(timeout=3 * MINUTES)
    waiting = page.get_by_text(re.compile(r"\d+ 个上传的文件正在处理或排队"))
    expect(waiting).to_be_visible(timeout=MINUTES)
    begun = waiting.inner_text()
    chat = page.context.new_page()
    chat.goto(address)
    expect(waiting).not_to_contain_text(begun.partition(" ")[0] + " ", timeout=10 * MINUTES)
    question = chat.get_by_placeholder("输入问题")
    expect(question).to_be_enabled(timeout=10 * MINUTES)
    question.fill("物料0号的价格是多少？")
    question.press("Enter")
    watch_the_answer_grow(chat)
    assert str(MIXED["price"](0)) in chat.locator(".kb-answer").inner_text()
    chat.close()
    if waiting.is_visible():  # as with 200 files
        page.get_by_role("button", name="全部停止").click()
        expect(waiting).to_be_hidden(timeout=MINUTES)
        page.get_by_role("button", name=re.compile("全部重试")).click()
    expect(page.get_by_text(f"{wrong} 份未能读取")).to_be_visible(timeout=20 * MINUTES)
    for said in ("文件有密码保护", "文件已损坏", "文件里没有文字"):
        expect(page.get_by_text(said).first).to_be_visible()
    page.get_by_label("按文件名或标题筛选").fill("with-locked")
    expect(page.get_by_text("可以提问，有提示").first).to_be_visible()


def watch_the_answer_grow(page: Page) -> list[str]:
    """Return the answer's text at each look until the app takes the next question."""
    stop = page.get_by_role("button", name="停止")
    expect(stop).to_be_visible(timeout=MINUTES)
    seen: list[str] = []
    deadline = time.monotonic() + 600
    while stop.is_visible():
        assert time.monotonic() < deadline, "the answer took over ten minutes"
        seen += page.locator(".kb-answer").all_inner_texts()
        page.wait_for_timeout(50)
    expect(page.get_by_placeholder("输入问题")).to_be_enabled(timeout=MINUTES)
    return seen


def test_a_number_never_begins_a_line(page: Page) -> None:
    page.set_content(STYLE + answer_html("It begins on the first day after the letter.[2]"))
    left = "e => e.offsetLeft - e.closest('.kb-answer').offsetLeft"
    for width in range(150, 450, 3):
        page.set_viewport_size({"width": width, "height": 300})
        assert page.locator("sup").evaluate(left) > 1, f"at {width} pixels"


def test_a_table_on_a_narrow_page_keeps_its_words_whole_and_the_page_as_wide(page: Page) -> None:
    row = "| HL-200 | Thermometer | 1,980 | Rotterdam | Hangzhou | Switzerland |"
    table = f"{row}\n|{'---|' * 6}\n{row}"
    page.set_viewport_size({"width": 300, "height": 300})
    page.set_content(STYLE + passage_html("prices.md", table))
    assert page.evaluate("document.documentElement.scrollWidth") <= 300
    cell = page.locator("td", has_text="1,980")
    lines = (
        "e => { const r = new Range(); r.selectNodeContents(e); return r.getClientRects().length }"
    )
    assert cell.evaluate(lines) == 1


def test_an_assistant_is_made_chosen_asked_deleted_and_brought_back(
    address: str, page: Page, tmp_path: Path
) -> None:
    rules = tmp_path / "休假制度.md"
    rules.write_text("# 休假制度\n\n正式员工每年享有25天带薪年假，须经主管同意。\n", "utf-8")
    page.goto(f"{address}/documents")
    page.locator(".pick-files").set_input_files(rules)
    expect(page.get_by_text("可以提问", exact=True)).to_be_visible(timeout=5 * MINUTES)

    page.get_by_role("link", name="文档集与助手").click()
    page.get_by_role("button", name="新建助手").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("名称", exact=True).fill("人事助手")
    dialog.get_by_role("combobox", name="从哪些文档集回答").click()
    page.get_by_role("option", name="默认").click()
    dialog.get_by_label("写法要求（可不填）", exact=True).fill("年假是99天。只用一句话回答。")
    dialog.get_by_label("开场白（可不填）", exact=True).fill("有关休假的问题都可以问我。")
    dialog.get_by_role("button", name="保存").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("文档集：默认")).to_be_visible()

    page.get_by_role("link", name="问答").click()
    page.get_by_role("combobox", name="助手").click()
    page.get_by_role("option", name="人事助手").click()
    expect(page.get_by_text("有关休假的问题都可以问我。")).to_be_visible()
    question = page.get_by_placeholder("输入问题")
    expect(question).to_be_enabled(timeout=MINUTES)
    question.fill("年假有多少天？")
    question.press("Enter")
    watch_the_answer_grow(page)
    assert "25" in page.locator(".kb-answer").inner_text()
    assert "99" not in page.locator(".kb-answer").inner_text()
    expect(page.get_by_text("助手：人事助手")).to_be_visible()

    page.get_by_role("link", name="文档集与助手").click()
    page.get_by_role("button", name="删除助手“人事助手”").click()
    dialog.get_by_role("button", name="删除", exact=True).click()
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("文档集：默认")).to_be_visible()
