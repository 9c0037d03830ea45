"""What goes wrong while a file is read."""

import json

from ingest.reasons import REASONS

# Of a file that stays `encrypted` although passwords were given.
WRONG_PASSWORD = "none of the passwords given opens it; try another"  # noqa: S105


class ReadError(Exception):
    """A file could not be read; `reason` is a key of `REASONS`, the message one line.

    The message says what is wrong and what to do; the caller puts the file's name in front. Where
    a reason has several causes, `detail` names the one: by it the pages have words of their own,
    in which the `values`, texts and numbers, stand.
    """

    def __init__(self, reason: str, message: str, detail: str = "", **values: object) -> None:
        if reason not in REASONS:
            raise ValueError(f"unknown reason {reason!r}; known are {', '.join(REASONS)}")
        super().__init__(message)
        self.reason = reason
        self.detail = detail
        self.values = values

    @property
    def stored(self) -> str:
        """The message, and in a line of its own what pages need of it, as the library keeps it."""
        if not self.detail:
            return str(self)
        told = {"detail": self.detail, "values": self.values}
        return f"{self}\n{json.dumps(told, ensure_ascii=False)}"


def os_error(error: OSError) -> ReadError:
    """The ReadError for what the system said when a file was opened or read."""
    if isinstance(error, PermissionError):
        return ReadError("no-permission", "this program may not read it; change its permissions")
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return ReadError(
            "vanished", "it is not there (any more); check the path and try again", "gone"
        )
    return ReadError(
        "vanished",
        f"the disk could not read it ({error.strerror}); try again",
        "disk",
        why=str(error.strerror),
    )
