"""The vector index of the embedding model in use, made when it is first needed."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.ledger import Ledger, OwnerLock

if TYPE_CHECKING:
    from retrieval.index import VectorIndex


class IndexInUse:
    """Holds one index; for another embedding model it lets go of the one before."""

    def __init__(self, ledger: Ledger, folder: Path, owner: OwnerLock) -> None:
        self._ledger = ledger
        self._folder = folder
        self._owner = owner
        self._making = threading.Lock()
        self._made: tuple[str, VectorIndex] | None = None

    def of(self, fingerprint: str) -> VectorIndex:
        """Return the index of the embedding model with this fingerprint."""
        from retrieval.index import VectorIndex

        with self._making:  # `cached_property` would let two threads make one each
            if self._made is not None and self._made[0] == fingerprint:
                return self._made[1]
            self.close()
            index = VectorIndex(self._ledger, self._folder, fingerprint, self._owner)
            self._made = (fingerprint, index)
            return index

    def close(self) -> None:
        """Let go of Chroma; what needs the index opens it again."""
        if self._made is not None:
            self._made[1].close()
