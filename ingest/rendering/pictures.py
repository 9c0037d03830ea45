"""A drawn page gets its marks and becomes the bytes of a PNG or a JPEG."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from PIL import Image, ImageChops

from ingest.document import Box
from ingest.marking import LARGEST_SIDE, MOST_BYTES

AMBER = (255, 221, 87)
"""The colour of marks: the picture is multiplied with it, so that black stays black."""
_FEW_COLOURS = 256  # that a PNG with a palette has: of text and lines
_QUALITIES = (82, 60, 40)  # of a JPEG, in turn until it is small enough
_BORDER = 1  # pixels that a mark is larger than its box


def scale_for(width: float, height: float, wanted: int) -> float:
    """Return by how much to enlarge a page so that it is as wide as wanted, and not too large."""
    scale = max(1, min(wanted, LARGEST_SIDE)) / width
    return min(scale, LARGEST_SIDE / max(width, height))


def fitted(picture: Image.Image, wanted: int) -> Image.Image:
    """Return a picture as wide as wanted, or as it is, if that is narrower."""
    scale = min(1.0, scale_for(picture.width, picture.height, wanted))
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    if picture.mode in ("1", "P", "PA", "LA", "RGBA", "CMYK", "I;16", "I", "F", "LAB", "YCbCr"):
        picture = _on_white(picture)
    return picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS)


def marked(picture: Image.Image, marks: Sequence[Box]) -> Image.Image:
    """Return a picture with marks on it, which are fractions of its width and height."""
    if not marks:
        return picture
    layer = Image.new("RGB", picture.size, "white")
    for box in marks:
        left, right = (_pixel(side, picture.width) for side in (box.left, box.right))
        top, bottom = (_pixel(side, picture.height) for side in (box.top, box.bottom))
        layer.paste(AMBER, (left - _BORDER, top - _BORDER, right + _BORDER, bottom + _BORDER))
    return ImageChops.multiply(picture.convert("RGB"), layer)


def encoded(picture: Image.Image) -> tuple[bytes, str]:
    """Return the bytes of a picture, and their MIME type: the one that is sharper at like size."""
    if colours := picture.getcolors(_FEW_COLOURS):
        data = io.BytesIO()
        _with_few(picture, [colour for _, colour in colours]).save(data, "PNG", compress_level=6)
        if data.tell() <= MOST_BYTES:
            return data.getvalue(), "image/png"
    plain = picture if picture.mode == "L" else picture.convert("RGB")
    for quality in _QUALITIES:
        data = io.BytesIO()
        plain.save(data, "JPEG", quality=quality)
        if data.tell() <= MOST_BYTES:
            break
    return data.getvalue(), "image/jpeg"


def _with_few(picture: Image.Image, colours: Sequence[Any]) -> Image.Image:
    """Return a picture of few colours in the form that takes the least bytes."""
    if picture.mode in ("L", "P"):
        return picture
    is_grey = all(len(set(colour)) == 1 for colour in colours)
    return picture.convert("L") if is_grey else picture.quantize(_FEW_COLOURS)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("1", "I;16", "I", "F"):
        return picture.convert("L")
    if "A" in picture.mode or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(white, clear).convert("RGB")
    return picture.convert("RGB")


def _pixel(side: float, length: int) -> int:
    return round(min(max(side, 0.0), 1.0) * length)
