"""Many questions from a file: one JSON line in, one JSON line out, in order."""

from __future__ import annotations

import codecs
import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from app.errors import EXPECTED, UsageError, one_line
from app.terminal import complain, plain, print_json

log = logging.getLogger(__name__)

_LONGEST = 64 << 20  # bytes of a line, as a file such as /dev/zero has no end of one
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class BatchLine:
    """A line of a batch."""

    id: object
    question: str
    collection: str | None
    passages: list[str] | None


def run_batch(file: str, answer: Callable[[BatchLine], object]) -> bool:
    """Answer every line of a file (`-`: stdin) as it is read; return whether all went well.

    A line that fails gives `{id, error}` in its place, and the others go on.
    """
    well = True
    for number, line in _lines(file):
        id_: object = None
        try:
            value = _object(line, number)
            id_ = value.get("id")
            question = _question(value, number)
            print_json({"id": id_, **plain(answer(question))})
        except EXPECTED as error:
            well = False
            complain(one_line(error))
            print_json({"id": id_, "error": one_line(error)})
        except Exception:  # a defect of ours that one line brings out must not hold up the others
            well = False
            log.exception("line %d of the batch failed", number)
            complain(f"Zhiku itself failed on line {number} of the batch; please report it")
            print_json({"id": id_, "error": "Zhiku itself failed on it; please report it"})
    return well


def _lines(file: str) -> Iterator[tuple[int, bytes | str]]:
    """Yield the lines with their numbers, not decoded: one that is no UTF-8 spoils no other."""
    standard = getattr(sys.stdin, "buffer", sys.stdin)
    try:
        with nullcontext(standard) if file == "-" else Path(file).open("rb") as stream:
            number = 0
            while line := stream.readline(_LONGEST):
                number += 1
                if number == 1 and line[:2] in _WIDE:
                    raise UsageError(f"{file!r} is UTF-16; give a UTF-8 file or -")
                if len(line) == _LONGEST:
                    raise UsageError(
                        f"line {number} of {file!r} is longer than {_LONGEST >> 20} MB; no line of"
                        " a batch is"
                    )
                if line.strip():
                    yield number, line
    except OSError as error:
        raise UsageError(f"cannot read {file!r}: {error.strerror}; give a file or -") from error


def _object(line: bytes | str, number: int) -> dict[str, object]:
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line
        value = json.loads(text)
    except UnicodeDecodeError:
        raise _wrong(number, "it is no UTF-8; save the file as UTF-8") from None
    except RecursionError:
        raise _wrong(number, "it is nested too deeply") from None
    except ValueError as error:
        raise _wrong(number, str(error)) from None
    if not isinstance(value, dict):
        raise _wrong(number, "it is no object")
    return value


def _question(value: dict[str, object], number: int) -> BatchLine:
    question, collection = value.get("question"), value.get("collection")
    passages = value.get("passages")
    if not isinstance(question, str) or not question.strip():
        raise _wrong(number, "`question` must be text")
    if collection is not None and not isinstance(collection, str):
        raise _wrong(number, "`collection` must be text")
    if passages is None:
        return BatchLine(value.get("id"), question, collection, None)
    if not isinstance(passages, list) or not all(isinstance(p, str) for p in passages):
        raise _wrong(number, "`passages` must be a list of texts")
    return BatchLine(value.get("id"), question, collection, passages)


def _wrong(number: int, what: str) -> UsageError:
    return UsageError(
        f"line {number} of the batch is not {{id, question, collection?, passages?}}: {what}"
    )
