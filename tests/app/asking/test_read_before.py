"""A question about what was just answered is answered from the same passages, as they were."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from app.asking import turn_of
from app.service import KnowledgeBase
from llm.answer import Answer, Found
from llm.question import Turn
from retrieval.ledger import EVERYTHING, Filter

OpenKb = Callable[..., KnowledgeBase]
Folder = Callable[..., Path]
HOTEL, MEALS = "The hotel limit abroad is 200 euros.", "The meals limit abroad is 50 euros."
DOCS = {
    "hotel.md": f"{HOTEL}\n",
    "meals.md": f"{MEALS}\n",
    "taxi.md": "The taxi limit abroad is 30 euros.\n",
    "soup.md": "Soup is served on Mondays.\n",
    "cake.md": "Cake is served on Fridays.\n",
    "fish.md": "Fish is served on Thursdays.\n",
}
ASKED, NEXT = "What is the hotel limit abroad?", "What is the meals limit abroad?"


@pytest.fixture
def kb(open_kb: OpenKb, folder: Folder) -> KnowledgeBase:
    """A library with three documents about limits and three about meals."""
    kb = open_kb(texts=[HOTEL, MEALS, MEALS], passages=3)
    kb.ingest([folder(DOCS)])
    return kb


def ask(
    kb: KnowledgeBase, question: str, history: Sequence[Turn] = (), within: Filter = EVERYTHING
) -> tuple[Found, Answer]:
    *events, answer = kb.ask(question, within, history=history)
    found = next(event for event in events if isinstance(event, Found))
    assert isinstance(answer, Answer)
    return found, answer


def paths(found: Found) -> list[str]:
    return [passage.metadata["path"] for passage in found.passages]


def test_the_passages_stand_as_they_did(kb: KnowledgeBase) -> None:
    first, answer = ask(kb, ASKED)
    again, second = ask(kb, NEXT, [turn_of(answer)])
    alone, _ = ask(kb, NEXT)
    assert paths(again) == paths(first)
    assert paths(alone) != paths(first)
    assert sorted(paths(alone)) == sorted(paths(first))
    assert [citation.path for citation in second.citations] == ["meals.md"]
    # They are ranked by the new question all the same, for who is shown what came closest.
    scores = {passage.metadata["path"]: passage.metadata["score"] for passage in again.passages}
    assert scores == {p.metadata["path"]: p.metadata["score"] for p in alone.passages}


def test_a_question_about_something_else_finds_its_own(kb: KnowledgeBase) -> None:
    _, answer = ask(kb, ASKED)
    found, _ = ask(kb, "When is fish served?", [turn_of(answer)])
    assert paths(found)[0] == "fish.md"


def test_they_are_searched_for_under_another_filter(kb: KnowledgeBase) -> None:
    _, answer = ask(kb, ASKED)
    found, _ = ask(kb, NEXT, [turn_of(answer)], Filter(kinds=("md",)))
    assert paths(found)[0] == "meals.md"


def test_what_is_gone_is_not_read_again(kb: KnowledgeBase) -> None:
    _, answer = ask(kb, ASKED)
    kb.remove(["taxi.md"])
    found, _ = ask(kb, NEXT, [turn_of(answer)])
    assert paths(found)[0] == "meals.md"
    assert "taxi.md" not in paths(found)


def test_a_refusal_leaves_nothing_to_read_again(open_kb: OpenKb, folder: Folder) -> None:
    kb = open_kb(texts=["The moon is made of cheese.", MEALS], passages=3)
    kb.ingest([folder(DOCS)])
    _, answer = ask(kb, ASKED)
    assert answer.citations == ()
    found, _ = ask(kb, NEXT, [turn_of(answer)])
    assert paths(found)[0] == "meals.md"


def test_a_follow_up_about_them_is_not_translated(open_kb: OpenKb, folder: Folder) -> None:
    """A question that stands alone is: what it asks may stand in the other language only."""
    whole, translated = "Who sets the meals limit for people abroad?", "境外餐费上限由谁规定？"
    texts = [HOTEL, whole, MEALS, translated, MEALS]
    kb = open_kb(texts=texts, passages=3, translate_seconds=30)
    kb.ingest([folder({**DOCS, "差旅.txt": "差旅住宿上限为每晚六百元。\n"})])
    _, answer = ask(kb, ASKED)
    found, _ = ask(kb, "And the meals?", [turn_of(answer)])
    assert found.searched == (whole,)
    alone, _ = ask(kb, whole, [turn_of(answer)])
    assert alone.searched == (whole, translated)
