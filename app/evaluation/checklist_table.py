"""What was measured with checklists, as a table for people."""

from __future__ import annotations

from collections.abc import Sequence

from app.evaluation.answers_report import CheckedQuestion
from app.evaluation.changes import Changes
from app.evaluation.checklist import MOST_CHARACTERS, MOST_WORDS
from app.evaluation.checklist_cells import ALL, ChecklistCell
from app.evaluation.grouping import ZHIKU
from app.evaluation.table_columns import Column, heads, values
from app.terminal import print_line

# No wider than 120 characters.
_COLUMNS = (
    Column("complete", "complete", 2),
    Column("short", "short", 2),
    Column("facts", "facts", 2),
    Column("cited", "cited", 2),
    Column("unsure", "unsure", 2),
    Column("not\nfound", "not_found", 2),
    Column("unanswered", "unanswered", 0),
    Column("unfounded", "unfounded", 0),
    Column("wrong", "wrong", 0),
    Column("length", "length", 0),
    Column("calls", "calls", 0),
    Column("prompt\ntokens", "prompt_tokens", 0),
    Column("first\ns", "first_token_s", 1),
    Column("total\ns", "total_s", 1),
)
_KIND, _METHOD_AND_N = 12, 9  # characters; "unanswerable" and "zhiku 100" fit
_MOST_INCOMPLETE = 20  # lines; the report has them all
_LEGEND = (
    "complete: every element of the checklist and nothing forbidden, or refused where there is no "
    "answer",
    f"short: complete in at most {MOST_WORDS} words or {MOST_CHARACTERS} Chinese characters; "
    "lists, procedures, tables and tasks may be longer",
    "facts: share of the elements; cited: cites a document that holds the answer; "
    "unsure: marked as unsure",
    "not found: refused, which is right where there is no answer",
    "unanswered, unfounded: how many were refused though there is an answer, answered though there "
    "is none",
    "wrong: how many were answered with no element or with something forbidden",
    "length: words, or Chinese characters; calls, prompt tokens: of the model; from length on: "
    "medians",
)


def print_checklists(cells: Sequence[ChecklistCell]) -> None:
    """Print the cells in blocks of one source and language, and how the times compare."""
    for line in heads(_COLUMNS, f"{'n':>{_KIND + _METHOD_AND_N}}"):
        print_line(line, "bold")
    block = before = ""
    for c in cells:
        if block != (block := f"{c.source} {c.lang}" if c.lang != ALL else f"{c.source}, {ALL}"):
            print_line(block, "bold")
            before = ""
        kind = "" if before == c.kind else c.kind
        before = c.kind
        method = f"{c.method} {c.n:2}"
        print_line(f"{kind[:_KIND]:{_KIND}}{method:>{_METHOD_AND_N}}{values(c, _COLUMNS)}")
    for line in _LEGEND:
        print_line(line)
    _times([c for c in cells if c.kind == ALL and c.total_ratio is not None])


def print_incomplete(checked: Sequence[CheckedQuestion]) -> None:
    """Print which of our answers are not complete and what each lacks, a line each."""
    ours = [one for one in checked if one.method == ZHIKU]
    lacking = [one for one in ours if not one.verdict.complete]
    print_line(f"not complete: {len(lacking)} of {len(ours)} by {ZHIKU}")
    for one in lacking[:_MOST_INCOMPLETE]:
        print_line(f"  {one.source} {one.lang} {one.kind} {one.id}: {_lack(one)}")
    if more := len(lacking[_MOST_INCOMPLETE:]):
        print_line(f"  and {more} more in the report, under `checked`")


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


def _lack(one: CheckedQuestion) -> str:
    """Return what keeps an answer from being complete."""
    if not one.answerable:
        return "unfounded" if one.verdict.outcome == "answered" else one.verdict.outcome
    if one.verdict.outcome == "not_found":
        return "unanswered"
    if one.verdict.outcome == "unsure" and not (one.verdict.missing or one.verdict.forbidden):
        return "unsure"
    found = {
        "missing": [" | ".join(e) for e in one.verdict.missing],
        "forbidden": one.verdict.forbidden,
    }
    return "; ".join(f"{name}: {'; '.join(texts)}" for name, texts in found.items() if texts)


def _times(cells: Sequence[ChecklistCell]) -> None:
    for c in cells:
        first = "" if c.first_token_ratio is None else f"first word {c.first_token_ratio:.2f}, "
        print_line(
            f"times over those of plain, {c.source} {c.lang}: {first}whole {c.total_ratio:.2f}"
            + ("" if c.same_run == c.n else f" ({c.n - (c.same_run or 0)} of {c.n} of other runs)")
        )
