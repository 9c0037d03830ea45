"""Assistants kept in the ledger: made, changed, removed and brought back."""

from dataclasses import replace

import pytest

from retrieval.assistants import (
    LONGEST_INSTRUCTIONS,
    MOST_EXAMPLES,
    Assistant,
    Assistants,
)
from retrieval.errors import LibraryError
from retrieval.ledger import Ledger
from retrieval.library import Collections

WHOLE = Assistant(
    "People",
    ("hr", "it"),
    "Short sentences.",
    (("How many days?", "Five days."), ("Who?", "The manager.")),
    "friendly",
    "en",
    "Ask me about leave.",
)


@pytest.fixture
def assistants(ledger: Ledger) -> Assistants:
    return Assistants(ledger)


def test_an_assistant_is_kept_as_it_was_given(assistants: Assistants) -> None:
    kept = assistants.put(replace(WHOLE, name="  People ", instructions=" Short sentences.\n"))
    assert kept == replace(WHOLE, id=kept.id)
    assert kept.id
    assert assistants.get(kept.id) == kept
    assert assistants.all() == [kept]


def test_a_change_replaces_all_of_it(assistants: Assistants) -> None:
    kept = assistants.put(WHOLE)
    changed = assistants.put(Assistant("Human resources", id=kept.id))
    assert assistants.all() == [changed] == [Assistant("Human resources", id=kept.id)]


def test_empty_examples_are_not_kept(assistants: Assistants) -> None:
    kept = assistants.put(replace(WHOLE, examples=((" ", ""), ("Who?", "The manager."))))
    assert kept.examples == (("Who?", "The manager."),)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (replace(WHOLE, name=" "), "name"),
        (replace(WHOLE, name="x" * 65), "name"),
        (replace(WHOLE, instructions="x" * (LONGEST_INSTRUCTIONS + 1)), "2,001"),
        (replace(WHOLE, examples=(("Q", "A"),) * (MOST_EXAMPLES + 1)), "examples"),
        (replace(WHOLE, examples=(("Q", ""),)), "answer"),
        (replace(WHOLE, tone="loud"), "tone"),
        (replace(WHOLE, lang="de"), "language"),
        (replace(WHOLE, id="gone"), "gone"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(
    assistants: Assistants, given: Assistant, said: str
) -> None:
    with pytest.raises(LibraryError, match=said):
        assistants.put(given)
    assert assistants.all() == []


def test_two_do_not_have_the_same_name(assistants: Assistants) -> None:
    assistants.put(WHOLE)
    with pytest.raises(LibraryError, match="already"):
        assistants.put(replace(WHOLE, name="people"))


def test_a_removed_one_can_still_be_read_of_and_brought_back(assistants: Assistants) -> None:
    kept = assistants.put(WHOLE)
    assistants.remove(kept.id)
    assert assistants.all() == []
    assert assistants.get(kept.id) == replace(kept, removed=True)
    assistants.bring_back(kept.id)
    assert assistants.all() == [kept]


def test_one_does_not_come_back_beside_another_of_its_name(assistants: Assistants) -> None:
    kept = assistants.put(WHOLE)
    assistants.remove(kept.id)
    assistants.put(WHOLE)
    with pytest.raises(LibraryError, match="already"):
        assistants.bring_back(kept.id)


def test_after_a_month_a_removed_one_is_deleted(ledger: Ledger, assistants: Assistants) -> None:
    old, new = assistants.put(WHOLE), assistants.put(replace(WHOLE, name="Machines"))
    assistants.remove(old.id)
    with ledger.write() as db:
        db.execute("UPDATE assistants SET removed_at='2020-01-01T00:00:00+00:00'"
                   " WHERE removed_at IS NOT NULL")  # fmt: skip
    assistants.remove(new.id)
    assert assistants.get(old.id) is None
    assert assistants.get(new.id) is not None
    with ledger.read() as db:
        assert db.execute("SELECT count(*) FROM assistant_examples").fetchone()[0] == 2


def test_a_renamed_collection_keeps_its_assistants(ledger: Ledger, assistants: Assistants) -> None:
    Collections(ledger).make("hr")
    kept = assistants.put(WHOLE)
    Collections(ledger).rename("hr", "people")
    assert assistants.all() == [replace(kept, collections=("it", "people"))]


def test_without_its_collection_an_assistant_does_not_see_all(
    ledger: Ledger, assistants: Assistants
) -> None:
    Collections(ledger).make("hr")
    kept = assistants.put(replace(WHOLE, collections=("hr",)))
    Collections(ledger).drop("hr")
    assert assistants.all() == [kept]
