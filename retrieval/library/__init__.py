"""Documents, their versions, sources and jobs, as the ledger holds them."""

from retrieval.library.backup import Contents, adopt, contents, holds_documents, snapshot
from retrieval.library.collections import LONGEST_DESCRIPTION, Collection, Collections
from retrieval.library.document_facts import DocumentFacts, document_facts
from retrieval.library.edition_names import plain_number
from retrieval.library.editions import fill_editions
from retrieval.library.integrity import (
    KeywordState,
    VectorState,
    damage,
    drop_vectors,
    keyword_state,
    vector_state,
)
from retrieval.library.jobs import INGEST, UPLOAD, Job, Jobs
from retrieval.library.library import Library
from retrieval.library.listing import Entry, entries
from retrieval.library.naming import numbered, shown
from retrieval.library.parts import StoredPart
from retrieval.library.records import UNDER_WAY, Record, Source, Sync
from retrieval.library.series import Standing, standings
from retrieval.library.shelves import Shelves
from retrieval.library.switches import WATCH, Switches
from retrieval.library.uploads import Uploads
from retrieval.library.versions import Version

__all__ = [
    "INGEST",
    "LONGEST_DESCRIPTION",
    "UNDER_WAY",
    "UPLOAD",
    "WATCH",
    "Collection",
    "Collections",
    "Contents",
    "DocumentFacts",
    "Entry",
    "Job",
    "Jobs",
    "KeywordState",
    "Library",
    "Record",
    "Shelves",
    "Source",
    "Standing",
    "StoredPart",
    "Switches",
    "Sync",
    "Uploads",
    "VectorState",
    "Version",
    "adopt",
    "contents",
    "damage",
    "document_facts",
    "drop_vectors",
    "entries",
    "fill_editions",
    "holds_documents",
    "keyword_state",
    "numbered",
    "plain_number",
    "shown",
    "snapshot",
    "standings",
    "vector_state",
]
