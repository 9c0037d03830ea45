"""EPUB: a book's chapters in the order in which it is read."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from ingest.document import Given, PartWriter, Properties, Reading
from ingest.errors import ReadError
from ingest.readers.data.xml_tree import Element, parsed_xml
from ingest.readers.html import PagePictures, day_of, decoded_html, write_html
from ingest.readers.packed import Packed
from ingest.text import collapsed, language

_CONTAINER = "META-INF/container.xml"
_PAGES = (
    "application/xhtml+xml",
    "text/html",
    "application/x-dtbook+xml",
    "text/x-oeb1-document",
    "image/svg+xml",
)
_PAGE_NAMES = (".xhtml", ".html", ".htm", ".svg", ".xml")
_MOST_NAMED = 3  # pages that are left out
_LONGEST_NAME = 60
_MOST_TOLD = 10  # chapters that could not be read


def read(given: Given) -> Reading:
    """Read a book as one text. Raises ReadError (`damaged`, `encrypted`, `too-large`, `empty`).

    Raises ReadError (`needs-ocr`), too, where its pages are pictures and nothing is recognised.
    """
    packed = Packed(given)
    names = set(packed.names())
    at, package = _package(packed, names)
    if "META-INF/encryption.xml" in names and "META-INF/rights.xml" in names:
        raise ReadError("encrypted", "it is locked (DRM); save a copy without that")
    warnings: list[str] = []
    chapters, missing = _chapters(package, at, names)
    labels = _labels(packed, package, at, names)
    writer = PartWriter()
    shown = _Shown(packed, names)
    pictures = PagePictures(given, shown.find)
    for n, name in enumerate(chapters):
        try:
            html, _ = decoded_html(packed.read(name))
        except ReadError as error:
            if error.reason == "too-large":
                raise
            if error.reason != "empty" and len(warnings) < _MOST_TOLD:
                warnings.append(f"chapter {n + 1} of {len(chapters)} left out: {error}")
            continue
        chapter = PartWriter()
        shown.folder = posixpath.dirname(name)
        write_html(html, chapter, pictures=pictures)
        part = chapter.part()
        if name in labels and not any(block.kind == "heading" for block in part.blocks):
            writer.heading(labels[name], 1)
        writer.embed(part)
    if missing:
        told = ", ".join(posixpath.basename(name)[:_LONGEST_NAME] for name in missing[:_MOST_NAMED])
        more = ", …" if len(missing) > _MOST_NAMED else ""
        what = "page of it is" if len(missing) == 1 else "pages of it are"
        warnings.append(f"{len(missing)} {what} missing or of a kind not read: {told}{more}")
    part = writer.part()
    pictures.refuse_if_alone(bool(part.text))
    warnings += pictures.warnings()
    if not part.text:
        raise ReadError("empty", "no chapter in it could be read; save it anew")
    said = {name: _said(package, name) for name in ("title", "creator", "date", "modified")}
    properties = Properties(said["creator"], day_of(said["date"]), day_of(said["modified"]))
    return Reading(said["title"] or None, language(part.text), (part,), warnings, None, properties)


class _Shown:
    """The pictures of a book, as its chapters name them; `folder` is that of the chapter."""

    def __init__(self, packed: Packed, names: set[str]) -> None:
        self.folder = ""
        self._packed = packed
        self._names = names
        self._known: set[str] = set()

    def find(self, source: str) -> bytes | None:
        """Return the bytes of a picture when it is met first, else None."""
        name = _place(self.folder, source)
        if name not in self._names or name in self._known:
            return None
        self._known.add(name)
        try:
            return self._packed.read(name)
        except ReadError:  # broken, or too large: the book is read all the same
            return None


def _package(packed: Packed, names: set[str]) -> tuple[str, Element]:
    """Return where the list of a book's files is, and that list."""
    try:
        roots = (
            parsed_xml(packed.read(_CONTAINER))[0].all("rootfile") if _CONTAINER in names else []
        )
        listed = [one.says("full-path") for one in roots]
        found = [name for name in (*listed, *sorted(names)) if name.endswith(".opf")]
        name = next((one for one in found if one in names), "")
        if name:
            return posixpath.dirname(name), parsed_xml(packed.read(name))[0]
    except ReadError as error:
        if error.reason in ("too-large", "encrypted"):
            raise
    raise ReadError(
        "damaged", "the list of its chapters is missing or broken; save it anew", "no-chapters"
    )


def _chapters(package: Element, at: str, names: set[str]) -> tuple[list[str], list[str]]:
    """Return the names of the chapters as the book orders them, else of all its pages.

    Then of those that are not there, or of a kind that is not read. Programs write names in other
    letters than the archive has, and tell wrong kinds.
    """
    items = {one.says("id"): one for one in package.all("item")}
    kinds = {_place(at, one.says("href")): one.says("media-type") for one in items.values()}
    alike = {name.lower(): name for name in sorted(names)}
    spine = [items.get(one.says("idref")) for one in package.all("itemref")]
    order: dict[str, None] = {}
    missing: dict[str, None] = {}
    for listed in dict.fromkeys(_place(at, one.says("href")) for one in spine if one is not None):
        name = listed if listed in names else alike.get(listed.lower(), "")
        is_page = kinds[listed].lower() in _PAGES or listed.lower().endswith(_PAGE_NAMES)
        (order if name and is_page else missing).setdefault(name if name and is_page else listed)
    return [*order] or sorted(name for name in names if name.endswith(_PAGE_NAMES[:3])), [*missing]


def _labels(packed: Packed, package: Element, at: str, names: set[str]) -> dict[str, str]:
    """Return what the table of contents calls the chapters, by their names."""
    labels: dict[str, str] = {}
    for item in package.all("item"):
        is_list = item.says("media-type") == "application/x-dtbncx+xml"
        is_page = "nav" in item.says("properties").split()
        name = _place(at, item.says("href"))
        if not (is_list or is_page) or name not in names:
            continue
        try:
            contents, _ = parsed_xml(packed.read(name))
        except ReadError as error:
            if error.reason == "too-large":
                raise
            continue
        inside = posixpath.dirname(name)
        for point in contents.all("navPoint"):
            target = next((one.says("src") for one in point.all("content")), "")
            text = next((one.text() for one in point.all("text")), "")
            labels.setdefault(_place(inside, target), collapsed(text))
        for link in contents.all("a"):
            labels.setdefault(_place(inside, link.says("href")), collapsed(link.text()))
    return labels


def _place(folder: str, link: str) -> str:
    """Return the name of the member that a link in a folder leads to."""
    path = unquote(link.partition("#")[0])
    return posixpath.normpath(posixpath.join(folder, path)).lstrip("/") if path else ""


def _said(package: Element, name: str) -> str:
    for one in package.walk():
        is_it = one.name == name or one.says("property") == f"dcterms:{name}"
        if is_it and (text := collapsed(one.text())):
            return text
    return ""
