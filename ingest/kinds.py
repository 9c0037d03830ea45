"""Which kinds of file are read, by the suffix of the name."""

from pathlib import PurePosixPath

KINDS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    ".log": "text",
    ".pdf": "pdf",
}

HEAD_BYTES = 4096  # of a file without a suffix, that are looked at
# What no text has, in any encoding but UTF-16 and UTF-32.
_BINARY = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")


def kind_of(name: str) -> str | None:
    """`markdown`, `text`, `pdf`, or None for a kind that is not read.

    A name without a suffix may be that of a text.
    """
    if not has_suffix(name):
        return "text"
    return KINDS.get(_suffix(name))


def has_suffix(name: str) -> bool:
    """Whether a name says what kind of file it is of, also one that is hidden (".md")."""
    return bool(_suffix(name)) or PurePosixPath(name).name.startswith(".")


def begins_as_text(data: bytes) -> bool:
    """Whether a file whose name has no suffix begins like text; programs and pictures do not."""
    head = data[:HEAD_BYTES]
    return bool(head) and not head.startswith(b"%PDF-") and _BINARY.isdisjoint(head)


def is_supported(name: str) -> bool:
    """Whether files of this name's kind are read."""
    return kind_of(name) is not None


def _suffix(name: str) -> str:
    # Dots and spaces at the end are slips of who named it; Windows drops them, too.
    return PurePosixPath(name.rstrip(" .")).suffix.lower()
