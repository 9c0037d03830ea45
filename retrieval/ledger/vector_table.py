"""The vectors in the ledger, by text and by the model that made them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from retrieval.ledger.ledger import Ledger

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# numpy is imported where a vector is touched: `kb list` and `kb status` touch none (0.06 s).
Vector: TypeAlias = "NDArray[np.float32]"
_STEP = 500  # variables in one statement; SQLite allows 32,766, small ones keep plans cached


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text as it is embedded, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def steps(items: Sequence[str], step: int = _STEP) -> Iterable[Sequence[str]]:
    """Cut a sequence into runs of at most `step`."""
    return (items[i : i + step] for i in range(0, len(items), step))


class VectorTable:
    """Unit-length float32 vectors, each stored with the fingerprint of its model."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def missing(self, hashes: Iterable[str], fingerprint: str) -> list[str]:
        """Return those of the text hashes that have no vector of this model, each once."""
        wanted = list(dict.fromkeys(hashes))
        have: set[str] = set()
        with self._ledger.read() as db:
            for part in steps(wanted):
                marks = ",".join("?" * len(part))
                have.update(
                    row[0]
                    for row in db.execute(
                        "SELECT embedded FROM vectors"  # noqa: S608
                        f" WHERE fingerprint=? AND embedded IN ({marks})",
                        (fingerprint, *part),
                    )
                )
        return [h for h in wanted if h not in have]

    def put(self, vectors: Mapping[str, Vector], fingerprint: str) -> None:
        """Store vectors by text hash; one that is there already is kept.

        They outlast a power cut with the document that is published next.
        """
        import numpy as np

        with self._ledger.write(lasting=False) as db:
            db.executemany(
                "INSERT OR IGNORE INTO vectors (embedded, fingerprint, vector) VALUES (?, ?, ?)",
                [(h, fingerprint, np.asarray(v, "<f4").tobytes()) for h, v in vectors.items()],
            )

    def of_chunks(self, chunks: Sequence[str], fingerprint: str) -> dict[str, Vector]:
        """Return the vector of each chunk id that is in the ledger with one of this model."""
        import numpy as np

        found: dict[str, Vector] = {}
        with self._ledger.read() as db:
            for part in steps(chunks):
                marks = ",".join("?" * len(part))
                for row in db.execute(
                    "SELECT c.id, v.vector FROM chunks c JOIN vectors v"  # noqa: S608
                    f" ON v.embedded=c.embedded AND v.fingerprint=? WHERE c.id IN ({marks})",
                    (fingerprint, *part),
                ):
                    found[row[0]] = np.frombuffer(row[1], "<f4")
        return found

    def sweep(self) -> int:
        """Delete the vectors of texts and models that no document has any more; return how many.

        None are deleted while a document is being embedded, perhaps by another process: its
        vectors come before its chunks.
        """
        with self._ledger.write() as db:
            return db.execute(
                "DELETE FROM vectors WHERE (embedded NOT IN (SELECT embedded FROM chunks)"
                " OR fingerprint NOT IN (SELECT fingerprint FROM versions))"
                " AND NOT EXISTS (SELECT 1 FROM documents WHERE status IN ('reading', 'embedding'))"
            ).rowcount
