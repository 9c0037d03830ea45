"""Cells, samples and means."""

import pytest

from app.evaluation import Question, sample
from app.evaluation.cells import Passage, Score, mean, score
from app.evaluation.dataset import Query


def query(id_: str = "1", **changes: object) -> Query:
    fields: dict[str, object] = {
        "id": id_, "question": "?", "lang": "en", "doc_lang": "en", "relevant": ("a.md",),
    }  # fmt: skip
    return Query.model_validate({**fields, **changes})


def test_a_question_is_measured_by_document_and_text() -> None:
    found = [Passage("b.md", "x"), Passage("b.md", "y"), Passage("a.md", "the 25th")]
    got = score(query(answers=("25",), evidence=()), found)
    assert got == Score(0, 1, pytest.approx(0.6309, abs=1e-4), 0.5, 1)


def test_evidence_goes_before_answers() -> None:
    assert score(query(answers=("25",), evidence=("no",)), [Passage("a.md", "25")]).evidence == 0
    assert score(query(), [Passage("a.md", "25")]).evidence is None


@pytest.mark.parametrize(
    ("doc_lang", "limit"), [("en", 6000), ("zh", 2400), ("zh-Hant", 2400), ("de", 6000)]
)
def test_how_much_is_read_depends_on_the_language(doc_lang: str, limit: int) -> None:
    asked = query(doc_lang=doc_lang, answers=("z",))
    for before, expected in ((limit - 1, 1), (limit, 0)):
        assert (
            score(asked, [Passage("a.md", "-" * before), Passage("b.md", "z")]).evidence == expected
        )


def test_a_sample_is_drawn_from_each_cell_and_stays_the_same() -> None:
    asked = [Question("x", query(str(n), lang="zh" if n % 3 else "en")) for n in range(30)]
    few = sample(asked, 4, seed=1)
    assert [q.query.lang for q in few] == ["en"] * 4 + ["zh"] * 4
    assert few == sample(asked, 4, seed=1) != sample(asked, 4, seed=2)
    assert [int(q.query.id) for q in few[:4]] == sorted(int(q.query.id) for q in few[:4])
    assert sorted(q.query.id for q in sample(asked, None, 1)) == sorted(q.query.id for q in asked)
    assert len(sample(asked, 15, seed=1)) == 10 + 15
    for more in (5, 9, 15):
        assert set(map(id, few)) <= set(map(id, sample(asked, more, seed=1)))


def test_means_leave_questions_without_evidence_out_of_that_column() -> None:
    scores = [Score(1, 1, 1, 1, 0.5), Score(0, 1, 0.5, 0.25, None), Score(0, 0, 0, 0, 0.25)]
    got = mean(("x", "zh", "en"), "dense", scores)
    assert (got.folder, got.lang, got.doc_lang, got.method, got.n) == ("x", "zh", "en", "dense", 3)
    assert (got.r_at_1, got.r_at_5, got.ndcg_at_10, got.mrr) == (0.3333, 0.6667, 0.5, 0.4167)
    assert (got.evidence, got.evidence_n) == (0.375, 2)
    assert mean(("x", "zh", "en"), "dense", scores[1:2]).evidence is None
