"""The styles of an OpenDocument file: what is hidden, what is a title, how lists are numbered."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.office import Element, child, every, number, value

_DEEPEST = 20  # styles that each take from the next
_TITLES = frozenset(("title", "标题", "標題", "titel"))
_CODE = frozenset(("preformatted text", "source code", "code"))
_CAPTIONS = frozenset((
    "caption", "table", "illustration", "figure", "drawing", "text", "题注", "表", "图", "插图",
))  # fmt: skip


@dataclass(frozen=True)
class ListLevel:
    """How the items of a level of a list are marked; `form` is "" for bullets."""

    form: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    levels: int = 1  # whose numbers are shown


class Styles:
    """All styles of a file: the automatic ones of its content and the named ones."""

    def __init__(self, *roots: Element | None) -> None:
        """`roots` are those of content.xml and styles.xml."""
        self._parents: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._hidden: set[str] = set()
        self._raised: dict[str, str] = {}
        self._lists: dict[str, dict[int, ListLevel]] = {}
        self.outline: dict[int, ListLevel] = {}
        for root in roots:
            for style in every(root, "style:style"):
                self.add(style)
            for listed in every(root, "text:list-style"):
                self._lists[value(listed, "style:name")] = _levels(listed)
            for listed in every(root, "text:outline-style"):
                self.outline = _levels(listed)

    def is_hidden(self, named: str) -> bool:
        """Whether text of a style is not shown, or a slide or sheet of it."""
        return named in self._hidden

    def raised(self, named: str) -> str:
        """Return "super" or "sub" for text that is raised or lowered, else ""."""
        return self._raised.get(named, "")

    def levels(self, named: str) -> dict[int, ListLevel]:
        """Return the levels of a list style, from 1."""
        return self._lists.get(named, {})

    def is_title(self, named: str) -> bool:
        """Whether a paragraph's style is that of the document's title."""
        return not self._lineage(named).isdisjoint(_TITLES)

    def is_caption(self, named: str) -> bool:
        """Whether it is that of the line at a table or picture."""
        return not self._lineage(named).isdisjoint(_CAPTIONS)

    def is_code(self, named: str) -> bool:
        """Whether it is that of program text."""
        return not self._lineage(named).isdisjoint(_CODE)

    def add(self, style: Element) -> None:
        """Take note of one more style."""
        named = value(style, "style:name")
        self._parents[named] = value(style, "style:parent-style-name")
        self._names[named] = value(style, "style:display-name") or named
        text = child(style, "style:text-properties")
        page = child(style, "style:drawing-page-properties")
        table = child(style, "style:table-properties")
        if (
            value(text, "text:display") == "none"
            or value(page, "presentation:visibility") == "hidden"
            or value(table, "table:display") == "false"
        ):
            self._hidden.add(named)
        position = value(text, "style:text-position").split(" ")[0]
        if position in ("super", "sub"):
            self._raised[named] = position
        elif position.removesuffix("%").lstrip("-").isdigit() and position not in ("0%", "0"):
            self._raised[named] = "sub" if position.startswith("-") else "super"

    def _lineage(self, named: str) -> set[str]:
        """The names of a style and of the first named one that it takes from."""
        found = set()
        for _ in range(_DEEPEST):
            if not named:
                break
            shown = self._names.get(named, named).replace("_20_", " ").casefold()
            found.add(shown)
            if not (shown[:1] == "p" and shown[1:].isdigit()):  # an automatic one
                break
            named = self._parents.get(named, "")
        return found


def _levels(listed: Element) -> dict[int, ListLevel]:
    found = {}
    for level in listed:
        depth = number(value(level, "text:level"))
        found[depth] = ListLevel(
            form=value(level, "style:num-format"),
            prefix=value(level, "style:num-prefix")[:20],
            suffix=value(level, "style:num-suffix")[:20],
            start=number(value(level, "text:start-value"), 1),
            levels=max(1, number(value(level, "text:display-levels"), 1)),
        )
    return found
