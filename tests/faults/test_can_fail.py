"""The rounds notice when a protection is missing; with it, the same rounds are well."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rig.damage import shuffle_vectors
from rig.nursery import Nursery
from rig.rounds import Rounds
from rig.tally import Tally
from tokenizers import Tokenizer

Keep = Callable[[Tally], None]
_DAMAGED = 3  # rounds
_PERSISTED = 1100  # chunks at the start: Chroma writes its graph to the disk after 1,000
_TRIES = 8  # not every place of a stage shows the loss


def test_without_the_ledgers_transaction_documents_are_lost(
    root: Path, nursery: Nursery, tokenizer: Tokenizer, keep: Keep
) -> None:
    loop = Rounds(root, nursery, tokenizer, "stored-not-visible", 2, without="transaction")
    tally = loop.run(_TRIES, until_a_loss=True)
    tally.stage = "no transaction"
    keep(tally)
    assert tally.losses or tally.half


@pytest.mark.parametrize("without", ["canary", None])
def test_without_the_canaries_damage_to_chroma_goes_unnoticed(
    root: Path, nursery: Nursery, tokenizer: Tokenizer, keep: Keep, without: str | None
) -> None:
    loop = Rounds(root, nursery, tokenizer, "read", 1, without=without, between=shuffle_vectors)
    loop.folder.add(_PERSISTED)
    tally = loop.run(_DAMAGED)  # of one, what was damaged may be read again after the kill
    tally.stage = f"damage, {'no ' if without else ''}canaries"
    keep(tally)
    assert (tally.losses, tally.half) == (0, 0)  # the ledger's documents are whole in any case
    if without:
        assert tally.misses
    else:
        assert (tally.faults, tally.problems) == (0, [])
        assert tally.rebuilds > 0
