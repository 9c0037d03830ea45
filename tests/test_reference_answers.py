"""The plain script that answers, with a model that writes the alphabet."""

import json
import string
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

SCRIPT = Path(__file__).parent.parent / "bench" / "reference_answers.py"


def test_it_answers_each_question(tiny_gguf: Callable[..., Path]) -> None:
    asked = [("x", "Where?", ["In the yard.", "Or not."]), ("y", "住宿一晚多少钱？", [])]
    lines = [json.dumps({"id": i, "question": q, "passages": p}) for i, q, p in asked]
    ended = subprocess.run(
        [sys.executable, SCRIPT, "--model", tiny_gguf()],
        input="\n".join(lines).encode(), capture_output=True, check=True,
    )  # fmt: skip
    answers = [json.loads(line) for line in ended.stdout.decode("utf-8").splitlines()]
    assert [line["id"] for line in answers] == ["x", "y"]
    assert {line["answer"] for line in answers} == {string.ascii_lowercase}
    assert all(line["prompt_tokens"] > len("Question: ") for line in answers)
    assert all(0 < line["first_token_s"] <= line["total_s"] for line in answers)
