"""Microsoft's compound files (OLE), in which Office kept its files until 2007."""

from __future__ import annotations

import io
from datetime import datetime

import olefile

from ingest.document import Given, Properties
from ingest.errors import ReadError
from ingest.text import collapsed, day_here

_CODE_PAGES = {65001: "utf-8", 1200: "utf-16-le", 10000: "mac-roman", 10008: "gb2312"}
_LONGEST = 200  # characters of an author


class Compound:
    """An opened compound file. Raises ReadError (`damaged`)."""

    def __init__(self, given: Given) -> None:
        self._most = given.limits.max_unpacked_bytes
        try:
            self._file = olefile.OleFileIO(io.BytesIO(given.data))
        except Exception as error:  # it has no errors of its own for many a broken file
            message = "it is cut short or broken; open it in its program and save it anew"
            raise ReadError("damaged", message, "save-anew") from error

    def stream(self, *names: str) -> bytes | None:
        """Return the first stream of these names that can be read, None if there is none."""
        for name in names:
            try:
                if self._file.exists(name) and self._file.get_size(name) <= self._most:
                    return bytes(self._file.openstream(name).read())
            except Exception as error:  # see above
                self.error = error
        return None

    def properties(self) -> tuple[str, Properties]:
        """Return the title, which may be junk, and the properties."""
        try:
            said = self._file.get_metadata()
        except Exception as error:  # see above: they are no loss
            self.error = error
            return "", Properties()
        encoding = _encoding(said.codepage)
        made, changed = _day(said.create_time), _day(said.last_saved_time)
        author = _decoded(said.author, encoding)[:_LONGEST]
        return _decoded(said.title, encoding), Properties(author, made, changed)


def refused_old() -> ReadError:
    """Return the error for a file from before 2007 that is locked."""
    return ReadError("encrypted", "it is locked with a password; save a copy without one")


def _encoding(page: object) -> str:
    number = page & 0xFFFF if isinstance(page, int) and page else 1252
    return _CODE_PAGES.get(number, f"cp{number}")


def _decoded(raw: object, encoding: str) -> str:
    if not isinstance(raw, bytes):
        return collapsed(raw) if isinstance(raw, str) else ""
    try:
        return collapsed(raw.decode(encoding, "replace").replace("\0", ""))
    except LookupError:
        return collapsed(raw.decode("cp1252", "replace").replace("\0", ""))


def _day(stamp: object) -> str:
    if isinstance(stamp, datetime) and stamp.year >= 1980:
        return day_here(stamp, is_utc=True)
    return ""
