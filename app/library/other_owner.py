"""Who owns the library, if it is another process."""

from __future__ import annotations

import logging
from collections.abc import Callable

from retrieval.errors import LibraryError
from retrieval.ledger import Ledger, OwnerLock

log = logging.getLogger(__name__)


def other_owner(ledger: Ledger, lock: OwnerLock, own: Callable[[], bool]) -> str | None:
    """Name the process that owns the library in place of this one, None if there is none."""
    try:
        if ledger.read_only or own():
            return None
    except LibraryError:  # damaged or held: the check of the ledger says so, and others go on
        log.debug("the library cannot be owned", exc_info=True)
        return None
    return f"process {lock.holder() or 'of another'}"
