"""Settings: names, bounds, the file beside the library, and where each value came from."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.errors import UsageError
from app.settings import Settings, load_settings


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path))
    return tmp_path


def problem() -> str:
    with pytest.raises(UsageError) as raised:
        load_settings()
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_without_any_setting_the_defaults_hold(library: Path) -> None:
    settings, origin = load_settings()
    assert (settings.llm_model, settings.chat_model) == ("auto", "qwen2.5-coder-1.5b")
    assert settings.temperature == 0
    assert settings.model_sources == ("local", "hub", "modelscope", "wheels")
    assert origin.pop("data_dir") == "environment"
    assert set(origin.values()) == {"default"}
    assert set(origin) | {"data_dir"} == set(Settings.model_fields)


def test_every_setting_says_what_it_is() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_every_path_lies_in_the_data_folder(library: Path) -> None:
    settings, _ = load_settings()
    paths = ("ledger_path", "blobs_dir", "index_dir", "settings_file")
    assert all(getattr(settings, name).parent == library for name in paths)


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = library / "settings.env"
    file.write_text("# mine\nKB_PASSAGES=7\nKB_SEED=3\nKB_LLM_MODEL='模型.gguf'\n", "utf-8")
    monkeypatch.setenv("KB_SEED", "4")
    settings, origin = load_settings()
    assert (settings.passages, settings.seed, settings.threads) == (7, 4, 0)
    assert settings.llm_model == "模型.gguf"
    assert origin["passages"] == str(file)
    assert (origin["seed"], origin["threads"]) == ("environment", "default")


def test_an_empty_value_is_none(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (library / "settings.env").write_text("KB_PASSAGES=\n")
    monkeypatch.setenv("KB_SEED", "")
    settings, origin = load_settings()
    assert (settings.passages, settings.seed) == (Settings.model_fields["passages"].default, 0)
    assert (origin["passages"], origin["seed"]) == ("default", "default")


@pytest.mark.parametrize(
    ("name", "lowest", "highest"),
    [
        ("CONTEXT_TOKENS", "512", "131072"),
        ("ANSWER_TOKENS", "16", "8192"),
        ("TEMPERATURE", "0", "2"),
        ("TOP_P", "0.01", "1"),
        ("SEED", "0", "2147483647"),
        ("THREADS", "0", "512"),
        ("GPU_LAYERS", "-1", "1000"),
        ("PASSAGES", "1", "50"),
        ("CHUNK_TOKENS", "64", "448"),
        ("MAX_FILE_MB", "1", "4096"),
        ("READ_SECONDS", "1", "3600"),
        ("PORT", "1024", "65535"),
    ],
)
def test_numbers_have_bounds(
    library: Path, monkeypatch: pytest.MonkeyPatch, name: str, lowest: str, highest: str
) -> None:
    for value in (lowest, highest):
        monkeypatch.setenv(f"KB_{name}", value)
        assert str(getattr(load_settings()[0], name.lower())).startswith(value)
    below = "0" if name == "TOP_P" else str(int(lowest) - 1)
    for value in (below, str(int(highest) + 1), "many", "nan"):
        monkeypatch.setenv(f"KB_{name}", value)
        assert problem().startswith(f"KB_{name}={value!r}: ")


@pytest.mark.parametrize(
    ("name", "hint"),
    [("KB_PASSAGE", "did you mean KB_PASSAGES?"), ("KB_QQQQ", "`kb settings` lists")],
)
def test_an_unknown_name_is_refused_with_a_hint(
    library: Path, monkeypatch: pytest.MonkeyPatch, name: str, hint: str
) -> None:
    (library / "settings.env").write_text(f"{name}=1\n")
    assert f"unknown setting {name} in {library / 'settings.env'}" in problem()
    assert hint in problem()
    (library / "settings.env").unlink()
    monkeypatch.setenv(name, "1")
    assert f"unknown setting {name} in the environment; " in problem()
    assert hint in problem()


def test_a_line_of_another_program_in_the_file_is_refused_by_its_name(library: Path) -> None:
    (library / "settings.env").write_text("OTHER=1\n")
    assert "unknown setting OTHER" in problem()


def test_the_file_cannot_move_itself(library: Path) -> None:
    (library / "settings.env").write_text("KB_DATA_DIR=/elsewhere\n")
    assert "KB_DATA_DIR in" in problem()


@pytest.mark.parametrize("value", ["hub,space", ",", "hub,,wheels"])
def test_an_unknown_model_source_names_those_that_there_are(
    library: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("KB_MODEL_SOURCES", value)
    assert f"KB_MODEL_SOURCES={value!r}" in problem()
    assert "local, hub, modelscope, wheels" in problem()


def test_model_sources_keep_their_order(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_MODEL_SOURCES", "wheels, local")
    assert load_settings()[0].model_sources == ("wheels", "local")


def test_paths_become_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KB_DATA_DIR", "my library")
    monkeypatch.setenv("KB_MODELS_DIR", "~/models")
    (tmp_path / "my library").mkdir()
    (tmp_path / "my library" / "settings.env").write_text("KB_PASSAGES=9\n")
    settings, _ = load_settings()
    assert settings.data_dir == tmp_path / "my library"
    assert settings.models_dir == tmp_path / "home" / "models"
    assert settings.passages == 9


def test_settings_do_not_change_and_know_no_other_names() -> None:
    with pytest.raises(ValidationError):
        Settings().passages = 3  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Settings(passagez=3)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("KB_PORT=8600\n# 端口".encode("gb18030"), "is not in UTF-8; save it as UTF-8"),
        (b"KB_SEED=1\nKB_LLM_API_KEY sk-1\n", "is no setting; write NAME=value"),
    ],
)
def test_a_file_that_cannot_be_read_whole_is_refused(library: Path, data: bytes, said: str) -> None:
    (library / "settings.env").write_bytes(data)
    line = problem()
    assert said in line
    assert "sk-1" not in line


def test_a_home_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_DATA_DIR", "~nobody-of-this-name/x")
    assert "nobody here is called 'nobody-of-this-name'" in problem()


def test_bytes_that_are_no_text_are_refused(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_LLM_MODEL", "\udcff.gguf")
    assert problem().startswith("KB_LLM_MODEL is no text")


def test_a_long_value_is_not_repeated_whole(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_PORT", "1" * 3000)
    assert len(problem()) < 300


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name")
def test_a_pipe_in_the_place_of_the_file_is_not_waited_for(library: Path) -> None:
    os.mkfifo(library / "settings.env")
    assert load_settings()[1]["port"] == "default"
