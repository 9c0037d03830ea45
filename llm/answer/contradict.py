"""What other documents say against an answer, told behind it, word for word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from langchain_core.documents import Document

from ingest.text import (
    collapsed,
    dated,
    features,
    in_digits,
    letters,
    missing,
    numbers,
    script,
    sentences,
    support,
)
from llm.answer.answer_model import AnswerModel
from llm.answer.cite import MARK
from llm.answer.question import Question
from llm.chat import one_line
from llm.prompts import CONFLICT, CONFLICT_DATED, NONE, one_messages
from llm.question import Kind

if TYPE_CHECKING:
    from llm.answer.write import Writer

_TOKENS = 24  # a figure, a date, a name
_CLOSE = Decimal("0.01")  # share: "1.41 billion" and "1,411,750,000" are one figure
_MOST = 2  # notes
_MOST_READ = 8  # other passages, the best first: each costs a call of the model
_ABOUT = 1 / 3  # least share of the question's words that the passages have, in one about it


def contradictions(
    question: Question, blocks: Sequence[str], writer: Writer, model: AnswerModel
) -> Iterator[str]:
    """Yield a note for each other document that answers the question otherwise.

    Only a question for a fact has one answer that another can contradict. Each passage is asked
    for its own answer by itself, isolated first and then compared (after Xiang et al., "Certifiably
    Robust RAG against Retrieval Corruption", 2024): shown all at once, a small model overlooks one.
    """
    cited = [place - 1 for place in writer.citer.cited]
    if question.form != Kind.FACT or not cited:
        return
    passages, at, asked = question.passages, cited[0], features(question.text)
    words = [
        asked & (features(text) | _title(passage))
        for text, passage in zip(question.texts, passages, strict=False)
    ]
    others = [
        n
        for n, held in enumerate(words)
        if n not in cited
        and not any(_same_document(passages[n], passages[c]) for c in cited)
        and len(held) >= _ABOUT * len(set[str]().union(*words))
    ][:_MOST_READ]
    drafts = {n: _stated(question, blocks, n, model) for n in (at, *others)} if others else {}
    own = drafts.get(at)
    if not own or question.cancel.is_set():
        return
    # A passage is about the matter if it has of the question what one with the same answer has:
    # one that lacks some of it, as "the south gate", speaks of something else.
    alike = [words[n] for n, draft in drafts.items() if draft and _agree(own, draft, question.text)]
    said = in_digits(MARK.sub("", writer.text))
    told = 0
    for n in others:
        draft = drafts[n]
        about = any(held <= words[n] for held in alike) and bool(features(draft) - asked)
        if not about or _agree(own, draft, question.text) or _is_stated_in(in_digits(draft), said):
            continue
        if (sentence := _sentence(draft, question, n)) is None:
            continue
        yield _note(question, at, n, sentence, writer)
        if (told := told + 1) == _MOST:
            return


def _stated(question: Question, blocks: Sequence[str], n: int, model: AnswerModel) -> str:
    """Return what a passage, by its number from 0, answers by itself; "" if it does not."""
    draft = _draft(question, blocks, n, model)
    if draft and letters(draft) not in NONE and not _is_stated_in(draft, blocks[n]):
        # Among the others it was overlooked: what they say was told of it.
        draft = _draft(question, blocks[n : n + 1], n, model)
    return draft if _is_stated_in(draft, blocks[n]) else ""


def _draft(question: Question, blocks: Sequence[str], n: int, model: AnswerModel) -> str:
    prompt = one_messages(question.in_prompt, blocks, question.lang, n + 1)
    return one_line(model.chat, prompt, _TOKENS, question.cancel)


def _sentence(draft: str, question: Question, n: int) -> str | None:
    """Return the sentence of a passage that says what was drafted from it.

    None if the passage speaks of what was asked elsewhere, not there or in the sentence before:
    minutes that name the hotels also have the cost of a machine.
    """
    found = [span.text for span in sentences(question.texts[n])]
    scores = [support(draft, text, question.text) for text in found]
    at, asked = scores.index(max(scores)), features(question.text)
    here = asked & features(" ".join(found[max(0, at - 1) : at + 1]))
    return found[at] if here or not asked & features(question.texts[n]) else None


def _note(question: Question, at: int, n: int, sentence: str, writer: Writer) -> str:
    lang, passages = question.lang, question.passages
    number = writer.citer.quote(n + 1, sentence)
    sentence = collapsed(MARK.sub("", sentence))
    mine, theirs = dated(passages[at]), dated(passages[n])
    if mine and theirs and mine != theirs:
        return CONFLICT_DATED[lang].format(
            sentence=sentence,
            n=number,
            mine=mine,
            theirs=theirs,
            at=writer.citer.number(at + 1),
        )
    return CONFLICT[lang].format(sentence=sentence, n=number)


def _is_stated_in(draft: str, passage: str) -> bool:
    """Tell whether a passage says what was drafted from it: its figures, and half of its words."""
    words = features(draft)
    if not words or letters(draft) in NONE:
        return False
    return not missing(draft, passage) and len(words & features(passage)) * 2 >= len(words)


def _agree(one: str, other: str, question: str) -> bool:
    """Tell whether two answers can both be right.

    Two figures or dates differ when each has a number that the other lacks; two names when they
    have no word in common, what the question says left out. A figure and a name are not compared.
    """
    if script(one) != script(other) and not (numbers(one) and numbers(other)):
        return True
    one, other = in_digits(one), in_digits(other)
    if numbers(one) or numbers(other):
        return not (_lacks(one, other, question) and _lacks(other, one, question))
    asked = features(question)
    words = features(one) - asked, features(other) - asked
    plain = [letters(text) for text in (one, other)]
    if plain[0] in plain[1] or plain[1] in plain[0]:
        return True
    return not all(words) or bool(words[0] & words[1])


def _lacks(one: str, other: str, question: str) -> bool:
    """Tell whether `one` has a number that `other` has not, not even nearly."""
    lacking = set(missing(one, other, question))
    given = [w for number in numbers(other) for w in number.values if w > 9999]
    return any(
        number.text in lacking
        and not any(abs(v - w) <= abs(w) * _CLOSE for v in number.values for w in given)
        for number in numbers(one)
    )


def _title(passage: Document) -> set[str]:
    return features(str(passage.metadata.get("title") or ""))


def _same_document(one: Document, other: Document) -> bool:
    names = one.metadata.get("document"), other.metadata.get("document")
    return names[0] is not None and names[0] == names[1]
