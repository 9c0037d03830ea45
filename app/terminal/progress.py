"""Progress on a terminal; silence where stderr is a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from app.control_characters import line
from app.terminal import output

if TYPE_CHECKING:
    from app.library import IngestProgress
    from llm.answer import ReadingPart, Waiting
    from llm.pull import PullProgress

EvalProgress = Callable[[str, int, int], None]  # what is done; done and total (0: unknown)


@contextmanager
def ingest_progress() -> Iterator[IngestProgress]:
    """Give a callback that shows the file in hand and what is done with it."""
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        console=output.err,
        transient=True,
        disable=not output.err.is_terminal,
    ) as bars:
        task = bars.add_task("looking")

        def show(path: str, step: str, done: int, total: int) -> None:
            bars.update(
                task, description=f"{step}{share(step, done, total)}  {output.escape(path)}"
            )

        yield show


def share(step: str, done: int, total: int) -> str:
    """Return how far a step is, to stand behind its name: of a copy in MB, else in pieces."""
    if not total:
        return ""
    return f" {done >> 20}/{total >> 20} MB" if step == "staging" else f" {done}/{total}"


@contextmanager
def eval_progress() -> Iterator[EvalProgress]:
    """Give a callback that shows how many of the questions have been asked."""
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeRemainingColumn(),
        console=output.err,
        transient=True,
        disable=not output.err.is_terminal,
    ) as bars:
        task = bars.add_task("", total=None)

        def show(step: str, done: int, total: int) -> None:
            share = f" {done}/{total}" if total else ""
            bars.update(task, description=step + share, completed=done, total=total or None)

        yield show


@contextmanager
def pull_progress() -> Iterator[PullBars]:
    """Give a callback that shows a bar for each file that is downloaded, checked or joined."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        console=output.err,
        transient=True,
        disable=not output.err.is_terminal,
    ) as bars:
        yield PullBars(bars)


class PullBars:
    """One bar a file; where stderr is no terminal, one line for each thing begun."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[tuple[str, str], TaskID] = {}

    def __call__(self, p: PullProgress) -> None:
        """Show how far a file is."""
        key = (p.step, p.file)
        words = f"{p.model_id}: {p.step} {p.file}" + (f" ({p.source})" if p.source else "")
        if key not in self._tasks:
            self._tasks[key] = self._bars.add_task(output.escape(words), total=p.total)
            if self._bars.disable:
                output.err.print(line(words), markup=False, highlight=False, soft_wrap=True)
        self._bars.update(self._tasks[key], completed=p.done, total=p.total)


class StepLine:
    """What is done before an answer can be read, in one line that goes again."""

    def __init__(self) -> None:
        self._status = output.err.status("")

    def show(self, step: ReadingPart) -> None:
        """Say which part is in hand."""
        if output.err.is_terminal:
            doing = "joining points" if step.joining else "reading part"
            self._status.update(f"{doing} {step.part} of {step.total}")
            self._status.start()

    def wait(self, waiting: Waiting) -> None:
        """Say how many answers come first; silent where it is nobody's."""
        if output.err.is_terminal and waiting.ahead:
            about = f", about {waiting.seconds:.0f} s" if waiting.seconds is not None else ""
            answers = "answer" if waiting.ahead == 1 else "answers"
            self._status.update(f"{waiting.ahead} {answers} before yours{about}")
            self._status.start()

    def clear(self) -> None:
        """Take the line away."""
        self._status.stop()
