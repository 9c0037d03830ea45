"""Measure whether the passages that an answer is read from hold what is asked.

    python bench/passages_read.py FILE…

FILE has questions with checklists (docs/evaluation.md), asked of the library of KB_DATA_DIR without
a chat model: so questions in the language of the documents alone. Printed are the share of the
elements that stand in the passages, the questions of which all do, and how long the passages are.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from app.service import build
from app.settings import load_settings
from ingest.text import letters
from llm.answer import Question


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="+", type=Path)
    settings = load_settings()[0].model_copy(update={"translate_seconds": 0})
    kb = build(settings)
    for file in parser.parse_args().file:
        lines = map(json.loads, file.read_text("utf-8").splitlines())
        asked = [q for q in lines if q.get("answerable", True) and q.get("kind") != "cross"]
        held, whole, length = 0.0, 0, 0
        for line in asked:
            question = Question(line["question"], line["lang"])
            kb.finder.read(question, kb.finder.look(question.text, settings.passages))
            text = "\n".join(passage.page_content for passage in question.passages)
            has = [any(letters(a) in letters(text) for a in element) for element in line["must"]]
            held += sum(has) / len(has)
            whole += all(has)
            length += len(text)
        n = len(asked)
        print(f"{file}: {held / n:.3f} held, {whole} of {n} whole, {length / n:.0f} characters")


if __name__ == "__main__":
    main()
