"""The ledger: one SQLite file that is the truth, its schema, its lock, its errors."""

from retrieval.ledger.disk import SPARE, disk_full, no_space, require_room
from retrieval.ledger.failures import Failures
from retrieval.ledger.filters import EVERYTHING, LANGUAGES, Filter, allowed
from retrieval.ledger.kept import Kept
from retrieval.ledger.ledger import Ledger
from retrieval.ledger.owner import OwnerLock
from retrieval.ledger.schema import foreign, migrate, newest_schema, schema
from retrieval.ledger.vector_table import Vector, VectorTable, steps, text_hash

__all__ = [
    "EVERYTHING",
    "LANGUAGES",
    "SPARE",
    "Failures",
    "Filter",
    "Kept",
    "Ledger",
    "OwnerLock",
    "Vector",
    "VectorTable",
    "allowed",
    "disk_full",
    "foreign",
    "migrate",
    "newest_schema",
    "no_space",
    "require_room",
    "schema",
    "steps",
    "text_hash",
]
