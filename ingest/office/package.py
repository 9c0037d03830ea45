"""The ZIP archive that an Office file is: its members, and what they refer to."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest import zip_files
from ingest.document import Given
from ingest.errors import ReadError
from ingest.limits import MIB
from ingest.office.xml import BrokenXML, Element, children, parse
from ingest.text import collapsed

_MOST_MEMBERS = 100_000
_MOST_XML = 64 * MIB  # of one document that is held as a tree, which takes 17 times that
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


@dataclass(frozen=True)
class Relation:
    """What a member refers to: a member by its name; what lies outside has none."""

    kind: str
    target: str


class Package:
    """An opened archive. What it unpacks to is counted, and bounded by the limits.

    Raises ReadError (`damaged`, `too-large`). Example:
        package = Package(given)
        document = package.xml("word/document.xml")
    """

    def __init__(self, given: Given) -> None:
        """Open the archive of a file; nothing is unpacked yet."""
        self._limits = given.limits
        self._left = given.limits.max_unpacked_bytes
        self.warnings: list[str] = []
        try:
            self._zip = zip_files.opened(given.data)
            infos = self._zip.infolist()
        except (*_BROKEN, NotImplementedError) as error:
            raise _damaged() from error
        if len(infos) > _MOST_MEMBERS or sum(info.file_size for info in infos) > self._left:
            raise _damaged() if any(map(zip_files.is_impossible, infos)) else self._too_large()
        self._infos = {info.filename.replace("\\", "/").lstrip("/"): info for info in infos}

    @cached_property
    def _by_folded(self) -> dict[str, str]:
        return {name.casefold(): name for name in self._infos}

    def names(self, folder: str = "") -> list[str]:
        """Return the names of the members in a folder, in the archive's order."""
        return [name for name in self._infos if name.startswith(folder)]

    def has(self, name: str) -> bool:
        """Whether there is a member of this name; case does not matter."""
        return name.casefold() in self._by_folded

    def data(self, name: str) -> bytes | None:
        """Return a member's bytes, None if it is missing or broken, which is then warned of.

        Raises ReadError (`too-large`).
        """
        found = self._by_folded.get(name.casefold())
        if found is None:
            return None
        try:
            with self._zip.open(self._infos[found]) as member:
                data = member.read(self._left + 1)
        except (*_BROKEN, NotImplementedError):
            self.warn(f"{name} in it is broken; left out")
            return None
        if len(data) > self._left:
            raise self._too_large()
        self._left -= len(data)
        return data

    def xml(self, name: str) -> Element | None:
        """Return the root of a member of XML, None if it is missing or broken (a warning)."""
        found = self._by_folded.get(name.casefold())
        if found and self._infos[found].file_size > _MOST_XML:
            wrong = zip_files.is_impossible(self._infos[found])
            raise _damaged() if wrong else self._too_large()
        data = self.data(name)
        if not data:
            return None
        try:
            return parse(data)
        except BrokenXML:
            return self._mended(name, data)

    def _mended(self, name: str, data: bytes) -> Element | None:
        try:
            root = parse(data, mend=True)
        except BrokenXML:
            self.warn(f"{name} in it is broken; left out")
            return None
        self.warn(f"{name} in it is broken; some of it may be missing")
        return root

    def relations(self, name: str) -> dict[str, Relation]:
        """Return what a member refers to by id; "" is the archive itself."""
        folder, file = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = {}
        for relation in children(root, "rel:Relationship"):
            outside = relation.get("TargetMode") == "External"
            target = "" if outside else _joined(folder, relation.get("Target") or "")
            kind = (relation.get("Type") or "").rpartition("/")[2]
            found[relation.get("Id") or ""] = Relation(kind, target)
        return found

    def related(self, name: str, kind: str) -> list[str]:
        """Return the members of a kind that a member refers to, as "notesSlide"."""
        relations = self.relations(name).values()
        return [r.target for r in relations if r.kind.casefold() == kind.casefold() and r.target]

    def main(self, default: str) -> str:
        """Return the name of the member with which the document begins."""
        return next(iter(self.related("", "officeDocument")), default)

    def warn_of_embedded(self, names: Sequence[str]) -> None:
        """Tell how many files are embedded in these members: they are not read."""
        kinds = ("package", "oleObject")
        count = sum(r.kind in kinds for name in names for r in self.relations(name).values())
        if count:
            self.warn(f"{count} embedded {'file' if count == 1 else 'files'} left out")

    def warn(self, line: str) -> None:
        """Tell once what was left out."""
        line = collapsed(line)  # names of members may be anything
        if line not in self.warnings:
            self.warnings.append(line)

    def _too_large(self) -> ReadError:
        size = f"{self._limits.max_unpacked_bytes / MIB:.0f} MiB"
        return ReadError(
            "too-large",
            f"what is packed in it is larger than {size}; split it",
            "unpacked",
            size=size,
        )


def _damaged() -> ReadError:
    message = "it is cut short or broken; open it in its program and save it anew"
    return ReadError("damaged", message, "save-anew")


def _joined(folder: str, target: str) -> str:
    """A member's name from where it is named; it cannot lead out of the archive."""
    path = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(path).lstrip("/")
