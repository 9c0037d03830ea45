"""A ZIP archive: the files in it that are read, each below its path."""

from __future__ import annotations

import stat
import time
from pathlib import PurePosixPath
from zipfile import ZipInfo

from ingest.document import Given, PartWriter, Reading
from ingest.errors import ReadError
from ingest.readers.inner import LOCKED_INSIDE, shown_name, write_inner
from ingest.readers.kinds import has_suffix, is_supported
from ingest.readers.packed import Packed, name_of
from ingest.text import language
from ingest.zip_files import is_impossible

_MOST_TIME = 0.7  # of what a file may take, after which no further one is begun
_UNIX = 3  # of the systems that make archives
_TOLD = 5  # names in one warning
_NO_FILES = ("__MACOSX", ".git", ".svn")
_NO_NAMES = ("Thumbs.db", "desktop.ini", ".DS_Store")


def read(given: Given) -> Reading:
    """Read the files in an archive, one below the other.

    What is not read is told in the warnings. Raises ReadError (`damaged`, `encrypted`, `too-large`,
    `unsupported`).
    """
    packed = Packed(given)
    wanted: list[tuple[str, ZipInfo]] = []
    others: list[tuple[str, ZipInfo]] = []
    links: list[str] = []
    for member in packed.members:
        name = name_of(member)
        path = PurePosixPath(name.replace("\\", "/"))
        if is_of_a_system(str(path)):
            continue
        if is_no_file(member):
            links.append(name)
            continue
        is_read = is_supported(path.name) and (has_suffix(path.name) or member.file_size > 0)
        (wanted if is_read else others).append((name, member))
    if not wanted:
        message = "there is no file in it that is read; unpack it and see which kinds they are"
        raise ReadError("unsupported", message)
    given.check(sum(one.file_size for _, one in wanted if not is_impossible(one)))
    writer, warnings = PartWriter(), []
    failed: list[ReadError] = []
    until = time.monotonic() + _MOST_TIME * given.limits.max_seconds
    for n, (name, member) in enumerate(wanted):
        if time.monotonic() > until:
            left = [name for name, _ in wanted[n:]]
            warnings.append(_left_out(left, "there was no time for them; split the archive"))
            break
        try:
            data = packed.read(member)
        except ReadError as error:
            if error.reason == "too-large":
                raise
            failed.append(error)
            why = LOCKED_INSIDE if error.reason == "encrypted" else error
            warnings.append(f"{shown_name(name)} left out: {why}")
            continue
        warnings += write_inner(given, data, name, writer, 1)
        given.report(min(n + 1, given.limits.max_pages), min(len(wanted), given.limits.max_pages))
    if others:
        warnings.append(_left_out([name for name, _ in others], "such kinds are not read"))
    if links:
        warnings.append(_left_out(links, "links and devices are not followed"))
    part = writer.part()
    if not part.text:
        if failed and len(failed) == len(wanted):
            raise failed[0]
        raise ReadError("empty", f"no file in it could be read: {warnings[0]}")
    return Reading(None, language(part.text), (part,), warnings)


def is_of_a_system(path: str) -> bool:
    """Tell whether a member is what systems and programs leave in archives beside one's files."""
    parts = PurePosixPath(path).parts
    return bool(set(parts) & set(_NO_FILES)) or parts[-1:] in {(name,) for name in _NO_NAMES}


def is_no_file(member: ZipInfo) -> bool:
    """Tell whether a member is a link, a pipe or a device, as archives made on Unix tell."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    return member.create_system == _UNIX and kind not in (0, stat.S_IFREG)


def _left_out(names: list[str], why: str) -> str:
    told = ", ".join(map(shown_name, names[:_TOLD]))
    more = f" and {len(names) - _TOLD} more" if len(names) > _TOLD else ""
    return f"{told}{more} left out: {why}"
