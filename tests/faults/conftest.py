"""A nursery of processes that can be killed, libraries for them, and a report at the end."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).parent))  # `rig`, which the processes import too

from rig.nursery import Nursery
from rig.tally import Tally

_SHORT, _SECONDS = 1, 8.0  # kills at each stage, seconds of asking; `make faults` sets others
_REPORT = pytest.StashKey[list[str]]()
_TALLIES = pytest.StashKey[list[Tally]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rounds", type=int, default=None, help="kills at each stage")
    parser.addoption("--crowd-seconds", type=float, default=None, help="of asking")


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("rounds", None) or _SHORT)


@pytest.fixture
def crowd_seconds(request: pytest.FixtureRequest) -> float:
    return float(request.config.getoption("crowd_seconds", None) or _SECONDS)


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture
def make_root(tokenizer: Tokenizer) -> Callable[[Path], Path]:
    """Put the model of a library below a folder, and a folder for its documents."""

    def make(root: Path) -> Path:
        model = root / "models" / "hash"
        model.mkdir(parents=True)
        (model / "model.safetensors").write_bytes(b"hash")
        (model / "config.json").write_text("{}")
        tokenizer.save(str(model / "tokenizer.json"))
        (root / "docs").mkdir()
        return root

    return make


@pytest.fixture
def root(make_root: Callable[[Path], Path], tmp_path: Path) -> Path:
    return make_root(tmp_path)


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Keep a line for the end of the run."""
    return request.config.stash.setdefault(_REPORT, []).append


@pytest.fixture
def keep(request: pytest.FixtureRequest) -> Callable[[Tally], None]:
    """Keep a tally for the table at the end of the run."""
    return request.config.stash.setdefault(_TALLIES, []).append


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    names = ("rounds", "resumed", "losses", "half", "ghosts", "misses", "idle", "crashes")
    if tallies := config.stash.get(_TALLIES, []):
        terminalreporter.section("kills")
        heads = "".join(f"{name:>9}" for name in (*names, "rebuilds", "longest", "seconds"))
        terminalreporter.write_line(f"{'stage':<20}{heads}")
        for t in tallies:
            row = "".join(f"{getattr(t, name):>9}" for name in names)
            row += f"{t.rebuilds:>9}{t.converging:>9.1f}{t.seconds:>9.1f}"
            terminalreporter.write_line(f"{t.stage:<20}{row}")
    for line in config.stash.get(_REPORT, []):
        terminalreporter.write_line(line)
