"""Excel before 2007 (XLS), through xlrd."""

from __future__ import annotations

import io
from collections.abc import Iterator

import xlrd

from ingest.document import Given, PartWriter, Reading, real_title
from ingest.errors import ReadError
from ingest.office import Compound, Span, refused_old
from ingest.sheets.empty import refuse_if_empty
from ingest.sheets.number_formats import general, shown
from ingest.sheets.sheet import Sheet, cell_name
from ingest.sheets.write_sheet import write_sheet
from ingest.text import collapsed, language

_LOCKED = ("encrypted", "password")


def read(given: Given) -> Reading:
    """Read a workbook by sheets.

    Raises ReadError (`damaged`, `encrypted`, `empty`, `too-large`).
    """
    title, properties = Compound(given).properties()
    warnings: list[str] = []
    book = _book(given)
    if book.nsheets > given.limits.max_pages:
        most = given.limits.max_pages
        raise ReadError("too-large", f"it has more than {most} sheets; split it", "sheets", n=most)
    parts = []
    for n, name in enumerate(book.sheet_names(), start=1):
        writer = PartWriter(n, name)
        try:
            found = book.sheet_by_index(n - 1)
            sheet = Sheet(name, dict(_rows(book, found)), _spans(found), _notes(found))
        except MemoryError:
            raise
        except Exception:  # xlrd has no errors of its own for most of what is broken
            warnings.append(f"sheet {name!r} is broken; left out")
            sheet = Sheet(name)
        else:
            if found.visibility:
                warnings.append(f"sheet {name!r} is hidden; it was read all the same")
        write_sheet(sheet, writer)
        parts.append(writer.part())
        book.unload_sheet(n - 1)
        given.report(n, book.nsheets)
    refuse_if_empty(parts)
    lang = language("\n".join(part.text[:100_000] for part in parts))
    return Reading(real_title(title), lang, tuple(parts), warnings, "sheet", properties)


def _book(given: Given) -> xlrd.book.Book:
    try:
        return xlrd.open_workbook(
            file_contents=given.data, formatting_info=True, on_demand=True, logfile=io.StringIO()
        )
    except MemoryError:
        raise
    except Exception as error:  # see above
        if any(word in str(error).lower() for word in _LOCKED):
            raise refused_old() from error
        message = "its sheets cannot be read; open it in Excel and save it as XLSX"
        raise ReadError("damaged", message, "save-xlsx") from error


def _rows(book: xlrd.book.Book, sheet: xlrd.sheet.Sheet) -> Iterator[tuple[int, dict[int, str]]]:
    for y in range(sheet.nrows):
        row = {}
        for x, cell in enumerate(sheet.row(y)):
            if text := _text(book, cell):
                row[x] = text
        if row:
            yield y, row


def _text(book: xlrd.book.Book, cell: xlrd.sheet.Cell) -> str:
    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return str(cell.value).replace("\0", "").strip()
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            code = _code(book, cell.xf_index)
            figure = float(cell.value)
            return shown(figure, code, book.datemode == 1) if code else general(figure)
        case xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if cell.value else "FALSE"
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, "#ERROR!"))
        case _:
            return ""


def _code(book: xlrd.book.Book, style: int | None) -> str:
    if style is None or not 0 <= style < len(book.xf_list):
        return ""
    form = book.format_map.get(book.xf_list[style].format_key)
    return str(form.format_str) if form else ""


def _spans(sheet: xlrd.sheet.Sheet) -> list[Span]:
    return [
        Span(top, bottom - 1, left, right - 1) for top, bottom, left, right in sheet.merged_cells
    ]


def _notes(sheet: xlrd.sheet.Sheet) -> list[str]:
    notes = []
    for (y, x), note in sorted(sheet.cell_note_map.items()):
        author, said = collapsed(note.author or ""), collapsed(note.text or "")
        said = said.removeprefix(f"{author}:").strip() if author else said
        if said:
            notes.append(
                f"{cell_name(y, x)} {author}: {said}" if author else f"{cell_name(y, x)}: {said}"
            )
    return notes
