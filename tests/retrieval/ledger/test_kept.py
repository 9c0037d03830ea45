"""What is kept of the ledger: made once, and anew after every write, of whatever process."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from retrieval.ledger import Kept, Ledger

PUT = "INSERT INTO sources (collection, kind, root) VALUES (?, 'upload', '')"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(Ledger(tmp_path / "ledger.sqlite3")) as made:
        yield made


@pytest.fixture
def made(ledger: Ledger) -> list[int]:
    """How many sources there were, each time somebody counted."""
    return []


@pytest.fixture
def kept(ledger: Ledger, made: list[int]) -> Kept[int]:
    def count() -> int:
        with ledger.read() as db:
            made.append(int(db.execute("SELECT count(*) FROM sources").fetchone()[0]))
        return made[-1]

    return Kept(ledger, count)


def by_ledger(ledger: Ledger, name: str) -> None:
    with ledger.write() as db:
        db.execute(PUT, (name,))


def by_another_process(ledger: Ledger, name: str) -> None:
    with closing(sqlite3.connect(ledger.path)) as db, db:
        db.execute(PUT, (name,))


def test_it_is_made_once_while_nobody_writes(kept: Kept[int], made: list[int]) -> None:
    assert [kept.get(), kept.get(), kept.get()] == [0, 0, 0]
    assert made == [0]


@pytest.mark.parametrize("write", [by_ledger, by_another_process])
def test_it_is_made_anew_after_a_write(
    ledger: Ledger, kept: Kept[int], write: Callable[[Ledger, str], None]
) -> None:
    assert kept.get() == 0
    write(ledger, "a")
    assert kept.get() == 1
    write(ledger, "b")
    assert kept.get() == 2


def test_a_transaction_sees_its_own_state(ledger: Ledger, kept: Kept[int]) -> None:
    assert kept.get() == 0
    with suppress(ZeroDivisionError), ledger.write() as db:
        db.execute(PUT, ("a",))
        assert kept.get() == 1
        raise ZeroDivisionError  # it is rolled back
    assert kept.get() == 0
    with ledger.read():
        assert kept.get() == 0
        by_another_process(ledger, "b")
        assert kept.get() == 0, "one state, whatever others write meanwhile"
    assert kept.get() == 1
