"""A document, however long, becomes a short summary whose sentences are proven."""

from __future__ import annotations

from collections.abc import Iterator

from langchain_core.documents import Document

from llm.answer import AnswerModel, Citation, Event, Question, ReadingPart, Text, Usage
from llm.chat import CountedChat
from llm.errors import ModelError
from llm.prompts import COUNT, NO_SUMMARY, SAMPLED, STOPPED, SUMMARY_CUT_SHORT, Prompts
from llm.summary.main_points import condense, main_points, point_texts
from llm.summary.parts import in_parts
from llm.summary.translate import translated_sentences
from llm.summary.verify import CitedSentences, Proof, Sources

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
    question: Question, model: AnswerModel, most_tokens: int, count: int | None = None
) -> Iterator[Event]:
    """Yield which part is read, the summary as it is written, and an Answer as the last event.

    The question's passages are a document's chunks, in order and not none; its `lang` is that of
    the summary, `count` the number of its sentences. A short document is read at once, a longer one
    in parts, and of one of more than `most_tokens` samples are read. When the question is
    cancelled, the Answer holds what was found by then, and says so.
    """
    chunks, lang = question.passages, question.lang
    writer = CountedChat(model.chat, question.cancel)
    own = str(chunks[0].metadata.get("lang") or lang)
    prompts = Prompts(_title(chunks[0]), own, example=model.context >= _EXAMPLE_FROM)
    room = model.context - model.reserve - writer.tokens(prompts.part("", 1, 1)) - _SPARE
    if room < _LEAST_ROOM:
        raise ModelError(
            f"the model's context of {model.context} tokens leaves no room for a document; "
            "raise KB_CONTEXT_TOKENS",
            "context-small",
            tokens=model.context,
        )
    parts, share = in_parts(chunks, min(room, _PART), writer.count, most_tokens)
    longest = count or _LONGEST
    few = len(parts) <= longest  # then their points are the summary, and stand as they are proven
    notes: list[list[Proof]] = []
    told = _Told(question, lang)
    for n, part in enumerate(parts, 1):
        yield ReadingPart(n, len(parts))
        points = main_points(part, n, len(parts), prompts, room, writer)
        if writer.stopped:
            break
        notes.append(points[: longest // len(parts)] if few else points)
        if few and own == lang:
            for proof in notes[-1]:
                yield told.sentence(proof)
    done, proofs = len(notes), [proof for note in notes for proof in note]
    remark = STOPPED[lang].format(done=done, total=len(parts)) if writer.stopped else ""
    if not few and proofs and not writer.stopped:
        sources = Sources([chunk for part in parts for chunk in part.chunks])
        yield from condense(notes, prompts, room, writer, sources)
        number = str(count or COUNT[own])
        written = writer.stream(prompts.notes(point_texts(notes), number), model.reserve)
        joined: list[Proof] = []
        for proof in sources.prove_stream(written):
            joined.append(proof)
            if own == lang:
                yield told.sentence(proof)
            if len(joined) == longest:
                break
        if len(joined) < min(_LEAST, longest):  # what is proven of the parts stands behind it
            of_parts = [proof for note in notes for proof in note[:1]]
            new = [proof for proof in of_parts if proof not in joined]
            for proof in new[: longest - len(joined)]:
                joined.append(proof)
                if own == lang:
                    yield told.sentence(proof)
        proofs = joined
        remark = SUMMARY_CUT_SHORT[lang] if writer.stopped else ""
    if own != lang and not writer.stopped:
        # Written and proven in the document's language and then translated: a small model reads
        # better than it translates, and words are only compared within a language.
        for proof, sentence in translated_sentences(proofs, lang, writer):
            yield told.sentence(proof, sentence)
        remark = SUMMARY_CUT_SHORT[lang] if writer.stopped else ""
    if share < 1 and not remark:
        remark = SAMPLED[lang].format(share=max(1, round(100 * share)), n=len(parts))
    nothing = not told.text
    if nothing:
        yield told.add(remark if writer.stopped else NO_SUMMARY[lang])
    elif remark:
        yield told.add(f"\n\n{remark}")
    yield question.answered(
        told.text,
        told.citations,
        outcome="not_found" if nothing else "answered",
        first_token_s=told.first_token_s,
        usage=Usage(writer.prompt_tokens, writer.completion_tokens),
    )


class _Told:
    """A summary as far as it was shown."""

    def __init__(self, question: Question, lang: str) -> None:
        self._question = question
        self._gap = "" if lang == "zh" else " "
        self._cited = CitedSentences()
        self.text = ""
        self.first_token_s: float | None = None

    @property
    def citations(self) -> tuple[Citation, ...]:
        return self._cited.citations

    def sentence(self, proof: Proof, said: str = "") -> Text:
        """Return what is said of a proof, its own sentence or this, with its sources."""
        gap = self._gap if self.text else ""
        return self.add(gap + self._cited.add(proof, said or proof.sentence))

    def add(self, text: str) -> Text:
        self.first_token_s = self.first_token_s or self._question.seconds
        self.text += text
        return Text(text)


def _title(chunk: Document) -> str:
    m = chunk.metadata
    return str(m.get("title") or m.get("path") or "")[:_TITLE]
