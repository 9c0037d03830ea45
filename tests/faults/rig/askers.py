"""Questions asked while documents come and go; each answer is held against the ledger's history."""

import logging
import random
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from tokenizers import Tokenizer

from app.service import KnowledgeBase
from app.web import IndexKeeper
from rig.child import limit_files
from rig.documents import Folder
from rig.library import open_library, passage
from rig.oracle import Oracle

_NEAREST = 5
_CHANGES = 2  # of the documents, at least
_LONGEST = 240.0  # seconds for what must have happened; a busy machine is slow, not wrong
_PAUSE = 0.01  # seconds between two questions: four that never pause leave the owner no core
_HISTORY = """
CREATE TABLE history (seq INTEGER PRIMARY KEY AUTOINCREMENT, op TEXT, chunk TEXT);
CREATE TRIGGER remember AFTER INSERT ON changes
BEGIN INSERT INTO history (op, chunk) VALUES (new.op, new.chunk); END;
"""


@dataclass
class Answers:
    """What one asker saw."""

    asked: int = 0
    by_chroma: int = 0  # while Chroma was in use, in the owner
    moved: int = 0  # questions during which the library changed
    ghosts: int = 0  # hits that were not visible at any moment of their question
    misses: int = 0  # what was visible all the while, asked by its own text, and not found
    errors: list[str] = field(default_factory=list)


def remember(ledger: Path) -> None:
    """Let a ledger keep every change for ever, so that visibility at any moment is known."""
    db = sqlite3.connect(ledger)
    db.executescript(_HISTORY)
    db.close()


def ask(
    kb: KnowledgeBase, is_over: Callable[[], bool], seed: int, answers: Answers | None = None
) -> Answers:
    """Ask for chunks by their own text until it is over, and once at least; note the `answers`."""
    chance = random.Random(seed)  # noqa: S311
    answers, last = answers or Answers(), time.monotonic() + _LONGEST
    while not is_over() or (not answers.asked and time.monotonic() < last):
        try:
            _ask_once(kb, chance, answers)
        except Exception as error:
            answers.errors.append(f"{type(error).__name__}: {error}")
        time.sleep(_PAUSE)
    return answers


def _ask_once(kb: KnowledgeBase, chance: random.Random, answers: Answers) -> None:
    with kb._ledger.read() as db:
        first = db.execute("SELECT coalesce(max(seq), 0) FROM history").fetchone()[0]
        visible = [row[0] for row in db.execute("SELECT id FROM chunks ORDER BY id")]
        if not visible:
            return
        [wanted] = kb._library.chunks([chance.choice(visible)]).values()
    answers.by_chroma += kb._index.ready
    hits = [hit.id for hit in kb.search(passage(wanted), _NEAREST).passages]
    with kb._ledger.read() as db:
        since = db.execute("SELECT op, chunk FROM history WHERE seq>?", (first,)).fetchall()
    came = {chunk for op, chunk in since if op == "add"}
    answers.asked += 1
    answers.moved += bool(since)
    answers.ghosts += len({*hits} - {*visible} - came)
    answers.misses += wanted.id not in hits and wanted.id not in {chunk for _, chunk in since}


def ask_from_outside(conn: Connection, root: Path, seed: int) -> None:
    """Be a process that asks and owns nothing, until it is sent something."""
    logging.disable()
    kb = open_library(root)
    conn.send(ask(kb, conn.poll, seed))
    kb.close()


def own_and_change(conn: Connection, root: Path, seconds: float, seed: int) -> None:
    """Be the app: ingest and delete in a loop, tell Chroma in a thread, ask in two others.

    For so many seconds, and on a slow machine until there was something to be seen.
    Sends (changes made, how often Chroma was built, how often on purpose, the askers' answers).
    """
    limit_files()
    logging.disable()
    kb = open_library(root)
    kb.own()
    keeper = IndexKeeper(kb, look_seconds=0.05)
    keeper.start()
    found, over = [Answers(), Answers()], threading.Event()
    askers = [
        threading.Thread(target=ask, args=(kb, over.is_set, seed + n, answers))
        for n, answers in enumerate(found)
    ]
    for asker in askers:
        asker.start()
    changes, builds, errors = 0, 0, []
    folder = Folder(
        root / "docs", Oracle(), Tokenizer.from_file(str(kb.models.tokenizer_file)), seed
    )
    began = time.monotonic()

    def is_enough() -> bool:
        passed = time.monotonic() - began
        seen = all(sum(getattr(a, what) for a in found) for what in ("by_chroma", "moved"))
        return passed >= _LONGEST or (passed >= seconds and changes > _CHANGES and seen)

    while not is_enough():
        try:
            changes += 1
            folder.shuffle()
            kb.ingest([folder.root])
            if changes % 3 == 0:
                kb.remove([kb.documents()[0].document])
            if changes % 8 == 0:
                kb._index.rebuild()
                builds += 1
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
    over.set()
    for asker in askers:
        asker.join()
    keeper.stop(_LONGEST)
    conn.send((changes, kb._index.built, builds, errors, found))
    kb.close()
