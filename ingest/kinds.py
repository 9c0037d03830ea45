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


def kind_of(name: str) -> str | None:
    """`markdown`, `text`, `pdf`, or None for a kind that is not read."""
    return KINDS.get(PurePosixPath(name).suffix.lower())


def is_supported(name: str) -> bool:
    """Whether files of this name's kind are read."""
    return kind_of(name) is not None
