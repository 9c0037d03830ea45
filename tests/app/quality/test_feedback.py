"""Verdicts on answers, and test questions made of them."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.conversations import Exchange
from app.service import KnowledgeBase
from retrieval.errors import LibraryError
from retrieval.feedback import StoredVerdict, TestQuestion

Filled = Callable[..., KnowledgeBase]
Asked = Callable[..., Exchange]
QUESTION = "How many days of leave?"


def number(exchange: Exchange) -> int:
    assert exchange.exchange is not None
    return exchange.exchange


def test_a_verdict_is_kept_changed_and_taken_back(filled: Filled, asked: Asked) -> None:
    kb = filled("You have 25 days of leave.")
    one = number(asked(kb, QUESTION))
    assert kb.feedback.verdict(one) is None
    kb.feedback.rate(one, "good")
    assert kb.feedback.verdict(one) == StoredVerdict("good")
    kb.feedback.rate(one, "bad", "wrong", " no ", "25 days, and 5 for children.")
    (judged,) = kb.feedback.judged()
    assert judged.verdict == StoredVerdict("bad", "wrong", "no", "25 days, and 5 for children.")
    assert judged.exchange.question == judged.asked == QUESTION
    kb.feedback.rate(one, "")
    assert kb.feedback.judged() == []


def test_a_verdict_goes_with_its_conversation(filled: Filled, asked: Asked) -> None:
    kb = filled("You have 25 days of leave.")
    one = asked(kb, QUESTION)
    kb.feedback.rate(number(one), "good")
    kb.conversations.delete(one.conversation)
    assert kb.feedback.judged() == []
    kb.conversations.restore(one.conversation)
    assert len(kb.feedback.judged()) == 1


def test_a_good_answer_says_where_the_right_one_stands(filled: Filled, asked: Asked) -> None:
    kb = filled("You have 25 days of leave.")
    one = asked(kb, QUESTION)
    kb.feedback.rate(number(one), "good")
    made = kb.feedback.keep(one)
    assert (made.question, made.answerable) == (QUESTION, True)
    assert [s.path for s in made.sources] == ["leave.md"]
    assert "25 days" in made.sources[0].quote
    assert kb.feedback.questions() == [made]
    assert kb.feedback.is_kept(one, kb.feedback.known())


def test_a_bad_answer_says_what_would_be_right_and_not_where(filled: Filled, asked: Asked) -> None:
    kb = filled("You have 25 days of leave.")
    one = asked(kb, QUESTION)
    kb.feedback.rate(number(one), "bad", "incomplete", "", "25, and 5 for children")
    (made,) = kb.feedback.not_kept()
    assert made.expected == "25, and 5 for children"
    assert made.sources == ()
    kb.feedback.put(made)
    assert kb.feedback.not_kept() == []


def test_a_right_answer_typed_later_reaches_the_test_question(filled: Filled, asked: Asked) -> None:
    kb = filled("You have 25 days of leave.")
    one = asked(kb, QUESTION)
    kb.feedback.keep(one)
    for better in ("25, and 5 for children", "25, and 6 for children"):
        kb.feedback.rate(number(one), "bad", "incomplete", "", better)
        assert [q.expected for q in kb.feedback.questions()] == [better]
    (made,) = kb.feedback.questions()
    kb.feedback.put(replace(made, expected="As the form says."))
    kb.feedback.rate(number(one), "bad", "incomplete", "", "25")
    assert [q.expected for q in kb.feedback.questions()] == ["As the form says."]


def test_a_good_refusal_says_that_there_is_no_answer(filled: Filled, asked: Asked) -> None:
    kb = filled("The documents do not contain the answer.")
    one = asked(kb, "Who won the cup?")
    result = one.look().result
    assert result is not None
    assert result.refused
    kb.feedback.rate(number(one), "good")
    assert kb.feedback.keep(one).answerable is False


def test_a_removed_document_takes_its_quotes_out_of_test_questions(
    filled: Filled, asked: Asked
) -> None:
    kb = filled("You have 25 days of leave.")
    kb.feedback.keep(asked(kb, QUESTION))
    kb.shelf.throw([kb.document("leave.md").document])
    (source,) = kb.feedback.questions()[0].sources
    assert source.document is None  # in the trash
    kb.shelf.purge(-1)
    (question,) = kb.feedback.questions()
    assert question.question == QUESTION
    (source,) = question.sources
    assert (source.document, source.path, source.quote) == (None, "leave.md", "")


def test_a_question_follows_its_collection(filled: Filled) -> None:
    kb = filled()
    kb.collection_store.make("hr")
    (made,) = kb.feedback.put(TestQuestion(QUESTION, '{"collection": "hr"}'))
    kb.collection_store.rename("hr", "people")
    assert kb.feedback.questions()[0].where.collection == "people"
    assert kb.feedback.questions()[0].id == made.id


@pytest.mark.parametrize("question", ["", "  ", "x" * 20_001])
def test_a_question_without_a_fit_text_is_refused(filled: Filled, question: str) -> None:
    kb = filled()
    with pytest.raises(LibraryError, match="characters"):
        kb.feedback.put(TestQuestion("fine"), TestQuestion(question))
    assert kb.feedback.questions() == []
