"""What a reading process says is checked before anybody uses it."""

import json
from typing import Any

import pytest

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.sandbox import Parsed
from ingest.sandbox.reply import Reply

ROW = ["Some words.", None, "A > B", 3, ""]
WHOLE = {"title": "A", "pages": None, "lang": "en", "warnings": []}


def reply(*said: Any) -> Parsed:
    found = Reply(Limits(max_bytes=1000, max_pages=9))
    for message in said:
        found.add(message if isinstance(message, bytes) else json.dumps(message).encode())
    return found.parsed("a.md")


def test_a_sound_reply_is_taken() -> None:
    parsed = reply({"page": 1, "of": 2}, {"chunks": [ROW]}, {"chunks": [ROW]}, WHOLE)
    assert (parsed.title, parsed.pages, parsed.lang, parsed.warnings) == ("A", None, "en", [])
    assert [chunk.metadata["ordinal"] for chunk in parsed.chunks] == [0, 1]
    assert parsed.chunks[0].page_content == "Some words."
    assert parsed.chunks[0].metadata["end"] == 3 + len("Some words.")


def test_a_reason_is_told_in_one_line() -> None:
    with pytest.raises(ReadError) as caught:
        reply({"reason": "empty", "message": "no\ntext\x1b[31m"}, {"again": True})
    assert (caught.value.reason, str(caught.value)) == ("empty", "no text [31m")


@pytest.mark.parametrize(
    "said",
    [
        b"no JSON",
        b"[" * 100_000,
        b"\xff",
        b"7",
        {"chunks": "text"},
        {"chunks": [ROW[:4]]},
        {"chunks": [[7, *ROW[1:]]]},
        {"chunks": [["x" * 50_000, *ROW[1:]]]},
        {"chunks": [["\ud800", *ROW[1:]]]},
        {"chunks": [["x", 10, *ROW[2:]]]},
        {"chunks": [["x", None, "h" * 6000, 3, ""]]},
        {"chunks": [["x", None, "", -1, ""]]},
        {"chunks": [["x", None, "", True, ""]]},
        {"chunks": [["x", None, "", 1e300, ""]]},
        {"chunks": [["x", None, "", 10**9, ""]]},
        {"chunks": [["x", None, "", 3, "h" * 3000]]},
        {"page": "1", "of": 2},
        {"page": 1, "of": 10},
        {"reason": "because", "message": "m"},
        {"reason": ["empty"], "message": "m"},
        {"reason": "empty"},
        {**WHOLE, "lang": "xx"},
        {**WHOLE, "title": 7},
        {**WHOLE, "title": "t" * 2000},
        {**WHOLE, "pages": 10},
        {**WHOLE, "warnings": "none"},
        {**WHOLE, "warnings": ["w"] * 101},
        {},
        {"again": True},
    ],
)
def test_what_makes_no_sense_is_not_believed(said: Any) -> None:
    with pytest.raises(ReadError) as caught:
        reply(said)
    assert caught.value.reason == "damaged"


def test_there_is_no_end_of_text_from_a_small_limit() -> None:
    with pytest.raises(ReadError) as caught:
        reply(*[{"chunks": [["x" * 30_000, *ROW[1:]]] * 20}] * 200)
    assert caught.value.reason == "too-large"
