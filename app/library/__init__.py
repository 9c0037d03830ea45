"""What puts documents in and looks after them: mirror, jobs, doctor, backup.

Each file is loaded when a name of it is first used: `kb list` needs few of them.
"""

from typing import TYPE_CHECKING

from retrieval.late_names import late_names

if TYPE_CHECKING:
    from app.library.applying import apply_settings
    from app.library.archive import ArchiveReport
    from app.library.child_variables import child_environment
    from app.library.collection_names import DEFAULT_COLLECTION, LONGEST_NAME, is_name
    from app.library.collection_store import CollectionStore
    from app.library.doctor import Check, Parts, Report, examine, examine_closed
    from app.library.document_pipeline import Cancelled, Stopped
    from app.library.document_table import (
        SORTS,
        STATES,
        State,
        TablePage,
        TableView,
        kind_of,
        state_of,
    )
    from app.library.evidence import Evidence, Standing
    from app.library.file_modes import close_to_others, require_ledger
    from app.library.folders import FolderRow, Folders
    from app.library.inspector import PASSAGES, Inspected, Inspector, PassageList, TextPage
    from app.library.job_runner import problem_of
    from app.library.kept_files import drop_files
    from app.library.library_overview import as_row, as_shown, overview
    from app.library.mirror import IngestProgress
    from app.library.owned_elsewhere import other_owner
    from app.library.restoring import restore
    from app.library.retrying import order_of, require_owner, retry
    from app.library.sample_folder import samples
    from app.library.shelf import Shelf, StoredFile, Thrown
    from app.library.understood import with_blocks
    from app.library.watching import Watching, left_to_worker, sources_of
    from app.library.write_backup import backup
    from app.library.writer import LibraryWriter
    from app.library.zip_file import packed_name, zipped

__all__ = [
    "DEFAULT_COLLECTION",
    "LONGEST_NAME",
    "PASSAGES",
    "SORTS",
    "STATES",
    "ArchiveReport",
    "Cancelled",
    "Check",
    "CollectionStore",
    "Evidence",
    "FolderRow",
    "Folders",
    "IngestProgress",
    "Inspected",
    "Inspector",
    "LibraryWriter",
    "Parts",
    "PassageList",
    "Report",
    "Shelf",
    "Standing",
    "State",
    "Stopped",
    "StoredFile",
    "TablePage",
    "TableView",
    "TextPage",
    "Thrown",
    "Watching",
    "apply_settings",
    "as_row",
    "as_shown",
    "backup",
    "child_environment",
    "close_to_others",
    "drop_files",
    "examine",
    "examine_closed",
    "is_name",
    "kind_of",
    "left_to_worker",
    "order_of",
    "other_owner",
    "overview",
    "packed_name",
    "problem_of",
    "require_ledger",
    "require_owner",
    "restore",
    "retry",
    "samples",
    "sources_of",
    "state_of",
    "with_blocks",
    "zipped",
]

_FILES = {
    "apply_settings": "applying",
    "ArchiveReport": "archive",
    "child_environment": "child_variables",
    "DEFAULT_COLLECTION": "collection_names",
    "LONGEST_NAME": "collection_names",
    "is_name": "collection_names",
    "CollectionStore": "collection_store",
    "Check": "doctor",
    "Parts": "doctor",
    "Report": "doctor",
    "examine": "doctor",
    "examine_closed": "doctor",
    "Cancelled": "document_pipeline",
    "Stopped": "document_pipeline",
    "SORTS": "document_table",
    "STATES": "document_table",
    "State": "document_table",
    "TablePage": "document_table",
    "TableView": "document_table",
    "kind_of": "document_table",
    "state_of": "document_table",
    "Evidence": "evidence",
    "Standing": "evidence",
    "close_to_others": "file_modes",
    "require_ledger": "file_modes",
    "FolderRow": "folders",
    "Folders": "folders",
    "Inspected": "inspector",
    "Inspector": "inspector",
    "PASSAGES": "inspector",
    "PassageList": "inspector",
    "TextPage": "inspector",
    "problem_of": "job_runner",
    "drop_files": "kept_files",
    "IngestProgress": "mirror",
    "other_owner": "owned_elsewhere",
    "as_row": "library_overview",
    "as_shown": "library_overview",
    "overview": "library_overview",
    "restore": "restoring",
    "order_of": "retrying",
    "require_owner": "retrying",
    "retry": "retrying",
    "samples": "sample_folder",
    "Shelf": "shelf",
    "StoredFile": "shelf",
    "Thrown": "shelf",
    "with_blocks": "understood",
    "Watching": "watching",
    "left_to_worker": "watching",
    "sources_of": "watching",
    "backup": "write_backup",
    "LibraryWriter": "writer",
    "packed_name": "zip_file",
    "zipped": "zip_file",
}

if not TYPE_CHECKING:
    __getattr__ = late_names(__name__, _FILES)
