"""A follow-up question becomes one that is understood without what was said before."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.language_models.chat_models import BaseChatModel

from ingest.text import HAN_BMP, REWRITE_STOP_WORDS, digit_runs, script
from llm.chat import complete
from llm.prompts import rewrite_messages
from llm.question.anaphora import lacks_subject, only_names

_QUESTION = 160  # characters of an earlier question, _ANSWER of its answer: they name the subject
_ANSWER = 80
_LONGEST = 200
_TOKENS = 64
_MARK = re.compile(r"\s*\[\d+\]")
_NAME = re.compile(r"[A-Za-z]*\d[\w.,\-]*|(?<!^)\b[A-Z][\w\-]*", re.ASCII)
# What is a word of a question.
_NEW = re.compile(rf"[A-Za-z\d][\w\-]{{2,}}|[{HAN_BMP}]", re.ASCII)


@dataclass(frozen=True)
class Turn:
    """A question that was asked, as the person typed it, and what was answered."""

    question: str
    answer: str


def is_follow_up(question: str, history: Sequence[Turn]) -> bool:
    """Tell whether a question is understood only with what was said before it."""
    return bool(history) and lacks_subject(question)


def standalone(
    question: str,
    history: Sequence[Turn],
    model: BaseChatModel,
    cancel: threading.Event | None = None,
) -> str:
    """Return the question to search for and to answer; unchanged when it stands alone.

    The model rewrites it; if that is no such question, it is `combined` with the one before.
    """
    if not is_follow_up(question, history):
        return question
    vary = only_names(question)
    turns = [
        (turn.question[:_QUESTION], _MARK.sub("", turn.answer)[:_ANSWER])
        for turn in _spoken_of(history)[: 1 if vary else 2]
    ]
    prompt = rewrite_messages(turns, question, script(question), vary=vary)
    whole = complete(model, prompt, _TOKENS, cancel)
    return whole if _sane(whole, question, turns) else combined(question, history)


def combined(question: str, history: Sequence[Turn]) -> str:
    """Return the last question that stood alone, and behind it the new one."""
    subject = _spoken_of(history)[0].question[:_QUESTION].strip()
    between = "" if script(subject) == script(question) == "zh" else " "
    return f"{subject}{between}{question}"


def _spoken_of(history: Sequence[Turn]) -> list[Turn]:
    """Return the last turn, and before it the one that it leans on, if it does."""
    last = history[-1]
    if not lacks_subject(last.question):
        return [last]
    named = next(
        (turn for turn in reversed(history[:-1]) if not lacks_subject(turn.question)), None
    )
    return [named, last] if named else [last]


def _sane(written: str, question: str, turns: Sequence[tuple[str, str]]) -> bool:
    """Tell whether the model wrote a question that says what the new one says, and no more.

    The 1.5B model at times answers, repeats the earlier question, or drops what is new.
    """
    if "\n" in written or len(written) > _LONGEST or written[-1:] not in ("？", "?"):
        return False
    if script(written) != script(question) or lacks_subject(written):
        return False
    said = " ".join([question, *(text for turn in turns for text in turn)])
    if digit_runs(written) - digit_runs(said):
        return False
    have = written.casefold()
    if any(name.casefold() not in have for name in _NAME.findall(question)):
        return False
    # "carried" is also kept as "carry", and one word in two may be said in another way.
    new = [word.casefold()[:4] for word in _NEW.findall(REWRITE_STOP_WORDS.sub(" ", question))]
    kept = sum(word in have for word in new)
    return kept * 2 >= len(new) and have not in (q.casefold() for q, _ in turns)
