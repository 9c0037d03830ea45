"""What the last sync of a folder did, in words."""

from __future__ import annotations

from datetime import datetime

from app.library import FolderRow
from app.pages.documents.states import job_state
from app.texts import Words
from retrieval.library import Sync


def last_sync(row: FolderRow, words: Words) -> str:
    """Return what is being done with a folder, or what its last sync did, as Markdown."""
    if row.job is not None:
        return job_state(row.job, words)
    if not row.confirmed:
        return words("folder_restored")
    if row.sync is None:
        return words("sync_never")
    when = datetime.fromisoformat(row.sync.at).astimezone().strftime("%Y-%m-%d %H:%M")
    if row.sync.problem:
        return words("sync_failed", when=when)
    return words("sync_last", when=when, what=_what(row.sync, words))


def _what(sync: Sync, words: Words) -> str:
    counts = {"added": sync.added, "updated": sync.updated, "removed": sync.removed}
    parts = [words(f"sync_{name}", n=n) for name, n in counts.items() if n]
    if sync.failed:
        parts.append(words("count_trouble", n=sync.failed))
    return words("comma").join(parts) or words("sync_same")
