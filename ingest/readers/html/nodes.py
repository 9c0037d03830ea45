"""HTML as a tree of what one sees of it: no scripts, no styles, nothing hidden.

The parser is that of libxml2, which tells of tags one by one and builds no tree: so it is linear,
and nothing is lost however deep tags are nested. Of 12,000 nested `<div>` a tree of lxml lost the
text; the parser of selectolax (1.0.2, HTML5) took 10 times as long for 4 times as many, and 1.6 GB
for 3,000 `<font>` that nobody closed.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.html.depth import without_unclosed
from ingest.readers.html.hiding import Seen, seen_in

_DEEPEST = 100  # levels that are told apart; what lies deeper belongs to the last of them
_FRAMELESS = re.compile(r"<(/?)noframes\b[^<>]{0,200}>", re.IGNORECASE)
_LONGEST_TITLE = 2000  # characters


class Node:
    """An element: its name, what it says of itself, and what stands in it, in order."""

    __slots__ = ("attributes", "children", "is_text", "tag")

    def __init__(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Node | str] = []
        self.is_text = False  # whether it is known to say no more than what is in it

    def elements(self) -> Iterator[Node]:
        """Yield the elements that stand in it directly."""
        return (child for child in self.children if isinstance(child, Node))

    def walk(self) -> Iterator[Node]:
        """Yield this element and all that are in it, in order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed([*node.elements()])

    def text(self) -> str:
        """Return all characters in it, as they stand there."""
        pieces: list[str] = []
        waiting: list[Node | str] = [self]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                pieces.append(node)
            else:
                waiting += reversed(node.children)
        return "".join(pieces)

    def first(self, *tags: str) -> Node | None:
        """Return the first element with one of these names, itself included."""
        return next((node for node in self.walk() if node.tag in tags), None)

    def says(self, attribute: str) -> str:
        """Return an attribute in lower case, "" if it is not there."""
        return self.attributes.get(attribute, "").strip().lower()


@dataclass
class Tree:
    """What a page shows, and what its head says: `title`, and `metas` by their names.

    `frames` counts the pages that would be shown inside of it.
    """

    root: Node = field(default_factory=lambda: Node("html", {}))
    title: str = ""
    metas: dict[str, str] = field(default_factory=dict)
    frames: int = 0


class _Builder:
    """Hears of tags and texts in order, and makes the tree."""

    def __init__(self) -> None:
        self._tree = Tree()
        self._open = [self._tree.root]
        self._seen = [Seen()]  # of each that is open
        self._unseen: list[str] = []  # elements that are not shown, and those in them
        self._is_title = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        if tag == "meta":
            self._meta(attributes)
        if tag in ("frame", "iframe") and (attributes.get("src") or attributes.get("srcdoc")):
            self._tree.frames += 1
        if (
            tag == "title"
            and not self._tree.title
            and all(node.tag != "svg" for node in self._open)
        ):
            self._is_title = True
        seen = None if self._unseen else seen_in(tag, attributes, self._seen[-1])
        if seen is None:
            self._unseen.append(tag)
            return
        self._seen.append(seen)
        above = self._open[-1]
        if len(self._open) <= _DEEPEST:
            node = Node(tag, dict(attributes))
            above.children.append(node)
            self._open.append(node)
        else:
            above.children.append(" ")
            self._open.append(above)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        self._is_title = self._is_title and tag != "title"
        if self._unseen:
            self._unseen.pop()
        elif len(self._open) > 1:
            self._open.pop()
            self._seen.pop()

    def data(self, text: str) -> None:
        """Take a piece of text."""
        if self._is_title:
            if len(self._tree.title) < _LONGEST_TITLE:
                self._tree.title += text
        elif not self._unseen and self._seen[-1].is_text_seen:
            children = self._open[-1].children
            if children and isinstance(children[-1], str) and len(children[-1]) < 1000:
                children[-1] += text
            else:
                children.append(text)

    def close(self) -> Tree:
        """Return what was heard."""
        return self._tree

    def _meta(self, attributes: Mapping[str, str]) -> None:
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
        if name and (said := attributes.get("content", "").strip()):
            self._tree.metas.setdefault(name.strip().lower(), said)


def parsed(html: str) -> Tree:
    """Return what a page shows. Any text is one; nothing in it is fetched."""
    # The parser takes what stands for frames, which are never fetched, as text with its marks.
    html = without_unclosed(_FRAMELESS.sub(r"<\1div>", html))
    builder = _Builder()
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, recover=True, huge_tree=True, target=builder
    )
    with contextlib.suppress(etree.LxmlError):  # there is not even one tag; what came is kept
        etree.fromstring(html.encode("utf-8", "replace"), parser)
    return builder.close()
