"""What may go wrong, as people see it.

KbError                 something asked for could not be done    exit code 1
 └─ UsageError          wrong usage or a wrong setting           exit code 2

The rooms below raise errors of their own (ingest.ReadError, llm.ModelError,
retrieval.LibraryError); each carries one line that says what, which file and what to do.
"""

from __future__ import annotations

from app.problem import Problem
from ingest.errors import ReadError
from llm.errors import ModelError
from retrieval.errors import LibraryError


class KbError(Exception):
    """Something asked for could not be done; the message is one line.

    By the `reason` the pages have words of their own for it, in which the `values` stand.
    """

    def __init__(self, message: str, reason: str = "", **values: object) -> None:
        super().__init__(message)
        self.reason = reason
        self.values = values


class UsageError(KbError):
    """A command, an argument or a setting is wrong; the message is one line."""


# Every error whose message is written for people; anything else is a defect, with its traceback.
EXPECTED = (KbError, ReadError, ModelError, LibraryError)


def exit_code(error: BaseException) -> int:
    """Return the exit code that contracts promise for an expected error."""
    return 2 if isinstance(error, UsageError) else 1


def one_line(error: BaseException) -> Problem:
    """Return the message of an error folded into a single line, which knows the reason."""
    said = " ".join(str(error).split()) or type(error).__name__
    if not isinstance(error, EXPECTED):
        return Problem(said)
    return Problem(said, error.reason, {k: _plain(v) for k, v in error.values.items()})


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return one_line(value) if isinstance(value, Exception) else value
