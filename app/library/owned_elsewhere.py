"""Which other process owns a library, as its checks tell."""

from __future__ import annotations

import logging
from collections.abc import Callable

from retrieval.errors import LibraryError
from retrieval.ledger import Ledger, OwnerLock

log = logging.getLogger(__name__)


def other_owner(ledger: Ledger, owner: OwnerLock, own: Callable[[], bool]) -> str | None:
    """Name the process that owns a library in place of this one, None if there is none.

    `own` tries to become the owner and tells whether this process is it.
    """
    try:
        if ledger.read_only or own():
            return None
    except LibraryError:  # damaged or held: the check of the ledger says so, and others go on
        log.debug("the library cannot be owned", exc_info=True)
        return None
    return f"process {owner.holder() or 'of another'}"
