"""What a row further down in a table needs to be understood: its header, and its group's label."""

from __future__ import annotations

from bisect import bisect_right

from ingest.document import Block, Part

_LEAST_COLUMNS = 3  # of two, the second may just be empty
_MOST_GROUPS = 0.5  # of the rows; where more have but one cell, it is no label
_LONGEST = 200  # characters of a label with its bars


class TableHeaders:
    """What stands above the rows of a part's tables."""

    def __init__(self, part: Part) -> None:
        self._text = part.text
        self._tables = [block for block in part.blocks if block.kind == "table" and block.header]
        self._bodies = [table.body for table in self._tables]
        self._groups: dict[int, tuple[list[int], list[str]]] = {}

    def above(self, place: int) -> str:
        """Return what stands above the row at a place in the text, "" if there is no table."""
        i = bisect_right(self._bodies, place) - 1
        if i < 0 or place >= self._tables[i].end:
            return ""
        if i not in self._groups:
            self._groups[i] = _groups(self._text, self._tables[i])
        starts, labels = self._groups[i]
        n = bisect_right(starts, place) - 1
        header = self._tables[i].header
        if n < 0 or place < starts[n] + len(labels[n]):
            return header
        return f"{header}\n{labels[n]}"


def _groups(text: str, table: Block) -> tuple[list[int], list[str]]:
    """Return where the rows stand that name the rows below them, and what these are."""
    starts: list[int] = []
    labels: list[str] = []
    at, count = table.body, 0
    for line in text[table.body : table.end].split("\n"):
        if line.startswith("|"):
            count += 1
            if len(line) <= _LONGEST and _is_label(line):
                starts.append(at)
                labels.append(line)
        at += len(line) + 1
    return (starts, labels) if len(starts) <= _MOST_GROUPS * count else ([], [])


def _is_label(row: str) -> bool:
    """Whether a row has its first cell only, or the same, with letters, in all of them."""
    first, *others = (cell.strip() for cell in row.strip().removesuffix("|")[1:].split("|"))
    if len(others) + 1 < _LEAST_COLUMNS or not any(map(str.isalpha, first)):
        return False
    return not any(others) or all(cell == first for cell in others)
