"""A ledger's schema is ours of its number, or it is said in what it is not."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from retrieval.ledger import foreign, migrate, newest_schema, schema


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        migrate(db)
        yield db


@pytest.mark.parametrize("number", range(1, newest_schema() + 1))
def test_a_schema_of_ours_is_known_whether_made_at_once_or_step_by_step(number: int) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        for step in range(1, number + 1):
            migrate(db, step)
            assert schema(db) == step  # none is left out
        assert foreign(db) is None


def test_statistics_of_sqlite_are_no_harm(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO sources (collection, kind, root) VALUES ('c', 'upload', '')")
    db.execute("ANALYZE")
    assert db.execute("SELECT count(*) FROM sqlite_stat1").fetchone()[0]
    assert foreign(db) is None


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (["CREATE TRIGGER t AFTER DELETE ON documents BEGIN DELETE FROM sources; END"], "trigger"),
        (["CREATE VIEW v AS SELECT 1"], "view"),
        (["CREATE VIRTUAL TABLE f USING fts5(x)"], "table 'f_"),
        (["CREATE INDEX i ON documents (abs(length(path)))"], "index 'i'"),
        (["DROP TABLE jobs", "CREATE VIEW jobs AS SELECT 1 AS id"], "view 'jobs' is not ours"),
        (["DROP TABLE hubs"], "'hubs' is missing"),
        (["DROP TABLE hubs", "CREATE TABLE hubs (mean)"], "'sqlite_autoindex_hubs_1' is missing"),
        (["DROP INDEX jobs_by_status", "CREATE INDEX jobs_by_status ON jobs (kind)"], "another"),
        (["ALTER TABLE sources ADD COLUMN more TEXT"], "'sources' is another than ours"),
        ([f"CREATE TABLE t{n} (x)" for n in range(300)], "more tables"),
        ([f"CREATE VIEW v AS SELECT '{'x' * 50_000}'"], "more tables"),
        ([f"PRAGMA user_version={newest_schema() - 1}"], "is not ours"),
    ],
)
def test_anything_else_is_named(db: sqlite3.Connection, statements: list[str], said: str) -> None:
    for statement in statements:
        db.execute(statement)
    assert said in (foreign(db) or "")
