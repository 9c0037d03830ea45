"""Conversations in a browser: from the first visit to an answer, its proof, and what is kept."""

import re
from pathlib import Path

import pytest
from harness import NARROW, Browsers, Lang, answered, ask, settle
from playwright.sync_api import Page, expect
from serving import App

from app.texts import Words
from retrieval.conversations import ConversationStore, filter_to_json
from retrieval.ledger import EVERYTHING, Ledger

pytestmark = pytest.mark.integration

# Questions that the stand-in model answers from a page of a PDF of the samples.
ON_A_PAGE = {"zh": "试用期工资怎么发？", "en": "Where are backups stored and kept?"}
IN_FILE = {"zh": "员工手册.pdf", "en": "information-security-policy.pdf"}
NEXT = {"zh": "年假可以结转吗？", "en": "Who may work from another country?"}
UNKNOWN = {"zh": "火星上的年假有几天？", "en": "How much leave is there on Mars?"}
LONG = {"zh": "慢慢说出差报销的规定", "en": "Tell slowly of the guarantee"}


def stop_button(page: Page, words: Words):  # type: ignore[no-untyped-def]
    return page.get_by_role("button", name=words("stop"), exact=True)


@pytest.mark.parametrize("width", [1280, NARROW])
def test_an_answer_is_proven_on_the_page_it_stands_on(
    tabs: Browsers, lang: Lang, words: Words, width: int
) -> None:
    page = tabs.open(lang=lang, width=width)
    ask(page, ON_A_PAGE[lang], words)
    answer = page.locator(".kb-answer").last
    expect(answer.locator("sup").first).to_contain_text("[1]")
    answer.locator("a").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(IN_FILE[lang])
    picture = dialog.locator(".kb-paper img")
    expect(picture).to_be_visible()
    box = dialog.locator(".kb-box").first
    expect(box).to_be_visible()
    assert picture.evaluate("e => e.naturalWidth") > 500
    quote = dialog.locator(".kb-text mark, .kb-markdown mark").first.inner_text()
    assert quote.strip(" 。.") in answer.inner_text().replace("\n", "")
    number = dialog.locator(".kb-bar span").first
    before = number.inner_text()
    dialog.get_by_role("link", name=words("page_behind")).click()
    expect(number).not_to_have_text(before)
    expect(dialog.locator(".kb-paper img")).to_be_visible()
    expect(dialog.get_by_role("button", name=words("download_original"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_what_is_not_there_is_refused_and_the_next_question_answered(
    tabs: Browsers, lang: Lang, words: Words
) -> None:
    page = tabs.open(lang=lang)
    ask(page, UNKNOWN[lang], words)
    expect(page.get_by_text(words("refused_hint")).first).to_be_visible()
    ask(page, NEXT[lang], words)
    expect(page.locator(".kb-answer a").first).to_be_visible()
    expect(page.locator(".kb-text", has_text=NEXT[lang])).to_be_visible()


def test_an_answer_is_stopped_and_asked_again(tabs: Browsers, lang: Lang, words: Words) -> None:
    page = tabs.open(lang=lang)
    ask(page, LONG[lang], words, wait=False)
    stop_button(page, words).click()
    expect(stop_button(page, words)).to_be_hidden()
    expect(page.get_by_text(words("stopped"))).to_be_visible()
    page.get_by_role("button", name=words("ask_again"), exact=True).click()
    expect(stop_button(page, words)).to_be_visible()
    page.keyboard.press("Escape")
    expect(stop_button(page, words)).to_be_hidden()


def test_chats_are_searched_while_answers_are_written(
    app: App, tabs: Browsers, lang: Lang, words: Words
) -> None:
    store = ConversationStore(Ledger(app.data_dir / "ledger.sqlite3"))
    some = [store.new_id() for _ in range(9)]
    for n, conversation in enumerate(some):
        asked = f"Where is room {n}?"
        store.begin(conversation, asked, asked, filter_to_json(EVERYTHING), None)
    page = tabs.open(lang=lang)
    ask(page, LONG[lang], words, wait=False)
    page.get_by_role("button", name=words("new_chat")).click()
    field = page.get_by_placeholder(words("ask"))
    field.fill(NEXT[lang])
    field.press("Enter")  # which waits for the answer before
    expect(stop_button(page, words)).to_be_visible()
    page.get_by_role("button", name=words("filters")).click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    page.keyboard.press("Escape")
    for n in (7, 3):
        find = page.get_by_placeholder(words("chats_find"))
        find.fill(f"room {n}")
        find.press("Enter")
        rows = page.locator("[class*=st-key-chat-open-] >> visible=true")
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text(f"Where is room {n}?")
    expect(page.locator(".kb-text", has_text=NEXT[lang])).to_be_visible()
    for conversation in some:
        store.delete(conversation)
    expect(page.get_by_test_id("stMain")).to_be_visible()


def test_a_reload_and_a_second_tab_show_the_conversation_while_it_goes_on(
    tabs: Browsers, lang: Lang, words: Words
) -> None:
    page = tabs.open(lang=lang)
    ask(page, LONG[lang], words, wait=False)
    expect(page).to_have_url(re.compile(r"chat="))
    other = tabs.open(page.url.removeprefix(tabs.address), lang=lang, settled=False)
    expect(other.locator(".kb-text", has_text=LONG[lang])).to_be_visible()
    page.reload()
    expect(page.locator(".kb-text", has_text=LONG[lang])).to_be_visible()
    expect(page.locator(".kb-answer").last).to_contain_text(re.compile(r"\S"))
    expect(stop_button(page, words)).to_be_visible()
    stop_button(page, words).click()
    expect(stop_button(other, words)).to_be_hidden()
    answered(page, words)


def test_a_conversation_is_exported_renamed_deleted_and_brought_back(
    tabs: Browsers, lang: Lang, words: Words
) -> None:
    page = tabs.open(lang=lang)
    ask(page, ON_A_PAGE[lang], words)
    side = page.get_by_test_id("stSidebar")

    def menu(title: str) -> None:
        side.get_by_role("button", name=words("chat_menu", title=title)).first.click()

    menu(ON_A_PAGE[lang])
    with page.expect_download() as saving:
        page.get_by_role("button", name=words("chat_export")).click()
    told = Path(saving.value.path()).read_text("utf-8")
    assert ON_A_PAGE[lang] in told
    assert IN_FILE[lang] in told
    name = {"zh": "工资的事", "en": "About backups"}[lang]
    title = page.get_by_role("textbox", name=words("chat_rename"), exact=True)
    title.fill(name)
    title.press("Enter")
    row = side.get_by_role("button", name=name, exact=True)
    expect(row).to_be_visible()

    side.get_by_role("button", name=words("new_chat")).click()
    expect(page.locator(".kb-answer")).to_have_count(0)
    row.click()
    expect(page.locator(".kb-answer")).to_have_count(1)

    menu(name)
    page.get_by_role("button", name=words("chat_delete"), exact=True).click()
    expect(side.get_by_text(words("chat_deleted", title=name))).to_be_visible()
    expect(row).to_have_count(0)
    side.get_by_role("button", name=words("chat_undo")).click()
    expect(row).to_be_visible()
    expect(page.locator(".kb-answer")).to_have_count(1)


def test_a_file_is_attached_and_asked_about_at_once(
    tabs: Browsers, lang: Lang, words: Words, tmp_path: Path
) -> None:
    text = {
        "zh": "# 停车\n\n访客的车停在地下二层的东区，每天收费十五元。\n",
        "en": "# Parking\n\nVisitors park on the east side of level two for fifteen euros a day.\n",
    }[lang]
    file = tmp_path / {"zh": "停车规定.md", "en": "parking-rules.md"}[lang]
    file.write_text(text, "utf-8")
    page = tabs.open(lang=lang)
    page.get_by_test_id("stBottom").locator("input.pick-files").set_input_files(file)
    expect(page.get_by_text(words("attached"))).to_be_visible()
    ask(page, {"zh": "访客的车停在哪里？", "en": "Where do visitors park?"}[lang], words)
    expect(page.locator(".kb-source").first).to_contain_text(file.name)


def test_a_question_too_long_is_refused_in_words(tabs: Browsers, lang: Lang, words: Words) -> None:
    page = tabs.open(lang=lang)
    text = "为什么呢？" * 2000
    field = page.get_by_placeholder(words("ask"))
    field.fill(text)
    field.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("10000")
    expect(field).to_have_value(text)


def test_a_chat_that_is_not_there_says_so(tabs: Browsers, lang: Lang, words: Words) -> None:
    page = tabs.open("/?chat=0123456789abcdef", lang=lang)
    expect(page.get_by_text(words("chat_unknown"))).to_be_visible()
    settle(page)
