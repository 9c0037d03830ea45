"""A conversation as a Markdown file, with its sources."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.control_characters import line, lines
from app.conversations import AnswerProgress, KeptExchange
from app.pages.parts.places import place
from app.texts import Words
from llm.answer import Citation, ClosestPassage

_PUNCTUATION = re.compile(r"([\\`*_{}\[\]<>#|~])")
# Of an answer lists, tables and emphasis stay; a picture would tell a stranger that it is read.
_LIVE = re.compile(r"(\\*)(<)|(?<=!)()(\[)|(?<=\])()([(:])")
# Addresses are links on many systems without any mark; with a backslash before these they are not.
_ADDRESS = re.compile(r"\\*:?//[^\s<>]+|www\.[^\s<>]+|[\w.+-]+@[\w.-]+", re.IGNORECASE)
_JOINT = re.compile(r"(\\*)([:.@])")
_UNFIT = re.compile(r'[\x00-\x1f\\/:*?"<>|]+')
_LONGEST_NAME = 80  # characters


def file_name(title: str) -> str:
    """Return a name for the file that every system takes."""
    plain = _UNFIT.sub("_", line(title)).strip(" ._")[:_LONGEST_NAME]
    return f"{plain or 'chat'}.md"


def as_markdown(title: str, exchanges: Sequence[KeptExchange], words: Words) -> str:
    """Return questions, answers and their sources, in which nothing is a link or a picture."""
    parts = [f"# {_escaped(title)}"]
    for exchange in exchanges:
        parts.append("## " + _escaped(" ".join(exchange.question.split())))
        parts += _answer(exchange.look(), words)
    return "\n\n".join(parts) + "\n"


def _answer(progress: AnswerProgress, words: Words) -> list[str]:
    result = progress.result
    if result is None:
        cut, stopped = progress.interrupted, progress.stopped
        key = "interrupted" if cut else "stopped" if stopped else "export_failed"
        return [f"*{words(key)}*"]
    parts = [_plain(_LIVE.sub(_behind_backslash, lines(result.answer)))]
    if progress.stopped:
        parts.append(f"*{words('stopped')}*")
    elif result.outcome == "unsure":
        parts.append(f"*{words('export_unsure')}*")
    for name, some in (("sources", result.citations), ("closest", result.closest)):
        if some:
            parts.append(f"**{words(f'export_{name}')}**")
            parts += [_source(source, progress, words) for source in some]
    return parts


def _source(source: Citation | ClosestPassage, progress: AnswerProgress, words: Words) -> str:
    unit, sure = source.unit, source.confidence
    where = place(source.path, source.page, source.heading, words, unit=unit, confidence=sure)
    number = f"\\[{source.n}\\] " if isinstance(source, Citation) else ""
    text = source.quote if isinstance(source, Citation) else source.text
    state = progress.state(source)
    if state == "removed":
        return f"{number}{_escaped(where)}\n\n*{words('export_removed')}*"
    quote = "\n".join(f"> {_escaped(row)}" for row in text.splitlines())
    note = f"\n\n*{words('export_changed')}*" if state == "changed" else ""
    return f"{number}{_escaped(where)}\n\n{quote}{note}"


def _escaped(text: str) -> str:
    """Return text of a document or a person that Markdown shows as it stands."""
    return _plain(_PUNCTUATION.sub(r"\\\1", lines(text)))


def _plain(text: str) -> str:
    """Return Markdown in which no address of a page or a person is a link by itself."""
    return _ADDRESS.sub(lambda found: _JOINT.sub(_behind_backslash, found[0]), text)


def _behind_backslash(found: re.Match[str]) -> str:
    """Return a sign behind a backslash that counts: one behind another would only show it."""
    *_, before, sign = (group for group in found.groups() if group is not None)
    return found[0] if len(before) % 2 else f"{before}\\{sign}"
