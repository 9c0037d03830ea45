"""An answer to a question; to one about several things an answer for each, and how they compare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from langchain_core.documents import Document

from ingest.text import features, script
from llm.answer.answer_model import AnswerModel
from llm.answer.cite import MARK, QUOTE_CHARS
from llm.answer.events import Answer, Citation, Event, Text, Usage
from llm.answer.harmless import harmless
from llm.answer.question import Question
from llm.answer.select import select_passages
from llm.answer.verify import verify
from llm.answer.write import is_refusal, write_answer
from llm.chat import complete
from llm.prompts import REFUSAL, UNANSWERED, compare_messages
from llm.question import compares

_TOKENS = 80  # of the sentence that compares


def answer(question: Question, model: AnswerModel) -> Iterator[Event]:
    """Yield the answer's text as it is written, and an Answer as the last event.

    The question has its passages. Of one with parts, each is answered when the one before is
    written; parts that are refused are named as such, and if all are, it is a refusal. Where the
    question asks how things compare, a sentence drawn from the parts' answers alone comes first;
    without all of them it is a refusal, with what was found behind it. Raises ModelError if a
    question leaves no room for a passage.
    """
    selected = select_passages(question.parts or [question], model)
    if not question.parts:
        yield from write_answer(next(selected), model)
        return
    given: list[tuple[str, Answer]] = []
    for part in selected:
        if given:
            yield Text("\n\n")
        for event in write_answer(part, model):
            match event:
                case Answer():
                    given.append((part.text, event))
                case _:
                    yield event
        if question.cancel.is_set():
            break
    whole = _joined(given, question)
    if compares(question.text) and not whole.refused and not question.cancel.is_set():
        if any(one.refused for _, one in given):
            text = f"{REFUSAL[question.lang]}\n\n{whole.answer}"
            whole = replace(whole, answer=text, refused=True)
        else:
            whole = _compared(question, whole, model)
    yield whole


def _joined(parts: Sequence[tuple[str, Answer]], question: Question) -> Answer:
    """Return the answers as one; what an earlier one says already is not said again."""
    lines: list[str] = []
    for part, one in parts:
        if one.refused:
            lines.append(UNANSWERED[question.lang].format(part=part))
        elif not _words(part) & _words(one.answer):  # "20 million." does not say of what
            lines.append(f"{_before_answer(part)}{one.answer}")
        elif not _words(one.answer) <= _words(" ".join(lines)):
            lines.append(one.answer)
    given = [one for _, one in parts]
    refused = all(one.refused for one in given)
    begun = [t for one in given if (t := one.timings.first_token_s) is not None]
    sure = [one.certainty for one in given if one.certainty is not None]
    return question.answered(
        REFUSAL[question.lang] if refused else "\n\n".join(lines),
        _once([c for one in given for c in one.citations], question.passages),
        refused=refused,
        first_token_s=min(begun, default=None),
        usage=Usage(
            sum(one.usage.prompt_tokens for one in given),
            sum(one.usage.completion_tokens for one in given),
        ),
        certainty=max(sure, default=None),
    )


def _before_answer(part: str) -> str:
    """Return a question as it stands before its answer: a full-width mark has its own gap."""
    if part.endswith("？"):
        return part
    if part.endswith("?"):
        return f"{part} "
    return f"{part}：" if script(part) == "zh" else f"{part}: "


def _once(citations: Sequence[Citation], passages: Sequence[Document]) -> tuple[Citation, ...]:
    """Return one citation for each passage.

    Of two quotes it has what stands from the one to the other, if that is not too long.
    """
    found: dict[int, Citation] = {}
    for citation in citations:
        have = found.setdefault(citation.n, citation)
        text = passages[citation.n - 1].page_content
        starts = [text.find(have.quote), text.find(citation.quote)]
        end = max(start + len(c.quote) for start, c in zip(starts, (have, citation), strict=True))
        if min(starts) >= 0 and end - min(starts) <= QUOTE_CHARS:
            found[citation.n] = replace(have, quote=text[min(starts) : end])
    return tuple(found[n] for n in sorted(found))


def _compared(question: Question, whole: Answer, model: AnswerModel) -> Answer:
    """Return the answer with a sentence before it that compares, if what it says is borne out."""
    facts = MARK.sub("", whole.answer)
    prompt = compare_messages(question.text, [facts], question.lang)
    sentence = MARK.sub("", complete(model.chat, prompt, _TOKENS, question.cancel))
    said = verify(harmless(sentence, [facts]).strip(), question.text, [facts], strict=True)
    timings = replace(whole.timings, total_s=round(question.seconds, 4))
    if is_refusal(said):
        return replace(whole, timings=timings)
    marks = "".join(f"[{citation.n}]" for citation in whole.citations)
    return replace(whole, answer=f"{said}{marks}\n\n{whole.answer}", timings=timings)


def _words(text: str) -> set[str]:
    return features(MARK.sub("", text))
