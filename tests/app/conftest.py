"""A library of one's own for each test: real SQLite and Chroma, models that are stand-ins."""

import io
import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from langchain_core.embeddings import Embeddings
from pypdf import PdfWriter
from serving import chromium, open_tab, playing, serve, served  # noqa: F401
from tokenizers import Tokenizer

from app.cli import run
from app.loaded_models import Models
from app.service import KnowledgeBase
from app.settings import Settings
from app.web import Shared, start
from ingest.sandbox import ReadingPool
from retrieval.ledger import Ledger

Files = Mapping[str, str | bytes]


class FakeModels(Models):
    """The settings' model folder is real (its fingerprint and tokenizer too), the models are not.

    The embeddings depend on the fingerprint: vectors of two models have nothing in common.
    """

    def __init__(self, settings: Settings, embeddings: Any, chat: Any) -> None:
        super().__init__(settings)
        self._make = embeddings
        self.written = chat

    def embeddings(self) -> Embeddings:
        if self._embeddings is None:
            self._embeddings = self._make(salt=self.fingerprint)
        return self._embeddings

    def chat(self) -> Any:
        if self.written is None:
            return super().chat()
        self._chat = self.written
        return self.written

    @property
    def embedded(self) -> list[str]:
        """Every text that was embedded as a passage so far."""
        return self.embeddings().embedded  # type: ignore[attr-defined, no-any-return]


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the person who runs the tests reaches them."""
    for name in [name for name in os.environ if name.upper().startswith("KB_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def model_folder(tmp_path: Path, tokenizer: Tokenizer) -> Callable[[str], Path]:
    """Make the folder of an embedding model; another name is another model."""

    def make(name: str = "model-a") -> Path:
        folder = tmp_path / "models" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "model.safetensors").write_bytes(name.encode())
        (folder / "config.json").write_text("{}")
        tokenizer.save(str(folder / "tokenizer.json"))
        return folder

    return make


@pytest.fixture
def make_settings(tmp_path: Path, model_folder: Callable[[str], Path]) -> Callable[..., Settings]:
    """Make settings whose every path lies below tmp_path.

    Questions are not translated unless a test says so: the scripted model's texts are answers.
    """

    def make(model: str = "model-a", **changes: Any) -> Settings:
        usual = {
            "data_dir": tmp_path / "library",
            "models_dir": tmp_path / "models",
            "embed_model": str(model_folder(model)),
            "translate_seconds": 0.0,
            "model_process": "off",  # of models that are stand-ins
            "suggest": False,  # they would take what a scripted model is to answer
        }
        return Settings(**{**usual, **changes})

    return make


@pytest.fixture
def open_kb(
    make_settings: Callable[..., Settings],
    word_embedding: Any,
    scripted_chat: Any,
    readers: ReadingPool,
) -> Iterator[Callable[..., KnowledgeBase]]:
    """Open the test's library, with settings to change and texts that the chat model writes.

    `kind` may be a class that does some things in another way.
    """
    opened: list[KnowledgeBase] = []

    def make(
        *,
        texts: list[str] | None = None,
        kind: type[KnowledgeBase] = KnowledgeBase,
        models: Models | None = None,
        look_seconds: float = 0.5,
        **changes: Any,
    ) -> KnowledgeBase:
        settings = make_settings(**changes)
        models = models or FakeModels(settings, word_embedding, scripted_chat(texts=texts or []))
        ledger = Ledger(settings.ledger_path)
        opened.append(kind(settings, ledger, models, readers, look_seconds))
        return opened[-1]

    yield make
    for kb in opened:
        kb.close()


@pytest.fixture
def kb(open_kb: Callable[..., KnowledgeBase]) -> KnowledgeBase:
    """An empty library."""
    return open_kb()


@pytest.fixture
def begin() -> Iterator[Callable[[KnowledgeBase], Shared]]:
    """Start the app's threads over a library; they end with the test."""
    started: list[Shared] = []

    def make(kb: KnowledgeBase) -> Shared:
        started.append(start(kb))
        started[-1].warmup.wait(30)
        return started[-1]

    yield make
    for shared in started:
        shared.chat_keeper.stop()
        shared.worker.stop()
        shared.keeper.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Write files (text or bytes, by path) into a folder below tmp_path and return it."""

    def write(files: Files, name: str = "docs") -> Path:
        root = tmp_path / name
        root.mkdir(parents=True, exist_ok=True)
        for path, content in files.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return write


@pytest.fixture
def blank_pdf() -> Callable[..., bytes]:
    """Make a PDF of one empty page, with a password if one is given."""

    def make(password: str | None = None) -> bytes:
        writer, data = PdfWriter(), io.BytesIO()
        writer.add_blank_page(595, 842)
        if password is not None:
            writer.encrypt(password, algorithm="AES-128")
        writer.write(data)
        return data.getvalue()

    return make


class CommandLine:
    """Runs `kb` in this process over the test's library.

    `texts` are what the chat model writes to the next questions (None: the model of the settings
    is loaded), `models` those of the last run.
    """

    def __init__(
        self,
        capsys: pytest.CaptureFixture[str],
        embeddings: Any,
        chat: Any,
        readers: ReadingPool,
    ) -> None:
        self._capsys = capsys
        self._readers = readers
        self._embeddings = embeddings
        self._chat = chat
        self.texts: list[str] | None = []
        self.models: FakeModels | None = None
        self.code = -1
        self.out = ""
        self.err = ""

    def _open(self, settings: Settings) -> KnowledgeBase:
        chat = None if self.texts is None else self._chat(texts=self.texts)
        self.models = FakeModels(settings, self._embeddings, chat)
        return KnowledgeBase(settings, Ledger(settings.ledger_path), self.models, self._readers)

    def __call__(self, *arguments: object) -> str:
        """Return what the command wrote to stdout."""
        self.code = run([str(a) for a in arguments], self._open)
        self.out, self.err = self._capsys.readouterr()
        return self.out

    def json(self, *arguments: object) -> Any:
        """Return the one JSON value that the command wrote to stdout."""
        self(*arguments, "--json")
        assert self.out.endswith("\n")
        return json.loads(self.out)

    def lines(self, *arguments: object) -> list[Any]:
        """Return the JSON value of each line of stdout."""
        return [json.loads(line) for line in self(*arguments).splitlines()]


@pytest.fixture
def cli(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    make_settings: Callable[..., Settings],
    word_embedding: Any,
    scripted_chat: Any,
    readers: ReadingPool,
) -> CommandLine:
    """Run commands over an empty library; settings come from the environment, as they do."""
    settings = make_settings()
    for name in ("data_dir", "models_dir", "embed_model", "translate_seconds", "model_process"):
        monkeypatch.setenv(f"KB_{name.upper()}", str(getattr(settings, name)))
    return CommandLine(capsys, word_embedding, scripted_chat, readers)
