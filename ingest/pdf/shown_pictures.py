"""Pictures on a page that has text, too: which of them may say more, and where that belongs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.document import Box, Part
from ingest.pdf.frame import Corners, Frame
from ingest.pdf.words import Item, Word

_MOST = 200  # pictures of a page; with more it is a drawing made of them
_LEAST_SIDE = 24.0  # points; icons and rules have less
_NEAR = 2.0  # points between the pieces of a picture that was cut up
_WRITTEN = 12  # characters over a picture: then it lies behind text that is read, or has labels


@dataclass(frozen=True)
class Shown:
    """What a picture on a page says; `part` has boxes from the corner of `box`."""

    part: Part
    box: Box


def pictures_with_text(
    images: Sequence[Corners], by_angle: Mapping[int, Sequence[Word]], frame: Frame
) -> list[Box]:
    """Return where pictures stand over which nothing is written, on the page as it is shown.

    Pieces that touch each other are one picture.
    """
    if not 0 < len(images) <= _MOST:
        return []
    turn = Frame(frame.box, frame.rotation, frame.rotation).reading()
    free = [image for image in images if not _is_written_over(image, by_angle, frame)]
    found: list[Box] = []
    for box in sorted((Box(*turn(*image)) for image in free), key=lambda box: box.top):
        touching = [other for other in found if _touches(box, other)]
        found = [other for other in found if other not in touching]
        found.append(_around([box, *touching]))
    width, height = frame.size
    inside = (
        Box(max(b.left, 0), max(b.top, 0), min(b.right, width), min(b.bottom, height))
        for b in found
    )
    return [
        box
        for box in inside
        if box.right - box.left >= _LEAST_SIDE and box.bottom - box.top >= _LEAST_SIDE
    ]


def with_pictures(items: Sequence[Item], shown: Sequence[Shown]) -> list[Item | Shown]:
    """Return the items of a page, and behind what stands above each picture what that says."""
    placed: list[Item | Shown] = list(items)
    for one in shown:
        at = 0
        for n, item in enumerate(placed):
            box, own = item.box, one.box
            beside = box.left < own.right and own.left < box.right
            if beside and box.bottom <= own.top + (own.bottom - own.top) / 2:
                at = n + 1
        placed.insert(at, one)
    return placed


def _is_written_over(image: Corners, by_angle: Mapping[int, Sequence[Word]], frame: Frame) -> bool:
    count = 0
    for angle, words in by_angle.items():
        left, top, right, bottom = Frame(frame.box, frame.rotation, angle).reading()(*image)
        for word in words:
            middle = (word.left + word.right) / 2
            if left <= middle <= right and top <= word.base - word.size / 3 <= bottom:
                count += len(word.text)
                if count > _WRITTEN:
                    return True
    return False


def _touches(one: Box, other: Box) -> bool:
    return (
        one.left <= other.right + _NEAR
        and other.left <= one.right + _NEAR
        and one.top <= other.bottom + _NEAR
        and other.top <= one.bottom + _NEAR
    )


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))
