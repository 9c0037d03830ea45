"""The paragraphs of a shape on a slide."""

from __future__ import annotations

from ingest.document import PartWriter
from ingest.office import (
    Cell,
    Element,
    child,
    children,
    every,
    kind,
    latex,
    number,
    place,
    slide_number,
    value,
)
from ingest.slides.shapes import Shape
from ingest.text import collapsed, subscript, superscript


def write_text(shape: Shape, writer: PartWriter) -> None:
    """Write the paragraphs of a shape: items of its lists with their numbers, the rest as text."""
    counts: dict[int, int] = {}
    lines: list[str] = []
    for paragraph in children(child(shape.element, "p:txBody"), "a:p"):
        text = paragraph_text(paragraph)
        if not text.strip():
            continue
        level = max(0, number(value(child(paragraph, "a:pPr"), "lvl"), 0, 8))
        for below in [at for at in counts if at > level]:
            del counts[below]
        numbered = shape.numbering(paragraph)
        if numbered is None and not shape.has_bullet(paragraph):
            counts.clear()
            lines.append(text)
            continue
        _paragraphs(lines, writer)
        lines = []
        marker = "-"
        if numbered is None:
            counts.pop(level, None)
        else:
            first = max(1, number(value(numbered, "startAt"), 1, 32767))
            counts[level] = counts.get(level, first - 1) + 1
            marker = slide_number(counts[level], value(numbered, "type"))
        writer.item(text, level, marker)
    _paragraphs(lines, writer)


def write_table(table: Element, writer: PartWriter) -> None:
    """Write a table (`a:tbl`)."""
    rows = []
    for row in children(table, "a:tr"):
        cells = []
        for cell in children(row, "a:tc"):
            if value(cell, "hMerge") in ("1", "true") or value(cell, "vMerge") in ("1", "true"):
                continue
            text = "\n".join(paragraph_text(p) for p in every(cell, "a:p"))
            across, down = number(value(cell, "gridSpan"), 1), number(value(cell, "rowSpan"), 1)
            cells.append(Cell(text, across, down))
        rows.append(cells)
    place(rows).write(writer)


def plain_text(element: Element | None) -> str:
    """Return all paragraphs below an element as one line."""
    return collapsed(" ".join(paragraph_text(p) for p in every(element, "a:p")))


def paragraph_text(paragraph: Element) -> str:
    """Return a paragraph (`a:p`) as one sees it; a slide's number is left out."""
    pieces = []
    for inner in paragraph:
        match kind(inner):
            case "a:r":
                pieces.append(_run(inner))
            case "a:br":
                pieces.append("\n")
            case "a:fld" if value(inner, "type") != "slidenum":
                pieces.append(_run(inner))
            case "" | "a:fld" | "a:pPr" | "a:endParaRPr":
                continue
            case _:
                for equation in every(inner, "m:oMath"):
                    pieces.append(f" ${latex(equation)}$ ")
    return "".join(pieces).replace("\v", "\n").strip()


def _run(run: Element) -> str:
    text = child(run, "a:t")
    said = "" if text is None else text.text or ""
    raised = number(value(child(run, "a:rPr"), "baseline"))
    return superscript(said) if raised > 0 else subscript(said) if raised < 0 else said


def _paragraphs(lines: list[str], writer: PartWriter) -> None:
    for line in lines:
        writer.paragraph(line)
