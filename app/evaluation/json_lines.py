"""Files with one JSON object a line, each checked against a model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from app.errors import UsageError

Line = TypeVar("Line", bound=BaseModel)


def json_lines(file: Path, model: type[Line]) -> Iterator[tuple[int, Line]]:
    """Yield the objects of a file with their line numbers; lines of white space are left out.

    Raises UsageError, one line, for a file that cannot be read and a line that is none.
    """
    for number, line in written_lines(file):
        yield number, checked(file, number, line, model)


def written_lines(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file with their numbers; those of white space are left out.

    Raises UsageError, one line, for a file that cannot be read.
    """
    try:
        with file.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, line
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"cannot read {str(file)!r}: {error}", "file-unreadable", name=file.name
        ) from error


def no_question(file: Path, number: int, what: str) -> UsageError:
    """Return the error that says what is wrong with a line."""
    return UsageError(
        f"line {number} of {str(file)!r} is no question: {what}",
        "no-question",
        name=file.name,
        line=number,
        what=what,
    )


def checked(file: Path, number: int, line: str, model: type[Line]) -> Line:
    """Return the object of a line. Raises UsageError, one line, where it is none."""
    try:
        return model.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        what = f"{place}: {first['msg']}" if place else first["msg"]
        raise no_question(file, number, what) from None
