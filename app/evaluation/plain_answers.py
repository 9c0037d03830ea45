"""What a plain script answers to the same questions: it runs as a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from app.errors import KbError
from app.evaluation.replies import Reply
from retrieval.child_process import environment


class PlainScript:
    """Has a script answer one question after the other; it runs from the first one to `close`.

    It is run as `SCRIPT --model FILE.gguf`. For each line `{id, question, passages}` that it reads
    it prints a line `{id, answer, prompt_tokens, first_token_s, total_s}`.

    Example:
        with closing(PlainScript(script, model)) as plain:
            reply = plain.ask("Who?", ["It was Ann."])
    """

    def __init__(self, script: Path, model: Path) -> None:
        self._script = script
        self._model = model
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  # closed by `close`
        self._process: subprocess.Popen[str] | None = None
        self._asked = 0

    def ask(self, question: str, passages: Sequence[str]) -> Reply:
        """Return what the script answers from these passages. Raises KbError when it fails."""
        process = self._process = self._process or self._started()
        line = {"id": self._asked, "question": question, "passages": passages}
        try:
            print(json.dumps(line), file=process.stdin, flush=True)
            said = process.stdout.readline() if process.stdout else ""
        except OSError:  # it has ended
            said = ""
        if not said:
            raise self._ended(process)
        reply = self._reply(said)
        self._asked += 1
        return reply

    def close(self) -> None:
        """End the script, whatever it is doing."""
        if self._process:
            self._process.kill()
            self._process.communicate()
        self._errors.close()

    def _started(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(self._script), "--model", str(self._model)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            encoding="utf-8",
            errors="replace",
            env=environment(),
        )

    def _reply(self, said: str) -> Reply:
        try:
            value = json.loads(said)
            first = value["first_token_s"]
            reply = Reply(
                answer=str(value["answer"]),
                refused=None,
                quotes=(),
                first_token_s=None if first is None else float(first),
                total_s=float(value["total_s"]),
                calls=1,
                prompt_tokens=int(value["prompt_tokens"]),
            )
            right = value["id"] == self._asked
        except (ValueError, KeyError, TypeError) as error:
            raise KbError(
                f"the plain script {str(self._script)!r} printed no {{id, answer, prompt_tokens, "
                f"first_token_s, total_s}} line: {error!r}"
            ) from error
        if not right:
            raise KbError(
                f"the plain script {str(self._script)!r} answered another question than "
                f"{self._asked}"
            )
        return reply

    def _ended(self, process: subprocess.Popen[str]) -> KbError:
        code = process.wait()
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        return KbError(
            f"the plain script {str(self._script)!r} ended with code {code} before its last "
            f"answer: {lines[-1] if lines else 'it said nothing'}"
        )
