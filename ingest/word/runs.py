"""The text of a Word paragraph as one sees it, and what hangs on it: boxes, notes, comments."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.office import Element, child, every, kind, latex, value
from ingest.text import collapsed, subscript, superscript
from ingest.word.fields import Fields, is_page
from ingest.word.styles import Styles, is_monospaced, is_on

_LEFT_OUT = frozenset((
    "w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:instrText", "w:delText",
    "w:delInstrText", "w:rt", "w:proofErr", "w:fldData",
))  # fmt: skip
_BREAKS = {"w:br": "\n", "w:cr": "\n", "w:tab": " ", "w:ptab": " ", "w:noBreakHyphen": "-"}
# Signs of the fonts that hold pictures, by their place there.
_SYMBOLS = {
    ("wingdings", 0xFC): "✓", ("wingdings", 0xFB): "✗", ("wingdings", 0xFE): "☑",
    ("wingdings", 0xFD): "☒", ("wingdings", 0xA8): "☐", ("wingdings", 0x6F): "☐",
    ("wingdings", 0xE0): "→", ("wingdings", 0xDF): "←", ("wingdings 2", 0x50): "✓",
    ("wingdings 2", 0x52): "☑", ("wingdings 2", 0xA3): "☐", ("wingdings 2", 0x4F): "✗",
    ("symbol", 0xB0): "°", ("symbol", 0xB1): "±", ("symbol", 0xA3): "≤", ("symbol", 0xB3): "≥",
    ("symbol", 0x6D): "μ", ("symbol", 0x57): "Ω", ("symbol", 0xB4): "×", ("symbol", 0xAE): "→",
    ("symbol", 0x44): "Δ", ("symbol", 0x70): "π", ("symbol", 0x61): "α", ("symbol", 0x62): "β",
}  # fmt: skip


@dataclass
class Paragraph:
    """A paragraph's text, and what it brings along."""

    text: str = ""
    is_monospaced: bool = False  # all of it
    counts_pages: bool = False
    boxes: list[Element] = field(default_factory=list)  # of text
    drawings: list[Element] = field(default_factory=list)  # pictures, charts, diagrams
    footnotes: list[str] = field(default_factory=list)  # ids
    endnotes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    tables: list[Element] = field(default_factory=list)  # in a field or control within it


def read_paragraph(element: Element, styles: Styles, hidden: bool = False) -> Paragraph:
    """Read a `w:p`. What was deleted in review or is hidden is left out, and page numbers are."""
    reader = _Reader(styles)
    reader.walk(element, hidden)
    found = reader.found
    reader.fields.finish()
    found.counts_pages = found.counts_pages or reader.fields.counts_pages
    found.text = "".join(reader.pieces).strip("\n")
    found.is_monospaced = bool(found.text.strip()) and not reader.has_other_font
    return found


def is_removed(paragraph: Element) -> bool:
    """Whether the paragraph as such is hidden, as its mark is, and so its text."""
    mark = child(paragraph, "w:pPr", "w:rPr", "w:vanish")
    return is_on(mark) and not any(True for _ in every(paragraph, "w:t"))


class _Reader:
    def __init__(self, styles: Styles) -> None:
        self.found = Paragraph()
        self.pieces: list[str] = []
        self.fields = Fields(self.pieces)
        self.has_other_font = False
        self._styles = styles

    def walk(self, element: Element, hidden: bool) -> None:
        for inner in element:
            name = kind(inner)
            if name in _LEFT_OUT or not name:
                continue
            if name == "w:r":
                self._run(inner, hidden)
            elif name in ("m:oMath", "m:oMathPara"):
                self._equation(inner, name)
            elif name == "w:commentReference":
                self.found.comments.append(value(inner, "w:id"))
            elif name == "w:fldSimple" and is_page(value(inner, "w:instr")):
                self.found.counts_pages = True
            elif name == "w:sdt":
                if child(inner, "w:sdtPr", "w:showingPlcHdr") is None:
                    self.walk(inner, hidden)
            elif name == "w:tbl":
                self.found.tables.append(inner)
            else:
                self.walk(inner, hidden)

    def _equation(self, element: Element, name: str) -> None:
        equations = [element] if name == "m:oMath" else list(every(element, "m:oMath"))
        marks = "$" if name == "m:oMath" else "$$"
        said = [f"{marks}{latex(one)}{marks}" for one in equations]
        gap = " " if self.pieces and not self.pieces[-1].endswith((" ", "\n")) else ""
        self.pieces.append(gap + " ".join(said) + " ")
        self.has_other_font = True

    def _run(self, run: Element, hidden: bool) -> None:
        properties = child(run, "w:rPr")
        vanish = child(properties, "w:vanish")
        if vanish is not None:
            hidden = is_on(vanish)
        elif style := value(child(properties, "w:rStyle")):
            hidden = hidden or self._styles.get(style).is_hidden
        raised = value(child(properties, "w:vertAlign"))
        before = len(self.pieces)
        for inner in run:
            self._piece(inner, hidden, raised)
        said = "".join(self.pieces[before:]).strip()
        if said and not self._is_mono(properties):
            self.has_other_font = True

    def _is_mono(self, properties: Element | None) -> bool:
        style = value(child(properties, "w:rStyle"))
        return is_monospaced(properties) or bool(style and self._styles.get(style).is_monospaced)

    def _piece(self, inner: Element, hidden: bool, raised: str) -> None:
        name = kind(inner)
        if name == "w:fldChar":
            self.fields.mark(inner)
        elif name == "w:instrText":
            self.fields.code(inner.text or "")
        elif name in ("w:drawing", "w:pict", "w:object"):
            if not hidden:
                self._drawing(inner)
        elif name == "w:footnoteReference":
            self._note(inner, self.found.footnotes, hidden, "")
        elif name == "w:endnoteReference":
            self._note(inner, self.found.endnotes, hidden, "e")
        elif name == "w:commentReference":
            self.found.comments.append(value(inner, "w:id"))
        elif hidden:
            return
        elif self.fields.are_silent:
            if name == "w:t":
                self.fields.keep(inner.text or "")
        elif name == "w:t":
            self.pieces.append(_shifted(inner.text or "", raised))
        elif name in _BREAKS:
            self.pieces.append(_BREAKS[name])
        elif name == "w:sym":
            self.pieces.append(_symbol(value(inner, "w:font"), value(inner, "w:char")))
        elif name == "w:ruby" or (name not in _LEFT_OUT and len(inner)):
            self.walk(inner, hidden)

    def _note(self, element: Element, notes: list[str], hidden: bool, prefix: str) -> None:
        if not hidden:
            notes.append(value(element, "w:id"))
            self.pieces.append(f"[^{prefix}{value(element, 'w:id')}]")

    def _drawing(self, element: Element) -> None:
        boxes = [box for box in every(element, "w:txbxContent") if not _is_within_box(box, element)]
        self.found.boxes += boxes
        self.found.drawings.append(element)
        for path in every(element, "v:textpath"):  # WordArt
            if said := collapsed(value(path, "string")):
                self.pieces.append(said)


def _is_within_box(box: Element, drawing: Element) -> bool:
    above = box.getparent()
    while above is not None and above is not drawing:
        if kind(above) == "w:txbxContent":
            return True
        above = above.getparent()
    return False


def _shifted(text: str, raised: str) -> str:
    if raised == "superscript":
        return superscript(text)
    return subscript(text) if raised == "subscript" else text


def _symbol(font: str, code: str) -> str:
    try:
        place = int(code, 16)
    except ValueError:
        return ""
    if 0xF000 <= place <= 0xF0FF:
        place -= 0xF000
    if sign := _SYMBOLS.get((font.casefold(), place)):
        return sign
    return chr(place) if 0x100 <= place < 0xD800 else ""
