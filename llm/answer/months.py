"""Whether a sentence or a source speaks of another month than the question."""

from __future__ import annotations

import re

from ingest.text import letters, months, own_dates, sentences

_HEAD = re.compile(r"\[\d+\] \((.*)\)\n")  # of a passage as prompts have it


def of_another_month(sentence: str, question: str) -> bool:
    """Tell whether a question is about a month, and a sentence only about others.

    Not so where the question's lies between two of the sentence's, which may tell of the time
    between them.
    """
    if not (asked := months(question)):  # as of most questions
        return False
    told = months(sentence)
    if not told or asked & told:
        return False
    return not any(min(told) < month < max(told) for month in asked)


def dated_in(source: str, question: str) -> bool:
    """Tell whether a source is of the question's month, by its title, heading or own date.

    The minutes of a meeting in March tell of what is to be done in June.
    """
    head = _HEAD.match(source)
    own = "\n".join([head[1] if head else "", *own_dates(source)])
    return bool(months(own) & months(question))


def told_of_another_month(said: str, source: str, question: str) -> bool:
    """Tell whether all the sentences of a source that have these words are about other months.

    Not so where the source is itself of the question's month.
    """
    if not months(question) or dated_in(source, question):
        return False
    bare = letters(said)
    holding = [span.text for span in sentences(source) if bare in letters(span.text)]
    return bool(bare and holding) and all(of_another_month(s, question) for s in holding)
