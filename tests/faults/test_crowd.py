"""Documents come and go while threads and processes ask: no ghosts, and nothing is missed."""

from collections.abc import Callable
from pathlib import Path

from rig.askers import ask_from_outside, own_and_change, remember
from rig.documents import Folder
from rig.library import open_library
from rig.nursery import Nursery
from rig.oracle import Oracle
from tokenizers import Tokenizer

PATIENCE = 600  # seconds; what is slow on a busy machine is not wrong


def test_answers_hold_while_documents_come_and_go(
    root: Path,
    nursery: Nursery,
    tokenizer: Tokenizer,
    crowd_seconds: float,
    report: Callable[[str], None],
) -> None:
    folder = Folder(root / "docs", Oracle(), tokenizer, 0)
    for _ in range(5):
        folder.add()
    kb = open_library(root)
    kb.ingest([folder.root])
    kb.close()
    remember(kb.settings.ledger_path)
    owner = nursery.start(own_and_change, root, crowd_seconds, 1)
    others = [nursery.start(ask_from_outside, root, seed) for seed in (3, 4)]
    changes, built, wanted, errors, inside = owner.recv(crowd_seconds + PATIENCE)
    for child in others:
        child.conn.send("it is over")
    outside = [child.recv(PATIENCE) for child in others]
    for where, found in (("in the owner", inside), ("outside", outside)):
        for a in found:
            report(
                f"asker {where}: {a.asked} questions, {a.by_chroma} through Chroma,"
                f" {a.moved} during a change; {a.ghosts} ghosts, {a.misses} misses"
            )
    report(f"owner: {changes} ingestions, Chroma built {built} times, {wanted} of them on purpose")
    for a in (*inside, *outside):
        assert (a.ghosts, a.misses, a.errors) == (0, 0, [])
        assert a.asked
    assert errors == []
    assert changes > 2
    assert sum(a.moved for a in (*inside, *outside))  # else nothing was put to the test
    assert sum(a.by_chroma for a in inside)
    assert built == wanted  # nothing was taken for damage that was none
