"""A document's own page, questions to try, collections, a test that is stopped, a follow-up."""

import re
from pathlib import Path

import pytest
from harness import Browsers, Lang, answered, ask, settle
from playwright.sync_api import Page, expect
from serve_stand_in import SUGGESTED

from app.texts import Words

pytestmark = pytest.mark.integration

DOCUMENT = {"zh": "员工手册.pdf", "en": "information-security-policy.pdf"}
FIRST = {"zh": "年假可以结转吗？", "en": "How long must passwords be?"}
LEANING = {"zh": "那它什么时候作废？", "en": "And how often are they changed?"}
LONG = {"zh": "慢慢说出差报销的规定", "en": "Tell slowly of the guarantee"}


def test_a_document_is_opened_from_the_table_turned_and_its_passages_are_marked(
    tabs: Browsers, lang: Lang, words: Words
) -> None:
    page = tabs.open("/documents", lang=lang)
    page.get_by_label(words("find")).fill(DOCUMENT[lang])
    page.get_by_role("link", name=DOCUMENT[lang]).click()
    named = page.locator(".kb-document-name, .kb-path")  # by its title, or by its file alone
    expect(named.filter(has_text=DOCUMENT[lang])).to_be_visible()
    picture = page.locator(".kb-paper img")
    expect(picture).to_be_visible()
    first = picture.get_attribute("alt")
    page.get_by_role("link", name=words("page_behind")).click()
    expect(page.locator(".kb-bar span").first).to_contain_text("2")
    expect(page.get_by_role("img", name=words("page", n=2))).to_be_visible()
    assert first is not None
    assert words("page", n=1) in first
    expect(page.locator(".kb-blocks")).to_contain_text(re.compile(r"\S{4}"))

    page.get_by_role("tab", name=re.compile(words("passages_count"))).click()
    third = page.locator(".kb-source").nth(2)
    said = third.locator(".kb-quote").inner_text()
    third.click()
    opened = page.locator(".kb-open")
    expect(opened.locator(".kb-number")).to_have_text("3")
    expect(opened.locator(".kb-whole")).to_contain_text(said[:8])
    expect(page.locator(".kb-box").first).to_be_visible()
    page.reload()
    expect(opened.locator(".kb-number")).to_have_text("3")

    with page.expect_download() as saving:
        page.get_by_role("button", name=words("download_original")).click()
    assert saving.value.suggested_filename == DOCUMENT[lang]
    assert Path(saving.value.path()).read_bytes()[:5] == b"%PDF-"


def test_a_question_to_try_is_asked_by_a_click(tabs: Browsers, lang: Lang, words: Words) -> None:
    page = tabs.open(lang=lang)
    question = SUGGESTED[lang].question
    page.get_by_role("button", name=question, exact=True).click()
    expect(page.locator(".kb-text", has_text=question)).to_be_visible()
    answered(page, words)
    expect(page.locator(".kb-source").first).to_contain_text(Path(SUGGESTED[lang].path).name)
    expect(page.get_by_text(words("try_asking"))).to_have_count(0)


def test_a_collection_is_made_described_renamed_and_deleted(
    tabs: Browsers, lang: Lang, words: Words
) -> None:
    name, new = {"zh": ("合同", "旧合同"), "en": ("Contracts", "Old contracts")}[lang]
    about = {"zh": "与客户签的合同", "en": "What we signed with customers"}[lang]
    page = tabs.open("/collections", lang=lang)
    dialog = page.get_by_role("dialog")

    def fill(label: str, text: str) -> None:
        dialog.get_by_label(words(label), exact=True).fill(text)

    def save() -> None:
        dialog.get_by_role("button", name=words("save")).click()

    def row(of: str) -> re.Pattern[str]:
        return re.compile(re.escape(words("collection_edit_of", name=of)))

    page.get_by_role("button", name=words("collection_new")).click()
    save()
    expect(dialog.get_by_text(words("name_missing"))).to_be_visible()
    fill("collection_name", name)
    save()
    expect(dialog).to_have_count(0)

    page.get_by_role("button", name=row(name)).click()
    fill("collection_about", about)
    save()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text(about)).to_be_visible()

    page.get_by_role("button", name=row(name)).click()
    expect(dialog.get_by_label(words("collection_about"), exact=True)).to_have_value(about)
    fill("collection_name", new)
    save()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name=row(name))).to_have_count(0)

    page.reload()
    expect(page.get_by_text(about)).to_be_visible()
    page.get_by_role("button", name=words("collection_delete_of", name=new)).click()
    dialog.get_by_role("button", name=words("delete"), exact=True).click()
    expect(page.get_by_text(words("collection_gone", name=new))).to_be_visible()
    expect(page.get_by_role("button", name=row(new))).to_have_count(0)


def test_a_test_of_the_library_is_stopped_and_says_so(
    tabs: Browsers, lang: Lang, words: Words
) -> None:
    page = tabs.open("/quality", lang=lang)
    section(page, words, "quality_questions")
    dialog = page.get_by_role("dialog")
    for question in (FIRST[lang], LONG[lang]):
        page.get_by_role("button", name=words("question_new")).click()
        dialog.get_by_label(words("question_text"), exact=True).fill(question)
        dialog.get_by_role("button", name=words("save")).click()
        expect(dialog).to_have_count(0)
    section(page, words, "quality_results")
    start = page.get_by_role("button", name=words("run_start"))
    start.click()
    stop = page.get_by_role("button", name=words("run_stop"))
    expect(page.get_by_text(re.compile(asking(words, at=2)))).to_be_visible()
    stop.click()
    expect(stop).to_have_count(0)
    for _ in range(2):
        expect(start).to_be_enabled()
        expect(page.get_by_text(re.compile(cancelled(words, done=1)))).to_be_visible()
        page.reload()
    chat = tabs.open(lang=lang)  # and the model is free
    ask(chat, FIRST[lang], words)


def test_a_question_that_leans_on_the_one_before_is_answered(
    tabs: Browsers, lang: Lang, words: Words
) -> None:
    page = tabs.open(lang=lang)
    ask(page, FIRST[lang], words)
    ask(page, LEANING[lang], words)
    expect(page.locator(".kb-answer")).to_have_count(2)
    found = page.get_by_test_id("stExpander").filter(has_text=words("how_found")).last
    found.locator("summary").click()
    expect(found).to_contain_text(FIRST[lang])  # what it leans on was searched for, too
    expect(found).to_contain_text(LEANING[lang])


def test_the_second_of_two_people_is_told_how_many_are_before(
    tabs: Browsers, lang: Lang, words: Words
) -> None:
    page, other = tabs.open(lang=lang), tabs.open(lang=lang)
    ask(page, LONG[lang], words, wait=False)
    field = other.get_by_placeholder(words("ask"))
    field.fill(FIRST[lang])
    field.press("Enter")
    told = words("ahead", n=1).rstrip("…")  # about how long follows, where that is known
    expect(other.get_by_text(told)).to_be_visible()
    page.get_by_role("button", name=words("stop"), exact=True).click()
    answered(other, words)


def section(page: Page, words: Words, name: str) -> None:
    page.get_by_role("radio", name=words(name), exact=True).click()
    settle(page)


def asking(words: Words, at: int) -> str:
    return re.escape(words("run_asking", at=at, total="#")).replace("\\#", r"\d+")


def cancelled(words: Words, done: int) -> str:
    return re.escape(words("run_cancelled", done=done, total="#")).replace("\\#", r"\d+")
