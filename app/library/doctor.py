"""Every layer of the library looked at, from the ledger up, and what can be rebuilt repaired."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from shutil import disk_usage

from app.errors import EXPECTED, one_line
from app.library.blob_check import check_blobs
from app.library.library_checks import (
    EXACT,
    Verdict,
    check_documents,
    check_index,
    check_keywords,
    check_ledger,
    check_vectors,
)
from app.library.machine_checks import check_access, check_disk, check_models, check_versions
from app.settings import Settings
from ingest.limits import Limits
from ingest.text import collapsed
from retrieval.ledger import Ledger
from retrieval.library import Library, Record

log = logging.getLogger(__name__)

Report = Callable[[str], None]  # told the name of each check when it begins


@dataclass(frozen=True)
class Check:
    """What was found in one layer, in one line; `ok` is how it is after a repair."""

    name: str
    ok: bool
    message: str


@dataclass(frozen=True)
class Parts:
    """An open library and what joins it to the rest.

    `fingerprint` is that of the embedding model, None if there is none. `owner` names another
    process that owns the library, None when it is this one. `read_again` reads a document from its
    stored bytes and returns what went wrong.
    """

    ledger: Ledger
    limits: Limits
    fingerprint: str | None
    owner: str | None
    read_again: Callable[[Record], Exception | None]
    index_problem: Callable[[], str | None]
    rebuild_index: Callable[[], None]


def examine(
    settings: Settings, parts: Parts, *, repair: bool = False, report: Report = lambda _: None
) -> list[Check]:
    """Check every layer, and with `repair` mend what can be rebuilt from a sound ledger.

    A check that fails itself is one that is not ok, and the others go on.
    """
    library = Library(parts.ledger)
    checks = [_check("ledger", lambda: check_ledger(parts.ledger), report)]
    mend = repair and checks[0].ok  # what would be written into a damaged file may be lost with it
    layers: list[tuple[str, Callable[[], Verdict]]] = [
        ("documents", lambda: check_documents(library.records(), parts.fingerprint)),
        ("blobs", lambda: check_blobs(library, settings.blobs_dir, parts.limits, repair=mend)),
        (
            "vectors",
            lambda: check_vectors(
                parts.ledger, settings.blobs_dir, parts.read_again, repair=mend, owner=parts.owner
            ),
        ),
        ("keywords", lambda: check_keywords(parts.ledger, repair=mend, owner=parts.owner)),
        (
            "index",
            lambda: (
                check_index(
                    library.index_state(parts.fingerprint),
                    parts.index_problem,
                    parts.rebuild_index,
                    repair=mend,
                    owner=parts.owner,
                )
                if not parts.ledger.read_only
                else (True, f"not looked at, as the library is read-only: {EXACT}")
            ),
        ),
    ]
    checks += [_check(name, look, report) for name, look in layers]
    return checks + _machine(settings, report)


def examine_closed(
    settings: Settings, error: Exception, report: Report = lambda _: None
) -> list[Check]:
    """Check what can be checked when the ledger could not be opened, as `error` says."""
    closed = "not checked: the ledger cannot be opened"
    layers = ("documents", "blobs", "vectors", "keywords", "index")
    checks = [Check("ledger", False, one_line(error)), *(Check(n, False, closed) for n in layers)]
    return checks + _machine(settings, report)


def _machine(settings: Settings, report: Report) -> list[Check]:
    return [
        _check("models", lambda: check_models(settings), report),
        _check("access", lambda: check_access(settings), report),
        _check("disk", lambda: check_disk(settings, disk_usage(settings.data_dir).free), report),
        _check("versions", check_versions, report),
    ]


def _check(name: str, look: Callable[[], Verdict], report: Report) -> Check:
    report(name)
    try:
        ok, message = look()
    except EXPECTED as error:
        return Check(name, False, one_line(error))
    except Exception as error:  # whatever one layer does, the others are looked at
        log.debug("the check of %s failed", name, exc_info=True)
        return Check(name, False, f"it could not be checked ({one_line(error)})")
    return Check(name, ok, collapsed(message))
