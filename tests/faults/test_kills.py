"""SIGKILL at every stage: nothing acknowledged is lost, nothing half-visible, and it heals."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rig.kill_points import STAGES
from rig.nursery import Nursery
from rig.rounds import Rounds
from rig.tally import Tally
from tokenizers import Tokenizer


@pytest.mark.parametrize("stage", STAGES)
def test_a_killed_library_puts_itself_right(
    stage: str,
    root: Path,
    nursery: Nursery,
    tokenizer: Tokenizer,
    rounds: int,
    keep: Callable[[Tally], None],
) -> None:
    tally = Rounds(root, nursery, tokenizer, stage, seed=rounds).run(rounds)
    keep(tally)
    assert (tally.faults, tally.problems) == (0, [])
    assert tally.rounds == rounds  # each was killed where it should be
