"""What a reading process says is checked before anybody uses it."""

import json
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.sandbox import Parsed, ReadingPool, Request

Reply = Callable[..., Parsed]
ROW = ["Some words.", None, "A > B", 3, "", None]
PART = {"part": [None, "", None, None]}
WHOLE = {
    "title": "A", "unit": None, "lang": "en", "warnings": [], "properties": ["", "", ""],
}  # fmt: skip
AGAIN = {"again": True}
# A process that was taken over by a file: it says what stands in it, byte for byte.
TAKEN_OVER = """
import json, sys
for line in sys.stdin:
    with open(json.loads(line)["path"], "rb") as file:
        sys.stdout.buffer.write(file.read())
    sys.stdout.buffer.flush()
"""


def frame(said: Any) -> bytes:
    data = said if isinstance(said, bytes) else json.dumps(said).encode()
    return struct.pack(">I", len(data)) + data


@pytest.fixture
def reply(tmp_path: Path) -> Iterator[Reply]:
    """What is made of the messages of a process, each JSON or mere bytes."""
    pool = ReadingPool({}, command=[sys.executable, "-I", "-S", "-c", TAKEN_OVER])

    def make(*said: Any) -> Parsed:
        blob = tmp_path / "blob"
        blob.write_bytes(b"".join(map(frame, ({"began": True}, *said))))
        limits = Limits(max_bytes=1000, max_pages=9)
        return pool.parse(Request(str(blob), "a.md", "no tokenizer", 64, limits))

    yield make
    pool.close()


def test_a_sound_reply_is_taken(reply: Reply) -> None:
    parsed = reply({"page": 1, "of": 2}, {"chunks": [ROW]}, {"chunks": [ROW]}, WHOLE, AGAIN)
    assert (parsed.title, parsed.pages, parsed.lang, parsed.warnings) == ("A", None, "en", [])
    assert [chunk.metadata["ordinal"] for chunk in parsed.chunks] == [0, 1]
    assert parsed.chunks[0].page_content == "Some words."
    assert parsed.chunks[0].metadata["end"] == 3 + len("Some words.")


# It says that text in a picture is recognised, and takes a second for it.
RECOGNISING = """
import sys, time
for line in sys.stdin:
    began, pictures, *rest = %r
    sys.stdout.buffer.write(began + pictures)
    sys.stdout.buffer.flush()
    time.sleep(1)
    sys.stdout.buffer.write(b"".join(rest))
    sys.stdout.buffer.flush()
"""


@pytest.mark.parametrize(("seconds", "is_read"), [(60.0, True), (0.0, False)])
def test_each_picture_that_is_recognised_adds_to_the_time(seconds: float, is_read: bool) -> None:
    said = [frame(s) for s in ({"began": True}, {"pictures": 1}, {"chunks": [ROW]}, WHOLE, AGAIN)]
    pool = ReadingPool({}, command=[sys.executable, "-I", "-S", "-c", RECOGNISING % said])
    limits = Limits(max_seconds=0.5, picture_seconds=seconds)
    asked = Request("", "a.tif", "no tokenizer", 64, limits)
    try:
        if is_read:
            assert pool.parse(asked).chunks
        else:
            with pytest.raises(ReadError, match=r"longer than 0\.5 s"):
                pool.parse(asked)
    finally:
        pool.close()


def test_a_reason_is_told_in_one_line(reply: Reply) -> None:
    with pytest.raises(ReadError) as caught:
        reply({"reason": "empty", "message": "no\ntext\x1b[31m"}, AGAIN)
    assert (caught.value.reason, str(caught.value)) == ("empty", "no text [31m")


@pytest.mark.parametrize(
    "said",
    [
        b"no JSON",
        b"[" * 100_000,
        b"\xff",
        b"7",
        {"pictures": 10},
        {"pictures": "many"},
        {"chunks": "text"},
        {"chunks": [ROW[:4]]},
        {"chunks": [[7, *ROW[1:]]]},
        {"chunks": [["x" * 50_000, *ROW[1:]]]},
        {"chunks": [["\ud800", *ROW[1:]]]},
        {"chunks": [["x", 10, *ROW[2:]]]},
        {"chunks": [["x", None, "h" * 6000, 3, "", None]]},
        {"chunks": [["x", None, "", -1, "", None]]},
        {"chunks": [["x", None, "", True, "", None]]},
        {"chunks": [["x", None, "", 1e300, "", None]]},
        {"chunks": [["x", None, "", 10**9, ""]]},
        {"chunks": [["x", None, "", 3, "h" * 3000, None]]},
        {"chunks": [["x", None, "", 3, "", 1.5]]},
        {"text": "of no part"},
        {"page": "1", "of": 2},
        {"page": 1, "of": 10},
        {"reason": "because", "message": "m"},
        {"reason": ["empty"], "message": "m"},
        {"reason": "empty"},
        {**WHOLE, "lang": "xx"},
        {**WHOLE, "title": 7},
        {**WHOLE, "title": "t" * 2000},
        {**WHOLE, "unit": "leaf"},
        {**WHOLE, "properties": ["a"]},
        {**WHOLE, "warnings": "none"},
        {**WHOLE, "warnings": ["w"] * 101},
        {},
        {"again": True},
    ],
)
def test_what_makes_no_sense_is_not_believed(reply: Reply, said: Any) -> None:
    with pytest.raises(ReadError) as caught:
        reply(said, AGAIN)
    assert caught.value.reason == "damaged"


@pytest.mark.parametrize(
    "said",
    [
        {"part": 7},
        {"part": [True, "", None, None]},
        {"part": [1, "n" * 3000, None, None]},
        {"part": [1, "", [1], None]},
        {"part": [1, "", [1e300, 1], None]},
        {"part": [1, "", None, 2]},
        {"blocks": [["heading", 0, 99, 1, "", "", 0]]},
        {"blocks": [["poem", 0, 1, 1, "", "", 0]]},
        {"blocks": [["heading", 2, 1, 1, "", "", 0]]},
        {"blocks": [["heading", 0, 1, 1, "w" * 3000, "", 0]]},
        {"lines": [[0, 1, 0, 0, "1", 1]]},
        {"lines": [[0, 1, 0, 0, 1]]},
    ],
)
def test_what_makes_no_sense_of_a_part_is_not_believed(reply: Reply, said: Any) -> None:
    with pytest.raises(ReadError) as caught:
        reply(PART, {"text": "Some words."}, said, WHOLE, AGAIN)
    assert caught.value.reason == "damaged"


def test_a_part_is_taken_with_its_blocks_and_lines(reply: Reply) -> None:
    parsed = reply(
        {"part": [1, "Costs", [595, 842], 0.5]},
        {"text": "Some "},
        {"text": "words."},
        {"blocks": [["paragraph", 0, 11, 0, "", "", 0]]},
        {"lines": [[0, 11, 72, 90, 200.5, 102]]},
        {"chunks": [ROW]},
        {**WHOLE, "unit": "sheet"},
        AGAIN,
    )
    [part] = parsed.parts
    assert (part.text, part.number, part.name, part.size) == ("Some words.", 1, "Costs", (595, 842))
    assert [block.kind for block in part.blocks] == ["paragraph"]
    assert part.lines[0].box.right == 200.5
    assert (parsed.pages, part.confidence) == (1, 0.5)


def test_after_what_makes_no_sense_another_process_reads_the_next(reply: Reply) -> None:
    with pytest.raises(ReadError):
        reply({"chunks": "text"}, WHOLE, AGAIN)
    assert reply({"chunks": [ROW]}, WHOLE, AGAIN).title == "A"


def test_there_is_no_end_of_text_from_a_small_limit(reply: Reply) -> None:
    with pytest.raises(ReadError) as caught:
        reply(*[{"chunks": [["x" * 30_000, *ROW[1:]]] * 20}] * 200)
    assert caught.value.reason == "too-large"
