"""PDFs and a tokenizer of our own making, small enough to reason about."""

import io
from collections.abc import Callable, Sequence

import pytest
from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)
from tokenizers import Regex, Tokenizer, models, pre_tokenizers

MakePdf = Callable[..., bytes]


def _to_unicode(text: str) -> DecodedStreamObject:
    """A table that reads each two-byte code as the character of that number."""
    lines = [f"<{ord(char):04X}> <{ord(char):04X}>" for char in sorted(set(text))]
    blocks = [lines[i : i + 100] for i in range(0, len(lines), 100)]
    body = "".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar\n" for b in blocks)
    stream = DecodedStreamObject()
    stream.set_data(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + body.encode()
        + b"endcmap end end"
    )
    return stream


def _font(writer: PdfWriter, text: str) -> DictionaryObject:
    descendant = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType2"),
            NameObject("/BaseFont"): NameObject("/Made"),
            NameObject("/DW"): NumberObject(1000),
        }
    )
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type0"),
            NameObject("/BaseFont"): NameObject("/Made"),
            NameObject("/Encoding"): NameObject("/Identity-H"),
            NameObject("/DescendantFonts"): ArrayObject([writer._add_object(descendant)]),
            NameObject("/ToUnicode"): writer._add_object(_to_unicode(text)),
        }
    )


def _write(writer: PdfWriter, page: PageObject, lines: Sequence[str]) -> None:
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(_font(writer, "".join(lines)))})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    shown = "\n".join(
        f"BT /F1 8 Tf 40 {780 - 12 * n} Td <{line.encode('utf-16-be').hex()}> Tj ET"
        for n, line in enumerate(lines)
    )
    stream = DecodedStreamObject()
    stream.set_data(shown.encode())
    page[NameObject("/Contents")] = writer._add_object(stream)


@pytest.fixture(scope="session")
def make_pdf() -> MakePdf:
    """Make a PDF of pages, each a list of lines."""

    def make(
        *pages: Sequence[str],
        title: str = "",
        bookmarks: Sequence[tuple[str, int]] = (),
        user_password: str | None = None,
    ) -> bytes:
        writer = PdfWriter()
        for lines in pages:
            _write(writer, writer.add_blank_page(595, 842), lines)
        for words, page in bookmarks:
            writer.add_outline_item(title=words, page_number=page)
        if title:
            writer.add_metadata({"/Title": title})
        if user_password is not None:
            writer.encrypt(user_password, "owner", algorithm="AES-128")
        data = io.BytesIO()
        writer.write(data)
        return data.getvalue()

    return make


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    """One token for each Latin word or number, and for each other character; spaces are none."""
    tokenizer = Tokenizer(models.WordLevel({"?": 0}, "?"))
    words = pre_tokenizers.Split(Regex(r"[A-Za-z]+|\d+|[^\sA-Za-z\d]"), "removed", invert=True)
    tokenizer.pre_tokenizer = words
    return tokenizer
