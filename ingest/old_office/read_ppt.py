"""PowerPoint before 2007 (PPT): from the file to a reading."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from ingest.document import Given, Part, PartWriter, Reading, real_title
from ingest.errors import ReadError
from ingest.office import Compound, Place, refused_old
from ingest.old_office.ppt_records import (
    COMMENT,
    CSTRING,
    DOCUMENT,
    LIST,
    NOTES,
    NOTES_ATOM,
    PERSIST,
    SLIDE_INFO,
    Persisted,
    Record,
    records,
)
from ingest.old_office.ppt_slide import Shape, shapes_of, title_of, write_shapes
from ingest.old_office.ppt_text import Text, texts
from ingest.text import collapsed, language

_DRAWING, _SHAPES = 0x040C, 0xF002
_LOCKED = 0xF3D1C4DF  # in the stream "Current User"
_NOTES_TEXT = 2


def read(given: Given) -> Reading:
    """Read an old presentation by slides.

    Raises ReadError (`damaged`, `encrypted`, `empty`, `needs-ocr`, `too-large`).
    """
    try:
        return _read(given)
    except (struct.error, IndexError, ValueError) as error:
        raise _damaged() from error


def _read(given: Given) -> Reading:
    compound = Compound(given)
    data, user = compound.stream("PowerPoint Document"), compound.stream("Current User") or b""
    if not data:
        raise _damaged()
    if len(user) >= 16 and struct.unpack_from("<I", user, 12)[0] == _LOCKED:
        raise refused_old()
    newest = struct.unpack_from("<I", user, 16)[0] if len(user) >= 20 else 0
    persisted = Persisted(data, newest)
    document = persisted.get(persisted.document)
    if document is None or document.kind != DOCUMENT:
        document = next((one for one in records(data) if one.kind == DOCUMENT), None)
    if document is None:
        raise _damaged()
    warnings: list[str] = []
    slides = list(_listed(document, 0))
    if len(slides) > given.limits.max_pages:
        most = given.limits.max_pages
        raise ReadError("too-large", f"it has more than {most} slides; split it", "slides", n=most)
    notes = _notes(document, persisted)
    parts, first = [], ""
    for n, (number, identity, outline) in enumerate(slides, start=1):
        part, title = _slide(persisted.get(number), n, outline, notes.get(identity, []), warnings)
        parts.append(part)
        first = first or title
        given.report(n, len(slides))
    whole = "\n".join(part.text for part in parts)
    if not whole.strip() and compound.stream("Pictures"):
        message = "its slides hold pictures only; save it as PPTX, whose pictures are recognised"
        raise ReadError("needs-ocr", message, "pictures-pptx")
    said_title, properties = compound.properties()
    title_ = real_title(said_title) or first or None
    return Reading(title_, language(whole), tuple(parts), warnings, "slide", properties)


def _listed(document: Record, which: int) -> Iterator[tuple[int, int, list[Text]]]:
    """The slides (0) or notes (2) of the document: number of the object, identity, texts."""
    for one in document.inner():
        if one.kind != LIST or one.instance != which:
            continue
        current: tuple[int, int] | None = None
        held: list[Record] = []
        for record in one.inner():
            if record.kind == PERSIST and len(record.data) >= 16:
                if current is not None:
                    yield (*current, list(texts(held)))
                number, _, _, identity = struct.unpack_from("<4I", record.data)
                current, held = (number, identity), []
            else:
                held.append(record)
        if current is not None:
            yield (*current, list(texts(held)))


def _notes(document: Record, persisted: Persisted) -> dict[int, list[str]]:
    """The lines of notes by the identity of their slide."""
    found: dict[int, list[str]] = {}
    for number, _, outline in _listed(document, 2):
        page = persisted.get(number)
        atom = page.first(NOTES_ATOM) if page is not None and page.kind == NOTES else None
        if page is None or atom is None or len(atom.data) < 4:
            continue
        slide = struct.unpack_from("<I", atom.data)[0]
        lines = [
            line.text
            for shape in _flat(_shapes(page, outline))
            if shape.text is not None and shape.text.kind == _NOTES_TEXT
            for line in shape.text.lines
        ]
        found.setdefault(slide, []).extend(lines)
    return found


def _slide(
    slide: Record | None, number: int, outline: list[Text], notes: list[str], warnings: list[str]
) -> tuple[Part, str]:
    """A slide as a part, and its title; of one that is broken the outline remains."""
    writer = PartWriter(number)
    if slide is None:
        warnings.append(f"slide {number} is broken; its outline was read")
        shapes = [Shape(Place(0, n, 1, n + 1), text) for n, text in enumerate(outline)]
    else:
        shapes = _shapes(slide, outline)
        info = slide.first(SLIDE_INFO)
        if info is not None and len(info.data) >= 12 and info.data[10] & 4:
            warnings.append(f"slide {number} is hidden in the show; it was read all the same")
    title = title_of(shapes)
    writer.heading(title)
    write_shapes(shapes, writer)
    for line in notes:
        writer.paragraph(line, kind="note")
    for comment in slide.every(COMMENT) if slide is not None else ():
        said = [
            one.data.decode("utf-16-le", "replace").replace("\0", "")
            for one in comment.inner()
            if one.kind == CSTRING
        ]
        writer.paragraph(collapsed(": ".join(said[:2])), kind="note")
    return writer.part(), title


def _shapes(page: Record, outline: list[Text]) -> list[Shape]:
    drawing = page.first(_DRAWING, _SHAPES)
    if drawing is None:
        return []
    tops = shapes_of(drawing, outline)
    # The drawing holds one group of all shapes.
    return [inner for top in tops for inner in (top.inner if top.inner is not None else [top])]


def _flat(shapes: list[Shape]) -> Iterator[Shape]:
    for shape in shapes:
        yield shape
        yield from _flat(shape.inner or [])


def _damaged() -> ReadError:
    return ReadError(
        "damaged", "its slides cannot be read; save it as PPTX in PowerPoint", "save-pptx"
    )
