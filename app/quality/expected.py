"""Which documents of the library are to be found for a test question."""

from __future__ import annotations

from collections.abc import Mapping

from retrieval.feedback import TestQuestion


def expected_documents(question: TestQuestion, there: Mapping[str, str]) -> list[str]:
    """Return the ids of the documents that hold the answer, of those in the library.

    One that was removed and put in again is known by its path; `there` has ids by path.
    """
    ids = set(there.values())
    found = (
        source.document if source.document in ids else there.get(source.path)
        for source in question.sources
    )
    return list(dict.fromkeys(one for one in found if one))
