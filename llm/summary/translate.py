"""Proven sentences said in the other language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.text import figures, month_words, script
from llm.chat import CountedChat
from llm.prompts import translate_messages
from llm.summary.verify import Proof

_TOKENS = 160


def translated_sentences(
    proofs: Sequence[Proof], to: str, writer: CountedChat
) -> Iterator[tuple[Proof, str]]:
    """Yield each proof with its sentence in the language `to`.

    A translation is left out if it is not in that language, or loses or adds a figure.
    """
    for proof in proofs:
        said = writer.write(translate_messages(proof.sentence, to), _TOKENS).partition("\n")[0]
        if writer.stopped:
            return
        if script(said) == to and same_figures(proof.sentence, said):
            yield proof, said


def same_figures(one: str, other: str) -> bool:
    """Tell whether two sentences have the same figures; a month may be a name or a number."""
    months = set(map(str, month_words(one) | month_words(other)))
    return not (figures(one) ^ figures(other)) - months
