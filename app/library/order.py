"""What an ingestion is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.library.collection_names import DEFAULT_COLLECTION


@dataclass(frozen=True)
class Order:
    """Files and folders to mirror, or every source where there are none, or documents to read.

    `documents` are ids; they are read again, and nothing else is done then. `keep` removes nothing,
    `yes` also what empties a large source. With `again` what needs nothing is read once more too.
    """

    paths: tuple[Path, ...] = ()
    collection: str = DEFAULT_COLLECTION
    keep: bool = False
    yes: bool = False
    again: bool = False
    documents: tuple[str, ...] = ()

    def arguments(self) -> dict[str, Any]:
        """Return it as the arguments of a job, which are JSON."""
        found: dict[str, Any] = {
            "paths": [str(_absolute(path)) for path in self.paths],
            "collection": self.collection,
            "keep": self.keep,
            "yes": self.yes,
        }
        if self.again:  # else as in earlier releases, so that one of theirs that waits is joined
            found |= {"again": True, "documents": list(self.documents)}
        return found

    @classmethod
    def of(cls, arguments: Mapping[str, Any]) -> Order:
        """Return what a job, also one of an earlier release, was asked for."""
        return cls(
            paths=tuple(Path(path) for path in arguments["paths"]),
            collection=arguments["collection"],
            keep=arguments["keep"],
            yes=arguments.get("yes", False),
            again=arguments.get("again", False),
            documents=tuple(arguments.get("documents", ())),
        )


def _absolute(path: Path) -> Path:
    try:
        return path.expanduser().absolute()
    except RuntimeError:  # ~nobody: the report says that there is no such file
        return path.absolute()
