"""ZIP archives, opened with care: what they hold is counted before it is unpacked."""

from __future__ import annotations

import zipfile
import zlib

from ingest import zip_files
from ingest.document import Given
from ingest.errors import ReadError

_MOST_MEMBERS = 20_000
_ENCRYPTED = 0x1
_UTF8 = 0x800
_LOCAL_HEAD = 30  # bytes before the name of a member, which stands before its data
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
    RuntimeError, IndexError, KeyError, UnicodeError,
)  # fmt: skip


class Packed:
    """The members of an archive. Each is read at most once, and all within the limits."""

    def __init__(self, given: Given) -> None:
        """Raises ReadError (`damaged`, `too-large`)."""
        self._given = given
        try:
            self._archive = zip_files.opened(given.data)
            self.members = [one for one in self._archive.infolist() if not one.is_dir()]
        except _BROKEN as error:
            raise ReadError(
                "damaged",
                "it is cut short or broken; save it anew, or get a sound copy",
                "save-anew",
            ) from error
        if len(self.members) > _MOST_MEMBERS:
            message = f"more than {_MOST_MEMBERS} files lie in it; split it"
            raise ReadError("too-large", message, "files", n=_MOST_MEMBERS)
        self._check_places()

    def names(self) -> list[str]:
        """Return the names of all members that are files."""
        return [one.filename for one in self.members]

    def read(self, member: zipfile.ZipInfo | str) -> bytes:
        """Unpack a member. Raises ReadError (`damaged`, `encrypted`, `too-large`, `vanished`)."""
        try:
            info = self._archive.getinfo(member) if isinstance(member, str) else member
        except KeyError as error:
            raise ReadError(
                "vanished", f"there is no {member!r} in it", "member-missing", name=str(member)
            ) from error
        if info.flag_bits & _ENCRYPTED and self._given.password is None:
            raise ReadError(
                "encrypted", "it is locked with a password; give it, or pack it without one"
            )
        if zip_files.is_impossible(info):
            raise ReadError(
                "damaged", "its size is wrong in the archive; pack it anew", "broken-archive"
            )
        self._given.take(info.file_size)
        try:
            password = (self._given.password or "").encode() or None
            with self._archive.open(info, pwd=password) as opened:
                return opened.read(info.file_size)
        except _BROKEN as error:
            if info.flag_bits & _ENCRYPTED:
                message = "the password does not open it, or it is locked in a way not known here"
                raise ReadError("encrypted", message) from error
            raise ReadError("damaged", "it is broken; pack it anew", "broken-archive") from error

    def _check_places(self) -> None:
        """Refuse an archive whose members share bytes, as only bombs do.

        And one with members that reach into the directory, which stands behind them all.
        """
        places = sorted(
            (one.header_offset, one.header_offset + _LOCAL_HEAD + one.compress_size)
            for one in self._archive.infolist()
        )
        last = 0
        for start, end in places:
            if end > self._archive.start_dir:
                raise ReadError("damaged", "sizes in it are wrong; pack it anew", "broken-archive")
            if start < last:
                raise ReadError(
                    "too-large", "its members overlap, as in a bomb; pack it anew", "overlap"
                )
            last = end


def name_of(member: zipfile.ZipInfo) -> str:
    """Return a member's name, in the encoding it was written in if that is not told."""
    name = member.filename
    if member.flag_bits & _UTF8 or name.isascii():
        return name
    try:
        data = name.encode("cp437")
    except UnicodeError:
        return name
    for encoding in ("utf-8", "gb18030", "cp437"):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    return name
