"""Rounds of a library's life: each process puts right what the one before left, and is killed."""

import random
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tokenizers import Tokenizer

from rig.child import Converged, KillMe, Life, Opened, live
from rig.documents import Folder
from rig.nursery import Child, Nursery
from rig.oracle import Oracle, State
from rig.tally import Tally

_KILLED = -9


class Rounds:
    """A library below a folder, killed again and again at one stage."""

    def __init__(
        self,
        root: Path,
        nursery: Nursery,
        tokenizer: Tokenizer,
        stage: str,
        seed: int,
        without: str | None = None,
        between: Callable[[Path], None] = lambda _: None,
    ) -> None:
        """`without` is the protection that is taken out; `between` is done after each kill."""
        self._root = root
        self._nursery = nursery
        self._random = random.Random(f"{stage} {seed}")  # noqa: S311
        self._without = without
        self._between = between
        self.oracle = Oracle()
        self.folder = Folder(root / "docs", self.oracle, tokenizer, self._random.randrange(2**32))
        self.tally = Tally(stage)

    def run(self, rounds: int, *, until_a_loss: bool = False) -> Tally:
        """Live and die so many times, and then live once more."""
        began = time.perf_counter()
        while len(self.folder.state()) < 4:
            self.folder.add()
        child = self._start()
        self._work(child, "ingest", self.folder.state())
        for _ in range(rounds):
            if self._live(child):
                self.tally.rounds += 1
            self._between(self._root)
            child = self._start()
            if until_a_loss and (self.tally.losses or self.tally.half):
                break
        child.conn.send(None)
        self.tally.crashes += child.join() != 0
        self.tally.seconds = time.perf_counter() - began
        return self.tally

    def _start(self) -> Child:
        """Start a process and judge what it sees, at once and after it put the library right."""
        life = Life(self._root, self.tally.stage, self._random.randrange(2**32), self._without)
        child = self._nursery.start(live, life)
        opened: Opened = child.recv()
        self.tally.add(self.oracle.judge(opened.seen), "at once")
        after: Converged = child.recv(120)
        done = bool(opened.jobs_left)
        self.tally.add(self.oracle.judge(after.seen, finished=done), "afterwards")
        self.tally.resumed += done
        self.tally.misses += after.misses
        self.tally.ghosts += after.ghosts
        self.tally.rebuilds += after.built if self.oracle.now else 0
        self.tally.converging = max(self.tally.converging, after.seconds)
        idle = bool(after.jobs_left or (after.chunks and not after.ready))
        self.tally.idle += idle
        if idle or after.misses or after.ghosts:
            self.tally.problems.append(f"round {self.tally.rounds}: {replace(after, seen={})}")
        self.oracle.settle(after.seen)
        return child

    def _live(self, child: Child) -> bool:
        """Have some steps done, and the process killed in the last one; False if it was not."""
        for _ in range(self._random.randint(0, 1)):
            self._any_step(child)
        stage = self.tally.stage
        if stage == "mid-rebuild":
            self._work(child, "rebuild", self.oracle.now, fatal=True)
        elif stage == "mid-delete":
            self._mirror(child)  # so that nothing but the removal is in hand
            gone = [self.folder.delete() for _ in range(self._random.randint(1, 2))]
            step = self._random.choice(("remove", "ingest"))
            self._work(child, step, self.folder.state(), gone, fatal=True)
        else:
            if stage == "mid-batch":
                self.folder.replace_large()
            elif self._random.random() < 0.5:
                self.folder.shuffle()
                self.folder.add()  # new ones are read first
            else:
                self.folder.change()
            self._work(child, "ingest", self.folder.state(), fatal=True)
        return child.join() == _KILLED

    def _any_step(self, child: Child) -> None:
        step = self._random.choice(("ingest", "ingest", "remove", "rebuild"))
        if step == "ingest":
            self._mirror(child)
        elif step == "remove":
            name = self._random.choice(sorted(self.oracle.now))
            (self.folder.root / name).unlink(missing_ok=True)
            then = {path: sha for path, sha in self.oracle.now.items() if path != name}
            self._work(child, "remove", then, [name])
        else:
            self._work(child, "rebuild", self.oracle.now)

    def _mirror(self, child: Child) -> None:
        self.folder.shuffle()
        while len(self.folder.state()) < 3:
            self.folder.add()
        self._work(child, "ingest", self.folder.state())

    def _work(
        self, child: Child, step: str, then: State, gone: list[str] | None = None, *, fatal=False
    ) -> None:
        """Have a step done; the oracle learns whether it was acknowledged."""
        paths = gone or [] if step == "remove" else [str(self.folder.root)]
        self.oracle.begin(then)
        child.conn.send((step, paths, fatal))
        try:
            while (message := child.recv(120)) is not None:
                assert isinstance(message, KillMe)
                time.sleep(message.after)
                child.process.kill()
            self.oracle.acknowledge()
            if fatal:
                child.recv()  # the kill may come after the work
                raise AssertionError("the process was not killed")
        except (EOFError, ConnectionResetError):
            if not fatal:
                raise
