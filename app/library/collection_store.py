"""Collections made, described, renamed, and taken away with or without their documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from app.errors import UsageError
from app.library.collection_names import DEFAULT_COLLECTION, check_name
from app.library.source_of import sources_below
from retrieval.ledger import Ledger
from retrieval.library import LONGEST_DESCRIPTION, Collection, Collections, Library


class CollectionStore:
    """The library's collections.

    Names that differ only in case, width or spaces are the same here; the command line, which
    makes a collection by naming it, may still make such a one.
    """

    def __init__(self, ledger: Ledger, remove: Callable[[Sequence[str]], object]) -> None:
        """`remove` takes documents, by their ids, out of the library."""
        self._ledger = ledger
        self._library = Library(ledger)
        self._collections = Collections(ledger)
        self._remove = remove

    def all(self) -> list[Collection]:
        """Return the collections, empty ones too; the usual one first, the others by name."""
        found = {one.name: one for one in self._collections.all()}
        usual = Collection(DEFAULT_COLLECTION, "", 0, 0, 0, 0)
        return [found.pop(DEFAULT_COLLECTION, usual), *found.values()]

    def names(self) -> list[str]:
        """Return the names of the collections, empty ones too, the usual one first."""
        return [one.name for one in self.all()]

    def alike(self, name: str, but: str = "") -> str | None:
        """Return the collection that a name could be taken for, other than `but`, if any."""
        return self._collections.alike(name, but)

    def make(self, name: str, description: str = "") -> None:
        """Make a collection. Raises UsageError or LibraryError when that cannot be its name."""
        self._collections.make(_checked(name), _described(description))

    def describe(self, name: str, description: str) -> None:
        """Say what a collection is for."""
        self._collections.describe(name, _described(description))

    def rename(self, name: str, new: str) -> None:
        """Rename a collection; its documents, folders, jobs and assistants follow.

        Raises UsageError when that cannot be its name, or it is the usual collection; LibraryError
        when another has the name, or folders are being read into it.
        """
        _require_own(name)
        self._collections.rename(name, _checked(new))

    def remove(self, name: str, into: str | None = None) -> None:
        """Take a collection away: its documents go into another, or are deleted with it.

        Its folders are then mirrored into the other one, or no more. Raises UsageError for the
        usual collection, LibraryError while folders are being read into it.
        """
        _require_own(name)
        if into is None:
            self._collections.require_quiet(name)
            self._remove([r.document for r in self._library.records(name)])
            self._collections.drop(name)
            return
        check_name(into)
        with self._ledger.write():
            self._collections.merge(name, into)
            for outer in self._library.sources(into):
                if outer.kind == "folder":
                    for inner, prefix in sources_below(self._library, Path(outer.root), into):
                        self._library.absorb(inner, outer, prefix)


def _checked(name: str) -> str:
    name = " ".join(name.split())
    check_name(name)
    return name


def _described(description: str) -> str:
    description = description.strip()
    if len(description) > LONGEST_DESCRIPTION:
        raise UsageError(
            f"the description has {len(description):,} characters; {LONGEST_DESCRIPTION} are the"
            " most",
            "description-long",
            n=len(description),
            most=LONGEST_DESCRIPTION,
        )
    return description


def _require_own(name: str) -> None:
    if name == DEFAULT_COLLECTION:
        raise UsageError(
            f"{DEFAULT_COLLECTION!r} stays: what names no collection goes there; move its"
            " documents",
            "usual-collection",
        )
