"""What the table shows of one document, in words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.control_characters import line
from app.library import State, kind_of, state_of
from app.pages.documents.cells import day
from app.pages.documents.pace import left
from app.pages.documents.states import cause_of, entry_state, readers
from app.pages.documents.steps import ingest_step, progress_of
from app.pages.parts.collections import collection_name
from app.pages.parts.places import recognised, unit_key
from app.pages.parts.warnings import warning_line
from app.sizes import size
from app.texts import Words
from app.web import Shared
from retrieval.library import Entry, Job, shown

LOCKED = "encrypted"  # the reason of a document that has a password
_TOLD = 8  # warnings that are shown; the document's page has all


class RowWords:
    """Makes the rows of the table for one look at the library."""

    def __init__(
        self,
        shared: Shared,
        words: Words,
        jobs: Sequence[Job],
        collections: Sequence[str] | dict[str, int],
        *,
        link: bool,
    ) -> None:
        """`collections` are those that hold a document; `link` tells whether names are links."""
        self._words = words
        self._problem = shared.worker.problem
        self._readers = readers(jobs)
        self._step = ingest_step(jobs)
        self._working = any(not job.ended for job in jobs)
        self._many = len(collections) > 1
        self._link = link

    def row(self, entry: Entry, state: State) -> dict[str, Any]:
        """Return a row of documents_table.js."""
        words, job = self._words, self._readers.get(entry.document)
        step = progress_of(entry, job, self._step)
        done, total = step[1:] if step else (0, 0)
        text = entry_state(entry, job, step, self._problem, words, working=self._working)
        remaining = left(entry.document, step[0] if step else "", done, total)
        if remaining is not None:
            text = words("with_left", state=text, left=words("minutes_left", n=remaining))
        return {
            "id": entry.document,
            "name": line(shown(entry.path)),
            "small": self._small(entry),
            "kind": kind_of(entry.path),
            "size": "" if entry.bytes is None else size(entry.bytes),
            "pages": words(f"{unit_key(entry.unit)}s", n=entry.pages) if entry.pages else "",
            "added": day(entry.ingested_at),
            "place": collection_name(entry.collection, words),
            "source": self._source(entry),
            "state": state,
            "words": text,
            "detail": "" if job else self._detail(entry, text),
            "share": done / total if total else None,
            "acts": _acts(entry, job),
            "stopping": bool(job and job.cancel),
            "href": f"document?doc={entry.document}" if self._link else "",
        }

    def _small(self, entry: Entry) -> str:
        title = entry.title if entry.title and entry.title not in entry.path else ""
        return line(" · ".join(filter(None, (title, recognised(entry.confidence, self._words)))))

    def _source(self, entry: Entry) -> str:
        if entry.kind == "upload":
            return self._words("from_upload")
        return self._words("from_folder", name=line(Path(entry.root).name or entry.root))

    def _detail(self, entry: Entry, text: str) -> str:
        """Return what unfolds below a state: what went wrong, or was left out."""
        if entry.reason:
            return "\n".join(filter(None, (text, line(cause_of(entry, self._words)))))
        if state_of(entry) != "warned":
            return ""
        try:
            told = [warning_line(str(one), self._words) for one in json.loads(entry.warnings)]
        except (ValueError, TypeError):
            return ""
        more = [self._words("warnings_more", n=len(told) - _TOLD)] if len(told) > _TOLD else []
        return "\n".join([*told[:_TOLD], *more])


def _acts(entry: Entry, job: Job | None) -> list[str]:
    if job is not None:
        return ["stop"]
    if entry.reason == LOCKED:
        return ["password"]
    return ["again"] if entry.reason else []
