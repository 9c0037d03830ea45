"""Questions that bring their own passages."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from app.errors import UsageError
from app.evaluation import Item, read_rgb, rgb_items


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def made(*changes: dict[str, object], name: str = "tiny") -> Path:
        usual = {
            "id": 7,
            "query": "When was it?",
            "answer": ["May", ["9", "nine"]],
            "positive": [f"yes{n}" for n in range(6)],
            "negative": [f"no{n}" for n in range(7)],
        }
        file = tmp_path / f"{name}.jsonl"
        file.write_text("\n".join(json.dumps({**usual, **change}) for change in changes))
        return file

    return made


def kinds(item: Item) -> Counter[str]:
    return Counter(text.rstrip("0123456789") for text in item.passages or ())


@pytest.mark.parametrize(
    ("noise", "yes", "no"), [(0, 5, 0), (0.2, 4, 1), (0.4, 3, 2), (0.5, 2, 3), (0.8, 1, 4)]
)
def test_noise_is_the_share_of_negative_passages(
    write: Any, noise: float, yes: int, no: int
) -> None:
    [item] = rgb_items(read_rgb(write({})), [noise], 0)
    assert kinds(item) == Counter({"yes": yes, "no": no})
    assert item.cell == ("tiny", "en", "en", f"noise {noise:g}")
    assert (item.id, item.question, item.answerable) == ("7", "When was it?", True)
    assert item.expected == (("May",), ("9", "nine"))


def test_with_only_noise_a_refusal_is_right(write: Any) -> None:
    few = {"id": 8, "negative": ["no0"]}
    enough, short = rgb_items(read_rgb(write({}, few)), [1.0], 0)
    assert (enough.answerable, enough.expected, kinds(enough)) == (False, (), {"no": 5})
    assert kinds(short) == {"no": 1}
    assert rgb_items(read_rgb(write({"negative": []})), [1.0], 0) == []


def test_what_runs_short_is_filled_up(write: Any) -> None:
    changes = {"positive": ["yes0"]}, {"id": 8, "negative": ["no0"]}
    first, second = rgb_items(read_rgb(write(*changes)), [0.4], 0)
    assert kinds(first) == {"yes": 1, "no": 4}
    assert kinds(second) == {"yes": 4, "no": 1}


def test_each_part_of_an_answer_has_a_passage(write: Any) -> None:
    parts = [["a0", "a1", "a2"], ["b0"]]
    some, most = rgb_items(read_rgb(write({"positive": parts})), [0.2, 0.8], 0)
    assert kinds(some) == {"a": 3, "b": 1, "no": 1}
    assert kinds(most) == {"a": 1, "b": 1, "no": 3}


def test_the_order_follows_from_the_seed(write: Any) -> None:
    file = read_rgb(write({}))
    orders = [rgb_items(file, [0.4], seed)[0].passages for seed in (*range(9), 0)]
    assert orders[0] == orders[-1]
    assert len(set(orders)) > 3


def test_files_with_wrong_passages_are_asked_for_the_contradiction(write: Any) -> None:
    changed = {
        "answer": "70",
        "fakeanswer": "170",
        "positive_wrong": [f"wrong{n}" for n in range(6)],
    }
    few = {**changed, "id": 8, "positive": ["yes0"], "positive_wrong": ["wrong0"]}
    file = read_rgb(write(changed, few))
    items = rgb_items(file, [0.4], 0)
    assert [item.part for item in items] == ["true passages"] * 2 + ["contradiction"] * 2
    assert [kinds(item) for item in items[:2]] == [{"yes": 5}, {"yes": 1}]
    assert items[0].expected == (("70",),)
    assert items[2].expected == (("70",), ("170",))
    both = kinds(items[2])
    assert (both.total(), sorted(both.values())) == (5, [2, 3])
    # The same page is not there with both answers, as long as there are enough pages.
    assert len({text[-1] for text in items[2].passages or ()}) == 5
    assert kinds(items[3]) == {"yes": 1, "wrong": 1}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"query": "?"}', "line 1"),
        ("no json", "line 1"),
        ('{"query": "?", "answer": 3, "positive": [], "negative": []}', "answer"),
        ('{"query": " ", "answer": "", "positive": [], "negative": []}', "no question"),
        ("", "no question"),
    ],
)
def test_other_files_are_none(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "x.jsonl").write_text(line)
    with pytest.raises(UsageError, match=said):
        read_rgb(tmp_path / "x.jsonl")
