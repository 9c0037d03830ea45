"""Kept conversations on the Chat page: reloaded, listed, searched, renamed, exported, deleted."""

import html as html_module
import re
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import Event

import pytest
from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

from app.service import KnowledgeBase
from app.web import AnswerProgress, Shared, start
from llm.answer import Answer, ClosestPassage
from retrieval.ledger import Filter

OpenKb = Callable[..., KnowledgeBase]
LEAVE = b"# Rules\n\n## Leave\n\nYou have 25 days of leave. Ask your manager first.\n"
QUESTION = "How many days of leave?"
QUOTE = '<span class="kb-quote" lang="en">You have 25 days of leave.</span>'


def script(shared: object, locale: str) -> None:
    from app.pages import show_chat
    from app.texts import Words

    show_chat(shared, Words(locale))  # type: ignore[arg-type]


def page(shared: Shared, chat: str | None = None, locale: str = "en") -> AppTest:
    at = AppTest.from_function(script, args=(shared, locale), default_timeout=30)
    if chat is not None:
        at.query_params["chat"] = chat
    at.run()
    assert not at.exception
    return at


@pytest.fixture
def shared(open_kb: OpenKb) -> Iterator[Shared]:
    kb = open_kb(texts=["You have 25 days of leave."] * 9)
    kb.upload("leave.md", LEAVE)
    assert kb.work()
    running = start(kb)
    running.warmup.wait(30)
    yield running
    running.close()


def ask(at: AppTest, question: str = QUESTION) -> str:
    """Ask, and return the id of the conversation."""
    at.chat_input[0].set_value(question).run()
    assert not at.exception
    return str(at.query_params["chat"])


def html(at: AppTest) -> str:
    return "\n".join(element.value for element in at.main.html)


def titles(at: AppTest) -> list[str]:
    return [
        b.label.replace("\\", "")
        for b in at.sidebar.button
        if (b.key or "").startswith("chat-open-")
    ]


def captions(at: AppTest) -> list[str]:
    return [c.value.replace("\\", "") for c in at.caption]


def menu(at: AppTest, chat: str) -> AppTest:
    """Open the menu of a conversation."""
    at.session_state[f"chat-menu-{chat}"] = True
    return at.run()


def test_a_reload_and_another_browser_show_the_same_conversation(shared: Shared) -> None:
    at = page(shared)
    chat = ask(at)
    again = page(shared, chat, "zh")
    answer, sources = html(again).split('class="kb-sources"')
    assert "You have 25 days of leave." in answer
    assert "[1]</a></sup>" in answer
    assert QUOTE in sources
    assert titles(again) == [QUESTION]
    assert "今天" in captions(again)


def test_a_new_chat_destroys_nothing(shared: Shared) -> None:
    at = page(shared)
    first = ask(at)
    at.sidebar.button[0].click().run()
    assert not at.chat_message
    assert "chat" not in at.query_params
    assert ask(at, "Whom do I ask?") != first
    assert titles(at) == ["Whom do I ask?", QUESTION]
    at.button(key=f"chat-open-{first}").click().run()
    assert at.query_params["chat"] == first
    assert QUESTION in html(at)


def test_an_address_of_a_conversation_that_is_not_there_is_said_once(shared: Shared) -> None:
    at = page(shared, "0123456789abcdef")
    assert "This chat is not here" in at.info[0].value
    assert "chat" not in at.query_params
    assert not at.run().info


def test_an_answer_in_hand_grows_in_every_browser_and_can_be_stopped_in_any(
    shared: Shared,
) -> None:
    with shared.kb.models.turn("somebody else", Event()) as turn:
        assert turn.begun
        first = shared.chats.ask(None, QUESTION)
        second = shared.chats.ask(None, "Whom do I ask?")
        assert shared.chats.running() == {first.conversation, second.conversation}
        deadline = time.monotonic() + 30
        while second.look().ahead != 2:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        shared.chats.stop(second.conversation)
        assert second.wait(30)
    assert first.wait(30)
    assert shared.chats.running() == frozenset()
    at = page(shared, second.conversation)
    assert "The answer was stopped." in captions(at)
    assert "25 days" in html(page(shared, first.conversation))


def test_what_was_in_hand_when_the_app_ended_is_shown_as_cut_off(
    open_kb: OpenKb, shared: Shared
) -> None:
    with shared.gate.alone():
        chat = shared.chats.ask(None, QUESTION).conversation
        shared.close()
    kb = open_kb(texts=["You have 25 days of leave."])
    again = start(kb)
    at = page(again, chat)
    assert QUESTION in html(at)
    assert any("cut off" in said for said in captions(at))
    assert not at.chat_input[0].disabled
    ask(at)
    assert "25 days" in html(at)
    again.close()


def test_a_conversation_is_renamed_exported_deleted_and_brought_back(shared: Shared) -> None:
    at = page(shared)
    chat = ask(at)
    assert not [i for i in at.text_input if (i.key or "").startswith("chat-title-")]
    menu(at, chat)
    at.text_input(key=f"chat-title-{chat}").set_value("  Leave\n *rules* ").run()
    assert titles(at) == ["Leave *rules*"]
    assert at.session_state[f"chat-menu-{chat}"] is False
    menu(at, chat)
    at.button(key=f"chat-delete-{chat}").click().run()
    assert not at.exception
    assert (titles(at), "chat" in at.query_params) == ([], False)
    assert any("Deleted “Leave *rules*”" in said for said in captions(at))
    at.button(key="chat-undo").click().run()
    assert at.query_params["chat"] == chat
    assert QUESTION in html(at)
    assert len(titles(at)) == 1


def test_one_searches_when_there_are_many_and_sees_fifty_at_once(shared: Shared) -> None:
    kept = shared.kb.conversations
    for n in range(60):
        kept.begin(secrets.token_hex(8), f"Question {n}")
    at = page(shared)
    assert len(titles(at)) == 50
    at.button(key="chats-more").click().run()
    assert len(titles(at)) == 60
    at.text_input(key="chats-find").set_value("question 5").run()
    assert len(titles(at)) == 11  # 5, and 50 to 59
    at.text_input(key="chats-find").set_value("nowhere").run()
    assert "No chat has these words." in captions(at)


def test_conversations_stand_below_days_a_week_and_months(shared: Shared) -> None:
    from app.pages import by_day
    from app.texts import Words

    today = datetime.now().astimezone()
    shared.kb.conversations.begin(secrets.token_hex(8), "x")
    (one,) = shared.kb.conversations.all()
    days = [replace(one, changed=today - timedelta(days=n)) for n in (0, 0, 1, 3, 6)]
    days.append(replace(one, changed=datetime(2026, 2, 3, tzinfo=today.tzinfo)))
    for locale, names in (
        ("en", ["Today", "Yesterday", "Last 7 days", "February 2026"]),
        ("zh", ["今天", "昨天", "最近 7 天", "2026年2月"]),
    ):
        groups = by_day(days, max(today.date(), date(2026, 3, 1)), Words(locale))
        assert [(name, len(some)) for name, some in groups] == list(
            zip(names, (2, 1, 2, 1), strict=True)
        )


def test_a_removed_document_takes_its_quotes_out_of_the_conversation(shared: Shared) -> None:
    at = page(shared)
    chat = ask(at)
    (row,) = shared.kb.documents()
    shared.kb.upload("leave.md", LEAVE.replace(b"25", b"30"))
    deadline = time.monotonic() + 30
    while shared.kb.document(row.document).sha256 == row.sha256 or shared.worker.busy:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    at.run()
    assert "has changed since the answer was written" in html(at)
    assert QUOTE in html(at)
    shared.kb.shelf.throw([row.document])  # at once, not only when it can be had back no more
    at.run()
    assert "was removed from the library" in html(at)
    assert QUOTE not in html(at)
    assert shared.kb.shelf.restore([row.document]) == [row.document]
    at.run()
    assert QUOTE in html(at)
    shared.kb.remove([row.document])
    at = page(shared, chat)
    assert "was removed from the library" in html(at)
    assert QUOTE not in html(at)
    assert "You have 25 days of leave." in html(at)  # the answer stays


def test_an_exported_conversation_has_its_sources_and_nothing_live(shared: Shared) -> None:
    from app.pages import as_markdown, file_name
    from app.texts import Words

    kept = shared.kb.conversations
    chat = ask(page(shared), QUESTION)
    live = "![x](https://example.com/p.png) <img src=x> [a](b) [c]\n\n[c]: https://d.com"
    (first,) = kept.read(chat)
    result = first.look().result
    assert result is not None
    near = ClosestPassage("d", "a_b.md", 2, "H", f"{live}\nnext", "1")
    refused = replace(
        first,
        question=live,
        progress=replace(first.progress, result=Answer("?", live, "unsure", closest=(near,))),
    )
    text = as_markdown("A *title*", [first, refused], Words("en"))
    assert text.startswith(
        f"# A \\*title\\*\n\n## {QUESTION}\n\nYou have 25 days of leave.[1]\n\n**Sources**\n\n"
        "\\[1\\] leave.md · Leave\n\n> You have 25 days of leave.\n"
    )
    assert "a\\_b.md · page 2 · H\n\n> !\\[x\\]" in text
    assert "\n> next\n" in text
    shown = MarkdownIt().render(text)
    assert "<img" not in shown
    assert "<a " not in shown
    assert file_name('a/b: "c"?.') == "a_b_ _c.md"
    assert file_name("../..") == "chat.md"


@pytest.mark.parametrize(
    "said",
    [
        r'\<img src="http://evil.example/x.png">',
        r'\\\<img src="x">',
        r"\\<img src=x> <https://evil.example>",
        "see https://evil.example/a?b=c, www.evil.example. or a.b@evil.example",
        "见https://evil.example/图，ftp://evil.example",
        r"https\://evil.example and HTTP://EVIL.example",
        "//evil.example/x",
        r"![x](https://evil.example/a\_b.png) [y](www.evil.example)",
        "`a\\`<img src=x> `https://evil.example`",
    ],
)
def test_no_address_or_tag_of_an_answer_or_a_quote_is_live_in_an_export(
    shared: Shared, said: str
) -> None:
    from app.pages import as_markdown
    from app.texts import Words

    chat = ask(page(shared), QUESTION)
    (first,) = shared.kb.conversations.read(chat)
    near = ClosestPassage("d", "a.md", 2, "H", said, "1")
    answer = replace(
        first,
        question=said,
        progress=replace(first.progress, result=Answer("?", said, "unsure", closest=(near,))),
    )
    text = as_markdown("title", [answer], Words("en"))
    # Without what joins the pieces of a text again: a renderer looks for addresses in each piece.
    markdown = MarkdownIt().disable("text_join")
    pieces = [
        piece
        for token in markdown.parse(text)
        for piece in token.children or []
        if piece.type != "code_inline"
    ]
    assert not [p.content for p in pieces if p.type in ("html_inline", "image", "link_open")]
    assert not [p.content for p in pieces if re.search(r"://|//\w+\.\w|www\.|\w@\w", p.content)]
    shown = html_module.unescape(re.sub("<[^>]*>", "", MarkdownIt().render(text)))
    for word in re.findall(r"[^\s\\()<>`\[\]!]+evil\S{4}", said):
        assert word in shown, "it can be read as it was"


def long_chat(kb: KnowledgeBase, number: int) -> str:
    """Keep a conversation of so many questions; return its id."""
    chat = kb.conversations.new_id()
    for n in range(number):
        exchange = kb.conversations.begin(chat, f"Question {n}?")
        kb.conversations.finish(exchange, AnswerProgress(phase="done", error="none"))
    return chat


def test_earlier_questions_of_a_long_chat_are_a_click_away(shared: Shared) -> None:
    chat = long_chat(shared.kb, 120)

    def drawn(at: AppTest) -> list[str]:
        return re.findall(r"Question \d+", html(at))

    at = page(shared, chat)
    assert drawn(at) == [f"Question {n}" for n in range(70, 120)]
    at = at.button(key="chat-earlier").click().run()
    assert drawn(at) == [f"Question {n}" for n in range(20, 120)]
    at = at.button(key="chat-earlier").click().run()
    assert drawn(at) == [f"Question {n}" for n in range(120)]
    assert not [b for b in at.button if b.key == "chat-earlier"]
    short = page(shared, long_chat(shared.kb, 50))
    assert not [b for b in short.button if b.key == "chat-earlier"]


def test_filters_are_cleared_at_once_and_a_refusal_names_them(shared: Shared) -> None:
    shared.kb.upload("dogs.txt", b"Dogs may come on Fridays.\n", "hr")
    assert shared.kb.work() or True
    deadline = time.monotonic() + 30
    while shared.worker.busy:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    shared.kb.models.written.texts[:] = [
        "The documents do not contain the answer to this question."
    ]  # type: ignore[attr-defined]
    at = page(shared)
    at.selectbox(key="collection-asked").set_value("hr").run()
    at.multiselect(key="kinds-asked").set_value(["txt"]).run()
    ask(at, "Who is the king?")
    assert "Only this was searched: Collection: hr · TXT" in captions(at)
    assert shared.kb.conversations.read(at.query_params["chat"])[0].within == Filter(
        "hr", (), ("txt",)
    )
    at.button(key="filters-clear").click().run()
    assert at.selectbox(key="collection-asked").value == ""
    assert at.multiselect(key="kinds-asked").value == []
    assert not [b for b in at.button if b.key == "filters-clear"]


def test_what_cannot_be_kept_is_answered_all_the_same(open_kb: OpenKb) -> None:
    class Full(KnowledgeBase):
        @property
        def read_only(self) -> bool:
            return True

    plain = open_kb(texts=["You have 25 days of leave."])
    plain.upload("leave.md", LEAVE)
    assert plain.work()
    shared = start(open_kb(kind=Full, models=plain.models))
    at = page(shared)
    chat = ask(at)
    assert any("could not be saved" in said for said in captions(at))
    assert "25 days" in html(page(shared, chat))
    assert titles(at) == []
    shared.close()
