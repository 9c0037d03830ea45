"""The report of a measurement: its file, and what is printed of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from app.errors import KbError, UsageError
from app.terminal import output


def report_file(out: Path | None, kind: str, names: Sequence[str], what: str) -> Path:
    """Return the file of a report about the folders or files with these names.

    Raises UsageError if two have the same name, as `what` they are, or it cannot be written.
    """
    if len(set(names)) < len(names):
        raise UsageError(f"two of the {what} have the same name: {', '.join(names)}")
    file = out or Path(f"eval-{kind}-{'+'.join(names)}.json")
    if file.is_dir() or not file.absolute().parent.is_dir():
        raise UsageError(
            f"--out {str(file)!r} cannot be written; name a file in a folder that is there"
        )
    return file


Report = TypeVar("Report")


def hand_over(
    report: Report, file: Path, table: Callable[[Report], None], *, as_json: bool
) -> None:
    """Print a report as JSON or as a table, and write it to its file.

    Raises KbError when the file cannot be written; what was measured is printed by then.
    """
    if as_json:
        output.print_json(report)
    else:
        table(report)
    text = json.dumps(output.plain(report), ensure_ascii=False, indent=1)
    try:
        file.write_text(text + "\n", "utf-8")
    except OSError as error:
        raise KbError(f"cannot write the report {str(file)!r}: {error.strerror}") from error
    if not as_json:
        output.print_line(f"report: {file}")
