"""Documents, their versions, sources and jobs, as the ledger holds them.

Each file is loaded when a name of it is first used: `kb list` needs few of them.
"""

from typing import TYPE_CHECKING

from retrieval.late_names import late_names

if TYPE_CHECKING:
    from retrieval.library.backup import Contents, adopt, contents, holds_documents, snapshot
    from retrieval.library.collections import LONGEST_DESCRIPTION, Collection, Collections
    from retrieval.library.edition_names import plain_number
    from retrieval.library.editions import fill_editions
    from retrieval.library.facts import DocumentFacts, document_facts
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

_FILES = {
    "Contents": "backup",
    "adopt": "backup",
    "contents": "backup",
    "holds_documents": "backup",
    "snapshot": "backup",
    "Collection": "collections",
    "Collections": "collections",
    "LONGEST_DESCRIPTION": "collections",
    "plain_number": "edition_names",
    "fill_editions": "editions",
    "DocumentFacts": "facts",
    "document_facts": "facts",
    "KeywordState": "integrity",
    "VectorState": "integrity",
    "damage": "integrity",
    "drop_vectors": "integrity",
    "keyword_state": "integrity",
    "vector_state": "integrity",
    "INGEST": "jobs",
    "Job": "jobs",
    "Jobs": "jobs",
    "UPLOAD": "jobs",
    "Library": "library",
    "Entry": "listing",
    "entries": "listing",
    "numbered": "naming",
    "shown": "naming",
    "StoredPart": "parts",
    "Record": "records",
    "Source": "records",
    "Sync": "records",
    "UNDER_WAY": "records",
    "Standing": "series",
    "standings": "series",
    "Shelves": "shelves",
    "Switches": "switches",
    "WATCH": "switches",
    "Uploads": "uploads",
    "Version": "versions",
}

if not TYPE_CHECKING:
    __getattr__ = late_names(__name__, _FILES)
