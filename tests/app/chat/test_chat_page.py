"""Questions asked again, edited and refused, run by Streamlit's own AppTest."""

from collections.abc import Callable, Sequence

import pytest
from streamlit.testing.v1 import AppTest

from app.service import KnowledgeBase
from app.texts import Words
from app.web import Exchange, Shared
from llm.question import wish
from retrieval.ledger import Filter

LEAVE = b"# Rules\n\n## Leave\n\nYou have 25 days of leave. Ask your manager first.\n"
QUESTION = "How many days of leave?"
SAID = ["You have 25 days of leave.", "Ask your manager first.", "You have 25 days of leave."]


def script(shared: object, locale: str) -> None:
    from app.pages import show_chat
    from app.texts import Words

    show_chat(shared, Words(locale))  # type: ignore[arg-type]


@pytest.fixture
def opened(
    open_kb: Callable[..., KnowledgeBase], begin: Callable[[KnowledgeBase], Shared]
) -> Callable[..., AppTest]:
    """Open the page over a library with one document, in English unless said."""

    def make(*, locale: str = "en", **changes: object) -> AppTest:
        kb = open_kb(texts=SAID, **changes)
        kb.upload("leave.md", LEAVE)
        assert kb.work()
        at = AppTest.from_function(script, args=(begin(kb), locale), default_timeout=30)
        return at.run()

    return make


def exchanges(at: AppTest) -> Sequence[Exchange]:
    """What was asked and answered in the conversation that is open."""
    if "chat" not in at.session_state:
        return []
    found: Sequence[Exchange] = at.args[0].chats.exchanges(at.session_state["chat"])
    return found


def asked(at: AppTest) -> list[str]:
    return [exchange.question for exchange in exchanges(at)]


def test_the_last_question_is_replaced_when_it_is_edited(opened: Callable[..., AppTest]) -> None:
    at = opened().chat_input[0].set_value(QUESTION).run()
    first = exchanges(at)[0]
    at.session_state["editing"] = first.id
    at.run()
    at.text_area(key=f"edit-{first.id}").set_value("Whom do I ask?")
    at.button(key=f"edit-ask-{first.id}").click().run()
    assert not at.exception
    assert asked(at) == ["Whom do I ask?"]
    assert exchanges(at)[0].id != first.id
    assert not at.text_area


def test_an_earlier_question_stays_and_is_asked_as_a_new_one(
    opened: Callable[..., AppTest],
) -> None:
    at = opened().chat_input[0].set_value(QUESTION).run()
    at.chat_input[0].set_value("Whom do I ask?").run()
    first = exchanges(at)[0]
    at.session_state["editing"] = first.id
    at.run()
    assert Words("en")("edit_adds") in [c.value for c in at.main.caption]
    at.button(key=f"edit-ask-{first.id}").click().run()
    assert asked(at) == [QUESTION, "Whom do I ask?", QUESTION]
    at.session_state["editing"] = exchanges(at)[1].id
    at.run()
    at.button(key=f"edit-cancel-{at.session_state['editing']}").click().run()
    assert not at.text_area
    assert len(asked(at)) == 3


def test_an_edited_question_that_is_too_long_stays_to_be_shortened(
    opened: Callable[..., AppTest],
) -> None:
    at = opened().chat_input[0].set_value(QUESTION).run()
    (first,) = exchanges(at)
    at.session_state["editing"] = first.id
    at.run()
    at.text_area(key=f"edit-{first.id}").set_value("a" * 4001)
    at.button(key=f"edit-ask-{first.id}").click().run()
    assert "4001 characters; 4000 are the most" in at.error[0].value
    assert at.text_area(key=f"edit-{first.id}").value == "a" * 4001
    assert asked(at) == [QUESTION]


@pytest.mark.parametrize(("context", "most"), [(1024, 2000), (4096, 4000), (131072, 20000)])
def test_a_question_is_as_long_as_the_context_lets_it_be(
    opened: Callable[..., AppTest], context: int, most: int
) -> None:
    at = opened(context_tokens=context)
    at.chat_input[0].set_value("a" * (most + 1)).run()
    assert f"{most} are the most" in at.error[0].value
    assert not exchanges(at)
    assert at.session_state["question"] == "a" * (most + 1) or not at.exception


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_a_wish_is_asked_in_the_language_of_the_answer(
    opened: Callable[..., AppTest], locale: str
) -> None:
    at = opened(locale=locale).chat_input[0].set_value(QUESTION).run()
    (first,) = exchanges(at)
    labels = [b.label for b in at.main.button]
    words = Words(locale)
    wishes = [words(f"wish_{w}") for w in ("shorter", "longer", "table", "zh")]
    assert labels == [f":small[{words('wish')}]{wish}" for wish in wishes]
    at.button(key=f"wish-shorter-{first.id}").click().run()
    assert asked(at) == [QUESTION, "Shorter"]
    assert not [b for b in at.main.button if str(b.key).endswith(f"-{first.id}")]  # the last alone


@pytest.mark.parametrize("locale", ["en", "zh"])
@pytest.mark.parametrize("name", ["shorter", "longer", "table", "zh", "en"])
def test_every_wish_of_a_button_is_understood(locale: str, name: str) -> None:
    found = wish(Words(locale)(f"wish_{name}"))
    assert found is not None
    assert name in (*found.names, found.lang)


class Writing:
    """An answer that is being written whenever the page looks, and done when it is drawn."""

    id, question, within, certainty = "a1", QUESTION, Filter(), None
    conversation, exchange, assistant = "c1", None, None

    def __init__(self) -> None:
        self.looks = 0

    def look(self) -> object:
        from app.web import AnswerProgress

        self.looks += 1
        return AnswerProgress("writing" if self.looks < 9 else "done", seconds=7.0)

    def turn(self) -> None:
        """There is nothing to lean on."""

    def stop(self) -> None:
        """There is nothing to stop."""


def test_a_question_sent_while_an_answer_is_written_is_asked_after_it(
    opened: Callable[..., AppTest],
) -> None:
    at = opened()
    at.args[0].chats.hold(Writing())
    at.session_state["chat"] = Writing.conversation
    at.chat_input[0].set_value("And then?").run()
    assert not at.exception
    assert set(asked(at)) == {QUESTION, "And then?"}
    assert not at.info
