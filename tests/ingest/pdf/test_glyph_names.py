"""Ligatures that a font maps to no character."""

import io

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

from ingest.document import Given
from ingest.limits import Limits
from ingest.pdf import read


def pdf(codes: dict[int, str], names: list[str]) -> bytes:
    """A page in a font whose first codes are ligatures with these names, mapped to these codes."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    table = DecodedStreamObject()
    entries = "\n".join(f"<{code:02x}> <{value}>" for code, value in codes.items())
    table.set_data(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"1 beginbfrange\n<20> <7E> <0020>\nendbfrange\n"
        + f"{len(codes)} beginbfchar\n{entries}\nendbfchar\nendcmap end end".encode()
    )
    differences = ArrayObject([NumberObject(1), *(NameObject(f"/{name}") for name in names)])
    encoding = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Encoding"),
            NameObject("/BaseEncoding"): NameObject("/WinAnsiEncoding"),
            NameObject("/Differences"): differences,
        }
    )
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/ABCDEF+Made"),
            NameObject("/FirstChar"): NumberObject(0),
            NameObject("/LastChar"): NumberObject(126),
            NameObject("/Widths"): ArrayObject([NumberObject(500)] * 127),
            NameObject("/Encoding"): encoding,
            NameObject("/ToUnicode"): writer._add_object(table),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(b"BT /F1 12 Tf 60 700 Td (The \\001nal o\\003ce re\\002ects it all day.) Tj ET")
    page[NameObject("/Contents")] = writer._add_object(stream)
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


NAMES = ["f_i", "f_l", "f_f_i"]
MAPPED = [
    {1: "0000", 2: "0000", 3: "0000"},
    {1: "E000", 2: "E001", 3: "F8FF"},
    {1: "FFFD", 2: "0000", 3: "E002"},
]


@pytest.mark.parametrize("codes", MAPPED)
@pytest.mark.parametrize("names", [NAMES, ["fi", "fl", "ffi"]])
def test_ligatures_are_known_by_the_names_of_their_glyphs(
    codes: dict[int, str], names: list[str]
) -> None:
    reading = read(Given(pdf(codes, names), "a.pdf", Limits()))
    assert reading.texts == ["The final office reflects it all day."]
    assert reading.warnings == []


def test_glyphs_with_names_that_say_nothing_are_told() -> None:
    codes = {1: "E000", 2: "E001", 3: "E002"}
    reading = read(Given(pdf(codes, ["g17", "g18", "g19"]), "a.pdf", Limits()))
    assert reading.texts == ["The \ufffdnal o\ufffdce re\ufffdects it all day."]
    assert reading.warnings == ["3 characters could not be decoded"]
