"""Settings, assistants, thumbs and test questions in a browser."""

import json
import re
from pathlib import Path

import pytest
from harness import Browsers, Lang, answered, ask, settle
from playwright.sync_api import Page, expect

from app.texts import Words

pytestmark = pytest.mark.integration

LONG = {"zh": "慢慢说出差报销的规定", "en": "Tell slowly of the guarantee"}
ANSWERED = {"zh": "试用期工资怎么发？", "en": "Where are backups stored and kept?"}


def section(page: Page, words: Words, name: str) -> None:
    page.get_by_role("radio", name=words(name), exact=True).click()
    settle(page)


def test_a_changed_number_holds_at_once_and_goes_back(
    tabs: Browsers, lang: Lang, words: Words
) -> None:
    page = tabs.open("/settings", lang=lang)
    section(page, words, "settings_answers")
    number = page.get_by_role("spinbutton", name=words("set_passages"))
    expect(number).to_have_value("4")
    number.fill("1")
    number.press("Enter")
    reset = page.get_by_role("button", name=words("reset", value=4))
    expect(reset).to_be_visible()
    chat = tabs.open(lang=lang)
    ask(chat, LONG[lang], words, wait=False)
    expect(chat.get_by_text(words("writing", n=1))).to_be_visible()
    chat.get_by_role("button", name=words("stop"), exact=True).click()
    answered(chat, words)
    page.get_by_role("button", name=words("reset", value=4)).click()
    expect(reset).to_be_hidden()
    expect(number).to_have_value("4")
    ask(chat, LONG[lang], words, wait=False)
    several = re.escape(words("writing", n="#")).replace("\\#", "[2-4]")
    expect(chat.get_by_text(re.compile(several))).to_be_visible()
    chat.get_by_role("button", name=words("stop"), exact=True).click()
    answered(chat, words)


def test_language_and_theme_are_chosen_and_kept(tabs: Browsers, lang: Lang, words: Words) -> None:
    page = tabs.open("/settings", lang=lang)
    other, tag = {"zh": ("English", "en"), "en": ("中文", "zh-CN")}[lang]
    section(page, words, "settings_look")
    page.get_by_role("radio", name=words("look_dark"), exact=True).click()
    ground = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    page.wait_for_function(f"{ground} === 'rgb(21, 25, 26)'")
    page.get_by_test_id("stSidebar").get_by_role("radio", name=other).click()
    expect(page.locator("html")).to_have_attribute("lang", tag)
    page.goto(tabs.address)
    settle(page)
    expect(page.locator("html")).to_have_attribute("lang", tag)
    assert page.evaluate(ground) == "rgb(21, 25, 26)"


def test_an_assistant_answers_from_its_collection(tabs: Browsers, lang: Lang, words: Words) -> None:
    name = {"zh": "入门助手", "en": "First steps"}[lang]
    page = tabs.open("/collections", lang=lang)
    page.get_by_role("button", name=words("assistant_new")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(words("collection_name"), exact=True).fill(name)
    dialog.get_by_role("combobox", name=words("assistant_collections")).click()
    page.get_by_role("option", name=words("usual_collection")).click()
    dialog.get_by_label(words("greeting"), exact=True).fill("Hello 你好")
    dialog.get_by_role("button", name=words("save")).click()
    expect(dialog).to_have_count(0)

    page.get_by_role("link", name=words("chat"), exact=True).click()
    page.get_by_role("combobox", name=words("assistant")).click()
    page.get_by_role("option", name=name).click()
    expect(page.get_by_text("Hello 你好")).to_be_visible()
    ask(page, ANSWERED[lang], words)
    expect(page.get_by_text(words("assistant_asked", name=name))).to_be_visible()

    page.get_by_role("link", name=words("collections_page"), exact=True).click()
    page.get_by_role("button", name=words("assistant_delete_of", name=name)).click()
    dialog.get_by_role("button", name=words("delete"), exact=True).click()
    expect(page.get_by_text(words("assistant_removed", name=name))).to_be_visible()
    page.get_by_role("button", name=words("undo")).click()
    expect(page.get_by_role("button", name=words("assistant_edit_of", name=name))).to_be_visible()


def test_a_thumb_and_a_test_question_come_out_on_the_quality_page(
    tabs: Browsers, lang: Lang, words: Words
) -> None:
    page = tabs.open(lang=lang)
    ask(page, ANSWERED[lang], words)
    bad = page.get_by_role("button", name=words("bad"), exact=True)
    bad.click()
    page.get_by_text(words("bad_incomplete"), exact=True).click()
    page.get_by_label(words("bad_better")).fill(f"90% ({lang})")
    page.get_by_test_id("stBaseButton-primaryFormSubmit").click()
    expect(page.get_by_text(words("bad_title"))).to_be_hidden()
    expect(bad).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(bad).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name=words("test_keep"), exact=True).click()
    expect(page.get_by_role("button", name=words("test_kept"))).to_be_visible()

    page.get_by_role("link", name=words("quality"), exact=True).click()
    page.get_by_role("button", name=words("run_start")).click()
    expect(page.get_by_text(re.compile(re.escape(words("count_right")))).first).to_be_visible()
    expect(page.get_by_text(ANSWERED[lang]).first).to_be_visible()
    section(page, words, "quality_feedback")
    with page.expect_download() as saving:
        page.get_by_role("button", name=words("feedback_for_eval")).click()
    lines = Path(saving.value.path()).read_text("utf-8").splitlines()
    assert any(ANSWERED[lang] in json.dumps(json.loads(x), ensure_ascii=False) for x in lines)
