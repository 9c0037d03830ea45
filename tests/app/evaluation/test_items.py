"""The questions of a folder, with what a right answer holds."""

from pathlib import Path

from app.evaluation import Dataset, Query, dataset_items


def query(id_: str, **changes: object) -> Query:
    fields: dict[str, object] = {
        "id": id_, "question": "?", "lang": "zh", "doc_lang": "en", "relevant": ("a.md",),
        "answers": ("25", " ", "25 days"), "evidence": ("all have 25",), "type": "fact",
    }  # fmt: skip
    return Query.model_validate({**fields, **changes})


def dataset(*queries: Query) -> Dataset:
    return Dataset("x", Path("docs"), queries)


def test_unanswerable_questions_are_a_cell_of_their_own() -> None:
    yes, no = dataset_items(dataset(query("1", answerable=False, relevant=()), query("2")))
    assert (yes.id, yes.cell, yes.answerable) == ("2", ("x", "zh", "en", "answerable"), True)
    assert (yes.expected, yes.evidence) == ((("25", "25 days"),), ("all have 25",))
    assert (no.id, no.cell, no.answerable) == ("1", ("x", "zh", "en", "unanswerable"), False)
    assert (no.expected, no.evidence, no.passages) == ((), (), None)


def test_a_question_without_answers_is_asked_and_expects_nothing() -> None:
    asked = dataset_items(dataset(query("1", answers=()), query("2", question=" ")))
    assert [(item.id, item.expected) for item in asked] == [("1", ())]


def test_types_choose_among_all() -> None:
    queries = query("1"), query("2", type="sum"), query("3", type="none", answerable=False)
    assert [item.id for item in dataset_items(dataset(*queries), ["sum"])] == ["2"]
    assert [item.id for item in dataset_items(dataset(*queries), ["none"])] == ["3"]
    assert [item.id for item in dataset_items(dataset(*queries), [])] == ["1", "2", "3"]
