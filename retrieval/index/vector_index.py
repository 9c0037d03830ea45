"""The vector index of a library: Chroma in the process that owns it, exact search in others."""

from __future__ import annotations

import logging
import secrets
import shutil
import threading
from pathlib import Path

import numpy as np

from retrieval.errors import DiskFullError, LibraryError, first_line
from retrieval.index.build import built
from retrieval.index.chroma_index import ChromaIndex, let_go
from retrieval.index.equal_texts import firsts_of
from retrieval.index.exact import ExactIndex, Hits
from retrieval.index.index_state import IndexState, IndexTable
from retrieval.index.outbox_search import both
from retrieval.index.probe import examine, missed, probe
from retrieval.index.seal import seal_of
from retrieval.index.searchable import Vectors, pending, some_searchable, stored
from retrieval.ledger import (
    EVERYTHING,
    SPARE,
    Failures,
    Filter,
    Ledger,
    OwnerLock,
    Vector,
    require_room,
)

log = logging.getLogger(__name__)

_STEP = 200  # changes that Chroma is told at once; a question waits for no more than these
_CANARIES = 16  # of what was added last, and of all, searched for before the index is sealed
_ROOM = 3  # bytes free on the disk for each byte of vectors before an index is built


class VectorIndex:
    """Answers from the state of the ledger at the time of the question.

    Chroma is used only while this process owns the library and Chroma is known to be well, joined
    with the changes it has not been told. Else, and with a filter, search is exact.
    """

    def __init__(
        self,
        ledger: Ledger,
        folder: Path,
        fingerprint: str,
        owner: OwnerLock,
        room: int = _ROOM,
    ) -> None:
        """Chroma's files are in folders below `folder`.

        They are written where the disk has `room` bytes free for each byte of vectors.
        """
        self._ledger = ledger
        self._folder = folder
        self._fingerprint = fingerprint
        self._owner = owner
        self._table = IndexTable(ledger, fingerprint)
        self._exact = ExactIndex(ledger, fingerprint)
        self._chroma: ChromaIndex | None = None
        self._applied = 0  # the last change that Chroma holds
        self._guard = threading.Lock()  # held for one search, or while one step is told to Chroma
        self._upkeep = threading.RLock()  # one sync or rebuild at a time
        self._suspect = False  # whether to build it anew whatever the seal says
        self._failures = Failures()  # of builds, and of what was built
        self._closing = False  # whether somebody waits to close it
        self.room = room
        self.doing = ""  # "building" while that lasts
        self.trouble: str | None = None  # why Chroma cannot be used now
        self.short_of_room: DiskFullError | None = None  # where that is why
        self.built = 0  # how often it was built

    def search(self, vector: Vector, k: int, within: Filter = EVERYTHING) -> Hits:
        """Return the ids and cosines of the k nearest chunks of the documents allowed."""
        with self._guard:
            hits = self._search_chroma(vector, k) if within == EVERYTHING else None
        return self._exact.search(vector, k, within) if hits is None else hits

    def _search_chroma(self, vector: Vector, k: int) -> Hits | None:
        """Search Chroma and what it lacks; None when it cannot be used. With the guard held."""
        if self._chroma is None:
            return None
        with self._ledger.read() as db:
            try:
                return both(self._chroma, db, self._fingerprint, self._applied, vector, k)
            except Exception as error:  # of many kinds, and none may keep a question waiting
                self._distrust(first_line(error))
                return None

    @property
    def ready(self) -> bool:
        """Whether Chroma is in use."""
        return self._chroma is not None

    def sync(self) -> None:
        """Bring Chroma up to the ledger, checking or building it first where that is needed.

        Does nothing in a process that is not the owner. When Chroma fails, exact search answers,
        `trouble` says why, and later calls try again, three times an hour at most.
        """
        if self._owner.held and not self._failures.too_many:
            with self._upkeep:
                if self._chroma is None or not self._table.there(self._folder):
                    self._open()
                self._apply()

    def rebuild(self) -> None:
        """Build Chroma anew from the ledger, while the old one or exact search answers."""
        with self._upkeep:
            self._failures = Failures()  # somebody asks for it
            self._build()
            self._apply()

    def problem(self) -> str | None:
        """Return what is wrong with Chroma's folder, None if it is well."""
        with self._upkeep:
            state = self._table.get()
            if state is None or not self._table.there(self._folder):
                return "it is not there" if self._exact.any() else None
            if self._chroma is None:
                folder = self._folder / state.folder
                return probe(self._ledger, folder, self._fingerprint, state.applied)
            with self._guard:
                return examine(self._chroma, self._ledger, self._fingerprint, self._applied)

    def close(self) -> None:
        """Let go of Chroma; a sync would open it again."""
        self._closing = True
        with self._upkeep, self._guard:
            self._closing = False
            state = self._table.get() if self._chroma is not None else None
            self._drop()
            if state is not None and state.seal is not None:
                # Chroma may write its files once more when it is closed.
                try:
                    self._table.seal(seal_of(self._folder / state.folder))
                except (LibraryError, OSError):  # a full disk: then it is built anew
                    log.warning("the vector index could not be sealed at its end")

    def _open(self) -> None:
        state = self._table.get()
        if state is None or not self._table.there(self._folder):
            self._build()
            return
        folder = self._folder / state.folder
        if problem := self._fault(state, folder) or self._opened(state, folder):
            self._distrust(problem, failed=False)
            self._build()
        else:
            self._table.drop_others(self._folder)

    def _fault(self, state: IndexState, folder: Path) -> str | None:
        """Return what is wrong with an index, as far as can be told without opening it.

        One that was left while it was written is not looked at but built anew. Told the same rows
        again after a kill, Chroma was seen to hold one of 700 that its search no longer reached,
        and no sample of searches finds one in 700 for sure.
        """
        if self._suspect:
            return self.trouble or "it failed"
        if state.seal is None:
            return "it was left unfinished"
        return None if state.seal == seal_of(folder) else "its files are not as they were left"

    def _opened(self, state: IndexState, folder: Path) -> str | None:
        """Open an index and use it; return what is wrong with it."""
        self._table.seal(None)  # should it end this process, the next one will not open it
        try:
            chroma = ChromaIndex(folder)
            # Chroma reads its vectors at the first search, and may crash of them only then.
            some = some_searchable(self._ledger, self._fingerprint, state.applied, _CANARIES)
            if problem := missed(chroma, some):
                chroma.close()
                return problem
        except Exception as error:  # see _search_chroma
            return first_line(error)
        self._use(chroma, state.applied)
        self._table.seal(seal_of(folder))
        return None

    def _apply(self) -> None:
        """Tell Chroma what it has not been told, step by step; then look whether it took it."""
        with self._ledger.read() as db:
            changes = pending(db, self._fingerprint, self._applied)
        if self._chroma is None or not changes:
            return
        self._table.seal(None)
        added = Vectors([], np.zeros((0, 0), np.float32))
        for at in range(0, len(changes), _STEP):
            if self._closing:
                break
            step = changes[at : at + _STEP]
            gone = list({c for _, c, op in step if op == "remove"})  # Chroma takes no id twice
            with self._ledger.read() as db:
                come = [chunk for _, chunk, op in step if op == "add"]
                added = firsts_of(db, come, self._fingerprint)
            with self._guard:
                if self._chroma is None:  # a search found it broken meanwhile
                    return
                try:
                    self._chroma.remove(gone)
                    self._chroma.add(added.ids, added.matrix)
                except Exception as error:  # see _search_chroma
                    self._distrust(first_line(error))
                    break
                self._table.advance(step[-1][0])
                self._applied = step[-1][0]
        if self._chroma is None:  # it might look well, and fail at the same change for ever
            self._build()
        else:
            self._check(added)

    def _check(self, added: Vectors) -> None:
        """Seal the index if what was added last, and a few others, are found in it."""
        others = some_searchable(self._ledger, self._fingerprint, self._applied, _CANARIES)
        with self._guard:
            chroma, state = self._chroma, self._table.get()
            if chroma is None or state is None:
                return
            try:
                problem = missed(chroma, added.last(_CANARIES)) or missed(chroma, others)
            except Exception as error:  # see _search_chroma
                problem = first_line(error)
            if problem:
                self._distrust(problem)
        if problem:
            self._build()
        else:
            self._table.seal(seal_of(self._folder / state.folder))

    def _build(self) -> None:
        with self._ledger.read() as db:
            count, size = stored(db, self._fingerprint)
        if self._failures.too_many or (not count and self._table.get() is None):
            return
        name = f"{self._fingerprint}-{secrets.token_hex(4)}"
        try:
            require_room(self._folder, self.room * size)
            self.doing = "building"
            chroma, applied = built(self._ledger, self._folder / name, self._fingerprint)
        except Exception as error:  # see _search_chroma
            full = isinstance(error, DiskFullError) or shutil.disk_usage(self._folder).free < SPARE
            shutil.rmtree(self._folder / name, ignore_errors=True)
            with self._guard:
                self._distrust(first_line(error), failed=not full)
                self.short_of_room = error if isinstance(error, DiskFullError) else None
            return
        finally:
            self.doing = ""
        with self._guard:  # as one: it forgets the changes that the old index lacks
            self._table.new(name, applied)
            self._drop()
            self._use(chroma, applied)
        self._table.seal(seal_of(self._folder / name))
        self._table.drop_others(self._folder)
        self.built += 1

    def _use(self, chroma: ChromaIndex, applied: int) -> None:
        self._chroma, self._applied = chroma, applied
        self._suspect, self.trouble, self.short_of_room = False, None, None

    def _distrust(self, problem: str, *, failed: bool = True) -> None:
        """Use Chroma no more until it was built anew; what `failed` at its work is counted."""
        log.warning("the vector index cannot be used, it will be built again: %s", problem)
        if failed:
            self._failures.note()
        self._suspect, self.trouble = True, problem
        self._drop()

    def _drop(self) -> None:
        chroma, self._chroma = self._chroma, None
        let_go(chroma)
