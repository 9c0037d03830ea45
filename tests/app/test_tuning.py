"""What `kb models tune` measures is kept, holds for one model on one machine, and gives way."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.errors import UsageError
from app.kept_machine import Tuning, keep, read_kept, tuning_file
from app.settings import Settings
from app.tuning import pace_of, tune, tuning_state, valid_tuning
from llm.errors import ModelError
from llm.machine import Machine


@pytest.fixture
def settings(make_settings: Callable[..., Settings], tiny_gguf: Callable[..., Path]) -> Settings:
    return make_settings(llm_model=str(tiny_gguf("tuned.gguf", context=1024)))


@pytest.fixture
def tuned(settings: Settings) -> Tuning:
    return tune(settings, busy=False)


def test_what_was_measured_is_kept_and_holds(settings: Settings, tuned: Tuning) -> None:
    assert tuned.tried[0].written
    assert tuned.model_name == "tuned.gguf"
    assert valid_tuning(settings) == tuned
    assert tuning_state(settings) == "measured"
    assert pace_of(settings) == {
        "threads": tuned.threads, "read_threads": tuned.read_threads, "step": tuned.step
    }  # fmt: skip


def test_before_anything_is_measured_all_is_as_usual(settings: Settings) -> None:
    assert (tuning_state(settings), pace_of(settings)) == ("no", {})


def test_a_number_of_threads_that_a_person_set_wins(settings: Settings, tuned: Tuning) -> None:
    assert pace_of(settings.model_copy(update={"threads": 3})) == {"threads": 3}


def test_another_model_or_machine_is_to_be_measured_anew(
    settings: Settings, tuned: Tuning, tiny_gguf: Callable[..., Path]
) -> None:
    other = settings.model_copy(update={"llm_model": str(tiny_gguf("other.gguf", context=2048))})
    assert (tuning_state(other), pace_of(other)) == ("outdated", {})
    assert tuning_state(settings, Machine("another processor", 2, 8 << 30)) == "outdated"
    gone = settings.model_copy(update={"llm_model": "qwen2.5-coder-0.5b"})
    assert tuning_state(gone) == "outdated"


def test_on_a_busy_machine_nothing_is_taken_but_the_usual(settings: Settings) -> None:
    tuned = tune(settings, busy=True)
    usual = tuned.tried[0]
    assert (tuned.threads, tuned.read_threads, tuned.step) == (usual.threads, usual.threads, 128)
    assert tuned.busy
    assert len(tuned.tried) > 1


def test_a_damaged_file_counts_as_none(settings: Settings, tuned: Tuning) -> None:
    tuning_file(settings.data_dir).write_text("{")
    assert valid_tuning(settings) is None
    tuning_file(settings.data_dir).write_text(
        tuned.model_dump_json().replace('"threads":', '"threds":')
    )
    assert read_kept(tuning_file(settings.data_dir), Tuning) is None


def test_a_server_s_model_is_not_measured(make_settings: Callable[..., Settings]) -> None:
    settings = make_settings(llm_base_url="http://127.0.0.1:9", llm_model="m")
    with pytest.raises(UsageError, match="server"):
        tune(settings)
    assert tuning_state(settings) is None


def test_a_model_that_is_not_here_is_one_line(make_settings: Callable[..., Settings]) -> None:
    with pytest.raises(ModelError, match="kb models pull"):
        tune(make_settings())


def test_only_its_owner_reads_what_is_kept(settings: Settings, tuned: Tuning) -> None:
    assert tuning_file(settings.data_dir).parent.stat().st_mode & 0o077 == 0
    keep(tuning_file(settings.data_dir), tuned)  # once more, over itself
    assert [file.name for file in tuning_file(settings.data_dir).parent.iterdir()] == [
        "tuning.json"
    ]


def test_the_command_shows_what_was_measured_and_measures_once(
    cli: Any, tiny_gguf: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_LLM_MODEL", str(tiny_gguf("command.gguf", context=1024)))
    first = cli.json("models", "tune")
    assert cli.code == 0
    assert set(first) == set(Tuning.model_fields)
    assert cli.json("models", "tune") == first
    assert cli.json("models", "tune", "--again")["model"] == first["model"]
    cli("models", "tune")
    assert "memory" in cli.out
    assert "writing" in cli.out
    assert "command.gguf" in cli.out
    assert cli.json("status")["llm_tuned"] == "measured"
