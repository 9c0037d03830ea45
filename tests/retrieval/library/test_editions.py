"""Editions of a document, told apart by what they say of themselves."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from langchain_core.documents import Document

from retrieval.ledger import Ledger, VectorTable, text_hash
from retrieval.library import Library, Standing, Version, fill_editions, standings

TODAY = date(2025, 6, 15)
BODY = "The lime kiln is lit by two people. They wear gloves, and a third one keeps the log."
Put = Callable[[Mapping[str, tuple[str | None, str]]], dict[str, str]]
Stand = Callable[[Mapping[str, tuple[str | None, str]]], dict[str, Standing]]


@pytest.fixture
def put_titled(ledger: Ledger, vector: Callable[..., object]) -> Put:
    """Publish documents, by path, with a title and a text; return their paths by id."""

    def make(documents: Mapping[str, tuple[str | None, str]]) -> dict[str, str]:
        library, ids = Library(ledger), {}
        source = library.source("default", "folder", "/docs")
        for path, (title, text) in documents.items():
            document = library.stage(source, path, "s", 1)
            VectorTable(ledger).put({text_hash(text): vector(text)}, "m")  # type: ignore[dict-item]
            chunk = Document(page_content=text, metadata={"heading": "", "start": 0, "end": 1})
            version = Version("s", 1, "p", "m", title, "en", None)
            assert library.publish(document, version, [chunk], [text_hash(text)])
            ids[document] = path
        return ids

    return make


@pytest.fixture
def stand(ledger: Ledger, put_titled: Put) -> Stand:
    """Publish documents and return how they stand, by path."""

    def make(documents: Mapping[str, tuple[str | None, str]]) -> dict[str, Standing]:
        ids = put_titled(documents)
        with ledger.read() as db:
            return {ids[i]: s for i, s in standings(db, ids, TODAY).items()}

    return make


def states(found: Mapping[str, Standing]) -> dict[str, str]:
    return {path: standing.state for path, standing in found.items()}


def test_the_newest_that_holds_today_is_in_force_and_a_copy_of_it_too(stand: Stand) -> None:
    found = stand(
        {
            "kiln-v1.md": ("Kiln rules v1", f"Effective from 2021-02-01. {BODY}"),
            "kiln-v2.md": ("Kiln rules v2", f"Effective from 2024-02-01. {BODY}"),
            "copy of kiln-v2.md": ("Kiln rules v2", f"Effective from 2024-02-01. {BODY}"),
            "kiln-v3.md": ("Kiln rules v3", f"Effective from 2026-02-01. {BODY}"),
            "kiln-v4.md": ("Kiln rules v4 (draft)", BODY),
        }
    )
    assert states(found) == {
        "kiln-v1.md": "older",
        "kiln-v2.md": "in force",
        "copy of kiln-v2.md": "in force",
        "kiln-v3.md": "future",
        "kiln-v4.md": "draft",
    }
    assert found["kiln-v1.md"].superseded == "Kiln rules v2 (2024-02-01)"
    assert found["kiln-v1.md"].until == "2024-02-01"
    assert found["kiln-v2.md"].superseded == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Each tells of its own time.
        (("minutes-1.md", "Minutes, 3 March 2025"), ("minutes-2.md", "Minutes, 3 April 2025")),
        (("annual-report-2023.md", None), ("annual-report-2024.md", None)),
        (("月报/2025年3月.md", "销售月报 2025年3月"), ("月报/2025年4月.md", "销售月报 2025年4月")),
        # Two houses, two products.
        (("Graz/rules 2023.md", "Kiln rules"), ("Brno/rules 2024.md", "Kiln rules")),
        (("kiln-K2-manual-2023.md", "Kiln manual"), ("kiln-K7-manual-2024.md", "Kiln manual")),
        # Nothing says which is the newer one, or that the next supersedes it.
        (("rules.md", "Kiln rules"), ("rules (2).md", "Kiln rules")),
        (("fair-2023.md", "The fair"), ("fair-2024.md", "The fair")),
    ],
)
def test_in_doubt_none_is_superseded(
    stand: Stand, one: tuple[str, str | None], other: tuple[str, str | None]
) -> None:
    found = stand({path: (title, BODY) for path, title in (one, other)})
    assert not any(standing.state for standing in found.values())


def test_another_text_of_the_same_name_is_another_document(stand: Stand) -> None:
    other = "Bicycles stand in the yard; whoever finds a key brings it to the porter at noon."
    found = stand(
        {"2023/rules.md": ("House rules 2023", BODY), "2024/rules.md": ("House rules 2024", other)}
    )
    assert states(found) == {"2023/rules.md": "", "2024/rules.md": ""}


def test_what_is_removed_or_renamed_is_reckoned_with(
    ledger: Ledger, library: Library, put_titled: Put
) -> None:
    ids = put_titled({"rules-2023.md": ("Kiln rules", BODY), "rules-2024.md": ("Kiln rules", BODY)})
    old, new = ids

    def now() -> dict[str, str]:
        with ledger.read() as db:
            return states(standings(db, ids, TODAY))

    assert now() == {old: "older", new: "in force"}
    library.rename({old: "rules-2025.md"})
    assert now() == {old: "in force", new: "older"}
    library.remove([old])
    assert now() == {}


def test_what_is_kept_can_be_deleted_and_is_written_again(ledger: Ledger, stand: Stand) -> None:
    documents = {"rules-2023.md": ("Kiln rules", BODY), "rules-2024.md": ("Kiln rules", BODY)}
    before = stand(documents)
    with ledger.write() as db:
        db.execute("DELETE FROM editions")
        db.execute("UPDATE documents SET described=0")
    fill_editions(ledger)
    with ledger.read() as db:
        ids = {standing.document: path for path, standing in before.items()}
        assert {ids[i]: s for i, s in standings(db, ids, TODAY).items()} == before
    assert states(before) == {"rules-2023.md": "older", "rules-2024.md": "in force"}


@pytest.mark.parametrize(
    ("texts", "states_told"),
    [
        ((BODY, BODY), {"kiln-rules (1).md": "older", "kiln-rules (2).md": "in force"}),
        (  # a date or a number of its own is the better sign, whatever its file says
            (f"Version 3.0. {BODY}", f"Version 2.0. {BODY}"),
            {"kiln-rules (1).md": "in force", "kiln-rules (2).md": "older"},
        ),
        ((f"Version 3.0. {BODY}", BODY), {"kiln-rules (1).md": "", "kiln-rules (2).md": ""}),
    ],
)
def test_the_day_of_the_file_tells_where_nothing_better_does(
    ledger: Ledger, put_titled: Put, texts: tuple[str, str], states_told: dict[str, str]
) -> None:
    paths = ("kiln-rules (1).md", "kiln-rules (2).md")
    ids = put_titled({p: ("Kiln rules", t) for p, t in zip(paths, texts, strict=True)})
    for path, changed, made in ((paths[0], "2024-01-02", ""), (paths[1], "", "2025-01-02")):
        with ledger.write() as db:
            db.execute(
                "UPDATE versions SET changed=?, made=? WHERE document="
                "(SELECT id FROM documents WHERE path=?)",
                (changed, made, path),
            )
    with ledger.write() as db:
        db.execute("UPDATE documents SET described=0")
    fill_editions(ledger)
    with ledger.read() as db:
        found = {ids[i]: s for i, s in standings(db, ids, TODAY).items()}
    assert states(found) == states_told
