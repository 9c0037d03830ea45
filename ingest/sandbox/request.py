"""What a reading process is asked for."""

from dataclasses import dataclass, field

from ingest.limits import Limits


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
