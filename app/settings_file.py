"""The file of settings beside a library, and what every value must be: text."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from dotenv.parser import parse_stream

from app.errors import UsageError

_SPOKEN = 80  # characters of a wrong value that an error repeats


def read_file(path: Path) -> dict[str, str]:
    """Return the settings in a file of `NAME=value` lines; none where there is no file.

    Raises UsageError for a file that is no text, and for a line that is no setting.
    """
    try:
        if not path.is_file():
            return {}
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{str(path)!r} is not in UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise UsageError(f"{shortened(str(path))} cannot be read ({error.strerror})") from None
    found = {}
    for line in parse_stream(io.StringIO(text)):
        if line.error:  # not repeated: it may hold a key
            place = f"line {line.original.line} of {str(path)!r}"
            raise UsageError(f"{place} is no setting; write NAME=value")
        if line.key and line.value:
            found[line.key] = line.value
    return found


def shortened(value: object) -> str:
    """Return a value as an error repeats it: quoted, and not at any length."""
    said = repr(value)
    return said if len(said) <= _SPOKEN else f"{said[:_SPOKEN]}…"


def check_text(values: Mapping[str, str]) -> None:
    """Raise UsageError for what no file's name, ledger or report could hold."""
    for name, value in values.items():
        if any("\ud800" <= char <= "\udfff" or char == "\x00" for char in value):
            raise UsageError(f"{name} is no text in the encoding of this system; set it right")
