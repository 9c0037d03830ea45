"""A question about more than one thing becomes one question for each."""

from __future__ import annotations

import re
import threading

from langchain_core.language_models.chat_models import BaseChatModel

from ingest.text import PARTS_STOP_WORDS, collapsed, features, numbers, script
from llm.chat import complete
from llm.prompts import SPLIT, SPLIT_EXAMPLES, example_messages
from llm.question.anaphora import lacks_subject

_LONGEST = 200  # characters; a longer question is a text with conditions, not a list
_MOST = 3  # parts; each is searched and answered by itself
_TOKENS = 120
# What joins things that are asked for. Without it the model is not called.
_JOINS = {
    "zh": re.compile(r"\S[和与及跟、]|分别|比较|[？?；;].*[？?]"),
    "en": re.compile(r"\w\W+and\b|\bcompare\b|\bversus\b|\bvs\b|\?.*\?", re.IGNORECASE | re.DOTALL),
}
# Two clauses that each ask. The second is often about the first, so parts of these must have
# something in common: 修W8要多少钱，要等几天？
_CLAUSES = re.compile(r"(?:多少|什么|[谁哪几]).*[，,].*(?:多少|什么|[谁哪几])")
# Causes and summaries are told in one piece.
_WHOLE = {
    "zh": re.compile(r"如何|怎么|怎样|为什么|为何|总结|概括|概述|关系|区别|影响"),
    "en": re.compile(
        r"^\s*(?:how (?:did|do|does|can|could|has|have|is|are|was|were|to)\b|why\b|explain\b)"
        r"|\bsummar|\brelat|\bdifference|\bimpact|\binfluence|\bcontribut|\blead to\b",
        re.IGNORECASE,
    ),
}
_COMPARES = {
    "zh": re.compile(r"比较|相比|更[早晚多少高低大小快慢好新]|是否.*(?:相同|一样)"),
    "en": re.compile(
        r"\bcompare|\bwhich\b.*\b(?:\w+er|more|less|most|least|\w+est|first)\b"
        r"|\bthan\b|\bthe same\b",
        re.IGNORECASE | re.DOTALL,
    ),
}
# Share of the question's words that the parts must have between them; of a comparison the words
# that compare are left behind.
_KEPT, _KEPT_COMPARED = 0.7, 0.4
_NEW = 2  # words of a part that the question has not, such as two characters that came together


def compares(question: str) -> bool:
    """Tell whether a question asks how things stand to one another, beside asking for each."""
    return bool(_COMPARES[script(question)].search(question))


def needs_full_answer(question: str) -> bool:
    """Tell whether a question asks for a cause, a way or a summary, which few words cannot tell."""
    return bool(_WHOLE[script(question)].search(question))


def question_parts(
    question: str, model: BaseChatModel, cancel: threading.Event | None = None
) -> tuple[str, ...]:
    """Return the questions that a question consists of, two or three; itself if it is but one.

    What the model writes is taken only if its lines say together what the question says.
    """
    lang = script(question)
    joined = bool(_JOINS[lang].search(question))
    several = joined or _CLAUSES.search(question)
    if not several or needs_full_answer(question) or len(question) > _LONGEST:
        return (question,)
    prompt = example_messages(SPLIT[lang], SPLIT_EXAMPLES[lang], collapsed(question))
    lines = complete(model, prompt, _TOKENS, cancel).splitlines()
    found = tuple(line.strip() for line in lines if line.strip())
    return found if _sound(question, found, joined) else (question,)


def _sound(question: str, found: tuple[str, ...], joined: bool) -> bool:
    """Tell whether these are questions that stand alone and say what the whole one says."""
    if not 2 <= len(set(found)) == len(found) <= _MOST:
        return False
    asked, *each = (features(PARTS_STOP_WORDS.sub(" ", text)) for text in (question, *found))
    if not joined and not set[str].intersection(*each):
        return False
    if any(len(words - asked) > _NEW or asked <= words for words in each):
        return False
    if any(
        script(part) != script(question) or lacks_subject(part) or compares(part) for part in found
    ):
        return False
    told = {number.text for part in found for number in numbers(part)}
    if told != {number.text for number in numbers(question)}:
        return False
    least = _KEPT_COMPARED if compares(question) else _KEPT
    return len(asked & set[str]().union(*each)) >= least * len(asked)
