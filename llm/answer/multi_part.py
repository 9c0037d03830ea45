"""An answer to a question about several things: one for each, and how they compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from langchain_core.documents import Document

from ingest.text import features, script
from llm.answer.answer import Answer, is_refusal
from llm.answer.cite import MARK, QUOTE_CHARS, Citation
from llm.answer.harmless import harmless
from llm.answer.task import Task
from llm.answer.verify import verified
from llm.chat import written
from llm.prompts import REFUSAL, UNANSWERED, compare_messages
from llm.question import compares

_TOKENS = 80  # of the sentence that compares


def answer_each(
    question: str, parts: Iterable[tuple[str, Iterator[str | Answer]]], task: Task
) -> Iterator[str | Answer]:
    """Yield the text of each part's answer as it is written, and the whole as the last item.

    `parts` are the questions with their answers, as of `answer`; one is taken when the one before
    is written. Parts that are refused are named as such; if all are, it is a refusal.
    Where the question asks how things compare, a sentence drawn from the parts' answers alone comes
    first; without all of them it is a refusal, with what was found behind it.
    """
    given: list[tuple[str, Answer]] = []
    for part, pieces in parts:
        if given:
            yield "\n\n"
        for piece in pieces:
            if isinstance(piece, Answer):
                given.append((part, piece))
            else:
                yield piece
        if task.cancel.is_set():
            break
    whole = _joined(given, task)
    if compares(question) and not whole.refused and not task.cancel.is_set():
        if any(answer.refused for _, answer in given):
            text = f"{REFUSAL[task.lang]}\n\n{whole.text}"
            whole = replace(whole, text=text, refused=True)
        else:
            whole = replace(_compared(question, whole, task), total_s=task.seconds)
    yield whole


def _joined(parts: Sequence[tuple[str, Answer]], task: Task) -> Answer:
    """Return the answers as one; what an earlier one says already is not said again."""
    lines: list[str] = []
    for part, answer in parts:
        if answer.refused:
            lines.append(UNANSWERED[task.lang].format(part=part))
        elif not _words(part) & _words(answer.text):  # "20 million." does not say of what
            lines.append(f"{_asked(part)}{answer.text}")
        elif not _words(answer.text) <= _words(" ".join(lines)):
            lines.append(answer.text)
    given = [answer for _, answer in parts]
    refused = all(answer.refused for answer in given)
    begun = [answer.first_token_s for answer in given if answer.first_token_s is not None]
    sure = [answer.certainty for answer in given if answer.certainty is not None]
    return Answer(
        text=REFUSAL[task.lang] if refused else "\n\n".join(lines),
        refused=refused,
        citations=_once([c for answer in given for c in answer.citations], task.passages),
        first_token_s=min(begun, default=None),
        total_s=max(answer.total_s for answer in given),
        prompt_tokens=sum(answer.prompt_tokens for answer in given),
        completion_tokens=sum(answer.completion_tokens for answer in given),
        stopped=any(answer.stopped for answer in given),
        certainty=max(sure, default=None),
    )


def _asked(part: str) -> str:
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


def _compared(question: str, whole: Answer, task: Task) -> Answer:
    """Return the answer with a sentence before it that compares, if what it says is borne out."""
    facts = MARK.sub("", whole.text)
    prompt = compare_messages(question, [facts], task.lang)
    sentence = MARK.sub("", written(task.model, prompt, _TOKENS, task.cancel))
    said = verified(harmless(sentence, [facts]).strip(), question, [facts], strict=True)
    if is_refusal(said):
        return whole
    marks = "".join(f"[{citation.n}]" for citation in whole.citations)
    return replace(whole, text=f"{said}{marks}\n\n{whole.text}")


def _words(text: str) -> set[str]:
    return features(MARK.sub("", text))
