"""What the rounds at one stage found."""

from dataclasses import dataclass, field

from rig.oracle import Faults


@dataclass
class Tally:
    """What happened at one stage; all but the first three, `resumed` and `rebuilds` should be 0."""

    stage: str
    rounds: int = 0
    resumed: int = 0  # rounds after which a job was left, and then done
    losses: int = 0
    half: int = 0
    ghosts: int = 0
    misses: int = 0
    idle: int = 0  # rounds after which Chroma was not in use, or a job was not done
    crashes: int = 0  # processes that ended by themselves
    rebuilds: int = 0
    seconds: float = 0.0
    converging: float = 0.0  # the longest, in seconds
    problems: list[str] = field(default_factory=list)

    @property
    def faults(self) -> int:
        """How much went wrong."""
        return self.losses + self.half + self.ghosts + self.misses + self.idle + self.crashes

    def add(self, faults: Faults, when: str) -> None:
        """Count the faults of a look at the library."""
        self.losses += len(faults.lost)
        self.half += len(faults.half)
        self.ghosts += len(faults.ghosts)
        lines = [*faults.lost, *faults.half, *faults.ghosts]
        self.problems += [f"round {self.rounds}, {when}: {line}" for line in lines]
