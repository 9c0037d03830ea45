"""What is read of Office files that LibreOffice makes of documents of our own.

    python bench/office_made.py FOLDER [--show NAME]

Needs `soffice` on the path. Writes rich documents (headings, lists, merged cells, notes, changes,
boxes, formats, hidden sheets and slides) into FOLDER in every form that LibreOffice writes, old
and new, and compares what is read with what went in. *found* is the share of texts that are read,
*order* that of neighbours that follow each other, *cells* that of values below the head of their
column in the row that is theirs, *left out* that of deleted and hidden texts that are not read.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from libreoffice import convert
from office_sources import Made, presentation, text_document, workbook

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.readers import read

_FORMS = {
    "fodt": ("odt", "docx", "doc", "rtf", "html"),
    "fods": ("ods", "xlsx", "xls", "html"),
    "fodp": ("odp", "pptx", "ppt"),
}
_MAKERS = {"fodt": text_document, "fods": workbook, "fodp": presentation}
_BAR = re.compile(r"(?<!\\)\|")
_SPACES = re.compile(r"\s+")


def make(folder: Path) -> dict[str, Made]:
    """Write the files; by their names what is expected of them."""
    made: dict[str, Made] = {}
    for source, maker in _MAKERS.items():
        for lang in ("en", "zh"):
            path = folder / f"{source}-{lang}.{source}"
            document = maker(lang)
            path.write_text(document.xml, "utf-8")
            for form in _FORMS[source]:
                made[f"{path.stem}.{form}"] = document
        for form in _FORMS[source]:
            convert(sorted(folder.glob(f"*.{source}")), form, folder)
    return made


def tables(text: str) -> list[list[list[str]]]:
    """Return the tables of a Markdown text, as rows of cells; the first is the header."""
    found: list[list[list[str]]] = [[]]
    for line in text.splitlines():
        if line.startswith("| "):
            cells = [cell.strip() for cell in _BAR.split(line.strip())[1:-1]]
            found[-1].append(cells)
        elif not line.startswith("|---") and found[-1]:
            found.append([])
    return [table for table in found if table]


def has_cell(text: str, row: str, column: str, value: str) -> bool:
    """Whether a value stands in a row below a column's head, or behind its name."""
    for head, *body in tables(text):
        for cells in body:
            named = dict(zip(range(len(head)), cells, strict=False))
            if row in cells and any(
                column in head[n] and cell == value for n, cell in named.items()
            ):
                return True
    return any(
        row in block and re.search(rf"{re.escape(column)}[^\n]*: {re.escape(value)}(?:\n|$)", block)
        for block in text.split("\n\n")
    )


def share(found: Sequence[bool]) -> float:
    return sum(found) / len(found) if found else 1.0


def measure(text: str, made: Made) -> tuple[list[float], list[str]]:
    """Return the shares, and what is wrong in words."""
    flat = _SPACES.sub(" ", text)
    at: list[int] = []
    last = 0
    for said in made.said:
        place = flat.find(said, last)
        at.append(place if place >= 0 else flat.find(said))
        last = max(last, at[-1])
    wrong = [
        *(f"missing: {s}" for s in (*made.said, *made.beside) if s not in flat),
        *(f"order: {made.said[n]}" for n, (a, b) in enumerate(pairwise(at)) if not 0 <= a < b),
        *(f"cell: {cell}" for cell in made.cells if not has_cell(text, *cell)),
        *(f"read: {said}" for said in made.unsaid if said in flat),
    ]
    return [
        share([said in flat for said in (*made.said, *made.beside)]),
        share([0 <= a < b for a, b in pairwise(at)]),
        share([has_cell(text, *cell) for cell in made.cells]),
        share([said not in flat for said in made.unsaid]),
    ], wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", default="", help="a file whose text is printed")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    print(f"{'file':16} {'found':>6} {'order':>6} {'cells':>6} {'left out':>9}")
    for name, made in make(options.folder).items():
        path = options.folder / name
        try:
            text = "\n\n".join(read(path, name, Limits()).texts)
        except ReadError as error:
            print(f"{name:16} {error.reason}: {error}")
            continue
        shares, wrong = measure(text, made)
        print(f"{name:16} {shares[0]:6.2f} {shares[1]:6.2f} {shares[2]:6.2f} {shares[3]:9.2f}")
        if options.show in (name, "all"):
            print(text if options.show == name else "", *wrong, sep="\n  ")


if __name__ == "__main__":
    main()
