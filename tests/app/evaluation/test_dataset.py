"""Folders to measure on: what is read, and what is no such folder."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import UsageError
from app.evaluation import questions, read_dataset

Folder = Callable[..., Path]
GOOD = {
    "id": "1", "question": "Who?", "lang": "en", "doc_lang": "zh", "relevant": ["a.md"],
    "answers": ["Ann"], "evidence": [], "answerable": True, "type": "of no interest",
}  # fmt: skip


def lines(*changes: dict[str, object]) -> str:
    return "".join(json.dumps({**GOOD, **change}) + "\n" for change in changes)


def checklist(**change: object) -> str:
    good = {"id": "1", "question": "Who?", "lang": "en", "must": [["Ann"]]}
    return json.dumps({**good, **change})


def test_what_has_no_question_or_no_answer_is_not_asked(folder: Folder) -> None:
    made = folder(
        {
            "docs/a.md": "Ann",
            "queries.jsonl": "\ufeff"
            + lines(
                {},
                {"id": "2", "answerable": False},
                {"id": "3", "relevant": []},
                {"id": "4", "question": " "},
                {"id": "5", "question": ""},
            ),
        },
        "set",
    )
    dataset = read_dataset(made)
    assert (dataset.name, dataset.docs, len(dataset.queries)) == ("set", made / "docs", 5)
    [asked] = questions([dataset])
    assert (asked.cell, asked.query.id) == (("set", "en", "zh"), "1")
    assert asked.query.answers == ("Ann",)


def test_with_several_folders_their_names_stand_in_front(folder: Folder) -> None:
    sets = [
        read_dataset(folder({"docs/a.md": "Ann", "queries.jsonl": lines({})}, name))
        for name in ("one", "two")
    ]
    assert [(q.folder, q.query.id, q.query.relevant) for q in questions(sets)] == [
        ("one", "one/1", ("one/a.md",)), ("two", "two/1", ("two/a.md",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"queries.jsonl": lines({})}, "docs/"),
        ({"docs/a.md": "Ann"}, "queries.jsonl"),
        ({"docs/a.md": "Ann", "queries.jsonl": lines({}) + "{\n"}, "line 2"),
        ({"docs/a.md": "Ann", "queries.jsonl": "[]\n"}, "line 1"),
        ({"docs/a.md": "Ann", "queries.jsonl": lines({"relevant": "a.md"})}, "relevant"),
        ({"docs/a.md": "Ann", "queries.jsonl": lines({"question": ""})}, "no answerable"),
        ({"docs/a.md": "Ann", "queries.jsonl": lines({"question": None})}, "question: "),
        ({"docs/a.md": "Ann", "queries.jsonl": lines({"relevant": ["b.md"]})}, "'b.md'"),
        ({"docs/a.md": "Ann", "queries.jsonl": lines({}, {})}, "'1'"),
        ({"docs/a.md": "Ann", "queries.jsonl": lines({"answerable": False})}, "no answerable"),
        ({"docs/a.md": "Ann", "queries.jsonl": b"\xff\xfe\xfa"}, "cannot read"),
        ({"docs/a.md": "Ann", "queries.jsonl": checklist(must=None)}, "neither `must`"),
        ({"docs/a.md": "Ann", "queries.jsonl": checklist(must=[])}, "`must` is empty"),
        ({"docs/a.md": "Ann", "queries.jsonl": checklist(must_nots=["Bob"])}, "is it `must_not`?"),
        ({"docs/a.md": "Ann", "queries.jsonl": checklist(must=[["Ann"], [""]])}, "no letter"),
        ({"docs/a.md": "Ann", "queries.jsonl": checklist(docs=["../queries.jsonl"])}, "below docs"),
        ({"docs/a.md": "Ann", "queries.jsonl": checklist(docs=["x" * 5000])}, "x… is not below"),
        ({"docs/a.md": "Ann", "queries.jsonl": checklist(Docs=["a.md"])}, "is it `docs`?"),
    ],
)
def test_what_is_no_such_folder_is_one_line(
    folder: Folder, files: dict[str, str | bytes], said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        read_dataset(folder(files, "set"))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_checklist_may_have_notes_and_no_element_where_there_is_no_answer(
    folder: Folder,
) -> None:
    asked = checklist(must=[], answerable=False, note="nobody says", doc_lang="en", owner="Ann")
    [one] = read_dataset(folder({"docs/a.md": "Ann", "queries.jsonl": asked}, "set")).checklists
    assert (one.must, one.answerable) == ((), False)
