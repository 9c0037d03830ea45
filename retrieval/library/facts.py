"""What is told of one document beside its record: how much was recognised, and its twins."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.ledger import Ledger

_CHARACTERS = """
SELECT coalesce(sum(length(c.text)), 0),
       coalesce(sum(CASE WHEN c.confidence IS NULL THEN 0 ELSE length(c.text) END), 0)
FROM chunks c JOIN documents d ON d.version=c.version WHERE d.id=?
"""
_TWINS = """
SELECT d.id FROM documents d JOIN versions v ON v.id=d.version
WHERE v.sha256=(SELECT o.sha256 FROM versions o JOIN documents m ON m.version=o.id WHERE m.id=?1)
  AND d.id<>?1 AND d.id NOT IN (SELECT document FROM trash)
ORDER BY d.path, d.id LIMIT ?2
"""
_PARTS = "SELECT count(*) FROM parts p JOIN documents d ON d.version=p.version WHERE d.id=?"
_OFF = (
    "SELECT count(*) FROM documents d JOIN chunks c ON c.version=d.version AND c.is_off=1"
    " WHERE d.id=?"
)
_MOST_TWINS = 20


@dataclass(frozen=True)
class DocumentFacts:
    """What is told of a document's visible version.

    `recognised` is the share, 0 to 1, of its characters that were recognised in pictures. `twins`
    are the ids of other documents of the same bytes, 20 at most. `parts` are how many pages, slides
    or sheets were read, 1 for a document without. `off` are how many passages are switched off.
    """

    recognised: float
    twins: tuple[str, ...]
    parts: int
    off: int = 0


def document_facts(ledger: Ledger, document: str) -> DocumentFacts:
    """Return what is told of a document; of one that is not there, nothing is."""
    with ledger.read() as db:
        total, recognised = db.execute(_CHARACTERS, (document,)).fetchone()
        twins = db.execute(_TWINS, (document, _MOST_TWINS)).fetchall()
        parts = int(db.execute(_PARTS, (document,)).fetchone()[0])
        off = int(db.execute(_OFF, (document,)).fetchone()[0])
    share = recognised / total if total else 0.0
    return DocumentFacts(share, tuple(str(row[0]) for row in twins), parts, off)
