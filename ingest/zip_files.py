"""ZIP archives as they are opened everywhere: none is taken for the one that lies in it."""

from __future__ import annotations

import io
import struct
import zipfile

_MEMBER = b"PK\x03\x04"
_PLACE = 42  # bytes of a member's entry in the directory, before those of where the member begins
_ELSEWHERE = 0xFFFF_FFFF  # it stands in the fields for large archives
_MOST_DEFLATED = 1032  # bytes that one byte can become
_SLACK = 4096  # bytes, for members so small that this rule is too narrow


def opened(data: bytes) -> zipfile.ZipFile:
    """Open an archive. Raises what `zipfile` raises: BadZipFile, OSError, ValueError and others.

    Of an archive that is cut short the directory is lost, and that of an archive which lies in it
    may be found instead. A program may stand before an archive, as in those that unpack themselves,
    but not members that the directory does not know.
    """
    archive = zipfile.ZipFile(io.BytesIO(data))
    infos = archive.infolist()
    if infos and data.startswith(_MEMBER):
        try:
            said = struct.unpack_from("<I", data, archive.start_dir + _PLACE)[0]
        except struct.error as error:
            raise zipfile.BadZipFile("its directory is cut short") from error
        if said not in (_ELSEWHERE, infos[0].header_offset):
            raise zipfile.BadZipFile("its directory is that of an archive in it")
    return archive


def is_impossible(info: zipfile.ZipInfo) -> bool:
    """Tell whether a member cannot be of the size that the directory tells."""
    if info.compress_type == zipfile.ZIP_STORED:
        return info.file_size > info.compress_size
    if info.compress_type == zipfile.ZIP_DEFLATED:
        return info.file_size > _MOST_DEFLATED * info.compress_size + _SLACK
    return False
