"""What is said of the files that came, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.texts import Words
from app.web import Batch, IntakeOutcome, label

_TOLD = 5  # lines of a kind
_NAMED = 3  # files that are named in one line; a folder may hold hundreds that are not read
_GOOD, _BAD, _NOTE = ":material/check_circle:", ":material/error:", ":material/info:"


class Told(NamedTuple):
    """A line of Markdown, and the id of a document that it speaks of, "" if of none."""

    text: str
    document: str = ""


def lines(batch: Batch, words: Words) -> list[Told]:
    """Return what became of a batch: first what went in, then the others."""
    plain = [*_summary(batch, words), *_refused(batch, words)]
    return [*map(Told, plain), *_notes(batch, words)]


def _summary(batch: Batch, words: Words) -> Iterator[str]:
    not_added = sum(one.kind == "refused" for one in batch.told) + len(batch.lost) + batch.unsent
    if batch.added and not_added:
        some = words("drop_some", n=batch.added, others=not_added)
        yield f"{_GOOD} {some}"
    elif batch.added:
        yield f"{_GOOD} {words('drop_added', n=batch.added)}"
    if batch.unsent:
        yield f"{_NOTE} {words('drop_stopped', n=batch.unsent)}"
    if batch.lost:
        names = _names(batch.lost, words)
        yield f"{_BAD} {words('drop_lost', n=len(batch.lost), names=names)}"


def _refused(batch: Batch, words: Words) -> Iterator[str]:
    """Yield a line for each reason; what a folder holds beside what is read is no error."""
    refused: dict[str, list[str]] = {}
    for one in batch.told:
        if one.kind == "refused" and not _is_beside(one):
            refused.setdefault(one.more, []).append(one.path)
    for reason, paths in refused.items():
        why = words(f"reason_{reason}")
        yield f"{_BAD} {words('refused', name=_names(paths, words), reason=why)}"


def _notes(batch: Batch, words: Words) -> Iterator[Told]:
    for kind in ("renamed", "waiting", "same"):
        some = [one for one in batch.told if one.kind == kind]
        if kind != "renamed" and len(some) > _TOLD:
            yield Told(f"{_NOTE} {words(f'drop_all_{kind}', n=len(some))}")
            continue
        for one in some[:_TOLD]:
            yield Told(f"{_NOTE} {_line(one, words)}", one.document)
        if len(some) > _TOLD:
            yield Told(f"{_NOTE} {words('upload_more', n=len(some) - _TOLD)}")
    if beside := [one.path for one in batch.told if _is_beside(one)]:
        left = words("upload_left_out", n=len(beside), names=_names(beside, words))
        yield Told(f"{_NOTE} {left}")
    if batch.hidden:
        yield Told(f"{_NOTE} {words('drop_hidden', n=batch.hidden)}")
    if batch.empty:
        names = _names(batch.empty, words)
        yield Told(f"{_NOTE} {words('drop_empty', n=len(batch.empty), names=names)}")


def _names(paths: Sequence[str], words: Words) -> str:
    """Return the first names of files, and how many more there are."""
    names = label(", ".join(paths[:_NAMED]))
    return names + (words("and_more", n=len(paths) - _NAMED) if len(paths) > _NAMED else "")


def _is_beside(one: IntakeOutcome) -> bool:
    return one.kind == "refused" and one.more == "unsupported" and "/" in one.path


def _line(one: IntakeOutcome, words: Words) -> str:
    key = f"upload_{one.kind}"
    if one.kind in ("same", "waiting") and one.more != one.path:
        key += "_as"
    return words(key, name=label(one.path), path=label(one.more))
