"""Each file made to hurt is refused with a reason, or read; within the limits, and quietly.

Nothing in it is fetched or started, and no file is written. `pytest tests/hostile --all-hostile`
reads those that take minutes, too, and prints what each cost.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made.archives import GOOD
from made.measuring import Outcome, Watched
from made.table import READ, Case

from ingest.limits import MIB, Limits
from ingest.reasons import REASONS

MOST_MEMORY = Limits().max_memory_bytes // MIB
NOT_TO_BE_SEEN = ("laughslaughs", "root:", "scripted words", "framed words", "MZ\n")
ESCAPED = Path("/tmp")  # noqa: S108, that is where the archives' names lead

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits memory")


def test_a_file_made_to_hurt(
    watched: Watched, server: Any, keep: Callable[[Case, int, Outcome], None], case: Case
) -> None:
    data = case.data(server.url)
    assert data == case.data(server.url)
    was = watched.read(data, case.name)
    keep(case, len(data), was)
    assert was.told == ""
    assert server.came == 0
    assert was.word in case.outcomes, was.said
    assert was.memory <= MOST_MEMORY
    assert was.word == READ or was.word in REASONS
    assert "crashed" not in was.said, "a native library fell, or asked for what it may not have"
    if was.word == READ:
        assert case.says in was.said
    assert not [words for words in NOT_TO_BE_SEEN if words in was.said]
    assert not list(ESCAPED.glob("zhiku-escaped*"))


def test_the_next_file_is_read(watched: Watched) -> None:
    was = watched.read(GOOD.encode(), "good.txt")
    assert (was.word, was.said) == (READ, GOOD)
