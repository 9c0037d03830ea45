"""What goes wrong while a file is read."""

from ingest.reasons import REASONS


class ReadError(Exception):
    """A file could not be read; `reason` is a key of `REASONS`, the message one line.

    The message says what is wrong and what to do; the caller puts the file's name in front.
    """

    def __init__(self, reason: str, message: str) -> None:
        if reason not in REASONS:
            raise ValueError(f"unknown reason {reason!r}; known are {', '.join(REASONS)}")
        super().__init__(message)
        self.reason = reason
