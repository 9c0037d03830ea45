"""A document, however long, becomes a short summary whose sentences are proven."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

from langchain_core.documents import Document
from langchain_core.language_models.chat_models import BaseChatModel

from llm.answer import Answer
from llm.counted import Counted
from llm.errors import ModelError
from llm.noting import Step, condensed, noted, texts
from llm.parts import in_parts
from llm.proven import Proof, Sources, cited
from llm.saying import translated
from llm.summary_prompts import (
    COUNT,
    CUT_SHORT,
    NO_SUMMARY,
    SAMPLED,
    STOPPED,
    notes_messages,
    whole_messages,
)

_SPARE = 24  # tokens by which counts of the pieces and of the whole may differ
_LEAST_ROOM = 64  # tokens; a shorter part tells nothing
_LEAST = 2  # proven sentences, below which the parts' own sentences are the summary
_LONGEST = 8  # sentences: the model at times goes on, whatever number it is asked for
_TITLE = 80  # characters


def summarise(
    chunks: Sequence[Document],
    lang: str,
    model: BaseChatModel,
    context: int,
    answer_tokens: int,
    most_tokens: int,
    cancel: threading.Event | None = None,
    count: int | None = None,
) -> Iterator[Step | str | Answer]:
    """Yield which part is read, the summary as it is written, and an Answer as the last item.

    `chunks` are a document's, in order and not none; `lang` is the language of the summary,
    `count` the number of its sentences. A document that fits the context is read at once, a longer
    one in parts, and of one of more than `most_tokens` samples are read. Setting `cancel` stops
    the model; the Answer then holds what was found by then, and says so.
    """
    writer = Counted(model, cancel)
    own = str(chunks[0].metadata.get("lang") or lang)
    title = _title(chunks[0])
    number = str(count) if count else COUNT[own]
    reserve = min(answer_tokens, context // 4)
    room = context - reserve - writer.tokens(whole_messages(title, "", own, number)) - _SPARE
    if room < _LEAST_ROOM:
        raise ModelError(
            f"the model's context of {context} tokens leaves no room for a document; "
            "raise KB_CONTEXT_TOKENS"
        )
    parts, share = in_parts(chunks, room, writer.count, most_tokens)
    sources = Sources([chunk for part in parts for chunk in part.chunks])
    notes: list[list[Proof]] = []
    if len(parts) == 1:
        yield Step(1, 1)
        prompt = whole_messages(title, parts[0].text, own, number)
    else:
        yield from noted(parts, title, own, room, writer, notes)
        done, found = len(notes), [proof for note in notes for proof in note]
        if not writer.stopped:
            yield from condensed(notes, title, own, room, writer, sources)
        if writer.stopped or not found:
            remark = STOPPED[lang].format(done=done, total=len(parts)) if writer.stopped else ""
            yield _answer(found, [p.sentence for p in found], lang, writer, remark)
            return
        prompt = notes_messages(title, texts(notes), own, number)
    written, first = "", None
    for text in writer.stream(prompt, reserve):
        first = first or writer.seconds
        written += text
        if own == lang:
            yield text
    proofs = sources.prove(written)[: count or _LONGEST]
    if len(proofs) < min(_LEAST, count or _LEAST) and notes:
        proofs = [proof for note in notes for proof in note[:1]][: count or _LONGEST]
    said = [proof.sentence for proof in proofs]
    if own != lang:
        # Written and proven in the document's language and then translated: a small model reads
        # better than it translates, and words are only compared within a language.
        proofs, said, wanted = [], [], proofs
        for proof, sentence in translated(wanted, lang, writer):
            yield sentence if lang == "zh" else f"{sentence} "
            proofs.append(proof)
            said.append(sentence)
    remark = CUT_SHORT[lang] if writer.stopped else ""
    if share < 1 and not remark:
        remark = SAMPLED[lang].format(share=max(1, round(100 * share)), n=len(parts))
    yield _answer(proofs, said, lang, writer, remark, first)


def _title(chunk: Document) -> str:
    m = chunk.metadata
    return str(m.get("title") or m.get("path") or "")[:_TITLE]


def _answer(
    proofs: Sequence[Proof],
    said: Sequence[str],
    lang: str,
    writer: Counted,
    remark: str,
    first: float | None = None,
) -> Answer:
    found = cited(proofs, said, lang)
    text = found.text if proofs else NO_SUMMARY[lang]
    return Answer(
        text=f"{text}\n\n{remark}" if remark and proofs else remark or text,
        refused=not proofs,
        citations=found.citations,
        first_token_s=first,
        total_s=writer.seconds,
        prompt_tokens=writer.prompt_tokens,
        completion_tokens=writer.completion_tokens,
        stopped=writer.stopped,
    )
