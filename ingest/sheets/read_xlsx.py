"""Excel (XLSX): from the archive to a reading."""

from __future__ import annotations

from ingest.document import Given, Part, PartWriter, Reading, real_title
from ingest.errors import ReadError
from ingest.office import NamedPictures, Package, core_properties
from ingest.sheets.beside_cells import comments_of, people_of, write_drawings
from ingest.sheets.empty import refuse_if_empty
from ingest.sheets.sheet import Sheet
from ingest.sheets.workbook import Workbook
from ingest.sheets.write_sheet import write_sheet
from ingest.sheets.xlsx_sheet import read_sheet
from ingest.text import language


def read(given: Given) -> Reading:
    """Read a workbook by sheets. Raises ReadError (`damaged`, `too-large`, `needs-ocr`)."""
    package = Package(given)
    main = package.main("xl/workbook.xml")
    root = package.xml(main) if not main.endswith(".bin") else None
    if root is None:
        raise ReadError(
            "damaged", "its sheets cannot be read; save it as XLSX in Excel", "save-xlsx"
        )
    workbook = Workbook(package, main, root)
    if len(workbook.entries) > given.limits.max_pages:
        most = given.limits.max_pages
        raise ReadError("too-large", f"it has more than {most} sheets; split it", "sheets", n=most)
    pictures = NamedPictures(given, package.data)
    people = people_of(package, main)
    parts: list[Part] = []
    for n, entry in enumerate(workbook.entries, start=1):
        if entry.is_hidden:
            package.warn(f"sheet {entry.name!r} is hidden; it was read all the same")
        sheet, writer = Sheet(entry.name), PartWriter(n, entry.name)
        if "chartsheets/" not in entry.target:
            read_sheet(package, entry.target, sheet, workbook)
        sheet.notes = comments_of(package, entry.target, people)
        write_sheet(sheet, writer)
        write_drawings(package, entry.target, pictures, writer)
        parts.append(writer.part())
        given.report(n, len(workbook.entries))
    refuse_if_empty(parts, pictures)
    title, properties = core_properties(package)
    lang = language("\n".join(part.text[:100_000] for part in parts))
    warnings = [*package.warnings, *pictures.warnings()]
    return Reading(real_title(title), lang, tuple(parts), warnings, "sheet", properties)
