"""A file becomes text with its structure, each kind by a reader of its own."""

from ingest.readers.inner import write_inner
from ingest.readers.kinds import (
    HEAD_BYTES,
    KINDS,
    READERS,
    has_suffix,
    is_supported,
    kind_of,
)
from ingest.readers.read import read, read_bytes
from ingest.readers.signatures import begins_as_known
from ingest.readers.unpack import UnpackedFile, unpack

__all__ = [
    "HEAD_BYTES",
    "KINDS",
    "READERS",
    "UnpackedFile",
    "begins_as_known",
    "has_suffix",
    "is_supported",
    "kind_of",
    "read",
    "read_bytes",
    "unpack",
    "write_inner",
]
