"""Translations are kept by question, language and model; of many the oldest go."""

from retrieval.ledger import Ledger
from retrieval.search import Translations


def test_what_was_translated_is_kept(ledger: Ledger) -> None:
    kept = Translations(ledger, "model-a")
    assert kept.get("年假几天？", "en") is None
    kept.put("年假几天？", "en", "How many days of leave?")
    assert kept.get("年假几天？", "en") == "How many days of leave?"
    assert Translations(ledger, "model-a").get("年假几天？", "en") == "How many days of leave?"


def test_another_question_language_or_model_has_another(ledger: Ledger) -> None:
    kept = Translations(ledger, "model-a")
    kept.put("q", "en", "one")
    assert kept.get("q ", "en") is None
    assert kept.get("q", "zh") is None
    assert Translations(ledger, "model-b").get("q", "en") is None


def test_the_first_translation_stays(ledger: Ledger) -> None:
    kept = Translations(ledger, "model-a")
    kept.put("q", "en", "one")
    kept.put("q", "en", "two")
    assert kept.get("q", "en") == "one"


def test_the_oldest_are_forgotten(ledger: Ledger) -> None:
    kept = Translations(ledger, "model-a")
    with ledger.write():
        for n in range(12_000):
            kept.put(f"q{n}", "en", f"t{n}")
    known = [kept.get(f"q{n}", "en") for n in range(12_000)]
    first = next(n for n, text in enumerate(known) if text)
    assert 0 < first < 11_000
    assert known == [None] * first + [f"t{n}" for n in range(first, 12_000)]
