"""The Chat page, run by Streamlit's own AppTest over a library with stand-in models."""

import re
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

import pytest
from streamlit.testing.v1 import AppTest

from app.conversations import Conversations
from app.service import KnowledgeBase
from app.texts import TEXTS, Words
from app.web import AnswerProgress, Exchange, Shared
from llm.answer import Event, ReadingPart
from llm.errors import ModelError
from llm.prompts import REFUSAL
from retrieval.ledger import Filter, Ledger

OpenKb = Callable[..., KnowledgeBase]
LEAVE = b"# Rules\n\n## Leave\n\nYou have 25 days of leave. Ask your manager first.\n"


def script(shared: object, locale: str) -> None:
    from app.pages import show_chat
    from app.texts import Words

    show_chat(shared, Words(locale))  # type: ignore[arg-type]


def page(shared: Shared, locale: str = "en", chat: str | None = None) -> AppTest:
    at = AppTest.from_function(script, args=(shared, locale), default_timeout=30)
    if chat is not None:
        at.query_params["chat"] = chat
    return at.run()


def exchanges(at: AppTest) -> Sequence[Exchange]:
    """What was asked and answered in the conversation that is open."""
    shared: Shared = at.args[0]
    return shared.chats.exchanges(at.session_state["chat"])


def read(kb: KnowledgeBase, name: str, data: bytes) -> None:
    """Put a document into the library, without the worker."""
    kb.upload(name, data)
    assert kb.work()


class Halting:
    """A question in hand, of which the page is told once more how far it is; then it is halted."""

    id, question, within, certainty, assistant = "a1", "Summarise leave.md", Filter(), None, None
    exchange = None

    def __init__(self, now: AnswerProgress, looks: int) -> None:
        self.now = now
        self.looks = looks
        self.conversation = secrets.token_hex(8)

    def look(self) -> AnswerProgress:
        self.looks -= 1
        if self.looks == -1:
            raise RuntimeError("halted")
        return self.now if self.looks >= 0 else AnswerProgress("done")


def drawn(shared: Shared, locale: str, now: AnswerProgress) -> str:
    """What the page says that is being done, in the midst of its run."""
    at = AppTest.from_function(script, args=(shared, locale), default_timeout=30)
    halting = Halting(now, 3)
    shared.chats.hold(halting)
    at.query_params["chat"] = halting.conversation
    at.run()
    assert len(at.exception) == 1  # that it was halted
    (status,) = at.status
    return str(status.label)


def html(at: AppTest) -> str:
    return "\n".join(element.value for element in at.html)


def opened(at: AppTest, link: str = "cited.0.1") -> str:
    """Open a source, as a click on its link does, and return the page with the dialog."""
    assert f'data-kb-open="{link}"' in html(at)
    at.session_state["proof-open"] = link
    at.run()
    assert not at.exception
    return html(at)


Begin = Callable[[KnowledgeBase], Shared]


def test_an_empty_library_says_what_to_do_and_takes_no_question(
    kb: KnowledgeBase, begin: Begin
) -> None:
    at = page(begin(kb))
    assert not at.exception
    assert at.subheader[0].value == "The library is empty"
    assert "Drop files above" in at.markdown[0].value
    assert at.button(key="try-samples").label == "Try with the sample documents"
    assert at.chat_input[0].disabled


def test_a_chinese_browser_is_spoken_to_in_chinese(kb: KnowledgeBase, begin: Begin) -> None:
    at = page(begin(kb), "zh-CN")
    assert at.title[0].value == "向文档提问"
    assert at.subheader[0].value == "知识库还是空的"


def test_an_answer_has_numbered_sources_that_open_with_the_quote_marked(
    open_kb: OpenKb, begin: Begin
) -> None:
    kb = open_kb(texts=["You have 25 days of leave."])
    read(kb, "leave.md", LEAVE)
    at = page(begin(kb)).chat_input[0].set_value("How many days of leave?").run()
    assert not at.exception
    assert "How many days of leave?" in html(at)
    called = 'aria-label="Open source 1: leave.md · Leave"'
    assert re.search(f"You have 25 days of leave.\u2060<sup><a [^>]*{called}", html(at))
    assert '<span class="kb-where">leave.md · Leave</span>' in html(at)
    assert "<mark>" not in html(at)
    assert "<mark>You have 25 days of leave.</mark> Ask your manager" in opened(at)
    assert not at.chat_input[0].disabled
    assert not at.title


def test_questions_stay_on_the_page_until_a_new_chat(open_kb: OpenKb, begin: Begin) -> None:
    kb = open_kb(texts=["You have 25 days of leave.", "Ask your manager first."])
    read(kb, "leave.md", LEAVE)
    at = page(begin(kb))
    for question in ("How many days of leave?", "Whom do I ask first?"):
        at.chat_input[0].set_value(question).run()
    assert [m.name for m in at.chat_message] == ["user", "assistant"] * 2
    at.sidebar.button[0].click().run()
    assert not at.chat_message
    assert at.title[0].value == "Ask your documents"


def test_a_follow_up_is_understood_and_says_what_it_was_searched_for(
    open_kb: OpenKb, begin: Begin
) -> None:
    whole = "How many days of leave do interns have?"
    kb = open_kb(texts=["You have 25 days of leave.", whole, "25 days.", "Ask your manager first."])
    read(kb, "leave.md", LEAVE)
    at = page(begin(kb))
    for question in ("How many days of leave?", "And for interns?", "Whom should I ask first?"):
        at.chat_input[0].set_value(question).run()
        assert not at.exception
    first, follow_up, last = (
        [c.value.replace("\\", "") for c in at.chat_message[n].caption] for n in (1, 3, 5)
    )
    assert (first, last) == ([], [])
    assert follow_up == [f"Searched for: {whole}", "1 passage was read."]
    assert "How it was found" in [e.label for e in at.chat_message[3].expander]
    rewriting = kb.models.written.prompts[1]  # type: ignore[attr-defined]
    assert "How many days of leave?" in rewriting[-1].content
    assert "You have 25 days of leave." in rewriting[-1].content


def test_a_new_chat_knows_nothing_of_the_one_before(open_kb: OpenKb, begin: Begin) -> None:
    kb = open_kb(texts=["You have 25 days of leave.", "25 days."])
    read(kb, "leave.md", LEAVE)
    at = page(begin(kb)).chat_input[0].set_value("How many days of leave?").run()
    at.sidebar.button[0].click().run()
    at.chat_input[0].set_value("And for interns?").run()
    assert exchanges(at)[0].look().result.searched == ("And for interns?",)
    assert len(kb.models.written.prompts) == 2  # type: ignore[attr-defined]


def test_a_source_opens_with_the_whole_passage_whichever_chunk_holds_the_quote(
    open_kb: OpenKb, begin: Begin
) -> None:
    kb = open_kb(chunk_tokens=64, passages=1)
    sentences = [f"The animal{n} eats {n} pounds of food a day." for n in range(40)]
    read(kb, "animals.txt", " ".join(sentences).encode())
    (hit,) = kb.search("What about animal20?", 1).passages
    after = kb.text(hit.metadata["document"])[hit.metadata["ordinal"] + 1]
    quote = next(s for s in sentences if s in after.page_content)
    kb.models.written.texts.append(f"{quote} [1]")  # type: ignore[attr-defined]
    at = page(begin(kb)).chat_input[0].set_value("What about animal20?").run()
    assert not at.exception
    shown = opened(at)
    assert f"<mark>{quote}</mark>" in shown
    assert all(
        text in shown.replace("<mark>", "").replace("</mark>", "")
        for text in (hit.page_content, after.page_content)
    )


def test_a_row_of_a_long_table_is_shown_below_its_header(open_kb: OpenKb, begin: Begin) -> None:
    kb = open_kb(chunk_tokens=64, passages=1)
    rows = "\n".join(f"| animal{n} | {n * 7} pounds of food a day |" for n in range(1, 60))
    read(kb, "animals.md", f"| Animal | Eats |\n|---|---|\n{rows}\n".encode())
    kb.models.written.texts.append("280 pounds of food a day [1]")  # type: ignore[attr-defined]
    at = page(begin(kb)).chat_input[0].set_value("What does animal40 eat?").run()
    assert not at.exception
    shown = opened(at)
    assert "<th>Eats</th>" in shown
    assert "<td><mark>animal40</mark></td>" in shown


def test_a_summary_has_its_sources_in_the_text_around_them(open_kb: OpenKb, begin: Begin) -> None:
    kb = open_kb(texts=["You have 25 days of leave. Cats sleep a lot."])
    read(kb, "leave.md", LEAVE)
    at = page(begin(kb)).chat_input[0].set_value("Summarise leave.md").run()
    assert not at.exception
    assert re.search(
        "You have 25 days of leave.\u2060<sup><a [^>]*>\\[1\\]</a></sup></p>", html(at)
    )
    assert "<mark>You have 25 days of leave.</mark> Ask your manager" in opened(at)


@pytest.mark.parametrize(
    ("now", "en", "zh"),
    [
        (ReadingPart(3, 12), "Reading part 3 of 12…", "正在读第 3/12 部分……"),
        (
            ReadingPart(1, 2, joining=True),
            "Joining the main points: 1 of 2…",
            "正在合并要点：第 1/2 组……",
        ),
    ],
)
def test_a_summary_in_hand_says_how_far_it_is(
    open_kb: OpenKb, begin: Begin, now: ReadingPart, en: str, zh: str
) -> None:
    kb = open_kb()
    read(kb, "leave.md", LEAVE)
    shared = begin(kb)
    for locale, text in (("en", en), ("zh", zh)):
        assert drawn(shared, locale, AnswerProgress("reading", step=now)) == text
        writing = AnswerProgress("writing", step=now, text="You")
        assert drawn(shared, locale, writing) == Words(locale)("summarising")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_refusal_looks_different_from_an_answer(open_kb: OpenKb, begin: Begin, lang: str) -> None:
    kb = open_kb(texts=[REFUSAL[lang]])
    read(kb, "leave.md", LEAVE)
    question = {"en": "Who is the king?", "zh": "国王是谁？"}[lang]
    at = page(begin(kb), lang).chat_input[0].set_value(question).run()
    assert [i.value.replace("\\", "") for i in at.info] == [REFUSAL[lang]]
    assert at.main.caption[-1].value == TEXTS["closest"][lang == "en"]
    assert "You have 25 days of leave." in opened(at, "near.0.1")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_not_sure_is_shown_as_such_with_the_closest(
    open_kb: OpenKb, begin: Begin, lang: str
) -> None:
    kb = open_kb(texts=["The king flies 77 times.", "国王飞77次。"][lang == "zh" :])
    read(kb, "leave.md", LEAVE)
    question = {"en": "How much leave does King Otto have?", "zh": "Otto 有多少天假？"}[lang]
    at = page(begin(kb), lang).chat_input[0].set_value(question).run()
    assert not at.exception
    assert at.warning[0].value == TEXTS["not_sure"][lang == "en"]
    captions = [c.value.replace("\\", "") for c in at.main.caption]
    assert TEXTS["closest"][lang == "en"] in captions
    if lang == "en":  # names are looked for in the language of the passages
        assert TEXTS["unknown"][1].format(names="King · Otto") in captions
    assert not at.info
    assert "You have 25 days of leave." in opened(at, "near.0.1")


def test_an_answer_without_a_source_is_marked_so(open_kb: OpenKb, begin: Begin) -> None:
    kb = open_kb(texts=["Elephants live in Africa."], strict=False)
    read(kb, "leave.md", LEAVE)
    at = page(begin(kb)).chat_input[0].set_value("Where do elephants live?").run()
    assert "Elephants live in Africa." in html(at)
    assert at.warning[0].value == TEXTS["not_sure"][1]


def test_what_a_document_or_model_writes_is_never_live(open_kb: OpenKb, begin: Begin) -> None:
    picture = "![x](https://example.com/p.png) <img src=x> [a](https://example.com)"
    kb = open_kb(texts=[f"The code word is {picture} zebra."])
    read(kb, "a_b*c.md", f"# {picture}\n\nThe code word is {picture} zebra.\n".encode())
    at = page(begin(kb)).chat_input[0].set_value(f"What is the code word {picture}?").run()
    assert not at.exception
    assert "zebra" in html(at)
    shown = opened(at)
    assert "<img" not in shown
    assert set(re.findall("<a ([a-z]+=[^ ]*)", shown)) == {'href="#"'}


def test_the_text_of_a_stopped_answer_stays(open_kb: OpenKb, begin: Begin) -> None:
    kb = open_kb(texts=["You have 25 days of leave."])
    read(kb, "leave.md", LEAVE)
    shared = begin(kb)
    with shared.gate.alone():
        stopped = shared.chats.ask(None, "How many days of leave?")
        stopped.stop()
        assert stopped.wait(30)
    at = page(shared, chat=stopped.conversation)
    assert at.main.caption[-1].value == "The answer was stopped."
    assert not at.info


def test_a_missing_model_is_one_line_and_can_be_tried_again(open_kb: OpenKb, begin: Begin) -> None:
    class Pulled(KnowledgeBase):
        here = False

        def warm(self) -> None:
            if not self.here:
                raise ModelError("the model is not here; run `kb models pull`")
            super().warm()

    plain = open_kb()
    kb = Pulled(plain.settings, Ledger(plain.settings.ledger_path), plain.models)
    read(kb, "leave.md", LEAVE)
    shared = begin(kb)
    at = page(shared)
    assert "kb models pull" in at.error[0].value.replace("\\", "")
    assert not at.chat_input[0].disabled
    kb.here = True
    retry = next(b for b in at.button if b.label == "Try again")
    retry.click().run()
    shared.warmup.wait(30)
    at.run()
    assert not at.error
    kb.close()


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("zh", "无法连接模型服务 http://127.0.0.1:9/v1。请启动它，或在设置中更正地址。"),
        ("en", "The model server http://127.0.0.1:9/v1 cannot be reached. Start it, or"),
    ],
)
def test_why_there_is_no_answer_is_told_in_the_language_of_the_page_after_a_restart_too(
    open_kb: OpenKb, begin: Begin, locale: str, told: str
) -> None:
    class Gone(KnowledgeBase):
        def ask(self, *_: object, **__: object) -> Iterator[Event]:
            raise ModelError(
                "the model server http://127.0.0.1:9/v1 cannot be reached: start it",
                "server-unreachable",
                host="http://127.0.0.1:9/v1",
                why="",
            )

    plain = open_kb()
    kb = Gone(plain.settings, Ledger(plain.settings.ledger_path), plain.models)
    read(kb, "leave.md", LEAVE)
    shared = begin(kb)
    at = page(shared, locale).chat_input[0].set_value("How many days of leave?").run()
    assert told in at.error[0].value.replace("\\", "").replace("\u2060", "")
    chat = at.session_state["chat"]
    kept = Conversations(plain._ledger, plain._library, 0).read(chat)
    assert Words(locale).problem(kept[0].progress.error or "").startswith(told)
    kb.close()


def test_an_error_while_answering_is_shown_in_its_place(open_kb: OpenKb, begin: Begin) -> None:
    kb = open_kb(texts=[])  # the scripted model has nothing to say: an unexpected error
    read(kb, "leave.md", LEAVE)
    at = page(begin(kb)).chat_input[0].set_value("How many days of leave?").run()
    assert not at.exception
    assert "unexpected" in at.error[0].value


def test_documents_of_another_embedding_model_are_announced(open_kb: OpenKb, begin: Begin) -> None:
    read(open_kb(), "leave.md", LEAVE)
    at = page(begin(open_kb(model="model-b")))
    assert "kb ingest" in at.warning[0].value
    assert at.warning[0].value.startswith("One document")


def test_with_more_than_one_collection_one_can_be_asked(open_kb: OpenKb, begin: Begin) -> None:
    kb = open_kb(texts=["You have 25 days of leave.", "You have 12 days of leave."])
    read(kb, "leave.md", LEAVE)
    at = page(begin(kb))
    assert not at.selectbox
    kb.upload("leave.md", b"You have 12 days of leave.\n", "holding")
    assert kb.work()
    at.run()
    choice = at.selectbox(key="collection-asked")
    assert choice.options == ["All collections", "General", "holding"]
    assert choice.value == ""
    at.chat_input[0].set_value("How many days of leave?").run()
    found = exchanges(at)[0].look().passages
    assert {p.metadata["collection"] for p in found} == {"default", "holding"}
    at.selectbox(key="collection-asked").set_value("holding").run()
    at.chat_input[0].set_value("How many days of leave?").run()
    found = exchanges(at)[1].look().passages
    assert {p.metadata["collection"] for p in found} == {"holding"}
    assert [c.value.replace("\\", "") for c in at.chat_message[2].caption] == [
        "Collection: holding"
    ]
    assert not at.chat_message[0].caption


def test_nothing_else_is_asked_in_place_of_a_collection_that_has_gone(
    open_kb: OpenKb, begin: Begin
) -> None:
    kb = open_kb(texts=["You have 25 days of leave."])
    for collection in ("default", "hr", "it"):
        kb.upload("leave.md", LEAVE, collection)
        assert kb.work()
    at = AppTest.from_function(script, args=(begin(kb), "en"), default_timeout=30)
    at.session_state["collection-asked"] = "finance"
    at.run()
    assert not at.exception
    assert at.selectbox[0].value == "finance"
    at.chat_input[0].set_value("How many days of leave?").run()
    assert not exchanges(at)[0].look().passages
    at.button(key="filters-clear").click().run()
    at.chat_input[0].set_value("How many days of leave?").run()
    assert exchanges(at)[1].look().passages


class JustDone:
    """An answer that is done between the first look of a run and the second."""

    id, question, within, certainty, assistant = (
        "a1",
        "How many days of leave?",
        Filter(),
        None,
        None,
    )
    conversation, exchange = "just-done", None

    def __init__(self) -> None:
        self.looks = 0

    def look(self) -> AnswerProgress:
        self.looks += 1
        return AnswerProgress("writing" if self.looks == 1 else "done")


def test_an_answer_done_while_the_page_is_drawn_frees_the_input(
    kb: KnowledgeBase, begin: Begin
) -> None:
    read(kb, "leave.md", LEAVE)
    shared = begin(kb)
    shared.chats.hold(JustDone())
    at = page(shared, chat=JustDone.conversation)
    assert not at.exception
    assert not at.chat_input[0].disabled


def test_a_second_reader_waits_for_the_first(open_kb: OpenKb, begin: Begin) -> None:
    kb = open_kb(texts=["You have 25 days of leave."])
    read(kb, "leave.md", LEAVE)
    shared = begin(kb)
    held = ExitStack()
    held.enter_context(shared.gate.alone())
    answering = shared.chats.ask(None, "How many days of leave?")
    assert answering.look().phase == "waiting"
    threading.Timer(0.3, held.close).start()
    at = page(shared, chat=answering.conversation)  # draws until the answer is done
    assert "25 days" in html(at)


def test_the_page_says_that_questions_leave_this_machine(open_kb: OpenKb, begin: Begin) -> None:
    kb = open_kb(texts=["25 days."], llm_base_url="https://api.example.com/v1")
    read(kb, "leave.md", LEAVE)
    at = page(begin(kb), "zh")
    for _ in range(2):
        assert [w.value.replace("\\", "") for w in at.sidebar.warning] == [
            "问题和文档段落会发送到 api.example.com"
        ]
        at.chat_input[0].set_value("How many days of leave?").run()
