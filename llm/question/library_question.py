"""Questions about the library itself, Chinese and English: which documents, how many, what is new.

A question is one of these only if all of it has the form; in doubt it is asked of the documents.
"Which documents do I need to register?" asks for papers, 有哪些假期 for what a document says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ingest.text import MONTH, STOPS, WEEKDAYS, folded, script
from llm.question.library_forms import FORMS, titles_of
from llm.question.since import first_day

LibraryKind = Literal["all", "topic", "new", "count"]

_LONGEST = 160  # characters

_QUOTES = " \t“”\"'‘’「」『』《》"
# What was spoken of before; the question is first written out.
_REFERS = re.compile(
    r"(?:the )?(?:it|that|this|them|these|those|same)(?: (?:one|topic|subject|too|as well))?"
    r"|[它这那该此](?:们|个|些|种|份|件事|方面|一点|个问题|个主题)?"
)
# A day, not a topic: do we have anything on Friday?
_DAY = re.compile(
    rf"(?:next |this |last |the )*(?:{'|'.join(WEEKDAYS)}|today|tomorrow|weekend|week|month|{MONTH}"
    r"|\d+(?:st|nd|rd|th)?)(?:\b.*)?"
)


@dataclass(frozen=True)
class LibraryQuestion:
    """What is asked of the library: which documents, and what they must be.

    `kind` is "all", those about a `topic` (as it was typed), "new" `since` a day, or their "count".
    `titles` are words of which a title must have one, `collection` is the name that was typed.
    """

    kind: LibraryKind
    topic: str = ""
    since: date | None = None
    titles: tuple[str, ...] = ()
    collection: str | None = None


def library_question(question: str, today: date) -> LibraryQuestion | None:
    """Return what a question asks of the library; None for a question to its documents.

    `today` is the day from which "this week" and "since Monday" are counted.
    """
    asked = folded(question).strip(STOPS)
    if not asked or len(asked) > _LONGEST or "\n" in asked:
        return None
    for kind, form in FORMS[script(asked)]:
        if match := form.fullmatch(asked):
            found = _read(kind, match.groupdict(), today)  # type: ignore[arg-type]
            if found is not None:
                return found
    return None


def _read(kind: LibraryKind, said: dict[str, str | None], today: date) -> LibraryQuestion | None:
    """Return a question by what its parts say; None if one of them cannot be meant so."""
    topic = (said.get("topic") or "").strip(_QUOTES + STOPS)
    if kind == "topic" and (not topic or _REFERS.fullmatch(topic) or _DAY.fullmatch(topic)):
        return None
    since = None
    if kind == "new":
        since = first_day(said.get("time") or "", today)
        if since is None or since > today:
            return None
    name = said.get("c1") or said.get("c2")
    return LibraryQuestion(
        kind, topic, since, titles_of(said.get("kind")), name.strip(_QUOTES) if name else None
    )
