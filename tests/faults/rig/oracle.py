"""What a library may show after each step, known without asking it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Seen = Mapping[str, tuple[str, str]]  # by path: SHA-256 of the bytes, digest of the chunks' texts
State = dict[str, str]  # SHA-256 by path


def digest(texts: Iterable[str]) -> str:
    """A hash of the texts of chunks, in order."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


@dataclass
class Faults:
    """What is wrong with what a library shows; each line names a path."""

    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    ghosts: list[str] = field(default_factory=list)


class Oracle:
    """The state acknowledged last, and the one that the step in hand leads to."""

    def __init__(self) -> None:
        self.now: State = {}
        self.then: State | None = None  # while a step is in hand
        self.chunks: dict[str, str] = {}  # by SHA-256: what splitting these bytes gives

    def begin(self, then: State) -> None:
        """A step is in hand: from now on each document may be in either state."""
        self.then = then

    def acknowledge(self) -> None:
        """The step was reported as done: nothing else may be seen any more."""
        assert self.then is not None
        self.now, self.then = self.then, None

    def settle(self, seen: Seen) -> None:
        """After a kill: what was seen, and judged, is what the next step starts from."""
        self.now, self.then = {path: sha for path, (sha, _) in seen.items()}, None

    def judge(self, seen: Seen, *, finished: bool = False) -> Faults:
        """Compare what is visible with what may be; `finished`: the step in hand was ended."""
        then = self.now if self.then is None else self.then
        states = [then] if finished else [self.now, then]
        faults = Faults()
        for path in sorted({*self.now, *then, *seen}):
            allowed = {state.get(path) for state in states}
            sha, chunks = seen.get(path, (None, None))
            if sha is not None and self.chunks.get(sha) != chunks:
                faults.half.append(f"{path}: not the chunks of {sha[:8]}")
            elif sha not in allowed:
                kind = faults.ghosts if allowed == {None} else faults.lost
                kind.append(f"{path}: {str(sha)[:8]}, not one of {[str(a)[:8] for a in allowed]}")
        # A document that was renamed may be at either path, but not nowhere.
        here = {sha for sha, _ in seen.values()}
        for sha in set(self.now.values()) & set(then.values()) - here:
            faults.lost.append(f"{sha[:8]} is at none of its paths")
        return faults
