"""The library's documents: each step is whole, and what was visible stays so until it is better."""

import sqlite3
import unicodedata
from collections.abc import Callable

import numpy as np
import pytest
from langchain_core.documents import Document

from retrieval.errors import LibraryError
from retrieval.ledger import Ledger, VectorTable
from retrieval.library import Library, Version, shown

Put = Callable[..., str]
MakeVersion = Callable[..., Version]


def texts(library: Library, document: str) -> list[str]:
    return [chunk.page_content for chunk in library.document_chunks(document)]


def changes(ledger: Ledger) -> list[tuple[str, str]]:
    with ledger.read() as db:
        return [tuple(r) for r in db.execute("SELECT op, fingerprint FROM changes ORDER BY seq")]


def chunk(text: str) -> Document:
    return Document(page_content=text, metadata={"heading": "", "start": 0, "end": len(text)})


def test_a_source_is_made_once(library: Library) -> None:
    one = library.source("default", "folder", "/docs")
    assert library.source("default", "folder", "/docs") == one
    assert library.source("other", "folder", "/docs") != one
    assert [s.collection for s in library.sources()] == ["default", "other"]
    assert library.sources("default") == [one]


def test_a_staged_document_waits_and_shows_nothing(library: Library) -> None:
    source = library.source("default", "upload", "")
    document = library.stage(source, "a.md", "s1", 7)
    record = library.get(document)
    assert record is not None
    assert (record.status, record.staged, record.sha256, record.bytes) == ("queued", "s1", "s1", 7)
    assert (record.chunks, record.ingested_at, record.error) == (0, None, None)
    assert library.document_chunks(document) == []
    assert library.stage(source, "a.md", "s2", 8) == document


def test_a_published_document_has_its_chunks_in_order(library: Library, put: Put) -> None:
    document = put("a.md", ["one", "two", "three"])
    record = library.get(document)
    assert record is not None
    assert (record.status, record.chunks, record.staged) == ("ready", 3, None)
    assert record.ingested_at is not None
    assert record.ingested_at.endswith("+00:00")
    found = library.document_chunks(document)
    assert [c.page_content for c in found] == ["one", "two", "three"]
    assert found[1].metadata == {
        "ordinal": 1, "page": None, "unit": None, "confidence": None, "heading": "H",
        "header": "", "start": 1, "end": 4,
        "title": "Title", "lang": "en", "sha256": record.sha256, "document": document,
        "path": "a.md", "collection": "default",
    }  # fmt: skip


def test_ids_of_chunks_depend_on_document_bytes_and_pipeline_alone(
    library: Library, put: Put
) -> None:
    document = put("a.md", ["one", "two"])
    before = [c.id for c in library.document_chunks(document)]
    assert put("a.md", ["one", "two"]) == document
    assert [c.id for c in library.document_chunks(document)] == before
    put("a.md", ["one", "2"])
    assert not {c.id for c in library.document_chunks(document)} & set(before)


def test_a_new_version_replaces_the_old_one_whole(
    library: Library, put: Put, ledger: Ledger
) -> None:
    document = put("a.md", ["one", "two"])
    source = library.sources()[0]
    library.stage(source, "a.md", "new", 9)
    library.progress(document, "reading")
    assert texts(library, document) == ["one", "two"]  # the old one is found meanwhile
    put("a.md", ["three"])
    assert texts(library, document) == ["three"]
    assert library.counts() == {
        "documents": 1, "chunks": 1, "vectors": 3, "sources": 1, "documents_ready": 1,
    }  # fmt: skip
    with ledger.read() as db:
        assert db.execute("SELECT count(*) FROM versions").fetchone()[0] == 1
    assert [op for op, _ in changes(ledger)] == ["add", "add", "remove", "remove", "add"]


def test_a_publication_that_fails_changes_nothing(
    library: Library, put: Put, version: MakeVersion, ledger: Ledger
) -> None:
    document = put("a.md", ["one"])
    VectorTable(ledger).put({h: np.ones(16, np.float32) for h in ("h1", "h2")}, "model-a")
    before = changes(ledger)
    broken = [chunk("x"), Document(page_content="y", metadata={"heading": None, "start": 0})]
    with pytest.raises((sqlite3.IntegrityError, KeyError)):
        library.publish(document, version("s2"), broken, ["h1", "h2"])
    assert texts(library, document) == ["one"]
    assert changes(ledger) == before


def test_other_bytes_staged_meanwhile_are_not_overwritten(
    library: Library, put: Put, version: MakeVersion
) -> None:
    document = put("a.md", ["one"])
    library.stage(library.sources()[0], "a.md", "newest", 9)
    assert not library.publish(document, version("older"), [chunk("x")], ["h"])
    assert texts(library, document) == ["one"]
    record = library.get(document)
    assert record is not None
    assert record.staged == "newest"


def test_a_document_removed_meanwhile_does_not_come_back(
    library: Library, put: Put, version: MakeVersion
) -> None:
    document = put("a.md", ["one"])
    library.remove([document])
    assert not library.publish(document, version(), [chunk("x")], ["h"])
    assert library.records() == []


def test_a_failure_leaves_the_older_version_visible_and_says_why(
    library: Library, put: Put
) -> None:
    document = put("a.md", ["one"])
    source = library.sources()[0]
    library.fail(source, "a.md", "damaged", "it is broken")
    library.fail(source, "b.pdf", "encrypted", "it has a password")
    ready, failed = library.records()
    assert (ready.document, ready.status, ready.error) == (
        document, "ready", "damaged: it is broken",
    )  # fmt: skip
    assert texts(library, document) == ["one"]
    assert (failed.status, failed.error) == ("failed", "encrypted: it has a password")
    put("a.md", ["two"])
    assert library.records()[0].error is None


def test_two_documents_can_swap_their_names(library: Library, put: Put) -> None:
    one, two = put("a.md", ["one"]), put("b.md", ["two"])
    library.rename({one: "b.md", two: "a.md"})
    assert [(r.path, r.document) for r in library.records()] == [("a.md", two), ("b.md", one)]


def test_renaming_onto_another_document_changes_nothing(library: Library, put: Put) -> None:
    one, _ = put("a.md", ["one"]), put("b.md", ["two"])
    with pytest.raises(sqlite3.IntegrityError):
        library.rename({one: "b.md"})
    assert [r.path for r in library.records()] == ["a.md", "b.md"]


def test_removing_takes_chunks_along_and_tells_the_index(
    library: Library, put: Put, ledger: Ledger
) -> None:
    one, two = put("a.md", ["one"]), put("b.md", ["two"])
    ids = [str(c.id) for d in (one, two) for c in library.document_chunks(d)]
    library.remove([one, "no such document"])
    assert [r.path for r in library.records()] == ["b.md"]
    assert list(library.chunks(ids)) == ids[1:]
    assert [op for op, _ in changes(ledger)] == ["add", "add", "remove"]


def test_a_folder_takes_in_the_source_below_it(library: Library, put: Put) -> None:
    document = put("a.md", ["one"])
    inner = library.sources()[0]
    outer = library.source("default", "folder", "/")
    library.absorb(inner, outer, "docs/")
    assert library.sources() == [outer]
    assert [(r.document, r.path) for r in library.records()] == [(document, "docs/a.md")]
    assert texts(library, document) == ["one"]


def test_what_the_outer_folder_has_already_is_not_there_twice(library: Library, put: Put) -> None:
    put("a.md", ["one"])
    inner = library.sources()[0]
    outer = library.source("default", "folder", "/")
    kept = library.stage(outer, "docs/a.md", "s", 1)
    library.absorb(inner, outer, "docs/")
    assert [r.document for r in library.records()] == [kept]
    assert library.counts()["chunks"] == 0


def test_find_by_id_beginning_and_path(library: Library, put: Put) -> None:
    document = put("手册/a.md", ["one"])
    for name in (document, document[:4], document[:11], "手册/a.md"):
        assert library.find(name).document == document
    for name in (document[:3], "a.md", "", "%", "____"):
        with pytest.raises(LibraryError, match=r"no document .*; `kb list` shows them"):
            library.find(name)


NFC, NFD = "Café Größe.md", unicodedata.normalize("NFD", "Café Größe.md")
MIXED = NFC[:4] + NFD[5:]  # its é composed, the others not


def test_a_path_is_found_in_either_form_of_unicode(library: Library, put: Put) -> None:
    document = put(f"sub/{NFC}", ["one"])
    for name in (NFC, NFD, MIXED):
        assert library.find(f"sub/{name}").document == document


def test_twins_are_found_by_the_name_as_it_is_on_the_disk_or_shown(
    library: Library, put: Put
) -> None:
    twins = {name: put(name, ["one"]) for name in (NFC, NFD)}
    for name, document in twins.items():
        assert library.find(name).document == document
    assert library.find(MIXED).document == twins[NFC]
    assert shown(NFC) == NFC
    assert shown(NFD) == f"{NFD} (Unicode form NFD)"
    assert shown(MIXED) == f"{MIXED} (Unicode form mixed)"
    assert library.find(shown(NFD)).document == twins[NFD]
    assert library.find(unicodedata.normalize("NFC", shown(NFD))).document == twins[NFD]


def test_a_name_of_mere_bytes_names_none(library: Library, put: Put) -> None:
    put("a.md", ["one"])
    with pytest.raises(LibraryError, match=r"no document 'a\\udcff.md'"):
        library.find("a\udcff.md")


def test_a_name_of_two_documents_asks_for_an_id(library: Library, put: Put) -> None:
    both = {put("a.md", ["one"]), put("a.md", ["one"], collection="other")}
    with pytest.raises(LibraryError) as raised:
        library.find("a.md")
    assert "'a.md' names 2 documents" in str(raised.value)
    assert all(document in str(raised.value) for document in both)


def test_records_of_a_collection_or_source(library: Library, put: Put) -> None:
    put("b.md", ["b"]), put("a.md", ["a"]), put("c.md", ["c"], collection="other")
    assert [r.path for r in library.records()] == ["a.md", "b.md", "c.md"]
    assert [r.path for r in library.records("other")] == ["c.md"]
    assert [r.path for r in library.records(source=library.sources()[0].id)] == ["a.md", "b.md"]
    assert library.collections() == ["default", "other"]


def test_more_ids_than_fit_into_one_statement(library: Library, put: Put) -> None:
    document = put("a.md", [f"text {i}" for i in range(1203)])
    ids = [str(c.id) for c in library.document_chunks(document)]
    assert sorted(library.chunks(ids)) == sorted(ids)
    assert library.chunks([]) == {}


def test_the_state_of_the_index_in_a_word(library: Library, put: Put, ledger: Ledger) -> None:
    assert library.index_state(None) == "none"
    put("a.md", ["one"])
    assert library.index_state("model-a") == "none"
    with ledger.write() as db:
        db.execute("INSERT INTO indexes VALUES ('model-a', 'f', 0, NULL)")
    assert library.index_state("model-a") == "behind"
    with ledger.write() as db:
        db.execute("UPDATE indexes SET applied=1")
    assert library.index_state("model-a") == "ready"


def test_vectors_outlive_a_failed_attempt_but_not_their_last_chunk(
    library: Library, put: Put, ledger: Ledger
) -> None:
    vectors = VectorTable(ledger)
    document = put("a.md", ["one", "two"])
    assert vectors.sweep() == 0
    library.remove([document])
    assert vectors.sweep() == 2


def test_what_a_dead_process_had_in_hand_waits_again_and_is_counted(
    library: Library, put: Put, ledger: Ledger
) -> None:
    source = library.source("default", "folder", "/docs")
    new = library.stage(source, "new.md", "s9", 3)
    old = put("old.md", ["one"])
    idle = put("idle.md", ["two"])
    for document in (new, old):
        library.progress(document, "reading")
    for times in (1, 2):
        library.recover()
        seen = {d: library.get(d) for d in (new, old, idle)}
        assert {d: (r.status, r.attempts) for d, r in seen.items() if r} == {
            new: ("queued", times), old: ("ready", times), idle: ("ready", 0),
        }  # fmt: skip
        library.progress(new, "embedding")
        library.progress(old, "embedding")
    library.put_back(new)  # stopped on purpose: not counted
    assert (library.get(new).status, library.get(new).attempts) == ("queued", 2)  # type: ignore[union-attr]
    library.stage(source, "new.md", "s10", 3)  # other bytes have not killed anything yet
    assert library.get(new).attempts == 0  # type: ignore[union-attr]


def test_a_path_names_a_document_of_the_collection_asked_for(library: Library, put: Put) -> None:
    one, two = put("a.md", ["one"]), put("a.md", ["two"], collection="other")
    assert library.find("a.md", "other").document == two
    assert library.find("a.md", "default").document == one
    with pytest.raises(LibraryError, match="names 2 documents"):
        library.find("a.md")
    with pytest.raises(LibraryError, match="no document"):
        library.find(one, "other")
