"""Follow-up questions of the sample conversations: does the search find what they mean?

    python bench/followups.py

A hit is a passage of a relevant document that holds one of the answers. Needs both models.
"""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from langchain_core.documents import Document

from app.service import build
from app.settings import load_settings
from llm.question import Turn, combined, standalone

SAMPLES = Path("data/samples")
Case = dict[str, Any]


def letters(text: str) -> str:
    """Letters and digits only, as a PDF breaks lines where a sentence doesn't."""
    return "".join(char for char in text.casefold() if char.isalnum())


def hit(case: Case, found: list[Document], k: int) -> bool:
    return any(
        passage.metadata["path"] in case["relevant"]
        and any(letters(answer) in letters(passage.page_content) for answer in case["answers"])
        for passage in found[:k]
    )


def history(case: Case) -> list[Turn]:
    return [Turn(**turn) for turn in case["turns"]]


def main() -> None:
    lines = (SAMPLES / "conversations.jsonl").read_text("utf-8").splitlines()
    cases: list[Case] = [json.loads(line) for line in lines]
    follow_ups = [case for case in cases if not case["standalone"]]
    alone = [case for case in cases if case["standalone"]]
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings()[0].model_copy(update={"data_dir": Path(folder)})
        kb = build(settings)
        kb.ingest([SAMPLES / "docs"])
        model = kb.models.chat()
        ours: dict[str, str] = {}
        seconds: list[float] = []
        for case in cases:
            began = time.perf_counter()
            ours[case["id"]] = standalone(case["question"], history(case), model)
            if not case["standalone"]:
                seconds.append(time.perf_counter() - began)
        ways: dict[str, Callable[[Case], str]] = {
            "as it is": lambda case: case["question"],
            "behind the question before": lambda case: (
                f"{case['turns'][-1]['question']} {case['question']}"
            ),
            "combined": lambda case: combined(case["question"], history(case)),
            "standalone": lambda case: ours[case["id"]],
            "written out by hand": lambda case: case["meant"],
        }
        print(f"{'':28}{len(follow_ups)} follow-ups   {len(alone)} that stand alone")
        print(f"{'':28}top 1   top 5   top 1   top 5")
        for way, text in ways.items():
            cells = []
            for group in (follow_ups, alone):
                found = [(case, kb.search(text(case), 5).passages) for case in group]
                cells += [sum(hit(case, f, k) for case, f in found) / len(group) for k in (1, 5)]
            print(f"{way:28}" + "   ".join(f"{cell:5.0%}" for cell in cells))
        kb.close()
    changed = [case["id"] for case in alone if ours[case["id"]] != case["question"]]
    same = [case["id"] for case in follow_ups if ours[case["id"]] == case["question"]]
    fallback = [
        case["id"]
        for case in follow_ups
        if ours[case["id"]] == combined(case["question"], history(case))
    ]
    print(f"changed though they stand alone: {len(changed)} {' '.join(changed)}")
    print(f"follow-ups left as they are: {len(same)} {' '.join(same)}")
    print(f"combined after all: {len(fallback)} of {len(seconds)} {' '.join(fallback)}")
    print(f"median seconds of a rewrite: {statistics.median(seconds):.1f}")
    print()
    for case in follow_ups:
        print(f"{case['id']}  {case['question']}  =>  {ours[case['id']]}")


if __name__ == "__main__":
    main()
