"""Office files from before 2007 (DOC, PPT), rich text (RTF), and files behind a password."""

from ingest.old_office.read_doc import read as read_doc

__all__ = ["read_doc"]
