"""What a measurement takes from the checkout it runs in: sources, plain scripts, questions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.evaluation.corpus import digest

CHECKOUT = Path(__file__).resolve().parents[2]
# The questions about the samples; they and the plain scripts in bench/ are in a checkout only.
SAMPLE_QUESTIONS = CHECKOUT / "data" / "samples" / "questions.jsonl"

# Rooms whose sources decide what is answered, and parts of `app` that do not.
_ROOMS = ("ingest/text", "llm", "retrieval")
_ALL_ROOMS = ("app", "ingest", "llm", "retrieval")
_BESIDE = {"cli", "evaluation", "pages", "serving", "terminal", "web"}


def code(root: Path) -> str:
    """Return a hash of the sources that find passages and write answers.

    Answers of other sources are kept, as most changes do not touch them, but they are counted.
    """
    return _hash(f for room in _ROOMS for f in (root / room).rglob("*.py"))


def all_code(root: Path) -> str:
    """Return a hash of all sources that may change an answer, its citations or its times.

    Answers to checklists of other sources are asked again: they are there to judge a change.
    """
    files = ((f, f.relative_to(root)) for room in _ALL_ROOMS for f in (root / room).rglob("*.py"))
    return _hash(f for f, path in files if path.parts[0] != "app" or path.parts[1] not in _BESIDE)


def _hash(files: Iterable[Path]) -> str:
    return digest(*(file.read_text("utf-8") for file in sorted(files)))[:16]
