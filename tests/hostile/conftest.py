"""A watched process that reads files made to hurt, and a table of what became of them."""

import contextlib
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).parent))  # `made`, which the processes import too

from made.measuring import Outcome, Watched
from made.table import CASES, Case

_TABLE = pytest.StashKey[list[tuple[Case, int, Outcome]]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all-hostile", action="store_true", help="files that take minutes, too")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        chosen = wanted(metafunc.config)
        metafunc.parametrize("case", chosen, ids=[case.name for case in chosen])


def wanted(config: pytest.Config) -> list[Case]:
    """The files of this run."""
    everything = bool(config.getoption("all_hostile", False))
    return [case for case in CASES if everything or not case.is_slow]


@pytest.fixture
def cases(request: pytest.FixtureRequest) -> list[Case]:
    return wanted(request.config)


@pytest.fixture(scope="session")
def tokenizer_file(tokenizer: Tokenizer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    tokenizer.save(str(file))
    return file


@pytest.fixture(scope="session")
def make_watched(
    tokenizer_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Watched]]:
    """Start watched processes; `also` names a module of readers."""
    with contextlib.ExitStack() as opened:

        def make(also: str = "") -> Watched:
            folder = tmp_path_factory.mktemp("watched")
            made = Watched(folder, tokenizer_file, also)
            opened.callback(made.close)
            made.read(b"Some words.", "warm.md")
            return made

        yield make


@pytest.fixture(scope="session")
def watched(make_watched: Callable[..., Watched]) -> Watched:
    return make_watched()


class Counting:
    """A server that counts who comes."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/secret"
        self.came = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                guest, _ = self._socket.accept()
                self.came += 1
                guest.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Counting]:
    """The server to which everything leads that a hostile file names."""
    made = Counting()
    yield made
    made.close()


@pytest.fixture
def keep(request: pytest.FixtureRequest) -> Callable[[Case, int, Outcome], None]:
    """Keep a row for the table at the end of the run."""
    rows = request.config.stash.setdefault(_TABLE, [])
    return lambda case, size, was: rows.append((case, size, was))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if rows := config.stash.get(_TABLE, []):
        terminalreporter.section("files made to hurt")
        terminalreporter.write_line(f"{'file':<26}{'KiB':>8}  {'outcome':<12}{'MiB':>6}{'s':>7}")
        for case, size, was in rows:
            line = f"{case.name:<26}{max(1, size // 1024):>8,}  {was.word:<12}"
            terminalreporter.write_line(f"{line}{was.memory:>6}{was.seconds:>7.1f}")
