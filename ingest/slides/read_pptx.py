"""PowerPoint (PPTX): from the archive to a reading."""

from __future__ import annotations

from ingest.document import Given, Part, PartWriter, Reading, real_title
from ingest.errors import ReadError
from ingest.office import (
    Drawings,
    NamedPictures,
    Package,
    Relation,
    child,
    children,
    core_properties,
    every,
    kind,
    value,
)
from ingest.slides.shapes import Layout, Shape, shapes_of
from ingest.slides.text import paragraph_text, plain_text, write_table, write_text
from ingest.text import collapsed, language

_LEFT_OUT = frozenset(("sldNum", "hdr"))  # placeholders that say nothing of the subject


def read(given: Given) -> Reading:
    """Read a presentation by slides. Raises ReadError (`damaged`, `too-large`, `needs-ocr`)."""
    package = Package(given)
    main = package.main("ppt/presentation.xml")
    root = package.xml(main)
    if root is None:
        message = "its slides cannot be read; open it in PowerPoint and save it anew"
        raise ReadError("damaged", message, "save-pptx")
    relations = package.relations(main)
    listed = children(child(root, "p:sldIdLst"), "p:sldId")
    names = [relations.get(value(one, "r:id"), Relation("", "")).target for one in listed]
    if len(names) > given.limits.max_pages:
        most = given.limits.max_pages
        raise ReadError("too-large", f"it has more than {most} slides; split it", "slides", n=most)
    slides = _Slides(package, NamedPictures(given, package.data))
    parts = []
    for n, name in enumerate(names, start=1):
        parts.append(slides.read(name, n))
        given.report(n, len(names))
    package.warn_of_embedded(names)
    whole = "\n".join(part.text for part in parts)
    slides.pictures.refuse_if_alone(bool(whole.strip()))
    said_title, properties = core_properties(package)
    title = real_title(said_title) or slides.title or None
    warnings = [*package.warnings, *slides.pictures.warnings()]
    return Reading(title, language(whole), tuple(parts), warnings, "slide", properties)


class _Slides:
    """Reads one slide after the other."""

    def __init__(self, package: Package, pictures: NamedPictures) -> None:
        self.title = ""  # of the first slide that has one
        self.pictures = pictures
        self._drawings = Drawings(package, pictures)
        self._package = package
        self._layouts: dict[str, Layout] = {}
        self._feet: set[str] = set()  # that were read, as they stand on every slide
        self._relations: dict[str, Relation] = {}

    def read(self, name: str, number: int) -> Part:
        """Return a slide as a part; one that is broken is an empty part."""
        writer = PartWriter(number)
        root = self._package.xml(name)
        if root is None:
            self._package.warn(f"slide {number} is broken; left out")
            return writer.part()
        if value(root, "show") in ("0", "false"):
            self._package.warn(f"slide {number} is hidden in the show; it was read all the same")
        self._relations = self._package.relations(name)
        for shape in shapes_of(child(root, "p:cSld", "p:spTree"), self._layout(name)):
            self._shape(shape, writer)
        self._notes(writer)
        self._comments(writer)
        return writer.part()

    def _layout(self, slide: str) -> Layout:
        name = next(iter(self._package.related(slide, "slideLayout")), "")
        if name not in self._layouts:
            masters = self._package.related(name, "slideMaster") if name else []
            self._layouts[name] = Layout(
                self._package.xml(name) if name else None,
                self._package.xml(masters[0]) if masters else None,
            )
        return self._layouts[name]

    def _shape(self, shape: Shape, writer: PartWriter) -> None:
        element = shape.element
        if shape.role in _LEFT_OUT:
            return
        if shape.is_title:
            title = plain_text(child(element, "p:txBody"))
            self.title = self.title or title
            writer.heading(title)
        elif kind(element) == "p:graphicFrame":
            for table in every(element, "a:tbl"):
                write_table(table, writer)
        elif shape.role in ("ftr", "dt"):
            # A date that the program keeps up to date says nothing of the subject.
            is_own = shape.role == "ftr" or not any(True for _ in every(element, "a:fld"))
            foot = plain_text(child(element, "p:txBody")) if is_own else ""
            if foot not in self._feet:
                self._feet.add(foot)
                writer.paragraph(foot, kind="note")
        else:
            write_text(shape, writer)
        self._drawings.write(element, self._relations, writer)

    def _notes(self, writer: PartWriter) -> None:
        for name in self._targets("notesSlide"):
            for shape in every(self._package.xml(name), "p:sp"):
                mark = child(shape, "p:nvSpPr", "p:nvPr", "p:ph")
                if mark is not None and value(mark, "type", "body") == "body":
                    for paragraph in children(child(shape, "p:txBody"), "a:p"):
                        writer.paragraph(paragraph_text(paragraph), kind="note")

    def _comments(self, writer: PartWriter) -> None:
        for name in self._targets("comments"):
            root = self._package.xml(name)
            for comment in every(root, "p:cm"):
                text = child(comment, "p:text")
                writer.paragraph("" if text is None else collapsed(text.text or ""), kind="note")
            for comment in every(root, "p188:txBody"):
                writer.paragraph(plain_text(comment), kind="note")

    def _targets(self, what: str) -> list[str]:
        return [r.target for r in self._relations.values() if r.kind == what and r.target]
