"""Of chunks that say the same one is kept, the best; other figures are another thing."""

from collections.abc import Mapping

from retrieval.keywords import QuestionWords, terms
from retrieval.search.duplicates import without_twins

DRAFT = "employees may work from home two days a week if the manager agrees in writing before noon"


def kept(texts: Mapping[str, str | None]) -> list[str]:
    """The chunks that are left; a text of None is one that the index does not hold."""
    words = {
        chunk: QuestionWords(frozenset(), dict.fromkeys(terms(text), 1))
        for chunk, text in texts.items()
        if text is not None
    }
    return list(without_twins(texts, words))


def test_the_first_of_two_drafts_is_kept() -> None:
    assert kept({"a": DRAFT, "b": "Dogs bark.", "c": f"{DRAFT}!"}) == ["a", "b"]
    assert kept({"c": f"{DRAFT}!", "a": DRAFT}) == ["c"]


def test_one_changed_word_in_twenty_is_the_same_and_half_of_them_are_not() -> None:
    words = [f"w{chr(97 + i)}x" for i in range(20)]
    text = " ".join(words)
    assert kept({"a": text, "b": " ".join([*words[:-1], "other"])}) == ["a"]
    assert kept({"a": text, "b": " ".join(words[:10])}) == ["a", "b"]


def test_other_figures_are_another_thing() -> None:
    assert kept({"a": f"{DRAFT} 2025", "b": f"{DRAFT} 2026"}) == ["a", "b"]
    assert kept({"a": f"{DRAFT} 5%", "b": f"{DRAFT} 5 %"}) == ["a", "b"]
    assert kept({"a": f"{DRAFT} 2026", "b": f"2026 {DRAFT}"}) == ["a"]


def test_chunks_whose_words_are_not_known_stay() -> None:
    assert kept({"a": None, "b": None, "c": DRAFT, "d": DRAFT}) == ["a", "b", "c"]


def test_it_is_asked_for_no_more_than_is_taken() -> None:
    seen = []

    def ranked():  # type: ignore[no-untyped-def]
        for chunk in "abc":
            seen.append(chunk)
            yield chunk

    assert next(iter(without_twins(ranked(), {}))) == "a"
    assert seen == ["a"]
