"""What went wrong, as a line that knows its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.control_characters import is_valid

_MOST = 50  # values, and problems in one, of what is read back


class Problem(str):
    """What went wrong, in one line as commands print it; "" for a defect, which the log tells.

    Pages say it in words of their own, which they have for the `reason`; the `values` stand in
    these: texts, numbers, and problems that this one comes of, alone or in a list.
    """

    reason: str
    values: Mapping[str, Any]

    def __new__(
        cls, line: str = "", reason: str = "", values: Mapping[str, Any] | None = None
    ) -> Problem:
        """Make the line; without a reason pages show it as it is."""
        made = super().__new__(cls, line)
        made.reason, made.values = reason, dict(values or {})
        return made

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        values = {name: _as_json(value) for name, value in self.values.items()}
        return {"line": str(self), "reason": self.reason, "values": values}

    @classmethod
    def from_json(cls, kept: object) -> Problem | None:
        """Return what `as_json` gave; None for anything else."""
        if not isinstance(kept, dict):
            return None
        line, reason, values = (kept.get(name) for name in ("line", "reason", "values"))
        if not (_is_text(line) and _is_text(reason) and isinstance(values, dict)):
            return None
        found = {str(name): _from_json(value) for name, value in list(values.items())[:_MOST]}
        return cls(str(line), str(reason), found)


def _as_json(value: object) -> object:
    if isinstance(value, Problem):
        return value.as_json()
    if isinstance(value, list):
        return [_as_json(one) for one in value]
    return value if isinstance(value, int | float) else str(value)


def _from_json(value: object) -> object:
    if isinstance(value, list):
        return [_from_json(one) for one in value[:_MOST]]
    if isinstance(value, dict):
        return Problem.from_json(value) or ""
    return value if isinstance(value, int | float) or _is_text(value) else ""


def _is_text(value: object) -> bool:
    return isinstance(value, str) and is_valid(value)
