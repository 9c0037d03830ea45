"""What an empty chat shows, run by Streamlit's own AppTest over a library with stand-in models."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from app.library import samples
from app.service import KnowledgeBase
from app.web import Shared, label
from retrieval.suggestions import SuggestionStore

OpenKb = Callable[..., KnowledgeBase]
Begin = Callable[[KnowledgeBase], Shared]
LEAVE = b"# Rules\n\n## Leave\n\nYou have 25 days of leave. Ask your manager first.\n"
ASKED = "How many days of *leave* do I have?"


def script(shared: object, locale: str) -> None:
    from app.pages import show_chat
    from app.texts import Words

    show_chat(shared, Words(locale))  # type: ignore[arg-type]


def page(shared: Shared, locale: str = "en") -> AppTest:
    at = AppTest.from_function(script, args=(shared, locale), default_timeout=30).run()
    assert not at.exception
    return at


def filled(kb: KnowledgeBase, questions: int = 1, **places: str) -> KnowledgeBase:
    """Put documents into a library, by name their collection, and questions of the first."""
    for name, collection in (places or {"leave": "default"}).items():
        kb.upload(f"{name}.md", LEAVE + name.encode(), collection)
        assert kb.work()
    store = SuggestionStore(kb._ledger)
    for number in range(questions):
        version = store.tried()[0].version
        store.put(version, number, "en", ASKED if number == 0 else f"What is rule {number}?")
    return kb


def buttons(at: AppTest) -> list[str]:
    return [b.label for b in at.button if (b.key or "").startswith("question-")]


def captions(at: AppTest) -> str:
    return "\n".join(c.value for c in at.caption)


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_until_there_are_questions_two_that_every_library_answers(
    open_kb: OpenKb, begin: Begin, locale: str
) -> None:
    at = page(begin(filled(open_kb(), questions=0)), locale)
    examples = [b for b in at.button if (b.key or "").startswith("example-")]
    named = {"en": ["Which documents are there?", "Summarise “Rules”"]}
    assert [b.label.replace("\\", "") for b in examples] == named.get(
        locale, ["有哪些文档？", "总结一下《Rules》"]
    )
    at = examples[0].click().run()
    assert not at.exception
    shared: Shared = at.args[0]
    (exchange,) = shared.chats.exchanges(at.session_state["chat"])
    result = exchange.look().result
    assert result is not None
    assert [c.path for c in result.citations] == ["leave.md"]


def test_a_click_asks_a_question_that_the_library_answers(open_kb: OpenKb, begin: Begin) -> None:
    kb = filled(open_kb(texts=["You have 25 days of leave."]))
    at = page(begin(kb))
    assert buttons(at) == [label(ASKED)]
    next(b for b in at.button if (b.key or "").startswith("question-")).click().run()
    assert not at.exception
    shared: Shared = at.args[0]
    (exchange,) = shared.chats.exchanges(at.session_state["chat"])
    assert exchange.question == ASKED
    assert buttons(at) == []  # once something is asked, nothing is suggested


def test_others_are_shown_at_a_click(open_kb: OpenKb, begin: Begin) -> None:
    at = page(begin(filled(open_kb(), questions=8)))
    first = buttons(at)
    at.button(key="questions-other").click().run()
    assert len(first) == len(buttons(at)) == 4
    assert not {*first} & {*buttons(at)}


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("en", "2 documents in staff (1), travel (1); the newest: Rules."),
        ("zh", "这里有 2 份文档，分在 "),
    ],
)
def test_what_the_library_holds_is_told(
    open_kb: OpenKb, begin: Begin, locale: str, told: str
) -> None:
    kb = filled(open_kb(), questions=0, leave="staff", hotels="travel")
    assert told in captions(page(begin(kb), locale))


def test_the_questions_are_of_what_is_asked(open_kb: OpenKb, begin: Begin) -> None:
    kb = filled(open_kb(), questions=1, leave="staff", hotels="travel")
    at = page(begin(kb))
    of = SuggestionStore(kb._ledger).picked()[0].document
    other = next(r.collection for r in kb.documents() if r.document != of)
    at.selectbox(key="collection-asked").set_value(other).run()
    assert buttons(at) == []
    assert "1 document; the newest: Rules." in captions(at)


def test_the_sample_documents_come_at_a_click(kb: KnowledgeBase, begin: Begin) -> None:
    if samples() is None:
        pytest.skip("the samples are in a checkout only")
    shared = begin(kb)
    shared.worker.stop()  # what is asked for is seen, and not read here
    at = page(shared)
    at.button(key="try-samples").click().run()
    assert not at.exception
    (job,) = [job for job in kb.jobs() if not job.ended]
    assert job.arguments["paths"] == [str(samples())]
    assert not [b for b in at.button if b.key == "try-samples"]


def test_a_switched_off_suggester_promises_nothing(open_kb: OpenKb, begin: Begin) -> None:
    at = page(begin(filled(open_kb(), questions=0)))
    assert "appear here" not in captions(at)
    at = page(begin(open_kb(suggest=True)))
    assert not at.exception
