"""The Chat page over a library with stand-in models, as Streamlit runs it for tests in a browser.

The model writes what stands in the library, a word at a time; asked for something long it takes
its time.
"""

import importlib.util
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import streamlit as st
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk

from app.pages import KeptRating, show_chat
from app.service import KnowledgeBase
from app.settings import Settings
from app.texts import Words
from app.web import STYLE, Shared, start
from retrieval.ledger import Ledger


def stand_ins(name: str, file: str) -> ModuleType:
    """Return a file of fixtures as a module, made once."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).parents[2] / file)
        assert spec
        assert spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


MODELS = stand_ins("stand_in_models", "conftest.py")
LIBRARY = stand_ins("stand_in_library", "app/conftest.py")
LEAVE = "# Rules\n\n## Leave\n\nYou have 25 days of leave. Ask your manager first.\n"
ANIMALS = " ".join(f"The animal{n} eats {n} pounds of food a day." for n in range(60))
SHORT = "You have 25 days of leave. Ask your manager first."
TABLE = "Leave is as follows:\n\n| What | Days |\n|---|---|\n| leave | 25 days of leave |\n"


class PatientChat(MODELS.ScriptedChat):  # type: ignore[misc, name-defined]
    """Answers what it is asked about, slowly if that is animals."""

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
        asked = "".join(str(messages[-1].content).split("\n\n")[-2:])  # question and task
        text = TABLE if "table" in asked else ANIMALS if "animal" in asked else SHORT
        self.texts = [*self.texts[: len(self.prompts)], text]
        for chunk in super()._stream(messages, cancel=cancel, max_tokens=max_tokens):
            time.sleep(0.1 if text is ANIMALS else 0.01)
            yield chunk


@st.cache_resource(show_spinner=False)
def behind() -> Shared:
    settings = Settings()
    models = LIBRARY.FakeModels(settings, MODELS.WordEmbedding, PatientChat())
    kb = KnowledgeBase(settings, Ledger(settings.ledger_path), models)
    for name, text in (("leave.md", LEAVE), ("animals.txt", ANIMALS)):
        kb.upload(name, text.encode())
        kb.work()
    shared = start(kb)
    shared.warmup.wait(30)
    return shared


st.set_page_config(page_title="Zhiku")
st.html(STYLE)
shared = behind()
show_chat(shared, Words(st.context.locale), rating=KeptRating(shared.kb.feedback))
if os.environ.get("SHOW_VERDICTS"):
    st.sidebar.code(repr([one.verdict for one in shared.kb.feedback.judged()]))
