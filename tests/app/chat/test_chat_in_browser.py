"""What one does with an answer, in a browser: the keys, stop, copy, edit, judge, wish."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.integration
expect.set_options(timeout=60_000)  # milliseconds; a busy machine is slow, not wrong

Visit = Callable[..., Page]
QUESTION = "How many days of leave?"
ANSWER = "You have 25 days of leave.\u2060[1] Ask your manager first.\u2060[1]"
SLOW = "What does every animal eat?"


def field(page: Page) -> Locator:
    return page.get_by_test_id("stChatInputTextArea")


def stop_button(page: Page, name: str = "Stop") -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def ask(page: Page, question: str = QUESTION) -> None:
    """Type a question where the focus is, and wait until it is answered."""
    expect(field(page)).to_be_focused()
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    expect(page.locator(".kb-text", has_text=question)).to_be_visible()
    expect(row(page).last).to_be_visible()


def row(page: Page, name: str = "Ask again") -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def test_the_keyboard_alone_asks_stops_and_brings_the_question_back(visit: Visit) -> None:
    page = visit()
    expect(field(page)).to_be_focused()
    page.keyboard.type("What does")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("every animal eat?")
    expect(field(page)).to_have_value("What does\nevery animal eat?")
    page.keyboard.press("Enter")
    expect(page.locator(".kb-answer").last).to_contain_text("animal1 eats")
    page.keyboard.type("And then?")  # nothing is lost of what is typed meanwhile
    expect(stop_button(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(stop_button(page)).to_be_hidden()
    expect(page.get_by_text("The answer was stopped.").first).to_be_visible()
    expect(row(page)).to_be_visible()
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("And then?")
    field(page).fill("")
    page.keyboard.press("ArrowUp")
    expect(field(page)).to_have_value("What does\nevery animal eat?")
    assert "animal59" not in page.locator(".kb-answer").last.inner_text()


def test_questions_sent_meanwhile_wait_their_turn_and_can_be_taken_back(visit: Visit) -> None:
    page = visit()
    expect(field(page)).to_be_focused()
    page.keyboard.type(SLOW)
    page.keyboard.press("Enter")
    expect(page.locator(".kb-answer").last).to_contain_text("animal1 eats")
    waiting = page.get_by_text("To be asked when the answer is done or stopped:")
    for n, question in enumerate((QUESTION, "And then?"), 1):
        field(page).fill(question)
        page.keyboard.press("Enter")
        expect(waiting).to_have_count(n)
        expect(field(page)).to_have_value("")
    page.get_by_role("button", name="Do not ask").last.click()
    expect(waiting).to_have_count(1)
    expect(field(page)).to_have_value("And then?")
    stop_button(page).click()
    expect(page.locator(".kb-answer").last).to_contain_text("You have 25 days of leave.")
    expect(row(page)).to_have_count(2)
    expect(waiting).to_have_count(0)
    assert page.locator(".kb-text").all_inner_texts() == [SLOW, QUESTION]


def test_stop_is_where_send_was_and_time_is_told(visit: Visit) -> None:
    page = visit()
    expect(field(page)).to_be_focused()
    page.keyboard.type(SLOW)
    send = page.get_by_role("button", name="Send", exact=True)
    place = send.bounding_box()
    page.keyboard.press("Enter")
    stop = stop_button(page)
    expect(stop).to_be_visible()
    assert stop.bounding_box() == place
    expect(send).to_be_hidden()
    expect(page.get_by_test_id("stExpander")).to_contain_text(" s")
    stop.click()
    expect(stop).to_be_hidden()
    expect(send).to_be_visible()
    expect(field(page)).to_be_focused()


def test_a_screen_reader_hears_that_an_answer_comes_and_the_answer(visit: Visit) -> None:
    page = visit()
    told = page.locator(".st-key-chat-keys [role=status]")
    expect(field(page)).to_be_focused()
    page.keyboard.type(SLOW)
    page.keyboard.press("Enter")
    expect(told).to_have_text("Answering…")
    page.keyboard.press("Escape")
    expect(told).to_contain_text("Answer: ")
    expect(told).not_to_contain_text("[1]")


def test_an_answer_is_copied_clean_with_its_sources_in_two_formats(visit: Visit) -> None:
    page = visit()
    ask(page)
    page.get_by_role("button", name="Copy the answer").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_attached()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text == (
        "You have 25 days of leave.[1] Ask your manager first.[1]\n\nSources:\n[1] leave.md · Leave"
    )
    read = "async (kind) => (await (await navigator.clipboard.read())[0].getType(kind)).text()"
    html = page.evaluate(read, "text/html")
    assert "<p>You have 25 days of leave.[1] Ask your manager first.[1]</p>" in html
    assert "[1] leave.md · Leave" in html


def test_what_is_selected_by_hand_has_no_invisible_character(visit: Visit) -> None:
    page = visit()
    ask(page)
    assert page.locator(".kb-answer").last.inner_text() == ANSWER
    page.locator(".kb-answer").last.click(click_count=3)
    page.keyboard.press("Control+c")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.strip() == ANSWER.replace("\u2060", "")


def test_a_question_is_edited_in_its_place_and_replaces_the_last(visit: Visit) -> None:
    page = visit()
    ask(page, "How many days of live?")
    row(page, "Edit the question").click()
    edited = page.get_by_role("textbox", name="Edit the question")
    expect(edited).to_be_focused()
    page.keyboard.press("Escape")
    expect(edited).to_be_hidden()
    expect(field(page)).to_be_focused()
    row(page, "Edit the question").click()
    expect(edited).to_be_focused()
    edited.fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".kb-text", has_text=QUESTION)).to_have_count(1)
    expect(page.locator(".kb-text", has_text="live")).to_have_count(0)
    expect(row(page)).to_have_count(1)
    expect(field(page)).to_be_focused()


def test_wishes_stand_under_the_last_answer_alone(visit: Visit) -> None:
    page = visit()
    ask(page)
    for name in ("Shorter", "Longer", "In Chinese"):
        expect(row(page, f"Answer again: {name}")).to_have_count(1)
    table = row(page, "Answer again: As a table")
    table.click()
    expect(page.locator(".kb-answer table")).to_be_visible()
    expect(row(page)).to_have_count(2)
    expect(table).to_have_count(1)
    row(page).first.click()  # one with another behind it: asked as a new one
    expect(row(page)).to_have_count(3)


def test_an_answer_is_judged_and_it_is_asked_why(visit: Visit) -> None:
    page = visit("zh-CN")
    expect(field(page)).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    good, bad = row(page, "有帮助"), row(page, "没有帮助")
    good.click()
    expect(good).to_have_attribute("aria-pressed", "true")
    bad.click()
    expect(bad).to_have_attribute("aria-pressed", "true")
    expect(good).to_have_attribute("aria-pressed", "false")
    page.get_by_text("不完整", exact=True).click()
    page.get_by_label("正确的回答是什么？（可不填）").fill("26 days")
    page.get_by_role("button", name="提交评价").click()
    kept = page.get_by_test_id("stSidebar").get_by_test_id("stCode")
    expect(kept).to_contain_text("verdict='bad', reason='incomplete', note='', better='26 days'")
    expect(page.get_by_text("哪里不对？")).to_be_hidden()
    bad.click()  # the same again takes it back
    expect(bad).to_have_attribute("aria-pressed", "false")


def scrolled(page: Page) -> float:
    """How far the page is scrolled down, in pixels."""
    return float(page.get_by_test_id("stMain").evaluate("e => e.scrollTop"))


def test_a_conversation_is_opened_at_its_end_and_stays_where_one_reads(visit: Visit) -> None:
    page = visit(height=500)
    for n in range(3):
        ask(page, f"{QUESTION} {n}")
    page.reload()
    expect(page.locator(".kb-text", has_text=f"{QUESTION} 2")).to_be_in_viewport()
    expect(row(page, "Answer again: Shorter")).to_be_in_viewport()
    side = page.get_by_test_id("stSidebar")
    side.get_by_role("button", name="New chat").click()
    expect(page.locator(".kb-answer")).to_have_count(0)
    side.get_by_role("button", name=f"{QUESTION} 0", exact=True).click()
    expect(page.locator(".kb-text", has_text=f"{QUESTION} 2")).to_be_in_viewport()
    expect(row(page, "Answer again: Shorter")).to_be_in_viewport()
    field(page).fill(SLOW)
    field(page).press("Enter")
    expect(page.locator(".kb-answer").last).to_contain_text("animal3 eats")
    page.get_by_test_id("stMain").hover()
    page.mouse.wheel(0, -4000)
    expect(page.locator(".kb-text", has_text=f"{QUESTION} 0")).to_be_in_viewport()
    there = scrolled(page)
    expect(page.locator(".kb-answer").last).to_contain_text("animal9 eats")
    assert scrolled(page) == there
    page.keyboard.press("Escape")
    expect(row(page)).to_have_count(4)
    assert scrolled(page) == there


def test_a_long_question_is_told_its_limit_before_it_is_sent(visit: Visit) -> None:
    page = visit()
    expect(field(page)).to_be_focused()
    field(page).fill("word " * 700 + QUESTION)
    expect(page.get_by_text("3,523 of 4,000 characters")).to_be_visible()
    page.keyboard.press("Enter")
    expect(row(page)).to_be_visible()
    field(page).fill("word " * 900 + "end")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("4503 characters; 4000 are the most")
    expect(field(page)).to_have_value("word " * 900 + "end")


def test_on_a_telephone_nothing_reaches_over_the_edge(visit: Visit) -> None:
    page = visit("zh-CN", width=390)
    field(page).fill(QUESTION)
    field(page).press("Enter")
    expect(row(page, "复制回答")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for name in ("复制回答", "重新回答", "修改问题", "有帮助", "重新回答： 用表格"):
        box = row(page, name).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390, name
