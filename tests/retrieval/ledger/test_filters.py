"""Which documents a filter lets through."""

import time
from collections.abc import Callable, Iterator

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
        (Filter(collections=("hr", "none")), {"手册.md"}),
        (Filter(collections=("hr", "default")), {"a.md", "sub/b.PDF", "c_pdf", "d.txt", "手册.md"}),
        (Filter("default", collections=("hr",)), set()),
        (Filter(kinds=("md",), collections=("default",)), {"a.md"}),
        (Filter(collections=("",)), set()),
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


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Set the time zone of this machine for a test."""

    def put(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield put
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("place", "day", "paths"),
    [
        ("UTC", "2026-01-31", {"sub/b.PDF"}),
        ("Asia/Shanghai", "2026-01-31", set()),  # there it was the first of February by then
        ("Asia/Shanghai", "2026-02-01", {"sub/b.PDF", "d.txt"}),
        ("America/New_York", "2025-12-31", {"a.md", "c_pdf", "手册.md"}),
    ],
)
def test_days_are_those_of_this_machine(
    ledger: Ledger, names: dict[str, str], zone: Callable[[str], None],
    place: str, day: str, paths: set[str],
) -> None:  # fmt: skip
    zone(place)
    assert found(ledger, names, Filter(since=day, until=day)) == paths


@pytest.mark.parametrize(("since", "until"), [("0001-01-01", "9999-12-31")])
def test_the_ends_of_the_calendar_are_days_too(
    ledger: Ledger, names: dict[str, str], zone: Callable[[str], None], since: str, until: str
) -> None:
    for place in ("Asia/Shanghai", "America/New_York"):
        zone(place)
        assert found(ledger, names, Filter(since=since, until=until)) == {
            "a.md", "sub/b.PDF", "c_pdf", "d.txt", "手册.md",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("where", "paths"),
    [
        (Filter(author="élise"), {"a.md"}),
        (Filter(author="王"), {"手册.md"}),
        (Filter(author="%"), set()),
        (Filter(made=("2025-03-01", "2025-03-31")), {"a.md"}),
        (Filter(made=("2025", "2025")), {"a.md", "手册.md"}),
        (Filter(made=("", "2025-05")), {"a.md"}),
        (Filter(made=("2026", "")), {"d.txt"}),
        (Filter(changed=("2026-01-01", "")), {"手册.md"}),
    ],
)
def test_what_files_say_of_themselves(
    ledger: Ledger, names: dict[str, str], where: Filter, paths: set[str]
) -> None:
    said = {
        "a.md": ("Élise Brun", "2025-03-15", "2025-12-31"),
        "手册.md": ("王芳", "2025-06-01", "2026-02-01"),
        "d.txt": ("", "2026-01-01", ""),
    }
    with ledger.write() as db:
        for path, values in said.items():
            db.execute(
                "UPDATE versions SET author=?, made=?, changed=? WHERE document="
                "(SELECT id FROM documents WHERE path=?)",
                (*values, path),
            )
    assert found(ledger, names, where) == paths


def test_what_is_superseded_is_left_out(ledger: Ledger, names: dict[str, str]) -> None:
    old = next(document for document, path in names.items() if path == "a.md")
    assert found(ledger, names, Filter("default", superseded=(old,))) == {
        "sub/b.PDF", "c_pdf", "d.txt",
    }  # fmt: skip
    assert found(ledger, names, Filter("hr", superseded=())) == {"手册.md"}
