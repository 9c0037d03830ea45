"""What a question means after those before it: it stands alone, leans on them, or on the answer."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from langchain_core.language_models.chat_models import BaseChatModel

from ingest.text import HAN_BMP, REWRITE_STOP_WORDS, digit_runs, language, script
from llm.chat import one_line
from llm.prompts import rewrite_messages
from llm.question.anaphora import lacks_subject, names_enough, only_names
from llm.question.correction import Correction, correction
from llm.question.small_talk import small_talk, written_in
from llm.question.wish import other_language, wish

_QUESTION = 160  # characters of an earlier question, _ANSWER of its answer: they name the subject
_ANSWER = 80
_LONGEST = 200
_TOKENS = 64
_MARK = re.compile(r"(?<!\s)\s*+\[\d+\]")
_NAME = re.compile(r"[A-Za-z]*\d[\w.,\-]*|(?<!^)\b[A-Z][\w\-]*", re.ASCII)
# What is a word of a question.
_NEW = re.compile(rf"[A-Za-z\d][\w\-]{{2,}}|[{HAN_BMP}]", re.ASCII)


@dataclass(frozen=True)
class Turn:
    """A question that was asked, as the person typed it, and what was answered.

    `chunk_ids` are those of the chunks that the answer cites.
    """

    question: str
    answer: str
    chunk_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class FollowUp:
    """What a question means after what was said.

    It stands "alone", is "written" out with what it leans on, asks "again" for the last answer in
    the form of a `wish` and from the same `chunk_ids`, or is a "correction": the last question is
    asked of other documents. `question` is what is to be answered. `wish` is said in words for a
    prompt; `lang` is the language of the answer where that is not the question's: zh, zh-Hant, en,
    de, fr, es, it, ja, ko, pt or ru.
    """

    kind: Literal["alone", "written", "again", "correction"]
    question: str
    wish: str = ""
    lang: str | None = None
    chunk_ids: tuple[str, ...] = ()
    correction: Correction | None = None


def follow_up(
    question: str,
    history: Sequence[Turn],
    model: BaseChatModel,
    cancel: threading.Event | None = None,
) -> FollowUp:
    """Return what a question means after `history`, oldest turn first.

    The model is called only to write out one that leans on what was said.
    """
    asked = questions_of(history)
    if not asked:
        return FollowUp("alone", question)
    wished, meant = wish(question), correction(question)
    if meant or wished:
        before = next(turn for turn in reversed(history) if not small_talk(turn.question))
        said = before.answer or before.question
        lang = written_in(said) if language(said) == "zh" else "en"
        if meant:
            whole = _whole(asked)
            return FollowUp("correction", whole, "", lang, before.chunk_ids, meant)
        assert wished is not None  # noqa: S101  # one of the two is
        if "translate" in wished.names and wished.lang is None:
            wished = replace(wished, lang=other_language(said))
        lang = wished.lang or lang
        return FollowUp("again", _whole(asked), wished.said(lang), lang, before.chunk_ids)
    whole = standalone(question, asked, model, cancel)
    return FollowUp("alone" if whole == question else "written", whole)


def questions_of(history: Sequence[Turn]) -> list[Turn]:
    """Return the turns that asked something themselves, not for another form of an answer."""
    return [
        turn
        for turn in history
        if not (wish(turn.question) or correction(turn.question) or small_talk(turn.question))
    ]


def _whole(asked: Sequence[Turn]) -> str:
    """Return the last of some questions, behind the one that it leans on, if it does."""
    last = asked[-1].question
    return combined(last, asked[:-1]) if is_follow_up(last, asked[:-1]) else last


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

    The model rewrites it; if that is no such question, it stays as it is where it names enough
    itself, and is `combined` with the one before where it does not.
    """
    if not is_follow_up(question, history):
        return question
    vary = only_names(question)
    turns = [
        (turn.question[:_QUESTION], _MARK.sub("", turn.answer)[:_ANSWER])
        for turn in _spoken_of(history)[: 1 if vary else 2]
    ]
    prompt = rewrite_messages(turns, question, script(question), vary=vary)
    whole = one_line(model, prompt, _TOKENS, cancel)
    if _sane(whole, question, turns):
        return whole
    # Both questions together are both answered, of which one was not asked.
    return question if names_enough(question) else combined(question, history)


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
