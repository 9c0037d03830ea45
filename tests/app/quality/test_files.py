"""Test questions and feedback as files: read back by `kb eval`, and brought in again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.conversations import Exchange
from app.errors import UsageError
from app.evaluation import dataset_items, read_dataset
from app.quality import feedback_lines, import_questions, preference_lines, question_lines
from app.results import DocumentRow
from app.service import KnowledgeBase
from retrieval.feedback import TestQuestion, TestSource

Filled = Callable[..., KnowledgeBase]
Asked = Callable[..., Exchange]
RIGHT = "You have 25 days of leave."
QUESTION = "How many days of leave?"


def rows(kb: KnowledgeBase) -> dict[str, DocumentRow]:
    return {row.document: row for row in kb.documents()}


def there(kb: KnowledgeBase) -> dict[str, str]:
    return {row.path: row.document for row in kb.documents()}


@pytest.fixture
def folder_of(tmp_path: Path) -> Callable[[list[str]], Path]:
    """Make a folder for `kb eval` of lines, with documents of the same names."""

    def make(lines: list[str]) -> Path:
        root = tmp_path / "own"
        (root / "docs").mkdir(parents=True)
        for name in ("leave.md", "parking.md"):
            (root / "docs" / name).write_text("text", "utf-8")
        (root / "queries.jsonl").write_text("".join(lines), "utf-8")
        return root

    return make


def questions(kb: KnowledgeBase) -> list[TestQuestion]:
    leave = TestSource(kb.document("leave.md").document, "leave.md", None, "25 days of leave")
    return kb.feedback.put(
        TestQuestion(QUESTION, expected=RIGHT, sources=(leave,)),
        TestQuestion(
            "要几天？", must=(("25", "二十五"), ("天",)), must_not=("30",), sources=(leave,)
        ),
        TestQuestion("Who won the cup?", answerable=False),
        TestQuestion("Gone?", sources=(TestSource(None, "gone.md"), leave)),
    )


def test_test_questions_are_a_folder_for_kb_eval(
    filled: Filled, folder_of: Callable[[list[str]], Path]
) -> None:
    kb = filled()
    made = questions(kb)
    lines = list(question_lines(kb.feedback.questions(), rows(kb)))
    dataset = read_dataset(folder_of(lines))
    assert [q.id for q in dataset.queries] == [made[0].id, made[2].id, made[3].id]
    first, cup, gone = dataset.queries
    assert (first.relevant, first.answers, first.evidence, first.doc_lang) == (
        ("leave.md",),
        (RIGHT,),
        ("25 days of leave",),
        "en",
    )
    assert cup.answerable is False
    assert gone.relevant == ("leave.md",)
    (checklist,) = dataset.checklists
    assert (checklist.must, checklist.must_not, checklist.docs, checklist.lang) == (
        (("25", "二十五"), ("天",)),
        ("30",),
        ("leave.md",),
        "zh",
    )
    assert dataset_items(dataset)[0].expected == ((RIGHT,),)


def test_they_can_be_brought_in_again(filled: Filled) -> None:
    kb = filled()
    made = questions(kb)
    data = "".join(question_lines(made, rows(kb))).encode()
    kb.feedback.put(*import_questions("queries.jsonl", data, there(kb)))
    again = {one.id: one for one in kb.feedback.questions()}
    assert set(again) == {one.id for one in made}  # in their places, not beside them
    assert again[made[1].id] == made[1] or again[made[1].id].must == made[1].must
    assert again[made[0].id].sources == made[0].sources
    assert again[made[0].id].must == ((RIGHT,),)
    assert again[made[2].id].answerable is False


def test_a_path_is_known_by_its_end(filled: Filled) -> None:
    line = {
        "id": "1",
        "question": "q",
        "lang": "en",
        "must": [["a"]],
        "docs": ["leave.md", "no.md"],
    }
    (one,) = import_questions("q", json.dumps(line).encode(), {"docs/leave.md": "d1", "x.md": "d2"})
    assert [(s.document, s.path) for s in one.sources] == [("d1", "docs/leave.md"), (None, "no.md")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"{}\n", "line 1 of 'q.jsonl'"),
        (b'{"id": "1", "question": "q"}\n', "has neither"),
        (b"\n" + b'{"id": "1", "question": "q", "lang": "en", "must": [["a"]]}\n' * 2, "line 3"),
        (b"[]\n" * 2001, "2,000 are the most"),
    ],
)
def test_what_is_no_question_is_refused_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said) as raised:
        import_questions("q.jsonl", data, {})
    assert "\n" not in str(raised.value)


def judged(kb: KnowledgeBase, asked: Asked) -> list[dict[str, Any]]:
    good, bad = asked(kb, QUESTION), asked(kb, "What does a ticket cost?")
    kb.feedback.rate(int(good.id), "good")
    kb.feedback.rate(int(bad.id), "bad", "incomplete", "cash?", "4 euros, in cash.")
    return [json.loads(line) for line in feedback_lines(kb.feedback.judged(), rows(kb))]


def test_feedback_has_all_and_can_be_evaluated(
    filled: Filled, asked: Asked, folder_of: Callable[[list[str]], Path]
) -> None:
    kb = filled(RIGHT, "A ticket costs 4 euros.")
    good, bad = judged(kb, asked)
    assert (good["question"], good["verdict"], good["relevant"]) == (QUESTION, "good", ["leave.md"])
    assert good["answer"].startswith("You have 25 days of leave")
    assert any("25 days" in passage["text"] for passage in good["passages"])
    assert good["sources"][0]["path"] == "leave.md"
    assert (bad["verdict"], bad["reasons"], bad["note"]) == ("bad", ["incomplete"], "cash?")
    assert bad["preferred_answer"] == "4 euros, in cash."
    assert bad["relevant"] == []
    lines = [json.dumps(one) for one in (good, bad)]
    dataset = read_dataset(folder_of(["\n".join(lines)]))
    assert [q.measurable for q in dataset.queries] == [True, False]
    assert dataset.queries[1].answers == ("4 euros, in cash.",)


def test_preferences_are_prompt_chosen_and_rejected(filled: Filled, asked: Asked) -> None:
    kb = filled(RIGHT, "A ticket costs 4 euros.")
    judged(kb, asked)
    (line,) = preference_lines(kb.feedback.judged(), rows(kb))
    one = json.loads(line)
    assert [m["role"] for m in one["prompt"]] == ["system", "user"]
    assert "A ticket costs 4 euros." in one["prompt"][1]["content"]
    assert "What does a ticket cost?" in one["prompt"][1]["content"]
    assert one["chosen"] == [{"role": "assistant", "content": "4 euros, in cash."}]
    assert one["rejected"] == [{"role": "assistant", "content": "A ticket costs 4 euros."}]


def test_of_removed_documents_nothing_is_in_the_files(filled: Filled, asked: Asked) -> None:
    kb = filled(RIGHT, "A ticket costs 4 euros.")
    judged(kb, asked)
    kb.shelf.throw([kb.document("parking.md").document])  # in the trash is as good as gone
    assert list(preference_lines(kb.feedback.judged(), rows(kb))) == []
    _, bad = map(json.loads, feedback_lines(kb.feedback.judged(), rows(kb)))
    assert {passage["path"] for passage in bad["passages"]} <= {"leave.md"}
    kb.remove(["leave.md"])
    good, bad = map(json.loads, feedback_lines(kb.feedback.judged(), rows(kb)))
    assert good["passages"] == bad["passages"] == good["sources"] == bad["sources"] == []
    assert list(preference_lines(kb.feedback.judged(), rows(kb))) == []
