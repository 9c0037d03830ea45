"""The façade: everything that the command line and the web app do, they do through it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from app.given_texts import check_texts
from app.library import (
    DEFAULT_COLLECTION,
    LibraryWriter,
    as_row,
    close_to_others,
    overview,
    require_ledger,
)
from app.loaded_models import Models
from app.settings import Settings
from retrieval.ledger import EVERYTHING, Filter, Kept, Ledger

if TYPE_CHECKING:
    from langchain_core.documents import Document

    from app.asking import Asker, Finder
    from app.conversations import Conversations
    from app.feedback import Feedback
    from app.library import ArchiveReport, Check, CollectionStore, Inspector, Shelf
    from app.pictures import Pictures
    from app.results import DocumentRow, ShownDocument, ShownWithBlocks, SourceChange
    from app.suggestions import Suggestions
    from llm.answer import Event, Found
    from llm.question import Turn
    from retrieval.assistants import Assistants
    from retrieval.library import Job, Switches
    from retrieval.search import Method

__all__ = ["DEFAULT_COLLECTION", "KnowledgeBase", "build"]


class KnowledgeBase(LibraryWriter):
    """A library of documents that answers questions; make it with `build`.

    What a method needs is imported in it, so that `kb list` waits for nothing that it does not use.

    Example:
        kb = build(load_settings()[0])
        kb.ingest([Path("docs")])
        for event in kb.ask("How many days of leave do I have?"): ...
    """

    @cached_property
    def _asker(self) -> Asker:
        from app.asking import Asker, Summariser

        summariser = Summariser(self.settings, self._library)
        return Asker(
            self.settings, self._library, self.finder, self.models, summariser, self.assistants
        )

    @cached_property
    def _rows(self) -> Kept[list[DocumentRow]]:
        return Kept(self._ledger, lambda: [as_row(r) for r in self._library.records()])

    @cached_property
    def switches(self) -> Switches:
        """What somebody switched on in the app."""
        from retrieval.library import Switches

        return Switches(self._ledger)

    @cached_property
    def conversations(self) -> Conversations:
        """What was asked and answered, kept over a restart."""
        from app.conversations import Conversations

        return Conversations(self._ledger, self._library, self.settings.keep_days)

    @cached_property
    def feedback(self) -> Feedback:
        """What people think of answers, and the questions by which they test the library."""
        from app.feedback import Feedback

        return Feedback(self._ledger, lambda: self.conversations)

    @cached_property
    def pictures(self) -> Pictures:
        """Pages of documents as pictures, and where on them a quote stands."""
        from app.library import child_environment
        from app.pictures import Pictures

        return Pictures(self.settings, self._library, child_environment())

    @cached_property
    def shelf(self) -> Shelf:
        """The documents as a list; deleted and had back, moved; the folders that are mirrored."""
        from app.library import Folders, Shelf

        folders = Folders(self._ledger, self._library, self._jobs, self._runner.ask)
        return Shelf(self.settings, self._ledger, self._library, folders)

    @cached_property
    def inspector(self) -> Inspector:
        """One document looked at closely: what is known of it, its passages, what was read."""
        from app.library import Inspector

        return Inspector(self._ledger, self._library)

    @cached_property
    def collection_store(self) -> CollectionStore:
        """The collections: made, described, renamed, taken away."""
        from app.library import CollectionStore

        return CollectionStore(self._ledger, self.remove)

    @cached_property
    def assistants(self) -> Assistants:
        """Who answers from which collections, and how."""
        from retrieval.assistants import Assistants

        return Assistants(self._ledger)

    @cached_property
    def suggestions(self) -> Suggestions:
        """Questions that can be asked of the library."""
        from app.suggestions import Suggestions
        from retrieval.suggestions import SuggestionStore

        return Suggestions(
            SuggestionStore(self._ledger),
            self._library,
            lambda: self.models,
            self.ask,
            lambda within: self.finder.in_force(within),
        )

    @cached_property
    def finder(self) -> Finder:
        """What searches the library for questions."""
        from app.asking import Finder, Translator
        from retrieval.search import Translations

        kept = Translations(self._ledger, self.settings.chat_model)
        translator = Translator(self.models, kept, self.settings.translate_seconds)
        return Finder(self._ledger, lambda: self._index, self.models, translator)

    # -- questions

    def search(
        self, question: str, k: int, within: Filter = EVERYTHING, method: Method = "fused"
    ) -> Found:
        """Return the k passages that answer a question best, of the documents allowed."""
        check_texts(question, within)
        return self.finder.find(question, k, within, method)

    def timed_search(
        self, question: str, k: int, within: Filter = EVERYTHING
    ) -> tuple[Found, float]:
        """Return the passages and the seconds it took to find them, without loading the model."""
        self.models.embeddings()
        began = time.perf_counter()
        found = self.search(question, k, within)
        return found, round(time.perf_counter() - began, 4)

    def ask(
        self,
        question: str,
        within: Filter = EVERYTHING,
        passages: Sequence[str] | None = None,
        cancel: threading.Event | None = None,
        history: Sequence[Turn] = (),
        certainty: float | None = None,
        today: date | None = None,
        assistant: str | None = None,
        asker: str | None = None,
        *,
        background: bool = False,
    ) -> Iterator[Event]:
        """Yield what was found, the answer's text as it is written, and the Answer.

        The texts, one behind the other, are the answer's; none is taken back. A wish for the
        summary of a document also yields which part of it is being read. It is told as sure from a
        `certainty`, 0 to 1, that the documents hold the answer (None: the setting). `today` is the
        date from which "this week" is counted, None that of this machine. The `assistant` of this
        id answers, from its collections and in its manner. The model goes round among those who
        ask, each with a key as `asker` (None: this process), and while others are before, that is
        told first; a question in the `background` gives way to all. Raises UsageError when the
        question or a passage is no valid text, LibraryError when there is no such assistant.
        """
        check_texts(question, within, passages or ())
        asker = asker or f"process {os.getpid()}"
        return self._asker.ask(
            question, within, passages, cancel, history, certainty, today, assistant, asker,
            background=background,
        )  # fmt: skip

    def warm(self) -> None:
        """Load both models and what else a question needs, so that the first waits for nothing.

        A first search took 3.4 s, and .1 s after this: it loads the words of Chinese, what answers
        are made of, and the library's vectors.
        """
        self.models.embeddings()
        self.models.chat()
        _ = self._asker
        self.finder.about("?")

    # -- the library

    def documents(self, collection: str | None = None) -> list[DocumentRow]:
        """Return the documents, of one collection or of all, by path."""
        if collection is None:
            return list(self._rows.get())
        return [as_row(r) for r in self._library.records(collection)]

    def document(self, name: str, collection: str | None = None) -> DocumentRow:
        """Return the document with this id, beginning of an id, or path."""
        return as_row(self._library.find(name, collection))

    def text(self, document: str) -> list[Document]:
        """Return the chunks of a document in order, those that are switched off too."""
        return self._library.document_chunks(document, with_off=True)

    def shown(self, name: str, collection: str | None = None) -> ShownDocument:
        """Return the document with this id, beginning of an id, or path, its warnings and passages.

        Both are of one version: a new one may be published meanwhile.
        """
        from app.library import as_shown

        with self._library.snapshot():
            record = self._library.find(name, collection)
            return as_shown(record, self.text(record.document))

    def understood(self, name: str, collection: str | None = None) -> ShownWithBlocks:
        """Return a document as `shown` does, with what its reader understood, block by block."""
        from app.library import with_blocks

        with self._library.snapshot():
            shown = self.shown(name, collection)
            return with_blocks(shown, self._library.parts(shown.document))

    def retry(self, job: int, *, yes: bool = False) -> Job:
        """Ask again for what a job that failed or was stopped was to do; return the new job.

        With `yes` also for what a job that is done held back from, as it would have emptied a
        source. Raises LibraryError when there is none of this id, or nothing to do again.
        """
        from app.library import retry

        return retry(self._jobs, self._uploads, self._library, job, yes=yes)

    def read_again(self, document: str, password: str | None = None) -> Job:
        """Ask that a document, found by its id or path, is read once more; return the job.

        An upload is read from the bytes that the library has, a file of a folder from its place.
        With a password it is read by this process, which keeps it in memory until then, from the
        library's bytes. Raises LibraryError when there is no such document, or no bytes of it, or
        another process owns the library and so would read it.
        """
        from app.library import order_of, require_owner

        record = self._library.find(document)
        if password is not None:
            require_owner(owned=self.own())
            self._passwords[record.document] = password
        order = order_of(self._library, record) if password is None else None
        return self._jobs.get(self._runner.ask(order) if order else self._uploads.again(record))

    def remove(self, names: Sequence[str], collection: str | None = None) -> list[DocumentRow]:
        """Take documents out of the library; all of them, or none if one is not there.

        That is one transaction, which any process may make; it does not wait for a job, and ends
        the work on these documents.
        """
        records = [self._library.find(name, collection) for name in names]
        self.shelf.remove(records)
        return [as_row(r) for r in records]

    def collections(self) -> list[str]:
        """Return the names of the collections that hold a document."""
        return self._library.collections()

    def outdated(self) -> int:
        """Return how many documents were embedded by another model, and so are not found."""
        return len(self.setup.outdated())

    def status(self) -> dict[str, object]:
        """Return counts, sizes, models and the state of the index; loads no model."""
        return overview(self.settings, self._library, self._fingerprint(), self.outdated())

    # -- folders as they change

    def watch(
        self,
        tell: Callable[[SourceChange], None],
        ended: threading.Event,
        paths: Sequence[Path] = (),
        collection: str = DEFAULT_COLLECTION,
        *,
        beside_worker: bool = False,
    ) -> None:
        """Mirror files and folders as they change, without paths every source, until `ended`.

        `beside_worker` leaves the work to the thread of this process that does the jobs.
        """
        from app.library import Watching, left_to_worker, sources_of

        named = [(path.expanduser().absolute(), collection) for path in paths]
        beside = left_to_worker(self._runner.ask, self._jobs, ended) if beside_worker else None
        Watching(
            self._library, beside or self.ingest, tell, lambda: named or sources_of(self._library)
        ).run(ended)

    # -- looking after it

    def doctor(
        self, *, repair: bool = False, report: Callable[[str], None] = lambda _: None
    ) -> list[Check]:
        """Check every layer of the library, and with `repair` mend what can be rebuilt.

        This process is the owner meanwhile, if nobody is. Beside another the index is left alone.
        """
        from app.library import Parts, examine, other_owner

        if repair:
            self._ledger.require_writable()
        with self._owned_for_now():
            parts = Parts(
                ledger=self._ledger,
                limits=self.pipeline.limits,
                fingerprint=self._fingerprint(),
                owner=other_owner(self._ledger, self.owner, self.own),
                read_again=lambda record: self.pipeline.run(record, lambda *_: None),
                index_problem=lambda: self._index.problem(),
                rebuild_index=lambda: self._index.rebuild(),
            )
            return examine(self.settings, parts, repair=repair, report=report)

    def backup(self, file: Path, *, force: bool = False) -> ArchiveReport:
        """Write the library as it is now into one file; see `app/library/write_backup.py`."""
        from app.library import backup

        self._ledger.require_writable()  # the bytes are held in the data folder meanwhile
        return backup(self.settings, file, force=force)

    def leave(self) -> None:
        """Put right what is in hand, from any thread, as this process ends now; frees no memory."""
        self._close_pictures()
        self._readers_in_use.close()
        self.abandon()
        self._index_in_use.close()

    def _close_pictures(self) -> None:
        if "pictures" in self.__dict__:
            self.pictures.close()

    def close(self) -> None:
        """Free the models and the index, and close the ledger."""
        self._close_pictures()
        self._readers_in_use.close()
        self.models.close()
        self._index_in_use.close()
        self.owner.release()
        self._ledger.close()


def build(settings: Settings) -> KnowledgeBase:
    """Open the library of these settings, making it if there is none.

    Raises LibraryError when it cannot be opened, or when its ledger is gone and its files are not.
    """
    close_to_others(settings)
    require_ledger(settings)
    return KnowledgeBase(settings, Ledger(settings.ledger_path), Models(settings))
