"""XML of a file that nobody trusts: no entities, no fetching, and short names for its tags."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

# Files in the "strict" form of the standard have other names for the same things.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w{1,40})/")
_OFFICE = "http://schemas.openxmlformats.org/"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    f"{_OFFICE}wordprocessingml/2006/main": "w",
    f"{_OFFICE}spreadsheetml/2006/main": "x",
    f"{_OFFICE}presentationml/2006/main": "p",
    f"{_OFFICE}drawingml/2006/main": "a",
    f"{_OFFICE}drawingml/2006/chart": "c",
    f"{_OFFICE}drawingml/2006/diagram": "dgm",
    f"{_OFFICE}drawingml/2006/wordprocessingDrawing": "wp",
    f"{_OFFICE}drawingml/2006/spreadsheetDrawing": "xdr",
    f"{_OFFICE}drawingml/2006/picture": "pic",
    f"{_OFFICE}officeDocument/2006/relationships": "r",
    f"{_OFFICE}officeDocument/2006/math": "m",
    f"{_OFFICE}package/2006/relationships": "rel",
    f"{_OFFICE}package/2006/metadata/core-properties": "cp",
    f"{_OFFICE}markup-compatibility/2006": "mc",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "urn:schemas-microsoft-com:vml": "v",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.microsoft.com/office/drawing/2014/chartex": "cx",
    "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments": "tc",
    "http://schemas.microsoft.com/office/powerpoint/2018/8/main": "p188",
    "http://www.w3.org/1998/Math/MathML": "mml",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://openoffice.org/2009/office": "officeooo",
    f"{_ODF}office:1.0": "office",
    f"{_ODF}text:1.0": "text",
    f"{_ODF}table:1.0": "table",
    f"{_ODF}drawing:1.0": "draw",
    f"{_ODF}presentation:1.0": "presentation",
    f"{_ODF}style:1.0": "style",
    f"{_ODF}meta:1.0": "meta",
    f"{_ODF}xsl-fo-compatible:1.0": "fo",
    f"{_ODF}svg-compatible:1.0": "svg",
    f"{_ODF}chart:1.0": "chart",
}
_NAMESPACES = {prefix: uri for uri, prefix in _PREFIXES.items()}
_HEAD = 8192  # bytes, in which the first element names its namespaces
_MOST_BROKEN = 8 * 1024 * 1024  # bytes of XML that is not well-formed, of which the rest is read


class BrokenXML(ValueError):
    """It is no XML, or is cut off before anything can be read."""


def parse(data: bytes, mend: bool = False) -> Element:
    """Return the root of a document; of alternatives in it the first that has content is kept.

    Entities are never put in. With `mend`, what is not well-formed is read as far as it makes
    sense. Raises BrokenXML.
    """
    if mend and len(data) > _MOST_BROKEN:
        raise BrokenXML("it is too large to be mended")
    try:
        root = etree.fromstring(_usual(data), _parser(recover=mend))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenXML(str(error)) from error
    if root is None:
        raise BrokenXML("there is nothing in it")
    _settle(root)
    return root


def stream(data: bytes, *tags: str) -> Iterator[Element]:
    """Give the elements of these tags, as "x:row", each as it ends, then forget it.

    Raises BrokenXML where the document is not well-formed.
    """
    data = _usual(data)
    events = etree.iterparse(
        io.BytesIO(data),
        tag=[qualified(tag) for tag in tags],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            yield element
            element.clear()
            while element.getprevious() is not None:  # those before it hold memory, too
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise BrokenXML(str(error)) from error


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    uri, _, name = tag.rpartition("}")
    prefix = _PREFIXES.get(uri[1:])
    return f"{prefix}:{name}" if prefix else name


def kind(element: Element) -> str:
    """Return an element's tag with its usual prefix, as "w:p", or "" for what is no element."""
    tag = element.tag
    return _short(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=4096)
def qualified(name: str) -> str:
    """Return a tag or attribute as lxml writes it, from "w:val"."""
    prefix, _, local = name.rpartition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}" if prefix else local


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first child by a path of tags, or None."""
    for tag in path:
        if element is None:
            return None
        element = element.find(qualified(tag))
    return element


def children(element: Element | None, tag: str) -> list[Element]:
    """Return the children of a tag."""
    return [] if element is None else list(element.iterchildren(qualified(tag)))


def every(element: Element | None, *tags: str) -> Iterator[Element]:
    """Give the elements of these tags anywhere below, in order; without tags all of them."""
    if element is not None:
        yield from element.iter(*(map(qualified, tags) if tags else ("*",)))


def value(element: Element | None, name: str = "w:val", default: str = "") -> str:
    """Return an attribute, or the default where element or attribute is missing."""
    if element is None:
        return default
    found = element.get(qualified(name))
    return default if found is None else str(found)


def number(text: str, default: int = 0, most: int = 1 << 31) -> int:
    """Return a whole number that a file gives, within bounds; else the default."""
    try:
        found = int(float(text))
    except (ValueError, OverflowError):
        return default
    return found if -most <= found <= most else default


def words(element: Element | None, tag: str) -> str:
    """Return the text of all elements of a tag below, joined."""
    return "".join(found.text or "" for found in every(element, tag))


def _usual(data: bytes) -> bytes:
    """The document with the usual names of namespaces."""
    if b"purl.oclc.org/ooxml" not in data[:_HEAD]:
        return data
    return _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)


def _parser(recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def _settle(root: Element) -> None:
    """Put the first alternative with content in the place of alternatives."""
    for block in list(every(root, "mc:AlternateContent")):
        parent = block.getparent()
        if parent is None:
            continue
        choices = children(block, "mc:Choice") + children(block, "mc:Fallback")
        chosen = next((choice for choice in choices if len(choice)), None)
        tail = block.tail
        if chosen is not None:
            for element in list(chosen):
                block.addprevious(element)
        parent.remove(block)
        if tail and tail.strip() and len(parent):
            parent[-1].tail = (parent[-1].tail or "") + tail
