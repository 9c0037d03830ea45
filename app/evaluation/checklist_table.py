"""What was measured with checklists, as a table for people."""

from __future__ import annotations

from collections.abc import Sequence

from app.evaluation.changes import Changes
from app.evaluation.checklist import MOST_CHARACTERS, MOST_WORDS
from app.evaluation.checklist_cells import ALL, ChecklistCell
from app.evaluation.table_columns import Column, heads, values
from app.terminal import print_line

# No wider than 120 characters.
_COLUMNS = (
    Column("complete", "complete", 2),
    Column("short", "short", 2),
    Column("facts", "facts", 2),
    Column("cited", "cited", 2),
    Column("unsure", "unsure", 2),
    Column("none", "not_found", 2),
    Column("missed", "unanswered", 0),
    Column("made up", "unfounded", 0),
    Column("wrong", "wrong", 0),
    Column("length", "length", 0),
    Column("calls", "calls", 0),
    Column("tokens", "prompt_tokens", 0),
    Column("first s", "first_token_s", 1),
    Column("total s", "total_s", 1),
)
_KIND, _METHOD = 13, 6  # columns; "unanswerable" and "zhiku" are the longest


def print_checklists(cells: Sequence[ChecklistCell]) -> None:
    """Print the cells in blocks of one source and language, and how the times compare."""
    print_line(f"{'':{1 + _KIND + _METHOD}}{'n':>3}{heads(_COLUMNS)}", "bold")
    block = before = ""
    for c in cells:
        if block != (block := f"{c.source} {c.lang}" if c.lang != ALL else f"{c.source}, {ALL}"):
            print_line(block, "bold")
            before = ""
        kind = "" if before == c.kind else c.kind
        before = c.kind
        print_line(f" {kind[: _KIND - 1]:{_KIND}}{c.method:{_METHOD}}{c.n:3}{values(c, _COLUMNS)}")
    print_line(
        f"short: complete in at most {MOST_WORDS} words or {MOST_CHARACTERS} Chinese characters, "
        "but for lists, procedures, tables and tasks"
    )
    _times([c for c in cells if c.kind == ALL and c.total_ratio is not None])


def print_changes(changes: Changes) -> None:
    """Print which questions are answered better and which worse than in the last report."""
    better = sum(change.better for change in changes.questions)
    print_line(
        f"since the report of {changes.since}: {better} better, "
        f"{len(changes.questions) - better} worse, of {changes.common} questions in both"
    )
    for change in changes.questions:
        missing = f"; missing: {'; '.join(change.missing)}" if change.missing else ""
        print_line(
            f"  {'better' if change.better else 'worse '}  {change.kind} {change.id}: "
            f"{change.before} > {change.after}{missing}"
        )


def _times(cells: Sequence[ChecklistCell]) -> None:
    for c in cells:
        first = "" if c.first_token_ratio is None else f"first word {c.first_token_ratio:.2f}, "
        print_line(
            f"times over those of plain, {c.source} {c.lang}: {first}whole {c.total_ratio:.2f}"
            + ("" if c.same_run == c.n else f" ({c.n - (c.same_run or 0)} of {c.n} of other runs)")
        )
