"""How results and progress look on a terminal, and as JSON."""

from app.terminal import output
from app.terminal.output import complain, escape, out, plain, print_json, print_line
from app.terminal.progress import (
    EvalProgress,
    StepLine,
    eval_progress,
    ingest_progress,
    pull_progress,
    share,
)
from app.terminal.shown_document import print_blocks, print_shown

__all__ = [
    "EvalProgress",
    "StepLine",
    "complain",
    "escape",
    "eval_progress",
    "ingest_progress",
    "out",
    "output",
    "plain",
    "print_blocks",
    "print_json",
    "print_line",
    "print_shown",
    "pull_progress",
    "share",
]
