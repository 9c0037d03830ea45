"""The file of settings, changed by the app: what somebody wrote into it stays."""

import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import UsageError
from app.settings import Settings, load_settings
from app.settings_file import changed_file, changed_text
from app.setup import Setup


def fine(file: Path) -> None:
    assert file.is_file()


def test_one_line_changes_and_all_others_stay() -> None:
    before = (
        "# mine\n\nKB_PASSAGES=7  # as measured\nexport KB_SEED=3\n\n# the end\nKB_LORA='a b'\n"
    )
    after = changed_text(before, {"KB_PASSAGES": "3", "KB_SEED": "4"})
    assert after == before.replace("7", "3").replace("=3\n\n", "=4\n\n")


@pytest.mark.parametrize(
    ("before", "changes", "after"),
    [
        ("", {"KB_OCR": "false"}, "KB_OCR=false\n"),
        ("KB_SEED=1", {"KB_OCR": "false"}, "KB_SEED=1\nKB_OCR=false\n"),
        ("KB_SEED=1\nKB_SEED=2\n", {"KB_SEED": "3"}, "KB_SEED=3\n"),
        ("# a\nKB_SEED=1\n# b\n", {"KB_SEED": None}, "# a\n# b\n"),
        ("KB_SEED=1", {"KB_OCR": None}, "KB_SEED=1"),
        ("KB_SEED=1\r\n# a\r\n", {"KB_OCR": "true"}, "KB_SEED=1\r\n# a\r\nKB_OCR=true\r\n"),
        ("\ufeffKB_SEED=1\n", {"KB_SEED": "2"}, "\ufeffKB_SEED=2\n"),
    ],
)
def test_lines_come_change_and_go(before: str, changes: dict[str, str | None], after: str) -> None:
    assert changed_text(before, changes) == after


def test_the_file_is_its_owners_alone_and_replaced_in_one_step(tmp_path: Path) -> None:
    file = tmp_path / "settings.env"
    file.write_text("KB_LLM_API_KEY=sk-1\n")
    file.chmod(0o644)
    seen: list[str] = []
    changed_file(file, {"KB_SEED": "2"}, lambda new: seen.append(file.read_text()))
    assert seen == ["KB_LLM_API_KEY=sk-1\n"]
    assert file.read_text() == "KB_LLM_API_KEY=sk-1\nKB_SEED=2\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["settings.env"]


def test_what_the_check_refuses_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "settings.env"
    file.write_text("KB_SEED=1\n")

    def refuse(_: Path) -> None:
        raise UsageError("no")

    with pytest.raises(UsageError):
        changed_file(file, {"KB_SEED": "2"}, refuse)
    assert file.read_text() == "KB_SEED=1\n"
    assert [path.name for path in tmp_path.iterdir()] == ["settings.env"]


def test_a_file_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "settings.env"
    file.write_bytes("# 端口\n".encode("gb18030"))
    with pytest.raises(UsageError, match="UTF-8"):
        changed_file(file, {"KB_SEED": "2"}, fine)
    assert file.read_bytes() == "# 端口\n".encode("gb18030")


def test_two_tabs_lose_nothing_of_each_other(tmp_path: Path) -> None:
    file = tmp_path / "settings.env"
    names = [f"KB_{n}" for n in range(20)]
    threads = [
        threading.Thread(target=changed_file, args=(file, {name: "1"}, fine)) for name in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(file.read_text().split()) == sorted(f"{name}=1" for name in names)


@pytest.fixture
def setup(make_settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch) -> Setup:
    settings = make_settings()
    monkeypatch.setenv("KB_DATA_DIR", str(settings.data_dir))
    return Setup(settings, None, None)  # type: ignore[arg-type]


HOSTILE = [
    "a\nKB_PASSAGES=9",
    "a\r\nKB_PASSAGES=9",
    'it\'s # not a "comment"',
    "${HOME}/x",
    "$HOME",
    "a\\nb",
    "back\\",
    " spaces ",
    "模型.gguf",
    "'",
    "#",
    "=",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_kept_as_it_is_or_refused(setup: Setup, value: str) -> None:
    try:
        assert setup.write({"llm_model": value}).llm_model == value
    except UsageError:
        assert load_settings()[0].llm_model == setup.default("llm_model")
    assert load_settings()[0].passages == setup.default("passages")


@pytest.mark.parametrize(
    "changes",
    [{"passages": 0}, {"passages": 51}, {"ocr": "maybe"}, {"llm_model": "a\x00b"},
     {"llm_base_url": "ftp://x"}, {"passages": "7\nKB_SEED=1"}],
)  # fmt: skip
def test_a_value_out_of_bounds_is_one_line_and_changes_nothing(
    setup: Setup, changes: dict[str, object]
) -> None:
    setup.write({"seed": 5})
    with pytest.raises(UsageError) as raised:
        setup.write(changes)
    assert "\n" not in str(raised.value)
    assert load_settings()[0].settings_file.read_text() == "KB_SEED=5\n"


def test_a_value_goes_back_to_its_default(setup: Setup) -> None:
    assert setup.write({"passages": 7, "ocr": False}).passages == 7
    settings = setup.write({"passages": None})
    assert settings.passages == setup.default("passages")
    assert settings.ocr is False


def test_the_environment_holds_a_value_fast_and_is_named(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_PASSAGES", "9")
    assert setup.fixed("passages") == "KB_PASSAGES"
    assert setup.fixed("ocr") is None
    assert setup.write({"passages": 3}).passages == 9


def test_bounds_are_those_of_the_settings(setup: Setup) -> None:
    assert setup.bounds("passages") == (1, 50)
    assert setup.bounds("certainty") == (0.0, 1.0)
