"""The checks of `kb doctor` that need an open library; each gives a verdict and a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from app.library.blob_check import is_sound
from retrieval.keywords import empty_keywords, fill_keywords
from retrieval.ledger import Ledger, VectorTable, schema
from retrieval.library import (
    KeywordState,
    Library,
    Record,
    VectorState,
    damage,
    drop_vectors,
    keyword_state,
    vector_state,
)

Verdict = tuple[bool, str]
_NAMED = 5  # documents that a message names
EXACT = "the ledger's vectors are searched"


def check_ledger(ledger: Ledger) -> Verdict:
    """Look at every page of the ledger and every reference in it."""
    with ledger.read() as db:
        found, number = damage(db), schema(db)
    size = ledger.path.stat().st_size / 1e6
    if found:
        return False, f"damaged ({found[0]}); stop Zhiku and restore a backup"
    closed = ", read-only" if ledger.read_only else ""
    return True, f"sound, schema {number}, {size:.1f} MB{closed}"


def check_documents(records: Sequence[Record], fingerprint: str | None) -> Verdict:
    """Count the documents; one that could not be read is no defect of the library."""
    waiting = sum(1 for r in records if r.status not in ("ready", "failed"))
    failed = [r for r in records if r.reason]
    outdated = sum(1 for r in records if fingerprint and r.fingerprint not in (None, fingerprint))
    words = [f"{len(records)} documents"]
    words += [f"{waiting} waiting"] if waiting else []
    names = [f"{r.path!r} ({r.reason})" for r in failed]
    words += [f"{len(failed)} could not be read: {_named(names)}"] if failed else []
    words += [f"{outdated} of another embedding model: run `kb ingest`"] if outdated else []
    return True, "; ".join(words)


def check_vectors(
    ledger: Ledger,
    blobs: Path,
    read_again: Callable[[Record], Exception | None],
    *,
    repair: bool,
    owner: str | None,
) -> Verdict:
    """Compare vectors with chunks; a document that lacks some is read again from its bytes.

    `owner` names another process that owns the library: it alone may read documents again.
    """
    library = Library(ledger)
    before = state = vector_state(ledger)
    if repair:
        if owner is None:
            drop_vectors(ledger, state.damaged)
            _read_again(library, blobs, read_again, list(vector_state(ledger).missing))
        VectorTable(ledger).sweep()
        state = vector_state(ledger)
    well = not (state.missing or state.damaged or (state.orphans and not state.busy))
    words = _described(library, state)
    if before != state:
        words.append(f"before the repair {', '.join(_described(library, before))}")
    if not well and owner is not None:
        words.append(f"stop {owner}, which owns the library, and run `kb doctor --repair`")
    elif not well:
        words.append("ingest the file again" if repair else "`kb doctor --repair` makes it right")
    return well, "; ".join(words)


def _read_again(
    library: Library,
    blobs: Path,
    read_again: Callable[[Record], Exception | None],
    documents: Sequence[str],
) -> None:
    for document in documents:
        record = library.get(document)
        sha256 = record and (record.staged or record.sha256)
        # From damaged bytes something else would be read, and shown as if it were the document.
        if record is not None and sha256 and is_sound(blobs, sha256):
            read_again(record)


def check_keywords(ledger: Ledger, *, repair: bool, owner: str | None) -> Verdict:
    """Compare the keyword index with the chunks; what is wrong with it is mended by a new one."""
    before = state = keyword_state(ledger)
    if repair and owner is None and before != KeywordState():
        if not before.well:
            with ledger.write() as db:
                empty_keywords(db)
        fill_keywords(ledger)
        state = keyword_state(ledger)
    words = _keyword_words(state)
    if before != state:
        words.append(f"before the repair {', '.join(_keyword_words(before))}")
    if not state.well and owner is not None:
        words.append(f"stop {owner}, which owns the library, and run `kb doctor --repair`")
    elif not state.well:
        words.append(
            "filling it again did not help" if repair else "`kb doctor --repair` fills it again"
        )
    return state.well, "; ".join(words)


def check_index(
    state: str,
    problem: Callable[[], str | None],
    rebuild: Callable[[], None],
    *,
    repair: bool,
    owner: str | None,
) -> Verdict:
    """Have the vector index searched for what must be in it; `state` is what the ledger notes."""
    if owner is not None:
        return True, f"not looked at: {owner} has it open and keeps it in step"
    if state == "none" and not repair:
        return True, f"not built: {EXACT} until the web app or the next `kb ingest` builds it"
    found = problem()
    if found is None:
        return True, "finds what the ledger has"
    if not repair:
        return False, f"{found}: {EXACT} until `kb doctor --repair` builds it again"
    rebuild()
    left = problem()
    if left is None:
        return True, f"built again ({found})"
    return False, f"{left}; building it again did not help, so {EXACT}"


def _described(library: Library, state: VectorState) -> list[str]:
    words = []
    if state.missing:
        records = [r for r in map(library.get, state.missing) if r is not None]
        count = sum(state.missing.values())
        words.append(
            f"{count} passages have no vector: {_named(sorted(repr(r.path) for r in records))}"
        )
    if state.damaged:
        words.append(f"{len(state.damaged)} vectors are damaged")
    if state.orphans:
        busy = " while documents are being read" if state.busy else ""
        words.append(f"{state.orphans} vectors of no passage{busy}")
    return words or ["every passage has its vector"]


def _keyword_words(state: KeywordState) -> list[str]:
    words = ["the index is malformed"] if state.malformed else []
    words += [f"the words of {state.missing} passages are missing"] if state.missing else []
    words += [f"words of {state.stray} passages that are gone"] if state.stray else []
    if state.waiting:
        words.append(f"{state.waiting} passages wait for the web app or the next `kb ingest`")
    return words or ["the words of every passage are there"]


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (
        f" and {len(names) - _NAMED} more" if names[_NAMED:] else ""
    )
