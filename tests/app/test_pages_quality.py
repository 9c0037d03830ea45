"""The Quality page, and thumbs and test questions in the chat, run by AppTest."""

import time
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from app.quality import last_runs, results_of
from app.service import KnowledgeBase
from app.web import Shared
from retrieval.feedback import TestQuestion, TestSource

OpenKb = Callable[..., KnowledgeBase]
Begin = Callable[[KnowledgeBase], Shared]
LEAVE = b"# Rules\n\n## Leave\n\nYou have 25 days of leave. Ask your manager first.\n"
QUESTION = "How many days of leave?"
RIGHT = "You have 25 days of leave."
REFUSED = "The documents do not contain the answer."


def script(shared: object, locale: str) -> None:
    from app.pages import show_quality
    from app.texts import Words

    show_quality(shared, Words(locale))  # type: ignore[arg-type]


def page(shared: Shared, locale: str = "en", section: str = "results") -> AppTest:
    at = AppTest.from_function(script, args=(shared, locale), default_timeout=30)
    at.session_state["quality-section"] = section
    at.run()
    assert not at.exception
    return at


@pytest.fixture
def opened(open_kb: OpenKb, begin: Begin) -> Callable[..., Shared]:
    """Start the app over a library with one document; `texts` are what the model writes."""

    def make(*texts: str) -> Shared:
        kb = open_kb(texts=list(texts))
        kb.upload("leave.md", LEAVE)
        assert kb.work()
        return begin(kb)

    return make


def question(kb: KnowledgeBase, **more: object) -> TestQuestion:
    source = TestSource(kb.document("leave.md").document, "leave.md", None, "25 days")
    return TestQuestion(QUESTION, sources=(source,), **more)  # type: ignore[arg-type]


def text(at: AppTest) -> str:
    shown = [*at.markdown, *at.caption, *at.info, *at.error]
    return "\n".join(one.value for one in shown).replace("\\", "")


def done(shared: Shared) -> None:
    shared.quality.wait(30)
    assert not shared.quality.state.running
    assert shared.quality.state.error is None


def test_without_questions_the_page_says_how_to_get_some(opened: Callable[..., Shared]) -> None:
    at = page(opened())
    assert "There are no test questions yet." in text(at)
    at.button[0].click().run()
    assert at.button(key="question-new").label == "New question"


def test_questions_are_tested_and_the_worst_stands_first(opened: Callable[..., Shared]) -> None:
    shared = opened(RIGHT, REFUSED)
    kb = shared.kb
    kb.feedback.put(question(kb, must=(("25 days",),)), question(kb))
    at = page(shared)
    assert "2 questions are too few for a conclusion" in text(at)
    assert "Nothing was tested yet." in text(at)
    at.button(key="quality-start").click().run()
    done(shared)
    at.run()
    assert not at.exception
    told = {one.label: one.value for one in at.metric}
    assert (told["Right"], told["Not answered"], told["Found first"]) == ("1 / 2", "1 / 2", "2 / 2")
    assert [one.label.partition(" · ")[0] for one in at.expander] == [
        "**Not answered**",
        "**Right**",
    ]


def test_a_failed_question_opens_with_what_was_expected(opened: Callable[..., Shared]) -> None:
    shared = opened(RIGHT)
    kb = shared.kb
    kb.feedback.put(question(kb, must=(("30 days",),), expected="30 days, that is."))
    page(shared).button(key="quality-start").click().run()
    done(shared)
    (result,) = results_of(kb, last_runs(kb)[0].id)
    at = page(shared)
    assert "30 days" not in text(at)  # closed
    at.session_state[f"quality-result-{result.exchange.exchange}"] = True
    at.run()
    assert not at.exception
    assert "Not in the answer: 30 days" in text(at)
    assert "A right answer: 30 days, that is" in text(at)
    assert "The answer stands in: leave.md · Place 1 in the search" in text(at)


def test_a_second_run_is_compared_with_the_first(opened: Callable[..., Shared]) -> None:
    shared = opened(REFUSED, RIGHT)
    shared.kb.feedback.put(question(shared.kb))
    for _ in range(2):
        page(shared).button(key="quality-start").click().run()
        done(shared)
    at = page(shared)
    assert "1 better, 0 worse" in text(at)
    assert "better" in at.expander[0].label
    assert at.subheader[0].value == "Tests so far"


def test_a_run_can_be_stopped_and_people_are_waited_for(opened: Callable[..., Shared]) -> None:
    shared = opened(RIGHT)
    shared.kb.feedback.put(question(shared.kb))
    with shared.lock:  # somebody has the model
        at = page(shared)
        at.button(key="quality-start").click().run()
        deadline = time.monotonic() + 20
        while shared.quality.state.step != "waiting":
            assert time.monotonic() < deadline
            time.sleep(0.01)
        at.run()
        at.button(key="quality-stop").click().run()
        shared.quality.wait(20)
    assert shared.quality.state.stopped
    assert last_runs(shared.kb) == []  # nothing was asked
    assert page(shared).button(key="quality-start")


def test_a_question_is_written_changed_deleted_and_had_back(opened: Callable[..., Shared]) -> None:
    shared = opened()
    feedback = shared.kb.feedback
    at = page(shared, section="questions")
    at.button(key="question-new").click().run()
    at.button[-1].click().run()
    assert "Write a question." in text(at)
    at.text_area[0].set_value(QUESTION)
    at.text_area[1].set_value("25 | twenty-five\n\ndays")
    at.multiselect[0].set_value([shared.kb.document("leave.md").document])
    at.button[-1].click().run()
    (made,) = feedback.questions()
    assert made.must == (("25", "twenty-five"), ("days",))
    assert [source.path for source in made.sources] == ["leave.md"]
    at.run()
    at.button(key=f"sign-question-edit-row-{made.id}").click().run()
    at.checkbox[0].set_value(True)
    at.button[-1].click().run()
    assert feedback.questions()[0].answerable is False
    at.run()
    at.button(key=f"sign-question-delete-{made.id}").click().run()
    assert feedback.questions() == []
    at.button(key="question-undo").click().run()
    assert [one.id for one in feedback.questions()] == [made.id]


def test_feedback_is_offered_once_there_is_some(opened: Callable[..., Shared]) -> None:
    shared = opened(RIGHT)
    assert "No answer was judged yet." in text(page(shared, section="feedback"))
    answering = shared.chats.ask(None, QUESTION)
    assert answering.wait(30)
    assert answering.exchange is not None
    shared.kb.feedback.rate(answering.exchange, "bad", "wrong", "", "26 days.")
    at = page(shared, section="feedback")
    assert [(m.label, m.value) for m in at.metric] == [
        ("Good", "0"),
        ("Bad", "1"),
        ("With a better answer", "1"),
    ]
    at = page(shared, section="questions")
    at.button(key="questions-judged").click().run()
    assert [one.expected for one in shared.kb.feedback.questions()] == ["26 days."]
    assert "1 question was added." in text(at)


@pytest.mark.parametrize("section", ["results", "questions", "feedback"])
def test_the_page_is_chinese_for_a_chinese_browser(
    opened: Callable[..., Shared], section: str
) -> None:
    shared = opened(RIGHT)
    shared.kb.feedback.put(question(shared.kb))
    at = page(shared, "zh-CN", section)
    assert at.title[0].value == "质量"
    assert "question" not in text(at)
