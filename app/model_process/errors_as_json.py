"""Errors as messages: what one process raised, the other raises again."""

from __future__ import annotations

import logging
import traceback
from typing import Any

from app.errors import one_line
from app.problem import Problem
from llm.errors import ModelError

log = logging.getLogger(__name__)


def as_values(error: Exception) -> dict[str, Any]:
    """Return an error as the values of a message.

    Of a defect only its kind is told and logged, and where it arose: its words may hold a text.
    """
    if isinstance(error, ModelError):
        return {"error": "model", **one_line(error).as_json()}
    if isinstance(error, ValueError):
        return {"error": "value", "line": str(error)}
    places = traceback.extract_tb(error.__traceback__)
    log.error(
        "%s at %s", type(error).__name__, " < ".join(f"{p.name}:{p.lineno}" for p in places[::-1])
    )
    return {"error": "defect", "line": type(error).__name__}


def raise_told(values: dict[str, Any]) -> None:
    """Raise what the values of a message tell of, if they do."""
    kind, line = values.get("error"), str(values.get("line", ""))
    if kind == "model" and (problem := Problem.from_json(values)) is not None:
        raise ModelError(str(problem), problem.reason, **problem.values)
    if kind == "value":
        raise ValueError(line)
    if kind is not None:
        raise RuntimeError(f"the model process failed: {line}; its log tells where")
