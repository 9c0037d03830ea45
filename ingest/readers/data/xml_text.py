"""XML of any kind: its texts in order, short ones behind the names of their elements."""

from __future__ import annotations

import re
from itertools import groupby

from ingest.document import LONGEST_HEADING, Given, PartWriter, Reading
from ingest.errors import ReadError
from ingest.office import first_heading
from ingest.readers.data.office_xml import is_workbook, text_body, workbook_parts, write_text
from ingest.readers.data.xml_tree import Element, parsed_xml
from ingest.readers.html import decoded_html, write_html
from ingest.sheets import refuse_if_empty
from ingest.text import clean, collapsed, language

_HEADINGS = frozenset(("caption", "head", "heading", "title"))
# Elements whose names say only that they hold text.
_PLAIN = frozenset((
    "b", "div", "emph", "em", "i", "item", "li", "line", "p", "para", "paragraph", "phrase",
    "r", "run", "s", "seg", "simpara", "span", "t", "td", "text", "th", "u", "v", "value",
))  # fmt: skip
_MARKED = re.compile(
    r"</(?:p|div|a|b|strong|em|i|ul|li|span|table|h[1-6])>|<br ?/?>", re.IGNORECASE
)  # what a piece of a page has
_LABELLED = 300  # characters; longer texts stand for themselves
_MOST_COLUMNS = 40
_DEEPEST = 6
_NO_TEXT = frozenset(("schemaLocation", "noNamespaceSchemaLocation", "space", "lang", "version"))


def read(given: Given) -> Reading:
    """Read the texts of XML. Raises ReadError (`damaged`, `too-large`, `empty`)."""
    root, warnings = parsed_xml(given.data)
    if is_workbook(root):
        parts = tuple(workbook_parts(root, given, warnings))
        refuse_if_empty(parts)
        lang = language("\n".join(part.text[:100_000] for part in parts))
        return Reading(None, lang, parts, warnings, "sheet")
    writer = PartWriter()
    title = ""
    body = text_body(root)
    if root.name == "html":
        page = write_html(decoded_html(given.data)[0], writer)
        title, warnings = page.title, list(page.warnings)
    elif body is not None:
        write_text(body, writer)
        title = first_heading(writer.part())
    else:
        _Writing(writer).write(root, "", 1)
        named = (one.text() for one in root.elements() if one.name in _HEADINGS)
        title = collapsed(next(named, ""))[:LONGEST_HEADING]
    part = writer.part()
    if not part.text:
        raise ReadError("empty", "there are no words in it; write some or leave it out")
    return Reading(title or None, language(part.text), (part,), warnings)


class _Writing:
    """Writes elements: lines are gathered until something else than a line comes."""

    def __init__(self, writer: PartWriter) -> None:
        self._writer = writer
        self._lines: list[str] = []

    def write(self, element: Element, path: str, level: int) -> None:
        """Write an element with all that is in it."""
        self._element(element, path, level)
        self._end_lines()

    def _element(self, element: Element, path: str, level: int) -> None:
        inner = element.elements()
        texts = [one for one in element.children if isinstance(one, str) and one.strip()]
        said = _attributes(element)
        if not inner or texts:  # a leaf, or text with marks in it
            self._text(element, path, said)
            return
        if said:
            self._lines.append(f"{_joined(path, element.name)}: {said}")
        for name, group in groupby(inner, key=lambda one: one.name):
            like = list(group)
            if len(like) > 1 and (rows := _rows(like)):
                self._end_lines()
                self._writer.table(rows, caption=name)
                continue
            for one in like:
                if name in _HEADINGS and not one.elements():
                    self._end_lines()
                    self._writer.heading(one.text()[: 2 * LONGEST_HEADING], min(level, _DEEPEST))
                elif one.elements():
                    self._end_lines()
                    self._element(one, _path(path, element, one), level + 1)
                else:
                    self._element(one, path, level)
        self._end_lines()

    def _text(self, element: Element, path: str, said: str) -> None:
        text = clean(collapsed(_without_marks(element.text())))
        if not text and not said:
            return
        name = _joined(path, element.name)
        known = f"{name} ({said})" if said else name
        if not text:
            self._lines.append(f"{name}: {said}")
        elif len(text) <= _LABELLED and (element.name.lower() not in _PLAIN or said):
            self._lines.append(f"{known}: {text}")
        else:
            self._end_lines()
            self._writer.paragraph(f"{known}: {text}" if said else text)

    def _end_lines(self) -> None:
        if self._lines:
            self._writer.paragraph("\n".join(self._lines))
            self._lines = []


def _without_marks(text: str) -> str:
    """Text that is a piece of a page, as in the entries of a feed, without its marks."""
    if not _MARKED.search(text):
        return text
    writer = PartWriter()
    write_html(text, writer)
    return writer.part().text


def _path(path: str, above: Element, element: Element) -> str:
    """Return the names that stand before those in an element: its own, if it is of data."""
    has_title = any(one.name in _HEADINGS for one in element.elements())
    if has_title or element.name.lower() in _PLAIN:
        return ""
    parts = [*path.split("."), element.name] if path else [element.name]
    return ".".join(parts[-2:])


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path and path.rpartition(".")[2] != name else name


def _attributes(element: Element) -> str:
    pairs = ((name, collapsed(value)) for name, value in element.attributes.items())
    return ", ".join(f"{name}: {value}" for name, value in pairs if value and name not in _NO_TEXT)


def _rows(elements: list[Element]) -> list[list[str]]:
    """Return like elements as rows under the names of what they hold, none if they are no rows."""
    rows: list[dict[str, str]] = []
    for element in elements:
        inner = element.elements()
        has_text = any(isinstance(one, str) and one.strip() for one in element.children)
        if has_text or any(one.elements() for one in inner) or not (inner or element.attributes):
            return []
        row = {n: collapsed(v) for n, v in element.attributes.items() if n not in _NO_TEXT}
        for one in inner:
            text = collapsed(_without_marks(one.text()))
            text = " ".join(filter(None, (text, _attributes(one))))
            row[one.name] = f"{row[one.name]}; {text}" if row.get(one.name) else text
        rows.append(row)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    if len(columns) < 2 or len(columns) > _MOST_COLUMNS:
        return []
    return [columns, *([row.get(name, "") for name in columns] for row in rows)]
