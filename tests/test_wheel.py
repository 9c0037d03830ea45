"""The wheel has everything that the app reads beside its code, so that it runs in any folder."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("app", "ingest", "llm", "retrieval")
TAKEN_ALONG = "app/from_checkout"
# Prints where the library of nobody's settings lies, and the files that come with the program.
ASK = """
from app.library import samples
from app.checkout_files import beside, checkout
assert checkout() is None
assert (beside() / ".streamlit" / "config.toml").is_file()
print(samples())
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the checkout by what is installed; nothing is fetched."""
    home = tmp_path_factory.mktemp("wheel")
    copy = home / "copy"
    for room in (*ROOMS, "data/samples", ".streamlit"):
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "setup.py", "streamlit_app.py", "README.md", "LICENSE"):
        shutil.copyfile(ROOT / name, copy / name)
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", str(copy), "--no-deps", "--no-build-isolation",
         "--no-index", "--disable-pip-version-check", "--wheel-dir", str(home)],
        check=True, capture_output=True,
    )  # fmt: skip
    (built,) = home.glob("*.whl")
    return built


def test_every_file_that_the_app_reads_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    ours = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert any(name.endswith(".js") for name in ours), "the components are looked for"
    assert ours - names == set()
    samples = [p for p in (ROOT / "data" / "samples").rglob("*") if p.is_file()]
    beside = [ROOT / ".streamlit" / "config.toml", *samples]
    assert len(beside) > 20
    taken = {f"{TAKEN_ALONG}/{path.relative_to(ROOT).as_posix()}" for path in beside}
    assert taken - names == set()
    assert "streamlit_app.py" in names
    assert not [name for name in names if name.startswith(("tests/", "bench/", "data/", "docs/"))]


def test_it_runs_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    installed, empty = tmp_path / "installed", tmp_path / "empty"
    empty.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KB_")}
    environment = {**kept, "PYTHONPATH": str(installed), "HOME": str(tmp_path)}

    def run(code: str, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            env=environment, cwd=empty, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout

    assert Path(run(ASK).strip()).is_relative_to(installed)
    command = "from app.start import main; main()"
    assert "Usage: kb" in run(command, "--help")
    assert str(tmp_path) in run(command, "status", "--json")  # no library beside the program
    assert not list(empty.iterdir())
