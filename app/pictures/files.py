"""The file that a document's pages are drawn from: its own bytes, or a PDF made of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from app.pictures.page_picture import NoPicture, Why
from app.settings import Settings
from ingest.errors import ReadError
from ingest.folders import blob_path
from ingest.libreoffice import Converter
from ingest.readers import kind_of
from retrieval.library import Record

_DRAWN = {"pdf", "image"}
_SLIDES = {"pptx", "ppt", "odp"}
_OFFICE = {*_SLIDES, "docx", "doc", "xlsx", "xls", "rtf", "odt", "ods"}
_WHYS: dict[str, Why] = {"encrypted": "encrypted", "vanished": "lost", "no-permission": "lost"}


class DrawnFile(NamedTuple):
    """A file whose pages can be drawn.

    `is_same` tells that its pages are those that the reader counted.
    """

    path: Path
    sha256: str
    is_same: bool


def file_of(
    record: Record, settings: Settings, converter: Converter, wait: Callable[[], None]
) -> DrawnFile | NoPicture:
    """Return the file to draw from; an Office file is converted the first time."""
    kind = kind_of(record.path) or ""
    if kind not in _DRAWN | _OFFICE:
        return NoPicture("no-pages", "files of this kind have no pages")
    if record.sha256 is None:
        return NoPicture("lost", "its bytes are not in the library")
    try:
        blob = blob_path(settings.blobs_dir, record.sha256)
        if kind in _DRAWN:
            return DrawnFile(blob, record.sha256, is_same=True)
        made = blob_path(settings.page_files_dir, record.sha256)
        if not made.is_file():
            if not converter.is_there:
                return NoPicture("no-office", "LibreOffice is not installed")
            if not blob.is_file():
                return NoPicture("lost", "its bytes are not in the library")
            suffix = PurePosixPath(record.path).suffix.lower()
            converter.convert(blob, suffix, made, is_slides=kind in _SLIDES, wait=wait)
    except ReadError as error:
        return no_picture(error)
    except OSError as error:
        return NoPicture("failed", f"its pages could not be kept: {error.strerror}")
    return DrawnFile(made, record.sha256, is_same=kind in _SLIDES)


def no_picture(error: ReadError) -> NoPicture:
    """Return why there is no picture, of what reading or drawing a file said."""
    return NoPicture(_WHYS.get(error.reason, "failed"), str(error))
