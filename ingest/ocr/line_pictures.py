"""Lines of text are found on a page and cut out of it, straightened."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ingest.ocr.engine import Corners, Engine, Pixels

# Pixels on which lines are looked for: of A4 at 110 dpi, and at 192 for small print.
_PIXELS, _FINE_PIXELS = 1280 * 905, 2240 * 1584
_LEAST_SIDE = 640
_SMALL = 13.0  # pixels; lower lines are looked for again on more pixels
_TALL = 2.2  # times as high as wide: a long screenshot, which is looked at piece by piece
_BAND = 1.5  # times as high as wide: such a piece
_HEIGHT = 48  # pixels, which the model reads
_WIDEST = 50  # times as wide as high; longer lines are read in pieces, for the memory
_BLANK = 24  # of 255: what grey differs at least between paper and ink


def found_lines(engine: Engine, page: Pixels) -> list[Corners]:
    """Return where lines are on a page."""
    height, width = page.shape[:2]
    if height <= _TALL * width:
        return _found(engine, page)
    found = []
    for top, bottom in _bands(page):
        for corners in _found(engine, page[top:bottom]):
            corners[:, 1] += top
            found.append(corners)
    return found


def _found(engine: Engine, page: Pixels) -> list[Corners]:
    height, width = page.shape[:2]
    shrink = (_PIXELS / (height * width)) ** 0.5
    shrink = min(shrink, max(1.0, min(2.0, _LEAST_SIDE / max(height, width))))
    found = _found_at(engine, page, shrink)
    if not found or shrink > 0.9:
        return found
    is_small = float(np.median([height_of(c) for c in found])) * shrink < _SMALL
    fine = min(1.0, (_FINE_PIXELS / (height * width)) ** 0.5)
    return _found_at(engine, page, fine) if is_small else found


def _found_at(engine: Engine, page: Pixels, scale: float) -> list[Corners]:
    return [corners / scale for corners in engine.find(resized(page, scale))]


def resized(picture: Pixels, scale: float) -> Pixels:
    """Return a picture in another size."""
    import cv2

    if scale == 1.0:
        return picture
    height, width = picture.shape[:2]
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, size, interpolation=how), np.uint8)


def _bands(page: Pixels) -> list[tuple[int, int]]:
    """Return the rows of pieces of a long page; each ends where least is written."""
    height, width = page.shape[:2]
    step = max(1, round(width * _BAND))
    bands, top = [], 0
    while height - top > step * 1.3:
        low, high = top + round(step * 0.75), top + step
        rows = page[low:high].max(axis=2).astype(np.int16)
        busy = rows.max(axis=1) - rows.min(axis=1)
        # In the middle of the widest stretch of rows that are as blank as the blankest.
        cut = low + _middle_of_longest(busy <= busy.min() + 2)
        bands.append((top, cut))
        top = cut
    return [*bands, (top, height)]


def _middle_of_longest(marks: npt.NDArray[np.bool_]) -> int:
    """Return the middle of the longest run of marks."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], marks.astype(np.int8), [0]))))
    starts, ends = edges[::2], edges[1::2]
    longest = int(np.argmax(ends - starts))
    return int(starts[longest] + ends[longest]) // 2


def height_of(corners: Corners) -> float:
    """Return how high a line is, across its direction."""
    left, right = corners[3] - corners[0], corners[2] - corners[1]
    return float((np.linalg.norm(left) + np.linalg.norm(right)) / 2)


def width_of(corners: Corners) -> float:
    """Return how long a line is, in its direction."""
    top, bottom = corners[1] - corners[0], corners[2] - corners[3]
    return float((np.linalg.norm(top) + np.linalg.norm(bottom)) / 2)


def line_picture(page: Pixels, corners: Corners) -> Pixels:
    """Cut a line out of a page; one that runs down becomes one that runs to the right."""
    from rapidocr.utils.process_img import get_rotate_crop_image

    cut = np.asarray(get_rotate_crop_image(page, corners.astype(np.float32)), np.uint8)
    height = cut.shape[0]
    # The model's own way to 48 rows takes single pixels, which thin strokes do not survive.
    return resized(cut, _HEIGHT / height) if height > 1.5 * _HEIGHT else cut


def read_line(engine: Engine, line: Pixels) -> tuple[str, float]:
    """Return what a line's picture says, and how sure that is."""
    pieces = _pieces(line)
    read = [engine.read(piece) for piece in pieces]
    if len(read) == 1:
        return read[0]
    weights = [max(1, len(text)) for text, _ in read]
    sure = sum(s * w for (_, s), w in zip(read, weights, strict=True)) / sum(weights)
    return " ".join(filter(None, (text.strip() for text, _ in read))), sure


def _pieces(line: Pixels) -> list[Pixels]:
    """Cut a line that is too long where least is written, near its middle."""
    height, width = line.shape[:2]
    if width <= _WIDEST * height or height < 2:
        return [line]
    low, high = width // 3, width - width // 3
    middle = line[:, low:high].max(axis=2).astype(np.int16)
    busy = middle.max(axis=0) - middle.min(axis=0)
    if busy.max() < _BLANK:  # a rule
        return [line[:, :low]]
    cut = low + _middle_of_longest(busy <= busy.min() + 2)
    return [*_pieces(line[:, :cut]), *_pieces(line[:, cut:])]
