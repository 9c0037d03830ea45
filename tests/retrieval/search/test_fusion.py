"""One score of vectors and keywords; the numbers are worked out by hand."""

import numpy as np
import pytest

from retrieval.keywords import QuestionWords
from retrieval.ledger import Vector
from retrieval.search.fusion import (
    FusionWeights,
    Wording,
    beside_rivals,
    evidence,
    is_named,
    keyword_share,
    reciprocal_ranks,
)

X, Y, ZERO = (np.asarray(v, np.float32) for v in ([1, 0], [0, 1], [0, 0]))
PLAIN = FusionWeights(hub=0.0, keywords=0.1, translated=0.05, title=0.01, other=0.02)


def words(title: str = "", **counts: int) -> QuestionWords:
    return QuestionWords(frozenset(title.split()), counts)


def wording(vector: Vector = X, hub: Vector = ZERO, lang: str = "en", **rarities: float) -> Wording:
    return Wording(lang, vector, hub, rarities)


# -- keywords


def test_the_share_is_nothing_without_a_word_and_grows_with_each() -> None:
    asked = {"zebra": 3.0, "dog": 1.0}
    shares = [
        keyword_share(asked, w)
        for w in (words(cat=1), words(dog=1), words(zebra=1), words(zebra=1, dog=1))
    ]
    assert shares[0] == 0
    assert shares == sorted(set(shares))
    assert shares[2] == pytest.approx(3 * shares[1], rel=0.01)


@pytest.mark.parametrize("n", [1, 2, 10, 1000])
def test_the_share_is_at_most_one_however_often_a_word_stands_there(n: int) -> None:
    chunk = words(zebra=n, other=60)
    assert 0.5 < keyword_share({"zebra": 2.0}, chunk) <= 1
    assert keyword_share({"zebra": 2.0}, chunk) <= keyword_share({"zebra": 2.0}, words(zebra=n))


def test_the_share_by_hand() -> None:
    """60 terms are the usual length, so that 0.6 stands for the length."""
    assert keyword_share({"zebra": 2.0}, words(zebra=1, other=59)) == pytest.approx(1 / 1.6)
    assert keyword_share({"zebra": 2.0}, words(zebra=2, other=58)) == pytest.approx(2 / 2.6)


def test_words_that_no_chunk_holds_count_in_what_is_asked_for() -> None:
    chunk = words(zebra=1)
    alone = keyword_share({"zebra": 2.0}, chunk)
    assert keyword_share({"zebra": 2.0, "unicorn": 6.0}, chunk) == pytest.approx(alone / 4)


def test_a_question_without_words_shares_none() -> None:
    assert keyword_share({}, words(zebra=1)) == 0
    assert keyword_share({"zebra": 0.0}, words(zebra=1)) == 0


def test_a_document_is_named_by_its_whole_title() -> None:
    asked = {"leave": 1.0, "polici": 1.0, "2026": 1.0}
    assert is_named(asked, words("leave polici"))
    assert not is_named(asked, words("leave polici rotterdam"))
    assert not is_named(asked, words(""))


# -- evidence


def test_the_evidence_of_a_chunk_is_a_sum() -> None:
    asked = wording(X, 0.5 * X, zebra=2.0, titl=1.0)
    weights = FusionWeights(hub=0.5, keywords=0.1, title=0.01)
    chunk = words("titl", zebra=1, titl=1)
    found = evidence([asked], "en", X, chunk)
    share = keyword_share(asked.rarities, chunk)
    assert (found.cosine, found.hub, found.named) == (1, 0.5, True)
    assert found.keywords == share
    assert found.near(weights) == pytest.approx(1 - 0.5 * 0.5)
    assert found.score(weights) == pytest.approx(1 - 0.5 * 0.5 + 0.1 * share + 0.01)


def test_in_the_other_language_cosines_are_averaged_and_keywords_of_both_count() -> None:
    one, other = wording(X, X, zebra=1.0), wording(Y, lang="zh", **{"斑马": 1.0})
    chunk = words(zebra=1, 斑马=1)
    found = evidence([one, other], "zh", X, chunk)
    assert (found.cosine, found.hub, found.other) == (0.5, 0.5, True)
    assert found.keywords == pytest.approx(keyword_share(one.rarities, chunk))
    assert found.translated == pytest.approx(keyword_share(other.rarities, chunk))
    assert found.score(PLAIN) == pytest.approx(
        0.5 + 0.1 * found.keywords + 0.05 * found.translated + 0.02
    )


def test_what_its_own_language_holds_is_taken_off_the_other_one() -> None:
    one, other = wording(X, zebra=1.0), wording(X, lang="zh", **{"斑马": 1.0})
    own = evidence([one, other], "en", X, words(zebra=1))
    foreign = evidence([one, other], "zh", X, words(斑马=1))
    told = beside_rivals({"own": own, "foreign": foreign})
    assert told["own"] == own
    assert told["foreign"].rival == own.keywords
    assert told["foreign"].score(PLAIN) == pytest.approx(
        foreign.score(PLAIN) - PLAIN.keywords * own.keywords
    )
    assert beside_rivals({"foreign": foreign}) == {"foreign": foreign}


def test_in_its_own_language_the_question_counts_alone() -> None:
    one, other = wording(X, X, zebra=1.0), wording(Y, lang="zh", **{"斑马": 1.0})
    chunk = words("斑马", zebra=1, 斑马=1)
    assert evidence([one, other], "en", X, chunk) == evidence([one], "en", X, chunk)


def test_in_another_language_without_a_translation_the_question_counts_alone() -> None:
    found = evidence([wording(X, zebra=1.0)], "zh", X, words(zebra=1))
    assert (found.cosine, found.other) == (1, False)


def test_a_document_named_in_either_wording_is_named() -> None:
    one, other = wording(X, zebra=1.0), wording(X, lang="zh", **{"手册": 1.0})
    found = evidence([one, other], "zh", X, words("手册"))
    assert found.named
    assert found.score(PLAIN) == pytest.approx(1 + found.translated * 0.05 + 0.01 + 0.02)


def test_a_chunk_without_words_has_its_cosine() -> None:
    found = evidence([wording(X, zebra=1.0)], "en", X, None)
    assert (found.score(PLAIN), found.keywords, found.named) == (1, 0, False)


def test_the_direction_to_search_in_is_the_question_without_what_all_share() -> None:
    question = wording(np.asarray([0.6, 0.8], np.float32), np.asarray([0.6, 0], np.float32))
    assert np.allclose(question.direction(1.0), Y)
    assert np.allclose(question.direction(0.0), [0.6, 0.8])
    assert np.linalg.norm(question.direction(0.5)) == pytest.approx(1)
    assert question.direction(0.5).dtype == np.float32


# -- ranks


def test_reciprocal_ranks_by_hand() -> None:
    """a: 1/61 + 1/63, b: 1/62 + 1/61, c: 1/63, d: 1/62."""
    assert reciprocal_ranks([["a", "b", "c"], ["b", "d", "a"]]) == ["b", "a", "d", "c"]
    assert reciprocal_ranks([["a", "b"]]) == ["a", "b"]
    assert reciprocal_ranks([[], []]) == []
