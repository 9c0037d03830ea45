"""Which documents a filter lets through."""

from collections.abc import Callable

import pytest

from retrieval.ledger import EVERYTHING, Filter, Ledger, allowed
from retrieval.library import Library

Put = Callable[..., str]


@pytest.fixture
def names(ledger: Ledger, library: Library, put: Put) -> dict[str, str]:
    """Documents by id: two collections, several endings, both languages, four days, one unread."""
    made = {put(path, [path]): path for path in ("a.md", "sub/b.PDF", "c_pdf", "d.txt")}
    made[put("手册.md", ["手册"], collection="hr")] = "手册.md"
    times = {
        "a.md": "2026-01-01T00:00:00+00:00",
        "sub/b.PDF": "2026-01-31T23:59:59+00:00",
        "d.txt": "2026-02-01T08:00:00+00:00",
    }
    with ledger.write() as db:
        for document, path in made.items():
            time = times.get(path, "2025-12-31T23:59:59+00:00")
            db.execute("UPDATE documents SET ingested_at=? WHERE id=?", (time, document))
        db.execute(
            "UPDATE versions SET lang='zh' WHERE document IN (SELECT id FROM documents"
            " WHERE path IN ('d.txt', '手册.md'))"
        )
    waits = library.stage(library.source("default", "folder", "/docs"), "waits.md", "s9", 1)
    return made | {waits: "waits.md"}


def found(ledger: Ledger, names: dict[str, str], where: Filter) -> set[str] | None:
    with ledger.read() as db:
        ids = allowed(db, where)
    return None if ids is None else {names[i] for i in ids}


def test_an_empty_filter_lets_everything_through(ledger: Ledger, names: dict[str, str]) -> None:
    assert found(ledger, names, EVERYTHING) is None
    assert found(ledger, names, Filter(None, (), (), None, None, None)) is None


@pytest.mark.parametrize(
    ("where", "paths"),
    [
        (Filter("hr"), {"手册.md"}),
        (Filter("none"), set()),
        (Filter(kinds=("md",)), {"a.md", "手册.md"}),
        (Filter(kinds=("pdf",)), {"sub/b.PDF"}),
        (Filter(kinds=("pdf", "txt")), {"sub/b.PDF", "d.txt"}),
        (Filter(kinds=("%",)), set()),
        (Filter(lang="zh"), {"d.txt", "手册.md"}),
        (Filter(lang="en"), {"a.md", "sub/b.PDF", "c_pdf"}),
        (Filter(since="2026-01-01"), {"a.md", "sub/b.PDF", "d.txt"}),
        (Filter(until="2026-01-31"), {"a.md", "sub/b.PDF", "c_pdf", "手册.md"}),
        (Filter(since="2026-01-31", until="2026-01-31"), {"sub/b.PDF"}),
        (Filter(since="2026-03-01"), set()),
        (Filter("default", kinds=("md", "txt"), lang="zh", since="2026-02-01"), {"d.txt"}),
        (Filter("hr", lang="en"), set()),
    ],
    ids=repr,
)
def test_what_a_filter_lets_through(
    ledger: Ledger, names: dict[str, str], where: Filter, paths: set[str]
) -> None:
    assert found(ledger, names, where) == paths


def test_documents_by_id_any_number_of_them(ledger: Ledger, names: dict[str, str]) -> None:
    ids = {path: document for document, path in names.items()}
    some = (ids["a.md"], ids["手册.md"], "no such document", ids["waits.md"])
    assert found(ledger, names, Filter(documents=some)) == {"a.md", "手册.md"}
    assert found(ledger, names, Filter("hr", documents=some)) == {"手册.md"}
    many = tuple(map(str, range(40_000)))  # more than SQLite takes as values
    assert found(ledger, names, Filter(documents=(*many, ids["d.txt"]))) == {"d.txt"}
