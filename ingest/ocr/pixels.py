"""Pictures of any kind become pixels that the models read."""

from __future__ import annotations

import numpy as np
from PIL import Image

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.ocr.engine import Pixels

_MOST = 16_000_000  # pixels that are worked on: a page of A4 at 400 dpi
_LONGEST_SIDE = 100_000  # pixels: OpenCV fell over a picture of 2 x 20,000,000
_DEEP = ("I", "F")
_PAPERS = (255, 0, 160)  # greys that may stand behind a picture, the first that will do
_NEAR = 64  # greys that are no contrast
_FEW = 0.02  # of the pixels drawn that may be lost
_SEEN = 64  # of 255: what is drawn thinner does not count


def flat(picture: Image.Image) -> Image.Image:
    """Return a picture in eight bits, grey or in colours, with paper behind what is transparent.

    The paper is white, but where that would hide what is drawn, as it does white letters.
    """
    if picture.mode.startswith(_DEEP):  # 16 or 32 bits a pixel
        values = np.asarray(picture, dtype=np.float32)
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        if picture.mode.startswith("I;16"):
            low, high = 0.0, 65535.0
        scaled = np.nan_to_num((values - low) * (255.0 / max(high - low, 1e-9)))
        return Image.fromarray(scaled.clip(0, 255).astype(np.uint8))
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        paper = _paper(layer)
        behind = Image.new("RGBA", picture.size, (paper, paper, paper, 255))
        behind.alpha_composite(layer)
        return behind.convert("RGB")
    return picture if picture.mode in ("L", "RGB") else picture.convert("RGB")


def _paper(layer: Image.Image) -> int:
    """The grey of the paper on which the fewest pixels of a picture are lost; white if it can."""
    drawn = layer.getchannel("A").point(lambda alpha: 255 * (alpha >= _SEEN))
    greys = np.array(layer.convert("L").histogram(drawn))
    lost = {paper: int(greys[max(0, paper - _NEAR) : paper + _NEAR + 1].sum()) for paper in _PAPERS}
    if lost[_PAPERS[0]] <= _FEW * greys.sum():
        return _PAPERS[0]
    return min(_PAPERS, key=lambda paper: lost[paper])


def pixels(picture: Image.Image, limits: Limits) -> tuple[Pixels, float]:
    """Return a picture's pixels, and how many there are for one of the picture, along a side.

    Raises ReadError (`too-large`) if it has more than `limits.max_pixels`.
    """
    check_size(picture.size, limits)
    scale = min(1.0, (_MOST / (picture.width * picture.height)) ** 0.5)
    shown = flat(picture)
    if scale < 1.0:
        size = (max(1, round(shown.width * scale)), max(1, round(shown.height * scale)))
        shown = shown.resize(size, Image.Resampling.BOX)
    return np.ascontiguousarray(np.asarray(shown.convert("RGB"))[:, :, ::-1]), scale


def check_size(size: tuple[int, int], limits: Limits) -> None:
    """Raises ReadError (`too-large`) for a picture of more than `limits.max_pixels`.

    One that is very long or very high is refused, too.
    """
    if max(size) > _LONGEST_SIDE:
        message = f"a picture of it has {size[0]} x {size[1]} pixels"
        raise ReadError(
            "too-large",
            f"{message}, over {_LONGEST_SIDE:,} along a side; cut it up",
            "pixels-side",
            x=size[0],
            y=size[1],
            n=_LONGEST_SIDE,
        )
    if size[0] * size[1] > limits.max_pixels:
        most = limits.max_pixels / 1_000_000
        message = f"a picture of it has {size[0]} x {size[1]} pixels, over {most:g} million"
        raise ReadError(
            "too-large",
            f"{message}; make it smaller",
            "pixels",
            x=size[0],
            y=size[1],
            n=f"{most:g}",
        )
