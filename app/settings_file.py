"""The file of settings beside a library, and what every value must be: text."""

from __future__ import annotations

import io
import os
import re
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from dotenv.parser import parse_stream

from app.errors import UsageError

PREFIX = "KB_"  # of the names of all settings
_SPOKEN = 80  # characters of a wrong value that an error repeats
_PLAIN = re.compile(r"[\w./:,@+-]+", re.ASCII)  # what needs no quotes
# At the end of a line, behind a value that holds no such sign.
_COMMENT = re.compile(r"(?<=[^\s#])[ \t]+#[^'\"\r\n]*(?=[\r\n]*\Z)")
_writing = threading.Lock()  # two tabs


def read_file(path: Path) -> dict[str, str]:
    """Return the settings in a file of `NAME=value` lines; none where there is no file.

    Raises UsageError for a file that is no text, and for a line that is no setting.
    """
    try:
        if not path.is_file():
            return {}
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(
            f"{str(path)!r} is not in UTF-8; save it as UTF-8", "settings-not-utf8", file=str(path)
        ) from None
    except OSError as error:
        raise UsageError(
            f"{shortened(str(path))} cannot be read ({error.strerror})",
            "settings-unreadable",
            file=str(path),
            why=str(error.strerror),
        ) from None
    found = {}
    for line in parse_stream(io.StringIO(text)):
        if line.error:  # not repeated: it may hold a key
            place = f"line {line.original.line} of {str(path)!r}"
            raise UsageError(
                f"{place} is no setting; write NAME=value",
                "settings-line",
                file=str(path),
                line=line.original.line,
            )
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
            raise UsageError(
                f"{name} is no text in the encoding of this system; set it right",
                "setting-encoding",
                setting=name,
            )


def changed_file(
    path: Path, changes: Mapping[str, str | None], check: Callable[[Path], None]
) -> None:
    """Set lines of the file, or with None take them out; all others stay as they are.

    `check` is given the new file before it takes the place of the old one, in one step, and may
    raise. Only its owner can read it, as it may hold a key. Raises UsageError.
    """
    with _writing:
        path = path.resolve()
        read_file(path)  # nothing is written over what cannot be read
        if path.exists() and not path.is_file():
            raise UsageError(
                f"{str(path)!r} is no file; take it away", "settings-no-file", file=str(path)
            )
        check_text({name: value for name, value in changes.items() if value is not None})
        try:
            before = path.read_bytes().decode() if path.exists() else ""
            path.parent.mkdir(parents=True, exist_ok=True)
            number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 600
            try:
                with os.fdopen(number, "wb") as out:
                    out.write(changed_text(before, changes).encode())
                    out.flush()
                    os.fsync(out.fileno())
                check(Path(name))
                Path(name).replace(path)
            finally:
                Path(name).unlink(missing_ok=True)
        except OSError as error:
            raise UsageError(
                f"{shortened(str(path))} cannot be written ({error.strerror})",
                "settings-unwritable",
                file=str(path),
                why=str(error.strerror),
            ) from None


def changed_text(text: str, changes: Mapping[str, str | None]) -> str:
    """Return the text of a file of settings with other values; comments and the rest stay."""
    end = "\r\n" if "\r\n" in text else "\n"
    left, kept = dict(changes), ""
    bom, text = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    for line in parse_stream(io.StringIO(text, newline="")):
        whole = line.original.string
        if line.key is None or line.key not in changes:
            kept += whole
            continue
        space = whole[: len(whole) - len(whole.lstrip())]
        value = left.pop(line.key, None)  # a second line of the same name goes
        if value is None:
            kept += space
            continue
        comment = _COMMENT.search(whole)
        begin = "export " if whole.lstrip().startswith("export ") else ""
        kept += f"{space}{begin}{line.key}={_quoted(value)}{comment[0] if comment else ''}{end}"
    if kept and not kept.endswith("\n") and any(v is not None for v in left.values()):
        kept += end
    for name, value in left.items():
        kept += f"{name}={_quoted(value)}{end}" if value is not None else ""
    return bom + kept


def _quoted(value: str) -> str:
    """Return a value as a line of the file may hold it."""
    if _PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
