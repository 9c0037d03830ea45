"""What a bench tells: rows of values measured in turns, ours beside what they are compared with.

A bench that takes `--json FILE` writes its rows there, and `bench/report.py` makes one report of
them.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Row:
    """Values of one kind of work, of `ours` and of the `other` that `beside` names; in `unit`.

    The values stand in the order in which they were measured, one of each in turn. Without a
    `beside` there is nothing to compare with. `goal` is a bound of the ratio of the medians, or of
    the median of ours where there is no other.
    """

    work: str
    unit: str
    ours: list[float]
    other: list[float] = field(default_factory=list)
    beside: str = ""
    goal: str = ""
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """The median of ours divided by that of the other."""
        if not self.other:
            return None
        return statistics.median(self.ours) / statistics.median(self.other)


def add_json(parser: argparse.ArgumentParser) -> None:
    """Give a bench the option `--json FILE`."""
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there as well")


def write_rows(rows: Iterable[Row], file: Path | None) -> None:
    """Write rows as JSON, if a file was named."""
    if file is not None:
        text = json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1)
        file.write_text(text + "\n", "utf-8")


def read_rows(file: Path) -> list[Row]:
    """Read what `write_rows` wrote."""
    return [Row(**row) for row in json.loads(file.read_text("utf-8"))]


def table(rows: Sequence[Row]) -> str:
    """Return rows as a table in Markdown: median, least to most, ratio, goal."""
    lines = ["| work | Zhiku | beside it | ratio | goal |", "|---|---|---|---|---|"]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        other = f"{_told(row.other, row.unit)} {row.beside}" if row.other else row.beside
        work = f"{row.work}; {row.note}" if row.note else row.work
        lines.append(f"| {work} | {_told(row.ours, row.unit)} | {other} | {ratio} | {row.goal} |")
    return "\n".join(lines)


def _told(values: Sequence[float], unit: str) -> str:
    """The median, and the least and the most where there are several."""
    middle = _number(statistics.median(values))
    if len(values) == 1:
        return f"{middle} {unit}"
    return f"{middle} {unit} ({_number(min(values))} – {_number(max(values))}; {len(values)})"


def _number(value: float) -> str:
    """Three digits that count, thousands with a comma."""
    if abs(value) >= 100:  # no fraction counts any more
        return f"{value:,.0f}"
    return f"{value:.3g}"
