"""What a reading process is asked for."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from ingest.document import Box
from ingest.limits import Limits
from ingest.marking import DrawRequest, LocateRequest, Piece


@dataclass(frozen=True)
class Request:
    """A file to read and split: its bytes, the name that says its kind, and what it may cost.

    `passwords` are tried in turn where it is locked with one.
    """

    path: str
    name: str
    tokenizer: str  # the file of the embedding model's tokenizer, in which chunks are measured
    max_tokens: int  # of a chunk
    limits: Limits
    ocr: bool = True  # whether text in pictures is recognised
    passwords: tuple[str, ...] = field(default=(), repr=False)  # no log shall hold one


Asked = Request | DrawRequest | LocateRequest
_WHAT: dict[str, type[Asked]] = {"read": Request, "draw": DrawRequest, "locate": LocateRequest}


def message_of(asked: Asked) -> dict[str, Any]:
    """Return a request as JSON values."""
    what = next(name for name, kind in _WHAT.items() if type(asked) is kind)
    return {"ask": what, **asdict(asked)}


def asked_of(said: dict[str, Any]) -> Asked:
    """Return the request of a message that `message_of` made."""
    limits = Limits(**said["limits"])
    given = {name: value for name, value in said.items() if name != "ask"} | {"limits": limits}
    match said["ask"]:
        case "draw":
            return DrawRequest(**{**given, "marks": tuple(Box(*box) for box in said["marks"])})
        case "locate":
            pieces = tuple((page, _piece(*piece)) for page, piece in said["pieces"])
            sizes = tuple((page, width, height) for page, width, height in said["sizes"])
            return LocateRequest(**{**given, "pieces": pieces, "sizes": sizes})
        case _:
            return Request(**{**given, "passwords": tuple(said["passwords"])})


def _piece(text: str, start: int, end: int, box: list[float] | None) -> Piece:
    return Piece(text, start, end, Box(*box) if box else None)
