"""What a plain script answers to the same questions: it runs as a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.errors import KbError
from app.evaluation.items import Item
from app.evaluation.replies import Reply
from retrieval.child_process import environment

Asked = tuple[Item, tuple[str, ...]]  # a question and its passages


def ask_script(script: Path, model: Path, asked: Sequence[Asked]) -> Iterator[Reply]:
    """Yield what the script answers to each question, in order, as soon as it is there.

    It is run as `SCRIPT --model FILE.gguf --questions FILE`, FILE with a line
    `{id, question, passages}` for each, and prints `{id, answer, first_token_s, total_s}`.
    Raises KbError when it fails. It is ended when nobody wants the rest.
    """
    with tempfile.TemporaryDirectory(prefix="kb-plain-") as folder:
        questions, errors = Path(folder, "questions.jsonl"), Path(folder, "errors.txt")
        lines = [
            json.dumps({"id": number, "question": item.question, "passages": passages})
            for number, (item, passages) in enumerate(asked)
        ]
        questions.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        with (
            errors.open("wb") as stderr,
            subprocess.Popen(
                [
                    sys.executable, str(script), "--model", str(model),
                    "--questions", str(questions),
                ],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr,
                encoding="utf-8", errors="replace", env=environment(),
            ) as process,
        ):  # fmt: skip
            try:
                for number in range(len(asked)):
                    line = process.stdout.readline() if process.stdout else ""
                    if not line:
                        raise _ended(script, process.wait(), errors)
                    yield _reply(script, number, line)
            finally:
                process.kill()


def _reply(script: Path, number: int, line: str) -> Reply:
    try:
        value = json.loads(line)
        first = value["first_token_s"]
        reply = Reply(
            answer=str(value["answer"]),
            refused=None,
            quotes=(),
            first_token_s=None if first is None else float(first),
            total_s=float(value["total_s"]),
        )
        right = value["id"] == number
    except (ValueError, KeyError, TypeError) as error:
        raise KbError(
            f"the plain script {str(script)!r} printed no {{id, answer, first_token_s, total_s}} "
            f"line: {error!r}"
        ) from error
    if not right:
        raise KbError(f"the plain script {str(script)!r} answered another question than {number}")
    return reply


def _ended(script: Path, code: int, errors: Path) -> KbError:
    said = errors.read_text("utf-8", "replace").strip().splitlines()
    last = said[-1] if said else "it said nothing"
    return KbError(
        f"the plain script {str(script)!r} ended with code {code} before its last answer: {last}"
    )
