"""Errors of the library."""

from __future__ import annotations


class LibraryError(Exception):
    """The library could not do what was asked; the message is one line for people.

    By the `reason` the pages have words of their own for it, in which the `values` stand.
    """

    def __init__(self, message: str, reason: str = "", **values: object) -> None:
        super().__init__(message)
        self.reason = reason
        self.values = values


class DiskFullError(LibraryError):
    """The disk of the library is full; what was reported as done is safe."""


class ReadOnlyError(LibraryError):
    """The library can be read and asked, but not changed."""


def first_line(error: Exception) -> str:
    """Return the first line of what an error says, its name if it says nothing."""
    return str(error).strip().partition("\n")[0] or type(error).__name__
