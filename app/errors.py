"""What may go wrong, as people see it.

KbError                 something asked for could not be done    exit code 1
 └─ UsageError          wrong usage or a wrong setting           exit code 2

The rooms below raise errors of their own (ingest.ReadError, llm.ModelError,
retrieval.LibraryError); each carries one line that says what, which file and what to do.
"""

from __future__ import annotations

from ingest.errors import ReadError
from llm.errors import ModelError
from retrieval.errors import LibraryError


class KbError(Exception):
    """Something asked for could not be done; the message is one line."""


class UsageError(KbError):
    """A command, an argument or a setting is wrong; the message is one line."""


# Every error whose message is written for people; anything else is a defect, with its traceback.
EXPECTED = (KbError, ReadError, ModelError, LibraryError)


def exit_code(error: BaseException) -> int:
    """Return the exit code that contracts promise for an expected error."""
    return 2 if isinstance(error, UsageError) else 1


def one_line(error: BaseException) -> str:
    """Return the message of an error folded into a single line."""
    return " ".join(str(error).split()) or type(error).__name__
