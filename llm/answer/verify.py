"""Sentences of an answer that no passage bears out: marked, or left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.text import features, missing, months, numbers, script, sentences, support
from llm.answer.cite import MARK, YES_OR_NO, sentence_support, sentences_with_marks
from llm.answer.dictated_words import is_dictated
from llm.answer.months import dated_in, of_another_month
from llm.answer.unknown_names import unknown_name
from llm.prompts import UNSUPPORTED

# Share of a sentence's words and figures, those of the question counting half, that must stand in
# the passages together. Of 61 answers to answerable questions the lowest had 0.56; of 34 made up
# ones 4 had less than 0.54, beside 5 with a figure that stands nowhere (docs/measured/answers.md).
_LEAST = 0.54
_FEW = 3  # words and figures, below which one of them is enough
# Asks for what it does not name itself, unlike "which of A and B".
_OPEN = re.compile(
    r"\b(?:who|whom|whose|what|when|where)\b|谁|誰|什么|什麼|何[时時地人]|哪[里裡天儿兒]",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"\b(?:or|and)\b|还是|還是|[或和与與跟、]|[是有能会][不没]", re.IGNORECASE)


def verify(answer: str, question: str, sources: Sequence[str], *, strict: bool) -> str:
    """Return an answer without the sentences that the sources do not bear out.

    `sources` are the passages with their titles and headings. When not `strict` such a sentence
    stays and is marked. What a document only orders to be said is left out where there is more.
    """
    parts: list[str] = []
    at = 0
    spans = sentences_with_marks(answer)
    told = [MARK.sub("", span.text) for span in spans]
    said = [is_dictated(sentence, question, sources) for sentence in told]
    for span, sentence, as_ordered in zip(spans, told, said, strict=True):
        between = answer[at : span.start]
        at = span.end
        if as_ordered and not all(said):
            continue
        beside = len(spans) == 1 and (
            repeats_question(sentence, question) or of_another_time(sentence, question, sources)
        )
        if not beside and not is_unsupported(sentence, question, sources):
            parts.append(between + span.text)
        elif not strict:
            parts.append(between + span.text + UNSUPPORTED[script(span.text)])
    return "".join(parts).strip()


def repeats_question(sentence: str, question: str) -> bool:
    """Tell whether a sentence has no word that the question, which asks for one, has not."""
    if not _OPEN.search(question) or _CHOICE.search(question) or numbers(sentence):
        return False
    words = features(sentence)
    return bool(words) and words <= features(question)


def of_another_time(sentence: str, question: str, sources: Sequence[str]) -> bool:
    """Tell whether what bears a sentence out best tells of another month than the question's.

    What is in another script is not compared, nor a source that is itself of that month.
    """
    if not months(question):
        return False
    own = [source for source in sources if script(source) == script(sentence)]
    told = [(span.text, source) for source in own for span in sentences(source)]
    best, source = max(
        told, key=lambda t: sentence_support(sentence, question, t[0]), default=("", "")
    )
    return of_another_month(best, question) and not dated_in(source, question)


def is_unsupported(sentence: str, question: str, sources: Sequence[str]) -> bool:
    """Tell whether a sentence says what stands in no source.

    A figure must stand in one of them or in the question. The words are compared only where all
    sources are in the sentence's own script: across languages few are the same. All words of an
    English name must stand in them, and at least a word of any other; "Yes." has none to compare.
    """
    if missing(sentence, question, *sources):
        return True
    if any(script(source) != script(sentence) for source in sources):
        return False
    if script(sentence) == "en" and unknown_name(sentence, question, sources):
        return True
    words = features(sentence)
    if len(words) < _FEW:
        known = features("\n".join([question, *sources])) | YES_OR_NO
        return bool(words) and not words & known
    return support(sentence, "\n".join(sources), question) < _LEAST
