"""Jobs in the ledger: asked for by anyone, done by the owner, never lost and never for ever."""

import pytest

from retrieval.errors import LibraryError
from retrieval.ledger import Ledger
from retrieval.library import Jobs


@pytest.fixture
def jobs(ledger: Ledger) -> Jobs:
    return Jobs(ledger)


def test_a_job_from_asking_to_its_end(jobs: Jobs) -> None:
    number = jobs.ask("ingest", {"paths": ["/文档"]})
    assert jobs.get(number).status == "queued"
    job = jobs.take()
    assert job is not None
    assert (job.id, job.kind, job.arguments) == (number, "ingest", {"paths": ["/文档"]})
    assert (job.status, job.attempts, job.ended) == ("running", 1, False)
    assert jobs.take() is None
    assert jobs.report(number, ["a.md", "reading", 1, 2]) is False
    assert jobs.get(number).progress == ["a.md", "reading", 1, 2]
    jobs.end(number, "done", {"added": 1})
    done = jobs.get(number)
    assert (done.status, done.result, done.progress, done.ended) == (
        "done", {"added": 1}, None, True,
    )  # fmt: skip
    assert done.ended_at is not None
    with pytest.raises(LibraryError, match="no job 99"):
        jobs.get(99)


def test_the_oldest_comes_first_and_an_equal_one_that_waits_is_joined(jobs: Jobs) -> None:
    one, two = jobs.ask("ingest", {"a": 1, "b": 2}), jobs.ask("ingest", {"a": 2})
    assert jobs.ask("ingest", {"b": 2, "a": 1}) == one
    assert [job.id for job in jobs.all()] == [two, one]
    assert jobs.take().id == one  # type: ignore[union-attr]
    # One that runs may have passed what was changed since: it is not joined.
    assert jobs.ask("ingest", {"a": 1, "b": 2}) not in (one, two)


def test_what_a_dead_owner_had_in_hand_is_tried_again_with_a_limit(jobs: Jobs) -> None:
    number, other = jobs.ask("ingest", {"n": 1}), jobs.ask("ingest", {"n": 2})
    tried = 0
    while jobs.get(number).status == "queued":
        tried += 1
        job = jobs.take()
        assert job is not None
        assert (job.id, job.attempts) == (number, tried)
        jobs.recover()
    assert 1 < tried < 10
    given_up = jobs.get(number)
    assert given_up.status == "failed"
    assert f"ended {tried} times" in str(given_up.message)
    assert given_up.problem == {"line": "", "reason": "job-given-up", "values": {"n": tried}}
    assert given_up.result is None
    assert jobs.take().id == other  # type: ignore[union-attr]  # it holds up nobody


def test_cancelling(jobs: Jobs) -> None:
    waits, runs = jobs.ask("ingest", {"n": 1}), jobs.ask("ingest", {"n": 2})
    jobs.cancel(waits)
    assert jobs.get(waits).status == "cancelled"
    assert jobs.take().id == runs  # type: ignore[union-attr]
    jobs.cancel(runs)
    assert jobs.get(runs).status == "running"
    assert jobs.report(runs, ["a.md", "reading", 0, 0]) is True  # so the runner learns it
    jobs.recover()  # or it died before
    assert jobs.get(runs).status == "cancelled"
    jobs.end(runs, "done", {})
    jobs.cancel(runs)
    assert jobs.get(runs).status == "done"
    again = jobs.ask("ingest", {"n": 2})
    assert again not in (waits, runs)


def test_only_the_last_ended_jobs_are_kept(jobs: Jobs, ledger: Ledger) -> None:
    with ledger.write():
        waits = jobs.ask("ingest", {"n": "waits"})
        numbers = []
        for n in range(230):
            numbers.append(jobs.ask("ingest", {"n": n}))
            jobs.end(numbers[-1], "done", {})
    *kept, last = [job.id for job in jobs.all()]
    assert last == waits
    assert kept == numbers[: -len(kept) - 1 : -1]
    assert 100 < len(kept) < 230
