"""What was measured of answers, as a table for people."""

from __future__ import annotations

from app.evaluation.answers_report import AnswersReport
from app.evaluation.checklist_table import print_changes, print_checklists, print_incomplete
from app.evaluation.table_columns import Column, heads, values
from app.terminal import print_line

# No wider than 80 characters.
_COLUMNS = (
    Column("accu-\nracy", "accuracy", 3),
    Column("num-\nbers", "numbers", 3),
    Column("F1", "f1", 3),
    Column("refused", "refused", 3),
    Column("falsely\nrefused", "falsely_refused", 3),
    Column("unsure", "unsure", 3),
    Column("prec.", "citation_precision", 3),
    Column("recall", "citation_recall", 3),
    Column("first\ns", "first_token_s", 1),
    Column("total\ns", "total_s", 1),
)


def print_answers(report: AnswersReport) -> None:
    """Print the means of each program, in blocks of one cell, and how the questions were chosen."""
    if report.cells or not report.checklists:
        _print_cells(report)
    if report.checklists:
        print_checklists(report.checklists)
        print_incomplete(report.checked)
    chosen = "all questions"
    if report.limit:
        chosen = f"at most {report.limit} of each cell, seed {report.seed}"
    older = f", {report.older} of them by other sources of ours" if report.older else ""
    print_line(
        f"{chosen}; {report.llm_model}; "
        f"{report.asked} answers new, {report.kept} of earlier runs{older}"
    )
    if report.changes:
        print_changes(report.changes)


def _print_cells(report: AnswersReport) -> None:
    for line in heads(_COLUMNS, f"{'':8}{'n':>4}"):
        print_line(line, "bold")
    before = ""
    for c in report.cells:
        cell = f"{c.source} {c.lang} > {c.doc_lang}, {c.part}"
        if before != cell:
            print_line(cell)
        print_line(f"  {c.method:6}{c.n:4}{values(c, _COLUMNS)}")
        before = cell
