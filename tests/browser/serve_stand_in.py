"""The whole web app with stand-in models: `python serve_stand_in.py PORT`, or `fill`.

It is served as `kb serve` serves it, by the settings of the environment; only the two models are
others. The embedding model sums up words. The chat model writes the sentence of the passages that
shares most words with the question, without a word of its own; asked for something `SLOWLY` it
writes all of them, and takes its time; of what is `UNKNOWN` it says that it is not there.
"""

import json
import re
import runpy
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import app.environment  # isort: skip  # first: switches off every library's telemetry

from conftest import ScriptedChat, WordEmbedding
from langchain_core.embeddings import Embeddings
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGenerationChunk

import app.service
from app.loaded_models import Models
from app.settings import Settings, load_settings
from retrieval.ledger import Ledger
from retrieval.suggestions import SuggestionStore


class Suggestion(NamedTuple):
    """A question to try, and the document that answers it."""

    path: str
    question: str


SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples" / "docs"
SLOWLY = ("慢慢", "slowly")
SUGGESTED = {
    "zh": Suggestion("员工手册.pdf", "试用期工资怎么发？"),
    "en": Suggestion("information-security-policy.pdf", "Where are backups stored and kept?"),
}
UNKNOWN = {"火星": -9.0, "Mars": -9.0}
_PASSAGE = re.compile(r"^\[\d+\] ?(?:\(.*\))?\n?", re.MULTILINE)
_QUESTION = re.compile(r"^(?:问题：|Question: )(.*)$", re.MULTILINE)
_SENTENCE = re.compile(r"[^。！？.!?\n]{8,}[。！？.!?]")


class ReadingChat(ScriptedChat):
    """Copies the sentence that is asked about out of the passages it is given."""

    can_reword: bool = False
    odd: dict[str, float] = UNKNOWN

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: Any = None,
        *,
        cancel: threading.Event | None = None,
        max_tokens: int | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        self._count(messages)
        said = str(messages[-1].content)
        brief, slow = self._brief(messages), any(word in said for word in SLOWLY)
        text = brief if brief is not None else _answer(said, every=slow)
        # Slow: still at it when a page has been loaded anew on a busy machine.
        size = max(1, len(text) // 100) if slow else 40
        for at in range(0, len(text), size):
            if cancel and cancel.is_set():
                break
            time.sleep(0.1 if slow else 0.005)
            part = AIMessageChunk(content=text[at : at + size])
            yield ChatGenerationChunk(message=part)
        usage = UsageMetadata(input_tokens=1, output_tokens=1, total_tokens=2)
        yield ChatGenerationChunk(message=AIMessageChunk(content="", usage_metadata=usage))


def _answer(said: str, *, every: bool) -> str:
    """Return the sentence of a prompt's passages that is nearest to its question, or all."""
    asked = _QUESTION.search(said)
    passages = said[: asked.start()] if asked else said
    sentences = [s.strip() for s in _SENTENCE.findall(_PASSAGE.sub("", passages))]
    if every:
        return "\n\n".join(dict.fromkeys(sentences))
    wanted = _words(asked.group(1) if asked else said)
    return max(sentences, key=lambda s: (_words(s) & wanted).total() / len(s) ** 0.5, default="")


def _words(text: str) -> Counter[str]:
    han = re.findall(r"(?=([\u3400-\u9fff]{2}))", text)  # pairs, as one character says little
    return Counter([*re.findall(r"[a-z]{3,}|\d+", text.lower()), *han])


class StandIns(Models):
    """The folder of the embedding model is real, its tokenizer too; the models are not."""

    def embeddings(self) -> Embeddings:
        if self._embeddings is None:
            self._embeddings = WordEmbedding(salt=self.fingerprint)
        return self._embeddings

    def chat(self) -> Any:
        if self._chat is None:
            self._chat = ReadingChat()  # type: ignore[assignment]
        return self._chat


def build(settings: Settings) -> app.service.KnowledgeBase:
    """Return the library of the settings with stand-ins for its models."""
    return app.service.KnowledgeBase(settings, Ledger(settings.ledger_path), StandIns(settings))


def suggest(kb: app.service.KnowledgeBase) -> None:
    """Put a question to try of each language into a library, as a model would make them."""
    store = SuggestionStore(kb._ledger)
    for row in store.tried():
        for lang, (path, question) in SUGGESTED.items():
            if row.path.endswith(path):
                assert store.put(row.version, 0, lang, question)


def main(what: str) -> int:
    """Fill the library with the sample documents, or serve it at a port."""
    if what == "fill":
        kb = build(load_settings()[0])
        kb.ingest([SAMPLES])
        suggest(kb)
        kb.close()
        return 0
    app.service.build = build  # before the pages are imported, which take it from there
    options = {"server.address": "127.0.0.1", "server.port": int(what), "server.headless": True}
    most = {"server.maxUploadSize": load_settings()[0].max_file_mb}
    sys.argv = [__file__, json.dumps({**options, **most})]
    runpy.run_module("app.serving.server", run_name="__main__")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
