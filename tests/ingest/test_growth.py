"""Reading takes time in proportion to the text, whatever it consists of."""

import contextlib
import time
from collections.abc import Callable

import pytest

from ingest.characters import clean
from ingest.embedded import without_embedded
from ingest.encoding import decode
from ingest.errors import ReadError
from ingest.markdown import find_headings, front_matter
from ingest.pdf_title import real_title
from ingest.running_lines import without_running_lines

KIB = 1024
UNITS = (
    "a",
    " ",
    "\r",
    "\x1b[",
    "a\b",
    "[x](",
    "![",
    "`",
    "*a",
    "data:",
    "Aa1+",
    "{#",
    "中 ",
    "t:",
)


def _decode(text: str) -> None:
    decode(("日志开始\n" + text + "\n日志结束").encode("gb18030"))


READERS: tuple[Callable[[str], object], ...] = (
    _decode,
    clean,
    without_embedded,
    find_headings,
    lambda text: front_matter("---\ntitle: " + text),
    lambda text: front_matter("---\n" + text),
    lambda text: without_running_lines([text] * 4),
    real_title,
)


def seconds(reader: Callable[[str], object], text: str) -> float:
    """Of the process's time, the best of three."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        with contextlib.suppress(ReadError):
            reader(text)
        best = min(best, time.process_time() - began)
    return best


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("reader", READERS)
def test_eight_times_the_text_takes_at_most_twelve_times_as_long(
    reader: Callable[[str], object], unit: str
) -> None:
    small, large = (unit * (size * KIB // len(unit)) for size in (16, 128))
    # Below a few milliseconds the clock and the interpreter decide.
    assert seconds(reader, large) <= 12 * max(seconds(reader, small), 0.004)
