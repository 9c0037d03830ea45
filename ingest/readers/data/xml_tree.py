"""XML as a tree, without entities, without anything fetched, and within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.entities import name2codepoint

from lxml import etree

from ingest.errors import ReadError
from ingest.readers.charsets import decoded_as

_DEEPEST = 200  # levels; those of books and orders have 20
_ROOT = re.compile(r"<[^!?\s]")
_XML_HEAD = re.compile(r"\A\s*+<\?xml\b[^>]{0,500}>\s*+")
_TYPE_SIGN = re.compile(r"<!--|<\?|[\"'\[\]>]")
_CLOSED_BY = {"<!--": "-->", "<?": "?>", '"': '"', "'": "'"}
_ENTITY = re.compile(r"&(?!#)(?:([A-Za-z_][\w.-]{0,60});)?")
_CDATA = ("<![CDATA[", "]]>")
_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_DECLARED = re.compile(rb"\A\s*+<\?xml[^>]{0,200}?\bencoding\s*+=\s*+[\"']([\w.:-]{1,40})")


class Element:
    """An element: its name without a namespace, its attributes, and what stands in it, in order."""

    __slots__ = ("attributes", "children", "name")

    def __init__(self, name: str, attributes: Mapping[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Element | str] = []

    def says(self, attribute: str) -> str:
        """Return an attribute, "" if it is not there."""
        return self.attributes.get(attribute, "").strip()

    def elements(self) -> list[Element]:
        """Return the elements that stand in it directly."""
        return [child for child in self.children if isinstance(child, Element)]

    def walk(self) -> Iterator[Element]:
        """Yield this element and all that are in it, in order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.elements())

    def all(self, name: str) -> list[Element]:
        """Return all elements in it that have a name."""
        return [element for element in self.walk() if element.name == name]

    def text(self) -> str:
        """Return all characters in it; elements are parted by a space."""
        pieces: list[str] = []
        waiting: list[Element | str] = [self]
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                pieces.append(one)
            else:
                waiting += reversed(one.children)
                pieces.append(" ")
        return "".join(pieces)


class _Tree:
    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(self._open) >= _DEEPEST:
            raise ReadError("too-large", f"it is nested over {_DEEPEST} levels deep", "deep")
        named = {_local(name): value for name, value in attributes.items()}
        element = Element(_local(tag), named)
        if self._open:
            self._open[-1].children.append(element)
        elif self.root is None:
            self.root = element
        self._open.append(element)

    def end(self, _tag: str) -> None:
        if self._open:
            self._open.pop()

    def data(self, text: str) -> None:
        if self._open:
            children = self._open[-1].children
            if children and isinstance(children[-1], str) and len(children[-1]) < 1000:
                children[-1] += text
            else:
                children.append(text)

    def doctype(self, *_said: str | None) -> None:
        raise ReadError(
            "damaged", "its declarations stand in a wrong place; save it anew", "save-anew"
        )

    def close(self) -> _Tree:
        return self


def parsed_xml(data: bytes) -> tuple[Element, list[str]]:
    """Return the root of XML, and warnings if it breaks: what can be read of it is kept.

    Nothing is fetched, and a document's own entities are left out with a warning. Raises ReadError
    (`damaged`, `too-large`, `not-text`, `empty`).
    """
    declared = _DECLARED.match(data[:300])
    text, _ = decoded_as(data, declared[1].decode("ascii") if declared else "utf-8")
    whole, text = text, _without_types(text)
    tree = _Tree()
    parser = etree.XMLParser(
        encoding="utf-8",
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=True,
        target=tree,
    )
    try:
        etree.fromstring(_explained(text).encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError, LookupError) as error:
        if tree.root is None:
            raise ReadError(
                "damaged", "it is no XML, or cut short; save it anew", "no-xml"
            ) from error
    if tree.root is None:
        raise ReadError("damaged", "it is no XML, or cut short; save it anew", "no-xml")
    faults = [fault for fault in parser.error_log if fault.level >= etree.ErrorLevels.FATAL]
    warnings = [f"broken at line {fault.line}; text may be missing there" for fault in faults[:1]]
    if len(whole) > len(text) and (unread := _own_entities(text)):
        what = "entity of its own is" if unread == 1 else "entities of its own are"
        warnings.append(f"{unread} {what} left out")
    return tree.root, warnings


def _without_types(text: str) -> str:
    """Return XML without its declarations, as libxml2 would expand entities for a target.

    Raises ReadError (`damaged`).
    """
    root = _ROOT.search(text)
    head = text[: root.start()] if root else text
    at = head.find("<!DOCTYPE")
    if at < 0:
        return _XML_HEAD.sub("", text, count=1)
    depth, place = 0, at + 1
    while found := _TYPE_SIGN.search(text, place):
        sign, place = found.group(), found.end()
        if sign == ">" and depth <= 0:
            return text[place:]
        depth += (sign == "[") - (sign == "]")
        if closing := _CLOSED_BY.get(sign):
            end = text.find(closing, place)
            if end < 0:
                break
            place = end + len(closing)
    raise ReadError("damaged", "its declarations do not end; save it anew", "save-anew")


def _explained(text: str) -> str:
    """Return XML whose entities are characters, but for those in its pieces of plain text."""
    return "".join(
        piece if piece.startswith(_CDATA[0]) else _ENTITY.sub(_character, piece)
        for piece in _pieces(text)
    )


def _pieces(text: str) -> Iterator[str]:
    """Yield XML piece by piece, its pieces of plain text by themselves."""
    at = 0
    while (start := text.find(_CDATA[0], at)) >= 0:
        end = text.find(_CDATA[1], start)
        end = len(text) if end < 0 else end + len(_CDATA[1])
        yield text[at:start]
        yield text[start:end]
        at = end
    yield text[at:]


def _own_entities(text: str) -> int:
    """How many places of XML stand for what only its declarations explain."""
    known = _OWN | name2codepoint.keys()
    return sum(
        found[1] is not None and found[1] not in known
        for piece in _pieces(text)
        if not piece.startswith(_CDATA[0])
        for found in _ENTITY.finditer(piece)
    )


def _character(found: re.Match[str]) -> str:
    """A character that HTML has a name for; other names, which nothing explains, are left out."""
    name = found[1]
    if name is None:
        return "&amp;"
    if name in _OWN:
        return found[0]
    return chr(name2codepoint[name]) if name in name2codepoint else " "


def _local(name: str) -> str:
    return name.rpartition("}")[2]
