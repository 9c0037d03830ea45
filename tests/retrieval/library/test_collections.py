"""Collections: named by their documents or made, renamed, put into each other, taken away."""

from collections.abc import Callable

import pytest

from retrieval.errors import LibraryError
from retrieval.ledger import Filter, Ledger, allowed
from retrieval.library import (
    INGEST,
    UPLOAD,
    Collection,
    Collections,
    Jobs,
    Library,
    Shelves,
    Uploads,
)

Put = Callable[..., str]


@pytest.fixture
def collections(ledger: Ledger) -> Collections:
    return Collections(ledger)


def upload(ledger: Ledger, path: str, collection: str) -> str:
    source = Library(ledger).source(collection, "upload", "")
    return Uploads(ledger).put(source, path, "ab" * 32, 100)


def places(library: Library) -> list[tuple[str, str]]:
    return [(r.collection, r.path) for r in library.records()]


def names(collections: Collections) -> list[str]:
    return [one.name for one in collections.all()]


def test_what_documents_name_appears_by_itself(
    ledger: Ledger, collections: Collections, put: Put
) -> None:
    put("a.md", ["a", "b"], collection="hr")
    upload(ledger, "b.md", "it")
    assert collections.all() == [
        Collection("hr", "", documents=1, ready=1, bytes=10, folders=1),
        Collection("it", "", documents=1, ready=0, bytes=100, folders=0),
    ]


def test_a_mere_look_at_uploads_makes_none(library: Library, collections: Collections) -> None:
    library.source("typed", "upload", "")
    assert collections.all() == []


def test_an_empty_one_stays(library: Library, collections: Collections, put: Put) -> None:
    collections.make("hr", "About people.")
    assert collections.all() == [Collection("hr", "About people.", 0, 0, 0, 0)]
    library.remove([put("a.md", ["a"], collection="hr")])
    assert collections.all() == [Collection("hr", "About people.", 0, 0, 0, 1)]


@pytest.mark.parametrize("name", ["hr team", "HR Team", "HRteam", "ＨＲ team"])
def test_names_that_look_alike_are_one(collections: Collections, name: str) -> None:
    collections.make("HR team")
    assert collections.alike(name) == "HR team"
    with pytest.raises(LibraryError, match="already"):
        collections.make(name)


def test_one_may_be_written_in_another_way(collections: Collections) -> None:
    collections.make("hr team", "About people.")
    collections.rename("hr team", "HR Team")
    assert collections.all() == [Collection("HR Team", "About people.", 0, 0, 0, 0)]


def test_a_description_is_kept_of_one_that_was_not_made(collections: Collections, put: Put) -> None:
    put("a.md", ["a"], collection="hr")
    collections.describe("hr", "First.")
    collections.describe("hr", "About people.")
    assert [(c.name, c.description) for c in collections.all()] == [("hr", "About people.")]


def test_everything_follows_a_new_name(
    ledger: Ledger, library: Library, collections: Collections, put: Put
) -> None:
    document = put("a.md", ["a"], collection="hr")
    upload(ledger, "b.md", "hr")
    library.source("people", "upload", "")  # somebody looked at its uploads
    collections.rename("hr", "people")
    assert names(collections) == ["people"]
    assert places(library) == [("people", "a.md"), ("people", "b.md")]
    (job,) = Jobs(ledger).open(UPLOAD)
    assert job.arguments["collection"] == "people"
    with ledger.read() as db:
        assert allowed(db, Filter("people")) == {document}
        assert db.execute("SELECT place FROM editions").fetchone()[0].split("\n")[0] == "people"
    with pytest.raises(LibraryError):
        library.find("a.md", "hr")


def test_a_name_that_is_taken_is_not_given(collections: Collections, put: Put) -> None:
    put("a.md", ["a"], collection="hr")
    put("b.md", ["b"], collection="it")
    with pytest.raises(LibraryError, match="already"):
        collections.rename("hr", "IT")
    assert names(collections) == ["hr", "it"]


def test_one_goes_into_another_and_nothing_is_lost(
    ledger: Ledger, library: Library, collections: Collections
) -> None:
    for path in ("a.md", "sub/b.md"):
        upload(ledger, path, "hr")
        upload(ledger, path, "it")
    upload(ledger, "c.md", "hr")
    collections.merge("hr", "it")
    assert names(collections) == ["it"]
    assert [path for _, path in places(library)] == [
        "a (2).md", "a.md", "c.md", "sub/b (2).md", "sub/b.md",
    ]  # fmt: skip


def test_a_folder_that_both_mirror_is_there_once(
    library: Library, collections: Collections, put: Put
) -> None:
    put("a.md", ["a"], collection="hr")
    put("a.md", ["a"], collection="it")
    put("b.md", ["b"], collection="hr")
    collections.merge("hr", "it")
    assert places(library) == [("it", "a.md"), ("it", "b.md")]
    assert len(library.sources()) == 1


def test_only_an_empty_one_is_dropped_and_its_folders_with_it(
    library: Library, collections: Collections, put: Put
) -> None:
    document = put("a.md", ["a"], collection="hr")
    with pytest.raises(LibraryError, match="holds documents"):
        collections.drop("hr")
    library.remove([document])
    collections.drop("hr")
    assert collections.all() == []
    assert library.sources() == []


@pytest.mark.parametrize("order", [{"collection": "hr", "paths": ["/docs"]}, {"paths": []}])
def test_while_folders_are_read_into_one_it_stays(
    ledger: Ledger, collections: Collections, order: dict[str, object]
) -> None:
    collections.make("hr")
    Jobs(ledger).ask(INGEST, order)
    for change in (
        lambda: collections.rename("hr", "people"),
        lambda: collections.merge("hr", "it"),
        lambda: collections.drop("hr"),
        lambda: collections.require_quiet("hr"),
    ):
        with pytest.raises(LibraryError, match="being read into"):
            change()
    assert names(collections) == ["hr"]


def test_what_is_in_the_trash_counts_nowhere_and_stands_in_nobodys_way(
    ledger: Ledger, library: Library, collections: Collections, put: Put
) -> None:
    shelves = Shelves(ledger)
    thrown = [
        upload(ledger, "a.md", "hr"),
        upload(ledger, "b.md", "it"),
        put("c.md", ["c"], collection="law"),
    ]
    shelves.throw(thrown)
    assert [(one.name, one.documents, one.folders) for one in collections.all()] == [("law", 0, 1)]
    upload(ledger, "d.md", "people")
    collections.rename("people", "hr")
    collections.drop("law")
    assert shelves.restore(thrown) == [thrown[0], thrown[1]]
    assert places(library) == [("hr", "a.md"), ("hr", "d.md"), ("it", "b.md")]
    assert names(collections) == ["hr", "it"]
