"""What `auto` takes on a machine is kept, gives way to a name, and is checked once loaded."""

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import AIMessageChunk

from app.kept_machine import KeptChoice, choice_file, keep, read_kept
from app.loaded_models import Models
from app.model_choice import check_speed, decide, keep_choice, kept_choice, reasons, slow
from app.settings import Settings, load_settings
from llm.machine import Machine
from llm.models import FLOOR, Model, find, models, remember

GIB = 1 << 30
SERVER = Machine("a large processor", 32, 64 * GIB, 60 * GIB)
LAPTOP = Machine("a small processor", 2, 8 * GIB, 6 * GIB)
BETTER = max((m for m in models() if m.grade), key=lambda m: m.grade)


@pytest.fixture
def settings(make_settings: Callable[..., Settings]) -> Settings:
    return make_settings()


def decided(
    settings: Settings,
    machine: Machine = SERVER,
    *,
    again: bool = False,
    has: Callable[[Model], bool] = lambda _: True,
    gigabytes: float = 400,
) -> KeptChoice:
    """The choice on a machine that reads so many gigabytes of weights in a second."""
    return decide(settings, has, again=again, machine=machine, bytes_a_second=gigabytes * 1e9)


def nowhere(_: Model) -> bool:
    return False


@pytest.fixture
def write_whole() -> Callable[[Model, Path], None]:
    """Put a model's file where it belongs, of the right size, with the hash it should have."""

    def write(model: Model, models_dir: Path) -> None:
        file = model.files[0]
        path = models_dir / model.id / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            out.truncate(file.bytes or 0)  # takes no room on the disk
        remember(path.parent, file.name, file.sha256 or "")

    return write


def test_a_large_machine_takes_the_best_and_says_how_fast_it_will_be(settings: Settings) -> None:
    choice = decided(settings)
    assert (choice.model, choice.reason) == (BETTER.id, "best")
    assert choice.expected
    assert choice.expected > 8
    assert reasons(choice)[0].startswith(f"auto: {BETTER.id}, the best that suits this machine")


def test_a_small_one_takes_the_usual_model_and_says_what_better_ones_need(
    settings: Settings,
) -> None:
    choice = decided(settings, LAPTOP, gigabytes=15)
    assert (choice.model, choice.reason) == (FLOOR, "usual")
    assert {one.model for one in choice.passed} == {m.id for m in models() if m.grade > 1}
    lines = "\n".join(reasons(choice))
    assert f"not {BETTER.id}: it needs" in lines
    assert "not qwen3-4b: it would write 6.0 tokens/s here" in lines


def test_where_no_source_can_be_reached_it_is_the_usual_model(settings: Settings) -> None:
    choice = decided(settings, has=nowhere)
    assert (choice.model, choice.reason) == (FLOOR, "usual")
    assert {one.obstacle for one in choice.passed} == {"source"}
    assert "no source that could be reached has it" in reasons(choice)[1]


def test_the_usual_model_stays_where_it_is_here_and_no_source_is_asked(
    settings: Settings, write_whole: Callable[[Model, Path], None]
) -> None:
    write_whole(find(FLOOR), settings.models_dir)
    asked: list[str] = []
    choice = decided(settings, has=lambda model: bool(asked.append(model.id)))
    assert (choice.model, choice.reason, choice.expected, asked) == (FLOOR, "here", None, [])
    assert f"not {BETTER.id}: `kb models pull auto` takes it" in reasons(choice)[1]
    assert decided(settings, again=True).model == BETTER.id


def test_what_was_taken_stays_whatever_becomes_possible(settings: Settings) -> None:
    first = decided(settings, LAPTOP, gigabytes=15)
    assert keep_choice(settings, first)
    assert decided(settings) == first
    assert decided(settings, again=True).model == BETTER.id
    assert kept_choice(settings) == first  # deciding alone keeps nothing


def test_with_an_adapter_it_is_the_usual_model(
    make_settings: Callable[..., Settings], tmp_path: Path
) -> None:
    choice = decided(make_settings(lora=tmp_path / "adapter.gguf"))
    assert (choice.model, choice.reason, choice.passed) == (FLOOR, "usual", ())


def test_a_kept_model_that_the_catalogue_no_longer_has_is_decided_anew(settings: Settings) -> None:
    keep(choice_file(settings.data_dir), KeptChoice(model="gone-1b", reason="best"))
    assert decided(settings).model == BETTER.id


def test_the_program_works_by_what_was_taken_until_a_name_is_set(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_DATA_DIR", str(settings.data_dir))
    assert load_settings()[0].chat_model == FLOOR
    keep_choice(settings, decided(settings))
    found, origin = load_settings()
    assert (found.llm_model, found.chat_model, found.takes_auto) == ("auto", BETTER.id, True)
    assert origin["llm_model"] == "default"
    monkeypatch.setenv("KB_LLM_MODEL", "smollm2-135m")
    found, _ = load_settings()
    assert (found.chat_model, found.takes_auto, kept_choice(found)) == ("smollm2-135m", False, None)


def test_a_server_is_not_asked_for_a_model_of_this_machine_s_choice(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_choice(settings, decided(settings))
    monkeypatch.setenv("KB_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("KB_LLM_BASE_URL", "http://127.0.0.1:9")
    found, _ = load_settings()
    assert (found.chat_model, found.takes_auto) == (FLOOR, False)


@pytest.mark.parametrize("text", ["", "{}", '{"model": 3}', "[" * 100_000, "\x00"])
def test_a_damaged_file_counts_as_none(settings: Settings, text: str) -> None:
    choice_file(settings.data_dir).parent.mkdir(parents=True)
    choice_file(settings.data_dir).write_text(text)
    assert read_kept(choice_file(settings.data_dir), KeptChoice) is None
    assert decided(settings).model == BETTER.id


def test_a_folder_that_cannot_be_written_is_told(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.data_dir.write_text("no folder")
    with caplog.at_level(logging.WARNING):
        assert not keep_choice(settings, KeptChoice(model=FLOOR, reason="usual"))
    assert "chat_model.json" in caplog.text


class Writer:
    """Writes so many tokens and says so, as a chat model does."""

    model = "writer"

    def __init__(self, count: int) -> None:
        self.count = count
        self.asked = 0

    def stream(self, *_: object, **__: object) -> Iterator[AIMessageChunk]:
        self.asked += 1
        yield from (AIMessageChunk(content="one ") for _ in range(self.count))
        total = {"input_tokens": 9, "output_tokens": self.count, "total_tokens": 9 + self.count}
        yield AIMessageChunk(content="", usage_metadata=total)  # type: ignore[arg-type]


def test_how_fast_it_writes_is_compared_once_with_what_was_expected(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    keep_choice(settings, KeptChoice(model="qwen3-4b", reason="best", expected=1e7))
    chat: Any = Writer(24)
    with caplog.at_level(logging.WARNING):
        check_speed(chat, settings)
        check_speed(chat, settings)
    assert chat.asked == 1
    assert f"KB_LLM_MODEL={FLOOR} is faster" in caplog.text
    kept = kept_choice(settings)
    assert kept is not None
    assert kept.written
    assert slow(kept) in caplog.text


def test_one_that_writes_as_was_expected_is_not_talked_about(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    keep_choice(settings, KeptChoice(model="qwen3-4b", reason="best", expected=0.001))
    chat: Any = Writer(24)
    check_speed(chat, settings)
    assert not caplog.records
    kept = kept_choice(settings)
    assert kept is not None
    assert slow(kept) is None


@pytest.mark.parametrize(
    "choice",
    [None, KeptChoice(model=FLOOR, reason="here"),
     KeptChoice(model=FLOOR, reason="usual", expected=9, written=9)],
    ids=["nothing kept", "nothing expected", "compared before"],
)  # fmt: skip
def test_a_model_of_which_nothing_was_expected_is_not_asked(
    settings: Settings, choice: KeptChoice | None
) -> None:
    if choice is not None:
        keep_choice(settings, choice)
    chat: Any = Writer(24)
    check_speed(chat, settings)
    assert chat.asked == 0


def test_a_model_that_is_loaded_is_compared(
    make_settings: Callable[..., Settings], tiny_gguf: Callable[..., Path]
) -> None:
    """The choice names a file here, which stands for one that was pulled."""
    settings = make_settings()
    keep(
        choice_file(settings.data_dir),
        KeptChoice(model=str(tiny_gguf("taken.gguf")), reason="best", expected=9),
    )
    settings._auto_model = str(tiny_gguf("taken.gguf"))
    chat = Models(settings).chat()
    try:
        assert chat.tokens_read == 0  # what was asked to find out is not counted
        kept = kept_choice(settings)
        assert kept is not None
        assert kept.written
    finally:
        chat.close()


def test_pull_says_what_auto_took_and_keeps_it_once_it_is_here(
    cli: Any, write_whole: Callable[[Model, Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_MODEL_SOURCES", "local")
    settings = load_settings()[0]
    cli("models", "pull")
    assert cli.code == 1  # no source has it, so nothing is taken
    assert f"auto: {FLOOR}" in cli.out
    assert not choice_file(settings.data_dir).exists()
    write_whole(find(FLOOR), settings.models_dir)
    rows = cli.json("models", "pull")
    assert (cli.code, [row["id"] for row in rows]) == (0, [FLOOR])
    assert json.loads(choice_file(settings.data_dir).read_text())["reason"] == "here"
    cli("models", "pull")
    assert cli.out.count("\n") == 2  # what was passed over is said once
    assert cli.json("status")["llm_auto"] == "here"
    assert [row["id"] for row in cli.json("models", "list") if row["auto"]] == [FLOOR]


def test_a_name_is_pulled_without_a_choice(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_MODEL_SOURCES", "local")
    monkeypatch.setenv("KB_LLM_MODEL", "smollm2-135m")
    cli("models", "pull")
    assert "auto" not in cli.out
    assert not any(row["auto"] for row in cli.json("models", "list"))
    assert cli.json("status")["llm_auto"] is None
    assert [row["id"] for row in cli.json("models", "pull", "auto", FLOOR)] == [FLOOR, FLOOR]
