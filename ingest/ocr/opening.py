"""Bytes become pictures, after a look at their size."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, ImageOps

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.ocr.pixels import check_size

_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF")
_LEAST_DPI, _MOST_DPI = 50.0, 1200.0  # others are no scanner's
_SCREEN_DPI = 96.0  # where a picture does not say it
_UNEVEN = 1.05  # between across and down: a fax has 204 and 98


def open_picture(data: bytes, limits: Limits) -> Image.Image:
    """Return a picture whose pixels are not decoded yet.

    Raises ReadError (`damaged`; `too-large`: over `limits.max_pixels`).
    """
    try:
        picture = Image.open(io.BytesIO(data), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        most = limits.max_pixels / 1_000_000
        message = f"it has far more than {most:g} million pixels; make it smaller"
        raise ReadError("too-large", message, "million-pixels", n=f"{most:g}") from error
    except MemoryError:
        raise
    except Exception as error:  # Pillow raises whatever a broken file leads it to
        raise _damaged() from error
    check_size(picture.size, limits)
    return picture


def frames(picture: Image.Image, limits: Limits) -> Iterator[Image.Image | ReadError]:
    """Give the pages of a TIFF, or the one picture, the way up that the camera noted.

    Instead of a page that cannot be decoded comes the error. Raises ReadError (`too-large`).
    """
    number = 0
    while True:
        try:
            picture.seek(number)
        except EOFError:
            return
        except Exception:  # the list of pages is broken from here on
            yield _damaged()
            return
        if number >= limits.max_pages:
            raise ReadError(
                "too-large",
                f"it has more than {limits.max_pages} pages; split it",
                "pages",
                n=limits.max_pages,
            )
        check_size(picture.size, limits)
        try:
            picture.load()
            yield _even(ImageOps.exif_transpose(picture))
        except MemoryError:
            raise
        except Exception:
            yield _damaged()
        number += 1
        if picture.format != "TIFF":
            return


def count_frames(picture: Image.Image) -> int:
    """Return how many pages a TIFF has, as far as it can be told; 1 for other pictures."""
    if picture.format != "TIFF":
        return 1
    try:
        return int(getattr(picture, "n_frames", 1))
    except MemoryError:
        raise
    except Exception:  # the list of pages is broken; `frames` gives those before that
        return 1


def dpi_of(picture: Image.Image) -> float:
    """Return how many pixels are an inch, as the picture says, or as a screen has."""
    across, down = _dpis(picture)
    return max(across, down)


def _dpis(picture: Image.Image) -> tuple[float, float]:
    try:
        across, down = (float(value) for value in picture.info.get("dpi", ()))
    except (TypeError, ValueError, ZeroDivisionError):
        return _SCREEN_DPI, _SCREEN_DPI
    if not all(_LEAST_DPI <= value <= _MOST_DPI for value in (across, down)):
        return _SCREEN_DPI, _SCREEN_DPI
    return across, down


def _even(picture: Image.Image) -> Image.Image:
    """Return a picture whose pixels are as wide as high."""
    across, down = _dpis(picture)
    if 1 / _UNEVEN < across / down < _UNEVEN:
        return picture
    size = (
        round(picture.width * max(1.0, down / across)),
        round(picture.height * max(1.0, across / down)),
    )
    grey = picture.convert("L") if picture.mode in ("1", "P") else picture
    return grey.resize(size, Image.Resampling.BICUBIC)


def _damaged() -> ReadError:
    message = "it cannot be opened as a picture; save it anew, or get a sound copy"
    return ReadError("damaged", message, "no-picture")
