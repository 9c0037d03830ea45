"""What was answered, kept line by line, so that a run that was stopped goes on."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from app.errors import KbError
from app.evaluation.answer_items import Item
from app.evaluation.checklist import Outcome
from app.evaluation.corpus import digest


@dataclass(frozen=True)
class Reply:
    """An answer; `refused` is None where the program does not say, times are in seconds.

    `outcome` is what became of the question, `paths` are those of the documents it cites, `run`
    tells in which run it was asked: answers of an earlier release have none of these.
    """

    answer: str
    refused: bool | None
    quotes: tuple[str, ...]  # of its citations
    first_token_s: float | None
    total_s: float
    outcome: Outcome | None = None
    paths: tuple[str, ...] = ()
    calls: int | None = None  # of the model, for this answer
    prompt_tokens: int | None = None  # that these read
    run: str = ""
    taken_back: int | None = None  # characters that were shown and are not in the answer
    certainty: float | None = None  # that the passages hold the answer, 0 to 1


class Replies:
    """The answers of one program with one setup, in a file to which each is appended.

    `setup` is everything that decides an answer beside the question and its passages. Answers of
    another `code` are known too, but counted as older. `fresh` leaves out what was there before.

    Example:
        replies = Replies(cache, "zhiku-samples", "model, settings", code(CHECKOUT), fresh=False)
        reply = replies.get(item, ()) or replies.add(item, (), ask(item))
    """

    def __init__(self, cache: Path, name: str, setup: str, code: str, *, fresh: bool) -> None:
        self.file = cache / f"answers-{name[:80]}-{digest(setup)[:16]}.jsonl"
        self.asked = self.kept = self.older = 0
        self._code = code
        self._known: dict[str, tuple[Reply, bool]] = {}
        self._new: set[str] = set()
        self._whole = True  # whether the file's last line is
        if self.file.is_file():
            self._read(keep=not fresh)

    @property
    def seconds(self) -> float | None:
        """The median time of the answers that are known, None without one."""
        times = [reply.total_s for reply, _ in self._known.values()]
        return median(times) if times else None

    def get(self, item: Item, passages: tuple[str, ...]) -> Reply | None:
        """Return the answer to a question with these passages, if it is known."""
        key = _key(item, passages)
        found = self._known.get(key)
        if found is None:
            return None
        if key not in self._new:
            self.kept += 1
            self.older += not found[1]
        return found[0]

    def has(self, item: Item, passages: tuple[str, ...]) -> bool:
        """Tell whether the answer to a question with these passages is known."""
        return _key(item, passages) in self._known

    def add(self, item: Item, passages: tuple[str, ...], reply: Reply) -> Reply:
        """Append an answer to the file and return it."""
        key = _key(item, passages)
        line = {
            "key": key,
            "code": self._code,
            "part": item.part,
            "id": item.id,
            "question": item.question,
            "reply": asdict(reply),
        }
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("a", encoding="utf-8") as stream:
                stream.write("" if self._whole else "\n")
                stream.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            raise KbError(f"cannot write {str(self.file)!r}: {error}") from error
        self._whole = True
        self._known[key] = reply, True
        self._new.add(key)
        self.asked += 1
        return reply

    def _read(self, *, keep: bool) -> None:
        text = self.file.read_text("utf-8", "replace")
        self._whole = text.endswith("\n") or not text
        # Not `splitlines`: an answer may hold U+2028, which ends no line of this file.
        for line in text.split("\n") if keep else ():
            try:
                value = json.loads(line)
                reply = value["reply"]
                for name in ("quotes", "paths"):
                    reply[name] = tuple(reply.get(name, ()))
                self._known[value["key"]] = Reply(**reply), value["code"] == self._code
            except (ValueError, KeyError, TypeError):  # cut short by a kill: it is asked again
                continue


def _key(item: Item, passages: tuple[str, ...]) -> str:
    return digest(item.question, json.dumps(passages))[:32]
