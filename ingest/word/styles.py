"""The styles of a Word document: what a paragraph of a style is, and what it takes from others."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.office import Element, child, children, number, value

_HEADING = re.compile(
    r"(?:heading|标题|標題|überschrift|titre|título|titolo)\s?(\d)", re.IGNORECASE
)
_TITLES = frozenset(("title", "标题", "標題", "titel", "文档标题"))
_CONTENTS = re.compile(r"(?:toc|目录|目錄|verzeichnis)\s?\d", re.IGNORECASE)
_CAPTIONS = frozenset(("caption", "题注", "題注", "标号", "標號", "图注", "表注", "beschriftung"))
_CODE = re.compile(
    r"(?:source[ _-]?code|code|code[ _-]?block|(?:html )?preformatted(?: text)?|macro ?text|"
    r"代码|源代码|程式碼)(?: ?char)?",
    re.IGNORECASE,
)
MONOSPACED = re.compile(
    r"(?:courier|consolas|menlo|monaco|lucida console|(?:dejavu|liberation|noto|ubuntu|source "
    r"code|roboto|fira|jetbrains|cascadia|sf|droid|andale|bitstream)[\w ]{0,20}\b"
    r"(?:mono|code|pro)\b).*",
    re.IGNORECASE,
)
_DEEPEST = 20  # styles that each take from the next


@dataclass(frozen=True)
class Style:
    """What a style says of its paragraphs. `level` is that of a heading, from 1; 0: none."""

    name: str = ""
    level: int = 0
    is_hidden: bool = False
    is_monospaced: bool = False
    list_id: str = ""
    list_level: int | None = None
    based_on: str = ""

    @property
    def is_title(self) -> bool:
        """Whether it is that of the document's title."""
        return self.name.casefold() in _TITLES

    @property
    def is_contents(self) -> bool:
        """Whether it is that of the lines of a table of contents."""
        return bool(_CONTENTS.fullmatch(self.name))

    @property
    def is_caption(self) -> bool:
        """Whether it is that of the line at a table or picture."""
        return self.name.casefold() in _CAPTIONS

    @property
    def is_code(self) -> bool:
        """Whether it is that of program text."""
        return bool(_CODE.fullmatch(self.name))


class Styles:
    """All styles of a document."""

    def __init__(self, root: Element | None) -> None:
        """`root` is that of `styles.xml`, None where it is missing."""
        self._styles: dict[str, Style] = {}
        self.default = ""
        for style in children(root, "w:style"):
            named = value(style, "w:styleId")
            self._styles[named] = _style(style)
            if value(style, "w:type") == "paragraph" and value(style, "w:default") in ("1", "true"):
                self.default = named
        self._resolved: dict[str, Style] = {}

    def get(self, named: str) -> Style:
        """Return a style with what it takes from others."""
        if named not in self._resolved:
            self._resolved[named] = self._resolve(named)
        return self._resolved[named]

    def _resolve(self, named: str) -> Style:
        style = self._styles.get(named, Style(name=named))
        above = style.based_on
        for _ in range(_DEEPEST):
            base = self._styles.get(above)
            if base is None:
                break
            style = replace(
                style,
                level=style.level if style.level else base.level,
                is_hidden=style.is_hidden or base.is_hidden,
                is_monospaced=style.is_monospaced or base.is_monospaced,
                list_id=style.list_id or base.list_id,
                list_level=base.list_level if style.list_level is None else style.list_level,
            )
            above = base.based_on
        return replace(style, level=max(0, style.level))


def _style(element: Element) -> Style:
    name = value(child(element, "w:name"))
    outline = child(element, "w:pPr", "w:outlineLvl")
    level = 0
    if outline is not None:
        # 9 is the body's; it takes back what another style says.
        level = number(value(outline)) + 1 if number(value(outline), 9) < 9 else -1
    elif found := _HEADING.fullmatch(name):
        level = int(found[1])
    listed = child(element, "w:pPr", "w:numPr")
    depth = child(listed, "w:ilvl")
    return Style(
        name=name,
        level=level,
        is_hidden=is_on(child(element, "w:rPr", "w:vanish")),
        is_monospaced=is_monospaced(child(element, "w:rPr")),
        list_id=value(child(listed, "w:numId")),
        list_level=None if depth is None else number(value(depth)),
        based_on=value(child(element, "w:basedOn")),
    )


def is_on(element: Element | None) -> bool:
    """Whether a property that is on or off is on."""
    return element is not None and value(element, default="1") not in ("0", "false", "off", "none")


def is_monospaced(properties: Element | None) -> bool:
    """Whether a run has a font whose letters are all equally wide."""
    fonts = child(properties, "w:rFonts")
    return bool(MONOSPACED.fullmatch(value(fonts, "w:ascii") or value(fonts, "w:hAnsi")))
