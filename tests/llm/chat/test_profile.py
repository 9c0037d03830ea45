"""What a probe finds out about a model, and how it is kept."""

import json
import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import BaseMessage

from llm import chat
from llm.chat import (
    EndpointChat,
    LlamaChat,
    Profile,
    calibrate,
    kept_profile,
    probe,
    profile_key,
    shipped_profile,
)
from llm.models import models

GOOD = Profile.model_validate(
    {
        "calibrations": {"en": {"told": {"slope": 2.0, "offset": -1.0, "area": 0.9}}},
        "answered": {4: 1.0, 8: 0.5},
        "cited": 1.0,
        "reworded": 1.0,
    }
)
ITEMS = json.loads((Path(chat.__file__).parent / "probe_items.json").read_text("utf-8"))
QUESTIONS = {
    asked["question"]: asked["passage"]
    for items in ITEMS.values()
    for text in items["texts"]
    for asked in text["questions"]
}
ANSWERS = [
    asked
    for items in ITEMS.values()
    for text in items["texts"]
    for asked in text["questions"]
    if "held" in asked
]
REWORDED = {
    item["question"]: " ".join(words[0] for words in item["held"])
    for items in ITEMS.values()
    for item in items["to_translate"]
}


@pytest.fixture
def examined(scripted_chat: Any) -> Callable[..., Any]:
    """A model that answers a probe as it should, but for what a test says.

    `judge` gives the odds of "enough" from whether there is an answer, `shown` is how many passages
    it reads before it is lost, `off` what its numbers are off, `words` whether it rewords.
    """

    class Examined(scripted_chat):  # type: ignore[misc, valid-type]
        judge: Callable[[bool], float] = staticmethod(lambda yes: 1.0 if yes else -1.0)
        shown: int = 99
        words: bool = True
        off: int = 0
        asked: int = 0

        def odds(self, messages: Sequence[BaseMessage], *more: Any) -> float:
            self.asked += 1
            sign = 1 if more[1] else -1  # of "none" against all else
            return sign * self.judge(QUESTIONS[question(messages)] is not None)

        def stream(self, messages: Any, *more: Any, **kwargs: Any) -> Any:
            said = str(messages[-1].text)
            if said in REWORDED:
                written = REWORDED[said] if self.words else "I do not know."
            else:
                written = self.answer(said)
            self.texts = [*self.texts, written]
            return super().stream(messages, *more, **kwargs)

        def answer(self, said: str) -> str:
            """The answer, with its number: among eight passages those of the second text go on."""
            found = next(q for q in ANSWERS if q["question"] in said)
            count = said.count("\n[") + 1
            if count > self.shown:
                return "Tea. [1]"
            number = found["passage"] + count - 4 + self.off
            return " ".join(words[0] for words in found["held"]) + f" [{number}]"

    def question(messages: Sequence[BaseMessage]) -> str:
        said = str(messages[-1].text)
        return next(asked for asked in QUESTIONS if asked in said)

    return Examined


def test_a_good_model_can_do_everything(examined: Callable[..., Any]) -> None:
    steps: list[tuple[int, int]] = []
    found = probe(examined(), lambda done, of: steps.append((done, of)))
    assert (found.judges, found.cites, found.passages, found.rewords) == (True, True, 8, True)
    assert found.calibrations.keys() == {"en", "zh"}
    for signals in found.calibrations.values():
        assert signals.keys() == {"enough", "told"}
        assert all(signal.tells for signal in signals.values())
        assert all(signal.log_odds(1) > 2 for signal in signals.values())
        assert all(signal.log_odds(-1) < -2 for signal in signals.values())
    assert steps[0] == (0, len(steps) - 1)
    assert steps[-1] == (len(steps) - 1, len(steps) - 1)


def test_odds_that_say_nothing_do_not_judge(examined: Callable[..., Any]) -> None:
    chance = random.Random(1)  # noqa: S311
    for judge in (lambda yes: 3.0, lambda yes: chance.gauss(0, 2), lambda yes: -1.0 if yes else 1):
        found = probe(examined(judge=judge))
        assert not found.judges
        assert found.cites


def test_how_many_passages_it_reads(examined: Callable[..., Any]) -> None:
    assert probe(examined(shown=4)).passages == 4
    lost = probe(examined(shown=2))
    assert (lost.passages, lost.cites) == (2, False)


def test_one_whose_numbers_are_wrong(examined: Callable[..., Any]) -> None:
    found = probe(examined(off=1))
    assert (found.passages, found.cites) == (8, False)


def test_one_that_rewords_badly(examined: Callable[..., Any]) -> None:
    assert not probe(examined(words=False)).rewords


def test_one_without_odds_is_known_by_what_it_writes(examined: Callable[..., Any]) -> None:
    model = examined(gives_odds=False)
    found = probe(model)
    assert (found.judges, found.cites, found.passages, found.rewords) == (False, True, 8, True)
    assert model.asked == 0


def test_where_time_runs_out_what_was_asked_by_then_counts(examined: Callable[..., Any]) -> None:
    clock = iter(range(1000)).__next__
    found = probe(examined(), seconds=45, clock=clock)
    assert found.judges
    assert found.passages == 4  # more were not tried
    none = probe(examined(), seconds=-1)
    assert none == Profile()
    assert (none.judges, none.cites, none.passages, none.rewords) == (False, False, 2, False)


def test_what_the_context_does_not_hold_is_not_asked(examined: Callable[..., Any]) -> None:
    assert probe(examined(context=60)) == Profile()


def test_the_tiny_model_can_do_nothing(tiny_gguf: Callable[..., Path]) -> None:
    model = LlamaChat.load(tiny_gguf(context=1024), context=1024, threads=1)
    found = probe(model)
    assert (found.judges, found.cites, found.rewords) == (False, False, False)
    assert not model.can_judge
    model.measured = GOOD
    assert model.can_judge
    assert model.can_reword
    model.close()


def test_a_server_is_examined(connect: Callable[..., EndpointChat], model_server: Any) -> None:
    model = connect()
    assert not model.can_judge  # not yet known
    model.measured = probe(model)
    assert model.can_judge
    assert model.can_reword
    assert model.measured.passages == 2  # it always says when tea is served
    model_server.lists_odds = False
    assert not connect().gives_odds


# -- calibration


def test_a_calibration_says_how_often_it_is_right() -> None:
    chance = random.Random(7)  # noqa: S311
    values = [chance.gauss(1, 2) for _ in range(4000)]
    told = [(a, chance.random() < 1 / (1 + math.exp(1 - 1.5 * a))) for a in values]
    found = calibrate(told)
    assert found.slope == pytest.approx(1.5, rel=0.1)
    assert found.offset == pytest.approx(-1, abs=0.15)
    assert 0.7 < found.area < 1
    assert found.log_odds(1 / 1.5) == pytest.approx(0, abs=0.15)


def test_a_signal_without_a_fault_gets_no_endless_slope() -> None:
    found = calibrate([(3.0, True)] * 12 + [(-3.0, False)] * 12)
    assert found.area == 1
    assert 2 < found.log_odds(3.0) < 5
    assert found.log_odds(0.0) == pytest.approx(0)


def test_a_signal_that_says_the_opposite_has_no_slope() -> None:
    found = calibrate([(-1.0 - n % 2, True) for n in range(12)] + [(1.0, False)] * 12)
    assert (found.slope, found.tells) == (0, False)
    assert found.log_odds(9.0) == pytest.approx(0, abs=0.01)


def test_the_same_odds_for_all_say_nothing() -> None:
    found = calibrate([(2.0, True), (2.0, False)] * 10)
    assert (found.area, found.tells) == (0.5, False)
    assert found.log_odds(2.0) == pytest.approx(0, abs=0.01)


# -- kept


def test_it_is_measured_once(tmp_path: Path) -> None:
    folder, key = tmp_path / "profiles", profile_key("abc", "1024")
    asked: list[int] = []

    def measure() -> Profile:
        asked.append(1)
        return GOOD

    assert kept_profile(folder, key, measure) == GOOD
    assert kept_profile(folder, key, measure) == GOOD
    assert len(asked) == 1
    assert kept_profile(folder, profile_key("abd", "1024"), measure) == GOOD
    assert len(asked) == 2
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda kept: "",
        lambda kept: "[]",
        lambda kept: kept[: len(kept) // 2],
        lambda kept: kept.replace("2.0", "1e9"),
        lambda kept: kept.replace("2.0", "NaN"),
        lambda kept: kept.replace("2.0", '"2.0"'),
        lambda kept: kept.replace('"area":', '"arena":'),
        lambda kept: kept.replace('"asked": "', '"asked": "0'),
        lambda kept: " " * (1 << 17) + kept,
    ],
    ids=["empty", "list", "cut", "too large", "no number", "text", "name", "questions", "long"],
)
def test_a_file_that_is_not_sound_is_measured_again(
    tmp_path: Path, change: Callable[[str], str]
) -> None:
    key = profile_key("abc")
    kept_profile(tmp_path, key, lambda: GOOD)
    (file,) = tmp_path.iterdir()
    changed = change(file.read_text("utf-8"))
    assert changed != file.read_text("utf-8")
    file.write_text(changed, "utf-8")
    assert kept_profile(tmp_path, key, Profile) == Profile()
    assert kept_profile(tmp_path, key, lambda: GOOD) == Profile()  # and kept


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "profiles"
    blocked.write_text("a file")
    assert kept_profile(blocked, profile_key("abc"), lambda: GOOD) == GOOD


def test_what_is_shipped_is_of_the_catalogue_and_of_these_questions() -> None:
    """Whoever changes what a probe asks measures again: `python bench/profiles.py`."""
    shipped = json.loads((Path(chat.__file__).parent / "shipped_profiles.json").read_text("utf-8"))
    known = {file.sha256 for model in models() for file in model.files}
    assert shipped.keys() <= known
    for sha256, kept in shipped.items():
        assert kept["asked"] == chat.tasks_digest()
        assert isinstance(shipped_profile([sha256]), Profile)
        assert shipped_profile([sha256, "an adapter"]) is None
    assert shipped_profile(["0" * 64]) is None
