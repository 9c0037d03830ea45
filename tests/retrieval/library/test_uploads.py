"""Uploads and their jobs: many are stopped, or removed, in one transaction."""

import sqlite3

import pytest

from retrieval.errors import LibraryError
from retrieval.ledger import Ledger
from retrieval.library import UPLOAD, Jobs, Library, Uploads


@pytest.fixture
def uploads(ledger: Ledger) -> Uploads:
    return Uploads(ledger)


@pytest.fixture
def jobs(ledger: Ledger) -> Jobs:
    return Jobs(ledger)


def put(uploads: Uploads, library: Library, count: int) -> list[str]:
    source = library.source("default", "upload", "")
    return [uploads.put(source, f"{n}.txt", f"{n:064}", 1) for n in range(count)]


def test_many_are_stopped_in_one_transaction(
    uploads: Uploads, library: Library, jobs: Jobs, ledger: Ledger
) -> None:
    documents = put(uploads, library, 30)
    jobs.take()
    every = [*(job.id for job in jobs.all()), 999]
    with ledger.write() as db:
        db.execute(
            "CREATE TRIGGER late BEFORE UPDATE OF status ON jobs WHEN NEW.id=20"
            " BEGIN SELECT RAISE(ABORT, 'the disk is gone'); END"
        )
    with pytest.raises(sqlite3.IntegrityError, match="the disk is gone"):
        uploads.cancel_all(every)
    assert [job.status for job in jobs.all()] == ["queued"] * 29 + ["running"]  # all or none
    with ledger.write() as db:
        db.execute("DROP TRIGGER late")
    uploads.cancel_all(every)
    assert [job.status for job in jobs.all()] == ["cancelled"] * 29 + ["running"]
    reasons = {r.document: r.reason for r in library.records()}
    assert [reasons[document] for document in documents] == [None] + ["stopped"] * 29


def test_what_another_job_reads_is_not_given_up(
    uploads: Uploads, library: Library, jobs: Jobs
) -> None:
    [document] = put(uploads, library, 1)
    first = jobs.take()
    assert first is not None
    again = uploads.put(library.source("default", "upload", ""), "0.txt", "f" * 64, 1)
    assert again == document
    uploads.cancel_all([job.id for job in jobs.open(UPLOAD) if job.id != first.id])
    record = library.get(document)
    assert record is not None
    assert record.reason is None, "the one that runs still reads it"


def test_a_removed_document_takes_its_job_along(
    uploads: Uploads, library: Library, jobs: Jobs
) -> None:
    documents = put(uploads, library, 3)
    uploads.remove(documents[:2])
    assert [job.arguments["document"] for job in jobs.open(UPLOAD)] == documents[2:]
    assert [job.message for job in jobs.all() if job.ended] == ["the document was removed"] * 2


def test_no_such_job_is_an_error(uploads: Uploads) -> None:
    with pytest.raises(LibraryError, match="no job 7"):
        uploads.cancel(7)
