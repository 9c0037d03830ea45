"""What puts documents in and looks after them: mirror, jobs, doctor, backup."""

from app.library.apply_settings import apply_settings
from app.library.archive import ArchiveReport
from app.library.backup import backup
from app.library.child_environment import child_environment
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
from app.library.mirror import IngestProgress
from app.library.other_owner import other_owner
from app.library.overview import as_row, as_shown, overview
from app.library.restore import restore
from app.library.retry import order_of, require_owner, retry
from app.library.samples import samples
from app.library.shelf import Shelf, StoredFile, Thrown
from app.library.understood import with_blocks
from app.library.watching import Watching, left_to_worker, sources_of
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
