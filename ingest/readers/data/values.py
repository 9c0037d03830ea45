"""Values with names, as data files hold them, written so that people and models read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ingest.document import PartWriter
from ingest.text import collapsed

_MOST_COLUMNS = 40
_LEAST_FILLED = 0.4  # of a table's cells; with less, its rows are written as records
_LONG = 300  # characters of a list or object in one line
_DEEPEST_HEADING = 6
_NAMES = ("title", "name", "label", "id", "key", "标题", "名称", "姓名", "编号")
_LONGEST_NAME = 80


def write_value(value: Any, writer: PartWriter, name: str = "", level: int = 1) -> None:
    """Write a value: objects as `name: value` lines, lists of like objects as tables.

    Raises RecursionError if it is nested too deeply.
    """
    if isinstance(value, Mapping):
        _write_object(value, writer, name, level)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        _write_list(value, writer, name, level)
    elif text := in_line(value):
        writer.paragraph(f"{name}: {text}" if name else text)


def in_line(value: Any) -> str:
    """Return a value in one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        pairs = ((key, in_line(one)) for key, one in value.items())
        return ", ".join(f"{key}: {text}" for key, text in pairs if text)
    if isinstance(value, Sequence) and not isinstance(value, str):
        is_flat = not any(map(_is_nested, value))
        return (", " if is_flat else "; ").join(filter(None, map(in_line, value)))
    return str(value).strip()


def flattened(value: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the names of what an object holds ("address.city"), each with its value in a line."""
    for key, one in value.items():
        name = f"{path}.{key}" if path else str(key)
        if isinstance(one, Mapping) and one:
            yield from flattened(one, name)
        else:
            yield name, in_line(one)


def _write_object(value: Mapping[str, Any], writer: PartWriter, name: str, level: int) -> None:
    lines: list[str] = []

    def end_lines() -> None:
        writer.paragraph("\n".join(lines))
        lines.clear()

    if name:
        writer.heading(name, level)
        level += 1
    for key, one in value.items():
        if level <= _DEEPEST_HEADING and _is_nested(one) and _is_long(one):
            end_lines()
            write_value(one, writer, str(key), level)
        elif isinstance(one, Mapping):
            lines += (f"{path}: {text}" for path, text in flattened(one, str(key)) if text)
        elif text := in_line(one):
            lines.append(f"{key}: {text}")
    end_lines()


def _write_list(values: Sequence[Any], writer: PartWriter, name: str, level: int) -> None:
    if name:
        writer.heading(name, level)
        level += 1
    if not all(isinstance(one, Mapping) for one in values):
        if values and all(_is_row(one) for one in values):
            writer.table([[in_line(cell) for cell in row] for row in values], header_rows=0)
            return
        for one in values:
            if level <= _DEEPEST_HEADING and _is_nested(one) and _is_long(one):
                write_value(one, writer, "", level + 1)
            else:
                writer.item(in_line(one))
        return
    if any(_is_deep(one) for one in values) and level <= _DEEPEST_HEADING:
        for number, one in enumerate(values, 1):
            write_value(one, writer, _label(one) or f"{name or '#'} {number}", level)
        return
    rows = [dict(flattened(one)) for one in values]
    columns = list(dict.fromkeys(key for row in rows for key in row))
    filled = sum(map(len, rows))
    if len(columns) <= _MOST_COLUMNS and filled >= _LEAST_FILLED * len(columns) * len(rows):
        writer.table([columns, *([row.get(key, "") for key in columns] for row in rows)])
        return
    for row in rows:
        writer.item("\n".join(f"{key}: {text}" for key, text in row.items() if text))


def _label(value: Mapping[str, Any]) -> str:
    """Return what an object is called in it, or what it says first."""
    for key in _NAMES:
        said = value.get(key)
        if isinstance(said, str) and 0 < len(collapsed(said)) <= _LONGEST_NAME:
            return collapsed(said)
    for key, said in value.items():
        if not _is_nested(said) and 0 < len(text := collapsed(in_line(said))) <= _LONGEST_NAME:
            return f"{key}: {text}"
    return ""


def _is_nested(value: Any) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, Sequence) and not isinstance(value, str)
    )


def _is_long(value: Any) -> bool:
    """Whether a list or object is better written over several lines than in one."""
    if isinstance(value, Mapping):
        return len(value) > 4 or _is_deep(value) or len(in_line(value)) > _LONG
    return any(map(_is_nested, value)) or len(in_line(value)) > _LONG


def _is_deep(value: Mapping[str, Any]) -> bool:
    """Whether an object holds lists of objects, or long texts beside objects."""
    return any(
        (isinstance(one, Sequence) and not isinstance(one, str) and any(map(_is_nested, one)))
        or (isinstance(one, Mapping) and _is_deep(one))
        for one in value.values()
    )


def _is_row(value: Any) -> bool:
    return _is_nested(value) and not isinstance(value, Mapping) and not any(map(_is_nested, value))
