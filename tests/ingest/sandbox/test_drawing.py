"""Pages drawn in a process of its own, whose word is not taken for what it draws."""

import base64
import io
import json
import os
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from ingest.document import Box
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.marking import Drawn, DrawRequest, LocateRequest, Piece
from ingest.sandbox import ReadingPool

SEEN = {"PATH": os.environ["PATH"]}


@pytest.fixture
def make_pool() -> Iterator[Callable[..., ReadingPool]]:
    made: list[ReadingPool] = []

    def make(*told: Any) -> ReadingPool:
        options: dict[str, Any] = {}
        if told:  # a process that says these messages of whatever it is asked
            frames = b"".join(
                struct.pack(">I", len(raw)) + raw
                for raw in (json.dumps(m).encode() for m in ({"began": True}, *told))
            )
            says = f"import sys; sys.stdin.readline(); sys.stdout.buffer.write({frames!r})"
            options["command"] = (sys.executable, "-c", says)
        made.append(ReadingPool(SEEN, processes=1, **options))
        return made[-1]

    yield make
    for pool in made:
        pool.close()


def png(width: int, height: int) -> bytes:
    data = io.BytesIO()
    Image.new("L", (width, height), 255).save(data, "PNG")
    return data.getvalue()


def says(data: bytes, mime: str, size: list[Any], **more: Any) -> list[dict[str, Any]]:
    page = {"drawn": mime, "size": size, "page": 1, "pages": 1, **more}
    return [{"picture": base64.b64encode(data).decode()}, page, {"again": True}]


REQUEST = DrawRequest("/nowhere", "a.pdf", 1, 100)


def test_files_that_cannot_be_drawn_say_why(
    make_pool: Callable[..., ReadingPool], tmp_path: Path
) -> None:
    pool, file = make_pool(), tmp_path / "blob"

    def reason(content: bytes) -> str:
        file.write_bytes(content)
        os.utime(file, ns=(0, len(content)))  # another file than the last one
        with pytest.raises(ReadError) as caught:
            pool.draw(DrawRequest(str(file), "a.pdf", 1, 100, limits=Limits(max_bytes=1000)))
        return caught.value.reason

    assert reason(b"") == "empty"
    assert reason(b"%PDF-1.7 and nothing") == "damaged"
    assert reason(b"no picture") == "damaged"
    assert reason(bytes(2000)) == "too-large"
    file.unlink()
    with pytest.raises(ReadError, match="not there"):
        pool.draw(DrawRequest(str(file), "a.pdf", 1, 100))
    file.write_bytes(png(50, 40))
    drawn = pool.draw(DrawRequest(str(file), "a.png", 1, 25))
    assert isinstance(drawn, Drawn)
    assert (drawn.width, drawn.height, drawn.pages) == (25, 20, 1)
    assert pool.draw(DrawRequest(str(file), "a.png", 2, 25)) == 1


@pytest.mark.parametrize(
    "told",
    [
        says(png(10, 10), "image/png", [10, 11]),
        says(png(10, 10), "image/jpeg", [10, 10]),
        says(png(10, 10), "text/html", [10, 10]),
        says(b"<script>", "image/png", [10, 10]),
        says(png(10, 10)[:20], "image/png", [10, 10]),
        says(png(4000, 10), "image/png", [4000, 10]),
        says(png(10, 10), "image/png", [True, 10]),
        says(png(10, 10), "image/png", [10, 10], page=0),
        says(png(10, 10), "image/png", [10, 10], pages=10**9),
        [{"picture": "?!"}, {"again": True}],
        [{"picture": 5}, {"again": True}],
        [{"pages": "many"}, {"again": True}],
        [{"reason": "because", "message": "so"}, {"again": True}],
        [{"again": True}],
    ],
)
def test_what_makes_no_sense_is_not_believed(
    make_pool: Callable[..., ReadingPool], told: list[dict[str, Any]]
) -> None:
    with pytest.raises(ReadError) as caught:
        make_pool(*told).draw(REQUEST)
    assert caught.value.reason == "damaged"


@pytest.mark.parametrize("row", [[1, 0, 0, 1], [0, 0, 0, 1, 1], [1, 0, 0, 1, "1"], "abcde"])
def test_places_are_checked(make_pool: Callable[..., ReadingPool], row: Any) -> None:
    asked = LocateRequest("/nowhere", "a.pdf", ((1, Piece("a", 0, 1)),))
    pool = make_pool({"marks": [row]}, {"again": True})
    with pytest.raises(ReadError):
        pool.locate(asked)


def test_places_beyond_the_page_are_drawn_in(make_pool: Callable[..., ReadingPool]) -> None:
    asked = LocateRequest("/nowhere", "a.pdf", ((1, Piece("a", 0, 1)),))
    (mark,) = make_pool({"marks": [[1, -7, 0.5, 70, 1e300]]}, {"again": True}).locate(asked)
    assert mark.box == Box(0, 0.5, 1, 1)
