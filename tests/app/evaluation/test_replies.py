"""Answers that are kept from run to run."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import KbError
from app.evaluation.items import Item
from app.evaluation.replies import Replies, Reply, all_code

ITEM = Item("x", "en", "en", "answerable", "1", "Who?")
REPLY = Reply("Ann.[1]", False, ("It was Ann.",), 0.5, 1.0)


def open_(tmp_path: Path, setup: str = "a", *, fresh: bool = False) -> Replies:
    return Replies(tmp_path, "zhiku-x", setup, fresh=fresh)


def test_an_answer_is_there_in_the_next_run(tmp_path: Path) -> None:
    first = open_(tmp_path)
    assert first.get(ITEM, ()) is None
    first.add(ITEM, (), REPLY)
    assert first.get(ITEM, ()) == REPLY
    assert (first.asked, first.kept) == (1, 0)
    second = open_(tmp_path)
    assert second.get(ITEM, ()) == REPLY
    assert (second.asked, second.kept, second.older) == (0, 1, 0)


def test_what_decides_an_answer_tells_it_from_others(tmp_path: Path) -> None:
    open_(tmp_path).add(ITEM, ("p", "q"), REPLY)
    again = open_(tmp_path)
    assert again.has(ITEM, ("p", "q"))
    assert not again.has(ITEM, ("q", "p"))
    assert not again.has(ITEM, ())
    assert not again.has(replace(ITEM, question="Whom?"), ("p", "q"))
    assert not open_(tmp_path, "b").has(ITEM, ("p", "q"))


def test_fresh_asks_again_and_the_last_answer_counts(tmp_path: Path) -> None:
    open_(tmp_path).add(ITEM, (), REPLY)
    fresh = open_(tmp_path, fresh=True)
    assert fresh.get(ITEM, ()) is None
    other = replace(REPLY, answer="Bob.", quotes=())
    fresh.add(ITEM, (), other)
    assert open_(tmp_path).get(ITEM, ()) == other


def test_a_line_that_was_cut_short_is_asked_again(tmp_path: Path) -> None:
    first = open_(tmp_path)
    first.add(ITEM, (), REPLY)
    with first.file.open("a") as stream:
        stream.write('{"key": "12')
    second = open_(tmp_path)
    whom = replace(ITEM, question="Whom?")
    second.add(whom, (), REPLY)
    third = open_(tmp_path)
    assert third.has(ITEM, ())
    assert third.has(whom, ())


def test_answers_of_other_sources_are_counted(tmp_path: Path) -> None:
    first = open_(tmp_path)
    first.add(ITEM, (), REPLY)
    line = json.loads(first.file.read_text())
    first.file.write_text(json.dumps({**line, "code": "another"}) + "\n")
    second = open_(tmp_path)
    second.get(ITEM, ())
    assert (second.kept, second.older) == (1, 1)


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KbError, match="cannot write"):
        Replies(tmp_path / "file", "x", "a", fresh=False).add(ITEM, (), REPLY)


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("llm/answer.py", True),
        ("retrieval/index/vectors.py", True),
        ("ingest/text/words.py", True),
        ("app/asking/asker.py", True),
        ("app/service.py", True),
        ("app/evaluation/cells.py", False),
        ("app/cli/lines.py", False),
        ("app/pages/chat.py", False),
        ("tests/test_x.py", False),
    ],
)
def test_which_sources_have_checklists_asked_again(tmp_path: Path, path: str, counts: bool) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_text("1")
    before = all_code(tmp_path)
    file.write_text("2")
    assert (all_code(tmp_path) != before) is counts


def test_answers_of_an_earlier_release_are_read(tmp_path: Path) -> None:
    first = open_(tmp_path)
    first.add(ITEM, (), REPLY)
    line = json.loads(first.file.read_text())
    for name in ("outcome", "paths", "calls", "prompt_tokens", "run"):
        del line["reply"][name]
    first.file.write_text(json.dumps(line) + "\n")
    assert open_(tmp_path).get(ITEM, ()) == REPLY


def test_the_middle_time_of_what_is_known(tmp_path: Path) -> None:
    kept = open_(tmp_path)
    assert kept.seconds is None
    for seconds in (1.0, 5.0, 3.0):
        kept.add(replace(ITEM, question=f"{seconds}?"), (), replace(REPLY, total_s=seconds))
    assert open_(tmp_path).seconds == 3.0
