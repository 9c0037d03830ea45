"""Ligatures that a font maps to no character are known by the names of their glyphs.

Some programs write "fi" as one glyph, which the font's table of characters (ToUnicode) maps to
NUL or to a private character. Its name, "f_i", tells what it is (Adobe Glyph List, section 6).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject

_LARGEST = 64 * 1024 * 1024  # bytes of a file that is written anew
_LONGEST_TABLE = 200_000  # bytes
_KNOWN = {"ff": "ff", "fi": "fi", "fl": "fl", "ffi": "ffi", "ffl": "ffl"}
_PARTS = re.compile(r"[A-Za-z](?:_[A-Za-z]){1,3}")
_SECTION = re.compile(rb"beginbfchar(?:\s|<[0-9A-Fa-f]*+>)*+")
_MAPPED = re.compile(rb"<([0-9A-Fa-f]{2})>\s{0,8}<([0-9A-Fa-f]{4})>")
_ODD_WITHIN_WORD = re.compile(
    r"[A-Za-z][\x00-\x08\ue000-\uf8ff]|[\x00-\x08\ue000-\uf8ff][a-z]|[a-z]\ufffd[a-z]"
)


def has_odd_letters(text: str) -> bool:
    """Whether a text has characters that cannot be read, beside letters."""
    return bool(_ODD_WITHIN_WORD.search(text))


def with_ligatures(data: bytes, password: str | None) -> bytes | None:
    """Return a PDF whose fonts say what their ligatures are; None if there is nothing to mend.

    Raises MemoryError.
    """
    if len(data) > _LARGEST:
        return None
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(password or ""):
            return None
        if not any(_new_table(font) for font in _fonts(reader)):
            return None
        writer = PdfWriter(clone_from=reader)
        fonts = [
            item
            for item in writer._objects
            if isinstance(item, DictionaryObject) and item.get("/Type") == "/Font"
        ]
        if not sum(_mend(writer, font) for font in fonts):
            return None
        mended = io.BytesIO()
        writer.write(mended)
    except MemoryError:
        raise
    except Exception:  # pypdf raises whatever a broken file leads it to; it is read as it is
        return None
    return mended.getvalue()


def _fonts(reader: PdfReader) -> Iterator[DictionaryObject]:
    """The fonts of the pages, each once."""
    seen: set[int] = set()
    for page in reader.pages:
        resources: Any = page.get("/Resources", {})
        fonts: Any = resources.get_object().get("/Font", {}) if resources else {}
        for reference in fonts.get_object().values() if fonts else ():
            number = getattr(reference, "idnum", 0)
            font = reference.get_object()
            if (not number or number not in seen) and isinstance(font, DictionaryObject):
                seen.add(number)
                yield font


def _mend(writer: PdfWriter, font: DictionaryObject) -> bool:
    """Put the ligatures of a font into its table of characters; tell whether there were any."""
    table = _new_table(font)
    if table is None:
        return False
    made = DecodedStreamObject()
    made.set_data(table)
    font[NameObject("/ToUnicode")] = writer._add_object(made)
    return True


def _new_table(font: DictionaryObject) -> bytes | None:
    """The table of characters with the ligatures that it does not have, None if it has them."""
    names = _ligatures(font)
    if not names:
        return None
    if "/ToUnicode" not in font:  # names without "_" are known to pdfium
        names = {code: name for code, name in names.items() if name not in _KNOWN}
        return _table(names) if names else None
    stream: Any = font["/ToUnicode"]
    old: bytes = stream.get_data()
    if len(old) > _LONGEST_TABLE:
        return None
    table = _SECTION.sub(
        lambda section: _MAPPED.sub(lambda found: _known(found, names), section[0]), old
    )
    return None if table == old else table


def _ligatures(font: DictionaryObject) -> dict[int, str]:
    """The codes of a font whose glyphs are named as ligatures."""
    encoding: Any = font.get("/Encoding")
    encoding = encoding.get_object() if encoding is not None else None
    if not isinstance(encoding, DictionaryObject):
        return {}
    found: dict[int, str] = {}
    code = 0
    differences: Any = encoding.get("/Differences", [])
    for entry in differences.get_object() if hasattr(differences, "get_object") else differences:
        entry = entry.get_object()
        if isinstance(entry, NumberObject):
            code = int(entry)
            continue
        name = str(entry).removeprefix("/").partition(".")[0]
        if name in _KNOWN:
            found[code] = _KNOWN[name]
        elif _PARTS.fullmatch(name):
            found[code] = name.replace("_", "")
        code += 1
    return found


def _known(found: re.Match[bytes], names: dict[int, str]) -> bytes:
    """An entry of the table, with the letters of a ligature that it maps to nothing."""
    code, value = int(found[1], 16), int(found[2], 16)
    if code not in names or not (value < 9 or value == 0xFFFD or 0xE000 <= value <= 0xF8FF):
        return found[0]
    return b"<%s> <%s>" % (found[1], names[code].encode("utf-16-be").hex().encode())


def _table(names: dict[int, str]) -> bytes:
    entries = [
        f"<{code:02x}> <{letters.encode('utf-16-be').hex()}>"
        for code, letters in list(names.items())[:100]
    ]
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(entries)} beginbfchar\n" + "\n".join(entries) + "\nendbfchar\nendcmap end end"
    ).encode()
