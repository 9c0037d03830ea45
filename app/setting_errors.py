"""What is wrong with settings, each as one line, with the reason by which pages say it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.errors import UsageError
from app.settings_file import PREFIX, shortened
from llm.address import AddressError

# Not repeated in an error: what was given may hold a password.
_UNSPOKEN = ("llm_base_url", "llm_api_key")
# By what pydantic calls it, the reason for which a value is wrong.
_BOUNDS = {
    "greater_than_equal": "value-least",
    "greater_than": "value-more",
    "less_than_equal": "value-most",
}
_KINDS = {"int": "value-whole", "float": "value-number", "bool": "value-switch"}


def check_names(names: Iterable[str], fields: Iterable[str], file: Path | None = None) -> None:
    """Raise UsageError for a name in a file, or in the environment, that is none of a setting."""
    known = {f"{PREFIX}{name.upper()}" for name in fields}
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else "`kb settings` lists the settings"
            where = "the environment" if file is None else str(file)
            raise UsageError(
                f"unknown setting {shortened(name)[1:-1]} in {where}; {hint}",
                "setting-unknown" if file is None else "setting-unknown-in",
                setting=shortened(name)[1:-1],
                file=where,
            )


def wrong_value(error: ValidationError) -> UsageError:
    """Return the error for the first value that is none of its setting."""
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else "a setting"
    key = name if name.startswith(PREFIX) else f"{PREFIX}{name.upper()}"
    given = "" if name in _UNSPOKEN else f"={shortened(str(first['input']))}"
    said = first["msg"].removeprefix("Value error, ")
    return UsageError(
        f"{key}{given}: {said}; set it right or unset it",
        "setting-wrong",
        setting=key,
        given=given,
        why=_why(said, first["type"], first.get("ctx", {})),
    )


def _why(said: str, kind: str, context: Mapping[str, Any]) -> UsageError:
    """Return what is wrong with a value; `kind` is what pydantic calls it."""
    if isinstance(raised := context.get("error"), AddressError):
        return UsageError(said, raised.reason)
    if kind in _BOUNDS:
        return UsageError(said, _BOUNDS[kind], n=next(iter(context.values())))
    return UsageError(said, _KINDS.get(kind.partition("_")[0], "value-wrong"))
