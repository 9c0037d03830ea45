"""The measures, on examples worked out by hand."""

import math

import pytest

from app.evaluation.metrics import (
    by_document,
    evidence_share,
    found_within,
    ndcg,
    reciprocal_rank,
)

RANKING = ["a", "b", "c", "d", "e", "f"]


def test_documents_come_in_the_order_of_their_first_passage() -> None:
    assert by_document(["b", "a", "b", "c", "a"]) == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("relevant", "k", "expected"),
    [({"a"}, 1, 1), ({"b"}, 1, 0), ({"e"}, 5, 1), ({"f"}, 5, 0), ({"z", "b"}, 5, 1), (set(), 5, 0)],
)
def test_found_within(relevant: set[str], k: int, expected: float) -> None:
    assert found_within(RANKING, relevant, k) == expected


def test_reciprocal_rank() -> None:
    assert reciprocal_rank(RANKING, {"a"}) == 1
    assert reciprocal_rank(RANKING, {"f", "d"}) == 0.25
    assert reciprocal_rank(RANKING, {"z"}) == 0
    assert reciprocal_rank([], {"z"}) == 0


def test_ndcg() -> None:
    second, third = 1 / math.log2(3), 1 / math.log2(4)
    assert ndcg(RANKING, {"a"}) == 1
    assert ndcg(RANKING, {"b"}) == pytest.approx(second)
    assert ndcg(RANKING, {"a", "c"}) == pytest.approx((1 + third) / (1 + second))
    assert ndcg(RANKING, {"b", "z"}) == pytest.approx(second / (1 + second))
    assert ndcg(RANKING, {"z"}) == ndcg([], {"z"}) == ndcg(RANKING, set()) == 0


def test_ndcg_looks_at_ten_documents_and_asks_for_no_more() -> None:
    many = [str(n) for n in range(20)]
    assert ndcg(many, set(many)) == pytest.approx(1)
    assert ndcg(many, {"10"}) == 0


@pytest.mark.parametrize(
    ("wanted", "texts", "expected"),
    [
        (["May 21"], ["**may**\n21."], 1),
        (["May 21", "July"], ["by may 21."], 0.5),
        (["abcd"], ["ab", "cd"], 0),  # not across two texts
        (["0123456789"], ["0123456789", "rest"], 1),
        (["rest"], ["01234567", "rest"], 0),  # cut behind its second letter
        (["re"], ["01234567", "rest"], 1),
        (["x"], ["0123456789", "x"], 0),
        (["a"], [], 0),
        (["–", "a"], ["a"], 1),  # nothing of the first could be compared
        (["–"], ["a"], None),
        ([], ["a"], None),
    ],
)
def test_the_share_of_the_evidence(
    wanted: list[str], texts: list[str], expected: float | None
) -> None:
    assert evidence_share(wanted, texts, limit=10) == expected
