"""Whether drafting by prompt lookup would pay: what is copied, and what a step of several costs.

    python bench/drafting.py
    python bench/drafting.py --answers 40 --json drafting.json

An answer that copies from its passages can be guessed: behind the last n tokens, where these stood
before in the prompt or the answer, stood what may come again. The model reads a draft of k tokens
in one step and keeps those that it would have written itself. Told are, over answers to the sample
questions, the tokens kept in a step for some n and k, the milliseconds (clock, and processor) of a
step of so many tokens, and what comes of both: how much faster it would write, each step that has
no draft counted as one token. The clock says something on a quiet machine only.
"""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401  # first: switches off every library's telemetry

import argparse
import json
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from app.service import build
from app.settings import Settings, load_settings
from llm.answer import Found
from llm.chat import LlamaChat
from llm.models import resolve
from llm.prompts import answer_messages, passage_blocks
from llm.question import kind_of

SAMPLES = Path("data/samples")
GRAMS, DRAFTS = (2, 3), (3, 5, 7)
_ROUNDS = 12
_BEHIND = 640  # tokens before a step, about a prompt's

Written = tuple[list[int], list[int]]


def step_costs(model: LlamaChat) -> dict[int, tuple[float, float]]:
    """Return the median milliseconds, of the clock and of processors, of a step of n tokens."""
    llama = model.loaded
    tokens = model.get_token_ids("The filter of the machine is changed every ninety days. " * 90)
    llama.reset()
    llama.eval(tokens[:_BEHIND])
    sizes = (1, *(k + 1 for k in DRAFTS))
    taken: dict[int, list[tuple[float, float]]] = {size: [] for size in sizes}
    for _ in range(_ROUNDS):
        for size in sizes:
            llama.n_tokens = _BEHIND
            clock, processor = time.perf_counter(), time.process_time()
            llama.eval(tokens[:size])
            spent = time.perf_counter() - clock, time.process_time() - processor
            taken[size].append(spent)
    llama.reset()
    return {
        size: (
            1000 * statistics.median(clock for clock, _ in spent),
            1000 * statistics.median(processor for _, processor in spent),
        )
        for size, spent in taken.items()
    }


def answers(settings: Settings, model: LlamaChat, count: int) -> Iterator[Written]:
    """Yield the tokens of prompts and of their answers, to every third sample question."""
    lines = (SAMPLES / "questions.jsonl").read_text("utf-8").splitlines()
    asked = [case for case in map(json.loads, lines) if case["answerable"]][::3][:count]
    with tempfile.TemporaryDirectory() as folder:
        kb = build(settings.model_copy(update={"data_dir": Path(folder), "suggest": False}))
        try:
            kb.ingest([SAMPLES / "docs"])
            for case in asked:
                events = kb.ask(case["question"])
                found = next(event for event in events if isinstance(event, Found))
                blocks = passage_blocks(
                    found.passages, [passage.page_content for passage in found.passages]
                )
                prompt = answer_messages(
                    case["question"], blocks, case["lang"], kind_of(case["question"])
                )
                said = str(model.invoke(prompt, max_tokens=256).text)
                yield model.prompt_tokens(prompt), model.get_token_ids(said)
        finally:
            kb.close()


def draft(tokens: Sequence[int], n: int, k: int) -> Sequence[int]:
    """Return up to k tokens that stood behind the last n of them, where these stood last."""
    last = tokens[-n:]
    for at in range(len(tokens) - n - 1, -1, -1):
        if tokens[at : at + n] == last:
            return tokens[at + n : at + n + k]
    return ()


def steps(written: Sequence[Written], n: int, k: int) -> Counter[bool]:
    """Return how many steps with a draft, and without, write all of it."""
    told: Counter[bool] = Counter()
    for prompt, answer in written:
        at = 0
        while at < len(answer):
            guessed = draft(prompt + answer[:at], n, k)
            right = 0
            for one, other in zip(guessed, answer[at:], strict=False):
                if one != other:
                    break
                right += 1
            told[bool(guessed)] += 1
            at += right + 1
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--answers", type=int, default=20, help="answers written")
    parser.add_argument("--json", type=Path, help="write the numbers into this file, too")
    given = parser.parse_args()
    settings = load_settings()[0]
    path = resolve(settings.chat_model, "chat", settings.models_dir)
    model = LlamaChat.load(path, context=4096)
    costs = step_costs(model)
    for size, (clock, processor) in costs.items():
        print(f"a step of {size} tokens: {clock:.0f} ms, {processor:.0f} ms of processors")
    written = list(answers(settings, model, given.answers))
    model.close()
    total = sum(len(answer) for _, answer in written)
    rows: list[dict[str, Any]] = []
    for n in GRAMS:
        for k in DRAFTS:
            told = steps(written, n, k)
            gains = [
                total
                * costs[1][way]
                / (told[True] * costs[k + 1][way] + told[False] * costs[1][way])
                for way in (0, 1)
            ]
            rows.append(
                {
                    "n": n,
                    "k": k,
                    "tokens_a_step": round(total / told.total(), 2),
                    "with_draft": round(told[True] / told.total(), 2),
                    "gain_clock": round(gains[0], 2),
                    "gain_processor": round(gains[1], 2),
                }
            )
            print(rows[-1])
    if given.json:
        report = {"answers": len(written), "tokens": total, "costs_ms": costs, "lookup": rows}
        given.json.write_text(json.dumps(report, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
