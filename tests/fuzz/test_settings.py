"""Whatever is set: settings are made of it, or it is refused in one line."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import event, example, given
from hypothesis import strategies as st

from app.errors import UsageError
from app.settings import PREFIX, Settings, load_settings

NAMES = st.sampled_from([f"{PREFIX}{name.upper()}" for name in Settings.model_fields])
VALUES = st.one_of(
    st.sampled_from(
        ["", " ", "0", "-1", "1e9", "nan", "inf", "true", "[]", "{}", "~", "~nobody/x", "/", ".",
         "..",
         "a,b", "local,hub", "http://", "http://x:99999", "http://[::1", "https://u:p@h/v1?q#f",
         "hub",
         "file:///etc", "中文", "\udcff", "\x1b[31m", "x" * 5000, "1" * 5000, "a\nb"]
    ),
    st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=20),
)  # fmt: skip


@contextmanager
def environment(values: dict[str, str]) -> Iterator[None]:
    """Only these settings are in the environment."""
    before = dict(os.environ)
    try:
        for name in [name for name in os.environ if name.startswith(PREFIX)]:
            del os.environ[name]
        os.environ.update(values)
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def load() -> None:
    try:
        settings, origin = load_settings()
    except UsageError as error:
        refused = str(error)
    else:
        refused = ""
        assert set(origin) == set(Settings.model_fields)
        assert settings.data_dir.is_absolute()
        settings.model_dump_json()
    event("refused" if refused else "taken")
    assert "\n" not in refused
    assert len(refused) < 1000, "nobody reads that"


@given(values=st.dictionaries(NAMES, VALUES, min_size=1, max_size=3))
@example(values={"KB_PORT": "1" * 5000})
@example(values={"KB_LLM_BASE_URL": "http://[::1"})
@example(values={"KB_DATA_DIR": "~nobody-of-this-name/x"})
@example(values={"KB_DATA_DIR": "\udcff"})
def test_environment(tmp_path: Path, values: dict[str, str]) -> None:
    with environment({"KB_DATA_DIR": str(tmp_path), **values}):
        load()


LINES = st.one_of(
    st.builds("{}={}".format, NAMES, VALUES),
    st.sampled_from(
        [
            "# x",
            "KB_X=1",
            "export KB_PORT=8600",
            "KB_PORT",
            "=",
            "KB_PORT='",
            'KB_PORT="\\',
            "\ufeff",
        ]
    ),
    st.text(max_size=30),
)


@given(lines=st.lists(LINES, max_size=6), encoding=st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_file(tmp_path: Path, lines: list[str], encoding: str) -> None:
    (tmp_path / "settings.env").write_bytes("\n".join(lines).encode(encoding, errors="replace"))
    with environment({"KB_DATA_DIR": str(tmp_path)}):
        load()
