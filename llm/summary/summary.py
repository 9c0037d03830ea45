"""A document, however long, becomes a short summary whose sentences are proven."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

from langchain_core.documents import Document
from langchain_core.language_models.chat_models import BaseChatModel

from llm.answer import Answer
from llm.chat import CountedChat
from llm.errors import ModelError
from llm.prompts import COUNT, CUT_SHORT, NO_SUMMARY, SAMPLED, STOPPED, Prompts
from llm.summary.main_points import SummaryStep, condensed, main_points, point_texts
from llm.summary.parts import in_parts
from llm.summary.translate import translated_sentences
from llm.summary.verify import Proof, Sources, cited

_SPARE = 24  # tokens by which counts of the pieces and of the whole may differ
_EXAMPLE_FROM = 1024  # tokens of the context, below which the text needs the example's room
_LEAST_ROOM = 64  # tokens; a shorter part tells nothing
# Tokens of a part. Of texts of 1,000 to 1,700 at once, which fit its context, the 1.5B model copied
# the beginning or said what the headings are. 700 is a guess that awaits its measurement.
_PART = 700
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
) -> Iterator[SummaryStep | str | Answer]:
    """Yield which part is read, the summary as it is written, and an Answer as the last item.

    `chunks` are a document's, in order and not none; `lang` is the language of the summary,
    `count` the number of its sentences. A short document is read at once, a longer one in parts,
    and of one of more than `most_tokens` samples are read. Setting `cancel` stops the model; the
    Answer then holds what was found by then, and says so.
    """
    writer = CountedChat(model, cancel)
    own = str(chunks[0].metadata.get("lang") or lang)
    prompts = Prompts(_title(chunks[0]), own, example=context >= _EXAMPLE_FROM)
    reserve = min(answer_tokens, context // 4)
    room = context - reserve - writer.tokens(prompts.part("", 1, 1)) - _SPARE
    if room < _LEAST_ROOM:
        raise ModelError(
            f"the model's context of {context} tokens leaves no room for a document; "
            "raise KB_CONTEXT_TOKENS"
        )
    parts, share = in_parts(chunks, min(room, _PART), writer.count, most_tokens)
    longest = count or _LONGEST
    few = len(parts) <= longest  # then their points are the summary, and stand as they are proven
    notes: list[list[Proof]] = []
    first: float | None = None
    for item in main_points(parts, prompts, room, writer):
        if isinstance(item, SummaryStep):
            yield item
            continue
        notes.append(item[: longest // len(parts)] if few else item)
        if few and own == lang and notes[-1]:
            first = first or writer.seconds
            yield "".join(_spaced(proof.sentence, lang) for proof in notes[-1])
    done, proofs = len(notes), [proof for note in notes for proof in note]
    remark = STOPPED[lang].format(done=done, total=len(parts)) if writer.stopped else ""
    if not few and proofs and not writer.stopped:
        sources = Sources([chunk for part in parts for chunk in part.chunks])
        yield from condensed(notes, prompts, room, writer, sources)
        written = ""
        number = str(count or COUNT[own])
        for text in writer.stream(prompts.notes(point_texts(notes), number), reserve):
            first = first or writer.seconds
            written += text
            if own == lang:
                yield text
        proofs = sources.prove(written)[:longest]
        if len(proofs) < min(_LEAST, longest):
            proofs = [proof for note in notes for proof in note[:1]][:longest]
        remark = CUT_SHORT[lang] if writer.stopped else ""
    said = [proof.sentence for proof in proofs]
    if own != lang and not writer.stopped:
        # Written and proven in the document's language and then translated: a small model reads
        # better than it translates, and words are only compared within a language.
        wanted, proofs, said = proofs, [], []
        for proof, sentence in translated_sentences(wanted, lang, writer):
            first = first or writer.seconds
            yield _spaced(sentence, lang)
            proofs.append(proof)
            said.append(sentence)
        remark = CUT_SHORT[lang] if writer.stopped else ""
    if share < 1 and not remark:
        remark = SAMPLED[lang].format(share=max(1, round(100 * share)), n=len(parts))
    yield _answer(proofs, said, lang, writer, remark, first)


def _title(chunk: Document) -> str:
    m = chunk.metadata
    return str(m.get("title") or m.get("path") or "")[:_TITLE]


def _spaced(sentence: str, lang: str) -> str:
    return sentence if lang == "zh" else f"{sentence} "


def _answer(
    proofs: Sequence[Proof],
    said: Sequence[str],
    lang: str,
    writer: CountedChat,
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
