"""Sentences of a summary, each with the chunks that bear it out, or left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain

from langchain_core.documents import Document

from ingest.text import CLOSING, END_MARKS, features, sentences
from llm.answer import Citation, Citer

# A sentence of a summary joins what stands in several places; more of them prove anything.
_MOST = 3
_ENOUGH = 0.5  # share of a sentence's words and figures that must stand in its chunks
_ADDS = 0.12  # share of them that a further chunk must bring
_OF_A_CLAUSE = 0.4  # share of a clause with a figure that must stand in one chunk with it
_FIGURE = 3.0  # how much more a figure counts than a word
# Where one statement ends and the next begins; not inside "1,200".
_CLAUSE = re.compile(r"[，；：]|[,;:](?!\d)")
_BULLET = re.compile(r"^(?:[-*•·#]+|\d{1,2}[.、)）]|[（(]\d{1,2}[)）])\s*")
_MARK = re.compile(r"(?<!\s)\s*+[\[【［]\d{1,3}[\]】］]")
_ENDED = re.compile(rf"[{END_MARKS}…][{CLOSING}】]*$")


@dataclass(frozen=True)
class Proof:
    """A sentence and the chunks that bear it out, the one that holds most of it first."""

    sentence: str
    chunks: tuple[Document, ...]


class Sources:
    """The chunks of a document that sentences are held against."""

    def __init__(self, chunks: Sequence[Document]) -> None:
        self._chunks = list(chunks)
        self._features = [features(_whole(chunk)) for chunk in chunks]
        # A sentence may tell what the sections are: the headings together bear that out.
        self._outline = features("\n".join(str(c.metadata.get("heading") or "") for c in chunks))

    def prove(self, text: str) -> list[Proof]:
        """Return the sentences of a text that the chunks bear out, in order, none twice."""
        return list(self.prove_stream([text]))

    def prove_stream(self, parts: Iterable[str]) -> Iterator[Proof]:
        """Yield the sentences of a growing text that the chunks bear out, as each is whole.

        A figure that stands in none of them, or too few of a sentence's words, leave it out; so
        does an end that is missing, as of a text that was cut short. None comes twice.
        """
        said: set[str] = set()
        text = ""
        for part in chain(parts, [None]):
            text += part or ""
            found = sentences(text)
            whole = found if part is None else found[:-1]  # the last one may go on
            for span in whole:
                sentence = _MARK.sub("", _BULLET.sub("", span.text.replace("**", ""))).strip()
                if sentence in said or not _ENDED.search(sentence):
                    continue
                if chunks := self._bearing(sentence):
                    said.add(sentence)
                    yield Proof(sentence, chunks)
            text = text[whole[-1].end :] if whole else text

    def _bearing(self, sentence: str) -> tuple[Document, ...]:
        """Return the chunks that hold a sentence, or none.

        Each clause with a figure must stand in one chunk: figures of two of them that were put
        together are what a small model gets wrong.
        """
        chosen: list[int] = []
        for clause in _CLAUSE.split(sentence):
            weights = _weights(clause)
            if figures := {f for f in weights if _is_figure(f)}:
                best, held = self._most(weights, figures)
                if held < _OF_A_CLAUSE * sum(weights.values()):
                    return ()
                chosen.append(best)
        left = _weights(sentence)
        if not (total := sum(left.values())):
            return ()
        for best in chosen:
            left = self._without(left, best)
        for _ in range(_MOST):
            best, held = self._most(left)
            if held < _ADDS * total:
                break
            chosen.append(best)
            left = self._without(left, best)
        missing = sum(weight for f, weight in left.items() if f not in self._outline)
        if not chosen or missing > (1 - _ENOUGH) * total:
            return ()
        return tuple(self._chunks[i] for i in dict.fromkeys(chosen))

    def _without(self, weights: dict[str, float], chunk: int) -> dict[str, float]:
        return {f: w for f, w in weights.items() if f not in self._features[chunk]}

    def _most(
        self, weights: dict[str, float], figures: AbstractSet[str] = frozenset()
    ) -> tuple[int, float]:
        """Return which chunk with these figures holds most, and how much of the weights."""
        held = [
            sum(weights[f] for f in weights.keys() & have) if figures <= have else 0.0
            for have in self._features
        ]
        best = max(range(len(held)), key=held.__getitem__)
        return best, held[best]


def _weights(text: str) -> dict[str, float]:
    return {f: _FIGURE if _is_figure(f) else 1.0 for f in features(text)}


def _is_figure(feature: str) -> bool:
    return feature[0].isdigit()


class CitedSentences:
    """Gives sentences their `[n]`, counted as they appear, and keeps the citations."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self._citations: list[Citation] = []

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations so far, in order."""
        return tuple(self._citations)

    def add(self, proof: Proof, said: str) -> str:
        """Return what is said of a proof, its own sentence or it in another language, marked."""
        marks = ""
        for citation in _quoted(proof):
            key = (citation.chunk_id, citation.quote)
            if key not in self._numbers:
                self._numbers[key] = len(self._numbers) + 1
                self._citations.append(replace(citation, n=self._numbers[key]))
            marks += f"[{self._numbers[key]}]"
        return said + marks


def _quoted(proof: Proof) -> tuple[Citation, ...]:
    citer = Citer("", proof.chunks, [chunk.page_content for chunk in proof.chunks])
    for n in range(1, len(proof.chunks) + 1):
        citer.quote(n, proof.sentence)
    return citer.citations()


def _whole(chunk: Document) -> str:
    """Return a chunk with the title and headings above it, which a summary names too."""
    keys = ("title", "heading", "header")
    return "\n".join([*(str(chunk.metadata.get(k) or "") for k in keys), chunk.page_content])
