"""Stricter or more helpful: the threshold of refusals as a choice in Chat."""

from collections.abc import Callable, Sequence

import pytest
from streamlit.testing.v1 import AppTest

from app.service import KnowledgeBase
from app.web import Exchange, Shared
from llm.answer import Answer

OpenKb = Callable[..., KnowledgeBase]
Begin = Callable[[KnowledgeBase], Shared]
LEAVE = b"# Rules\n\n## Leave\n\nYou have 25 days of leave. Ask your manager first.\n"
QUESTION = "How many days of leave?"
USUAL = (1e-9, 0.05, 0.5, 0.6, 0.9, 1.0 - 1e-9)
STRICTER, BALANCED, HELPFUL = "stricter", "balanced", "helpful"


def script(shared: object, locale: str) -> None:
    from app.pages import show_chat
    from app.texts import Words

    show_chat(shared, Words(locale))  # type: ignore[arg-type]


def read(kb: KnowledgeBase) -> KnowledgeBase:
    kb.upload("leave.md", LEAVE)
    assert kb.work()
    return kb


def page(shared: Shared, locale: str = "en") -> AppTest:
    at = AppTest.from_function(script, args=(shared, locale), default_timeout=30).run()
    assert not at.exception
    return at


def exchanges(at: AppTest) -> Sequence[Exchange]:
    """What was asked and answered in the conversation that is open."""
    shared: Shared = at.args[0]
    return shared.chats.exchanges(at.session_state["chat"])


def ask(at: AppTest, position: str | None = None) -> Answer:
    """Ask from a position, which stays when there is none, and return what came of it."""
    if position is not None:
        at.select_slider(key="strictness-asked").set_value(position).run()
    at.chat_input[0].set_value(QUESTION).run()
    assert not at.exception
    result = exchanges(at)[-1].look().result
    assert isinstance(result, Answer)
    return result


def under(at: AppTest) -> list[list[str]]:
    """What stands under each question."""
    return [[c.value for c in m.caption] for m in at.chat_message if m.name == "user"]


@pytest.fixture
def least(open_kb: OpenKb, begin: Begin) -> Callable[[float], tuple[float, float, float]]:
    """How sure an answer must be in the three positions, from the helpful one up, by a setting."""

    def ask_in_each(usual: float) -> tuple[float, float, float]:
        kb = read(open_kb(texts=["You have 25 days of leave."] * 3, certainty=usual))
        at = page(begin(kb))
        for position in (HELPFUL, BALANCED, STRICTER):
            ask(at, position)
        low, middle, high = (exchange.certainty for exchange in exchanges(at))
        kb.close()
        return low, usual if middle is None else middle, high

    return ask_in_each


def test_the_middle_is_the_setting_and_the_others_lie_around_it(
    least: Callable[[float], tuple[float, float, float]],
) -> None:
    found = [least(usual) for usual in USUAL]
    assert [middle for _, middle, _ in found] == list(USUAL)
    assert all(0.0 <= low < middle < high <= 1.0 for low, middle, high in found)
    for position in zip(*found, strict=True):  # a higher setting is stricter in each of them
        assert list(position) == sorted(set(position))
    low, _, high = found[USUAL.index(0.6)]
    assert high == pytest.approx(0.840, abs=0.001)
    assert low == pytest.approx(0.301, abs=0.001)
    # One step up from a position one step down is where one began.
    assert least(low)[2] == pytest.approx(0.6)


def test_what_is_told_as_sure_depends_on_the_position(open_kb: OpenKb, begin: Begin) -> None:
    kb = read(open_kb(texts=["You have 25 days of leave."] * 3))
    kb.models.written.likely = 1.0  # type: ignore[attr-defined]
    *_, first = kb.ask(QUESTION)
    assert isinstance(first, Answer)
    assert first.certainty is not None
    kb.close()
    # As sure as it is, it answers by the one setting, and not for sure by the other.
    for usual, unsure, other in (
        (first.certainty - 0.01, False, STRICTER),
        (first.certainty + 0.01, True, HELPFUL),
    ):
        kb = open_kb(texts=["You have 25 days of leave."] * 4, certainty=usual)
        kb.models.written.likely = 1.0  # type: ignore[attr-defined]
        at = page(begin(kb))
        assert (ask(at).outcome == "unsure") is unsure
        assert (ask(at, other).outcome == "unsure") is not unsure
        assert (ask(at).outcome == "unsure") is not unsure  # the position stays
        assert (ask(at, BALANCED).outcome == "unsure") is unsure


@pytest.mark.parametrize(
    ("locale", "positions", "told"),
    [
        (
            "en",
            ["answers more", "as in Settings (0.6)", "refuses more"],
            "When unsure: refuses more",
        ),
        ("zh", ["更愿意回答", "与设置相同（0.6）", "更愿意说不知道"], "没有把握时：更愿意说不知道"),
    ],
)
def test_a_question_says_how_it_was_asked(
    open_kb: OpenKb, begin: Begin, locale: str, positions: list[str], told: str
) -> None:
    at = page(begin(read(open_kb(texts=["You have 25 days of leave."] * 3))), locale)
    choice = at.select_slider(key="strictness-asked")
    assert choice.options == positions
    assert choice.value == BALANCED
    ask(at)
    ask(at, STRICTER)
    ask(at, HELPFUL)
    assert under(at) == [[], [told], [told.replace(positions[2], positions[0])]]
    asked = [exchange.certainty for exchange in exchanges(at)]
    assert [round(certainty or 0.6, 2) for certainty in asked] == [0.6, 0.84, 0.3]


def test_a_filter_and_the_position_stand_in_one_line(open_kb: OpenKb, begin: Begin) -> None:
    kb = read(open_kb(texts=["You have 25 days of leave."]))
    kb.upload("dogs.txt", b"Dogs may come on Fridays.\n")
    assert kb.work()
    at = page(begin(kb))
    at.multiselect(key="kinds-asked").set_value(["md"]).run()
    ask(at, HELPFUL)
    assert under(at) == [["MD · When unsure: answers more"]]


def test_nothing_is_offered_where_there_is_nothing_to_ask(kb: KnowledgeBase, begin: Begin) -> None:
    assert not page(begin(kb)).select_slider


@pytest.mark.parametrize("usual", [0.0, 1.0])
def test_nothing_is_offered_that_would_do_nothing(
    open_kb: OpenKb, begin: Begin, usual: float
) -> None:
    assert not page(begin(read(open_kb(certainty=usual)))).select_slider


def test_a_model_too_small_to_judge_takes_the_choice_away(open_kb: OpenKb, begin: Begin) -> None:
    kb = read(open_kb(texts=["You have 25 days of leave."]))
    assert kb.models.judges is None  # not in memory yet
    shared = begin(kb)
    at = page(shared)
    at.select_slider(key="strictness-asked").set_value(STRICTER).run()
    kb.models.written.can_judge = False  # type: ignore[attr-defined]
    at.run()
    assert not at.select_slider
    assert ask(at).certainty is None
    assert under(at) == [[]]
