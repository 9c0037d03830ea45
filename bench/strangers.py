"""Measure how well figures of something else are told from right ones in other words.

    python bench/strangers.py

`strangers.jsonl` has questions with what a model could say, the passages that have its figure, and
whether they tell it of what was asked. The right ones are worded as far from the passage as one
would say it, the wrong ones take a figure of another matter of the same document.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from ingest.text import script
from llm.answer import Strangers


def main() -> None:
    told: Counter[tuple[str, str]] = Counter()
    asked: Counter[tuple[str, str]] = Counter()
    for line in Path(__file__).with_suffix(".jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        cell = "right" if case["right"] else "wrong", script(case["question"])
        strangers = Strangers(case["question"], case["passages"]).figures(case["says"])
        asked[cell] += 1
        told[cell] += bool(strangers)
        if bool(strangers) == case["right"]:
            print(f"{cell[0]}: {case['question']} {case['says']} {strangers}")
    for cell, n in sorted(asked.items()):
        print(f"{' '.join(cell)}: {told[cell]} of {n} told as figures of something else")


if __name__ == "__main__":
    main()
