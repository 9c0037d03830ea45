"""A ZIP archive that is put in as the files in it, each with its path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from zipfile import ZipInfo

from ingest.document import Given
from ingest.errors import ReadError
from ingest.limits import Limits, too_large
from ingest.readers.archive import is_no_file, is_of_a_system
from ingest.readers.packed import Packed, name_of
from ingest.readers.signatures import kind_of_bytes

_MOST_FILES = 5000  # that one archive may become; each is a document of its own
_ENCRYPTED = 0x1


@dataclass(frozen=True)
class UnpackedFile:
    """A file out of an archive: its path and bytes, or why it could not be had."""

    path: str
    data: bytes = b""
    problem: ReadError | None = None


def unpack(data: bytes, name: str, limits: Limits) -> Iterator[UnpackedFile] | None:
    """Return the files in a ZIP archive; None for what is put in as it is.

    That is anything but a ZIP, and a ZIP that is locked with a password, for which the archive as
    a document can be asked. Paths begin with the archive's name, unless all lies in one folder.
    What systems leave in archives beside one's files is left out. Raises ReadError (`damaged`,
    `too-large`, `empty`) before anything is unpacked.
    """
    if kind_of_bytes(data, name) != "zip":
        return None
    packed = Packed(Given(data, name, limits))
    members = [(_path_of(one), one) for one in packed.members if not is_of_a_system(_path_of(one))]
    if any(one.flag_bits & _ENCRYPTED for _, one in members):
        return None
    if not members:
        raise ReadError("empty", "no file lies in it; look whether it is the right one")
    if len(members) > _MOST_FILES:
        raise ReadError(
            "too-large",
            f"more than {_MOST_FILES} files lie in it; split it",
            "files",
            n=_MOST_FILES,
        )
    Given(data, name, limits).check(sum(one.file_size for _, one in members))
    tops = {path.partition("/")[0] for path, _ in members}
    alone = len(tops) == 1 and all("/" in path for path, _ in members)
    return _files(packed, members, _above(name, alone), limits)


def _files(
    packed: Packed, members: list[tuple[str, ZipInfo]], above: str, limits: Limits
) -> Iterator[UnpackedFile]:
    for path, member in members:
        try:
            if is_no_file(member):
                raise ReadError("outside", "links and devices are not followed; add the file")
            if member.file_size > limits.max_bytes:
                raise too_large(limits)
            yield UnpackedFile(above + path, packed.read(member))
        except ReadError as error:
            yield UnpackedFile(above + path, problem=error)


def _path_of(member: ZipInfo) -> str:
    return name_of(member).replace("\\", "/").removeprefix("./")


def _above(name: str, alone: bool) -> str:
    """Return what stands before the paths: the archive's folder, and its name without the ending.

    The name is left out where all lies in one folder, which is `alone`.
    """
    path = PurePosixPath(name)
    stem = path.with_suffix("") if path.suffix.lower() == ".zip" else path
    above = path.parent if alone else stem
    return "" if str(above) == "." else f"{above}/"
