"""Protections taken out of the process that calls this, to see that the suite notices."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import retrieval.index.build
import retrieval.index.vector_index
from retrieval.index import VectorIndex
from retrieval.ledger import Ledger


def take_out(protection: str) -> None:
    """Take out the ledger's `transaction`, or every `canary` that an index is examined with."""
    if protection == "transaction":
        Ledger.write = _autocommit  # type: ignore[method-assign]
    elif protection == "canary":
        VectorIndex._fault = _well  # type: ignore[method-assign]
        for module in (retrieval.index.vector_index, retrieval.index.build):
            module.missed = _well  # type: ignore[attr-defined]
    else:
        raise ValueError(protection)


@contextmanager
def _autocommit(self: Ledger, *, lasting: bool = True) -> Iterator[sqlite3.Connection]:
    with self._lock:
        outer, self._mine.db = getattr(self._mine, "db", None), self._writer
        try:
            yield self._writer
        finally:
            self._mine.db = outer


def _well(*_: object, **__: object) -> None:
    """Find nothing wrong."""
