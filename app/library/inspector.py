"""One document looked at closely: what is known of it, its passages, what was read of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.library.library_overview import as_passage, as_row
from app.library.understood import blocks_of
from app.results import DocumentRow, Passage, ShownBlock
from ingest.document import part_of
from retrieval.errors import LibraryError
from retrieval.ledger import Ledger
from retrieval.library import DocumentFacts, Entry, Library, document_facts, entries

PASSAGES = 20  # in a list
_PARTS = 5  # pages, slides or sheets of text at once
_BLOCKS = 150  # of a document without pages
_LONGEST = 20_000  # characters of a block that are shown; a sheet may be one table of megabytes
_MOST = 120_000  # characters at once


@dataclass(frozen=True)
class Inspected:
    """A document, what the list says of it, and the other documents of the same bytes."""

    row: DocumentRow
    entry: Entry
    facts: DocumentFacts
    twins: tuple[Entry, ...]


@dataclass(frozen=True)
class PassageList:
    """Some passages of a document, each with its number from 1.

    `total` counts all, `matching` those that were asked for; `page` is the one shown, of `pages`.
    `headers` have by id what stands above the rows of a table that a passage begins with.
    """

    passages: tuple[tuple[int, Passage], ...]
    total: int
    matching: int
    page: int
    pages: int
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TextPage:
    """What was read, block by block: the `page`-th piece of `pages`.

    `is_cut` tells that there is more in it than is shown.
    """

    blocks: tuple[ShownBlock, ...]
    page: int
    pages: int
    is_cut: bool = False


class Inspector:
    """Looks closely at single documents. Ids that are none give None or nothing."""

    def __init__(self, ledger: Ledger, library: Library) -> None:
        self._ledger = ledger
        self._library = library

    def look(self, document: str) -> Inspected | None:
        """Return what is known of a document; None if it is not there, or was deleted."""
        with self._library.snapshot():
            record = self._library.get(document)
            if record is None:
                return None
            listed = {entry.document: entry for entry in entries(self._ledger)}
            facts = document_facts(self._ledger, document)
        twins = tuple(listed[one] for one in facts.twins if one in listed)
        return Inspected(as_row(record), listed[document], facts, twins)

    def passages(
        self,
        document: str,
        search: str = "",
        page: int = 1,
        chunk: str | None = None,
        *,
        only_off: bool = False,
    ) -> PassageList:
        """Return the passages of a document that have some words, in any case, in text or heading.

        With a `chunk` that is among them, the page of the list that it is on; with `only_off` of
        those that are switched off.
        """
        wanted = search.strip().casefold()
        chunks = self._library.document_chunks(document, with_off=True)
        found = [
            (number, one)
            for number, one in enumerate(chunks, 1)
            if (one.metadata["off"] or not only_off)
            and any(wanted in t.casefold() for t in (one.page_content, one.metadata["heading"]))
        ]
        pages = max(1, -(-len(found) // PASSAGES))
        at = next((n for n, (_, one) in enumerate(found) if chunk and one.id == chunk), None)
        page = min(max(1, page), pages) if at is None else 1 + at // PASSAGES
        here = found[(page - 1) * PASSAGES : page * PASSAGES]
        passages = tuple((number, as_passage(one)) for number, one in here)
        headers = {str(one.id): one.metadata["header"] for _, one in here}
        return PassageList(passages, len(chunks), len(found), page, pages, headers)

    def passage(self, document: str, chunk: str) -> Passage | None:
        """Return a passage of a document by its id, None if it is not one of it."""
        found = self._library.chunks([chunk], with_off=True).get(chunk)
        if found is None or found.metadata["document"] != document:
            return None
        return as_passage(found)

    def text(self, document: str, page: int = 1) -> TextPage:
        """Return what was read of a document, a few pages at once.

        Raises LibraryError when that is damaged.
        """
        with self._library.snapshot():
            count = document_facts(self._ledger, document).parts
            if count > 1:
                pages = -(-count // _PARTS)
                page = min(max(1, page), pages)
                first = (page - 1) * _PARTS + 1
                blocks = self._blocks(document, first, first + _PARTS - 1)
            else:
                every = self._blocks(document, 1, 1)
                pages = max(1, -(-len(every) // _BLOCKS))
                page = min(max(1, page), pages)
                blocks = every[(page - 1) * _BLOCKS : page * _BLOCKS]
        shown: list[ShownBlock] = []
        length = 0
        for block in blocks:
            length += min(len(block.text), _LONGEST)
            if shown and length > _MOST:
                break
            shown.append(block)
        return TextPage(tuple(shown), page, pages, len(shown) < len(blocks))

    def page_blocks(self, document: str, number: int) -> list[ShownBlock]:
        """Return what was read of the page, slide or sheet of this number; nothing if unknown."""
        try:
            blocks = self._blocks(document, number, number)
        except LibraryError:
            return []
        return [block for block in blocks if block.page == number]

    def _blocks(self, document: str, first: int, last: int) -> list[ShownBlock]:
        stored = self._library.parts(document, (first, last))
        try:
            parts = [part_of(p.head, p.text, p.blocks, p.lines) for p in stored]
        except ValueError as error:
            raise LibraryError(
                f"what was read of {document!r} is damaged", "text-damaged"
            ) from error
        return [block for part in parts for block in blocks_of(part)]
