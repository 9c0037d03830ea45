"""What is measured of a ranking, on examples worked out by hand."""

import math
from collections.abc import Callable
from pathlib import Path

import pytest

from app.evaluation import (
    Passage,
    Query,
    RetrievalQuestion,
    measure_retrieval,
    sample,
    score_ranking,
)
from app.service import KnowledgeBase


def query(id_: str = "1", **changes: object) -> Query:
    fields: dict[str, object] = {
        "id": id_, "question": "?", "lang": "en", "doc_lang": "en", "relevant": ("a",),
    }  # fmt: skip
    return Query.model_validate({**fields, **changes})


def passages(paths: str) -> list[Passage]:
    """A passage of each of these documents, which have one letter each."""
    return [Passage(path, "x") for path in paths]


@pytest.mark.parametrize(
    ("relevant", "first", "five"),
    [("a", 1, 1), ("b", 0, 1), ("e", 0, 1), ("f", 0, 0), ("zb", 0, 1), ("", 0, 0)],
)
def test_whether_a_relevant_document_is_among_the_first(
    relevant: str, first: float, five: float
) -> None:
    got = score_ranking(query(relevant=tuple(relevant)), passages("abcdef"))
    assert (got.r_at_1, got.r_at_5) == (first, five)


@pytest.mark.parametrize(
    ("found", "relevant", "rank"),
    [("abcdef", "a", 1), ("abcdef", "fd", 0.25), ("abcdef", "z", 0), ("", "z", 0)],
)
def test_the_reciprocal_rank_is_that_of_the_first_relevant_document(
    found: str, relevant: str, rank: float
) -> None:
    assert score_ranking(query(relevant=tuple(relevant)), passages(found)).mrr == rank


SECOND, THIRD = 1 / math.log2(3), 1 / math.log2(4)


@pytest.mark.parametrize(
    ("found", "relevant", "gain"),
    [
        ("abcdef", "a", 1),
        ("abcdef", "b", SECOND),
        ("abcdef", "ac", (1 + THIRD) / (1 + SECOND)),
        ("abcdef", "bz", SECOND / (1 + SECOND)),
        ("abcdef", "z", 0),
        ("abcdef", "", 0),
        ("", "z", 0),
        ("abcdefghijklmno", "abcdefghijklmno", 1),  # ten documents, and no more are asked for
        ("abcdefghijklmno", "k", 0),
    ],
)
def test_ndcg(found: str, relevant: str, gain: float) -> None:
    got = score_ranking(query(relevant=tuple(relevant)), passages(found))
    assert got.ndcg_at_10 == pytest.approx(gain)


def test_a_document_stands_where_its_first_passage_does() -> None:
    got = score_ranking(query(), passages("bbbbba"))
    assert (got.r_at_1, got.r_at_5, got.mrr) == (0, 1, 0.5)
    assert got.ndcg_at_10 == pytest.approx(SECOND)


FULL = "0" * 5996  # four characters less than are looked at of English documents


@pytest.mark.parametrize(
    ("wanted", "texts", "share"),
    [
        (["May 21"], ["**may**\n21."], 1),
        (["May 21", "July"], ["by may 21."], 0.5),
        (["abcd"], ["ab", "cd"], 0),  # not across two texts
        (["0abcd"], [FULL + "abcd", "rest"], 1),
        (["rest"], [FULL + "ab", "rest"], 0),  # cut behind its second letter
        (["re"], [FULL + "ab", "rest"], 1),
        (["x"], [FULL + "abcd", "x"], 0),
        (["a"], [], 0),
        (["–", "a"], ["a"], 1),  # nothing of the first could be compared
        (["–"], ["a"], None),
        ([], ["a"], None),
    ],
)
def test_the_share_of_the_evidence(
    wanted: list[str], texts: list[str], share: float | None
) -> None:
    asked = query(evidence=tuple(wanted))
    assert score_ranking(asked, [Passage("a", text) for text in texts]).evidence == share


def test_evidence_goes_before_answers() -> None:
    found = [Passage("b", "the 25th")]
    assert score_ranking(query(answers=("25",)), found).evidence == 1
    assert score_ranking(query(answers=("25",), evidence=("no",)), found).evidence == 0


@pytest.mark.parametrize(
    ("doc_lang", "limit"), [("en", 6000), ("zh", 2400), ("zh-Hant", 2400), ("de", 6000)]
)
def test_how_much_is_read_depends_on_the_language(doc_lang: str, limit: int) -> None:
    asked = query(doc_lang=doc_lang, answers=("z",))
    for before, share in ((limit - 1, 1), (limit, 0)):
        found = [Passage("a", "-" * before), Passage("b", "z")]
        assert score_ranking(asked, found).evidence == share


def test_a_sample_is_drawn_from_each_cell_and_stays_the_same() -> None:
    asked = [RetrievalQuestion("x", query(str(n), lang="zh" if n % 3 else "en")) for n in range(30)]
    few = sample(asked, 4, seed=1)
    assert [q.query.lang for q in few] == ["en"] * 4 + ["zh"] * 4
    assert few == sample(asked, 4, seed=1) != sample(asked, 4, seed=2)
    assert [int(q.query.id) for q in few[:4]] == sorted(int(q.query.id) for q in few[:4])
    assert sorted(q.query.id for q in sample(asked, None, 1)) == sorted(q.query.id for q in asked)
    assert len(sample(asked, 15, seed=1)) == 10 + 15
    for more in (5, 9, 15):
        assert set(map(id, few)) <= set(map(id, sample(asked, more, seed=1)))


def test_means_leave_questions_without_evidence_out_of_that_column(
    kb: KnowledgeBase, folder: Callable[..., Path]
) -> None:
    kb.ingest([folder({"a.md": "Leave lasts 25 days.\n"})])
    asked = [
        RetrievalQuestion("x", query("1", lang="zh", evidence=("25", "no"))),
        RetrievalQuestion("x", query("2", lang="zh")),
        RetrievalQuestion("x", query("3", lang="zh", evidence=("no",))),
        RetrievalQuestion("y", query("4")),
    ]
    found = {"1": [Passage("a", "25")], "2": passages("bcda"), "3": passages("b"), "4": []}
    cells, seconds = measure_retrieval(kb, asked, found)
    assert seconds >= 0
    names = [(c.folder, c.method) for c in cells]
    methods = ("zhiku", "dense", "keywords", "ranks", "plain")
    assert names == [(name, method) for name in "xy" for method in methods]
    got, none = (cell for cell in cells if cell.method == "plain")
    assert (got.lang, got.doc_lang, got.n) == ("zh", "en", 3)
    assert (got.r_at_1, got.r_at_5, got.mrr) == (0.3333, 0.6667, 0.4167)
    assert got.ndcg_at_10 == round((1 + 1 / math.log2(5)) / 3, 4)
    assert (got.evidence, got.evidence_n) == (0.25, 2)
    assert (none.n, none.r_at_5, none.evidence, none.evidence_n) == (1, 0, None, 0)
