"""Files of our own making, small enough to reason about, and what is read of them."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NullObject,
    NumberObject,
)

from ingest.document import Reading
from ingest.limits import Limits
from ingest.readers import read

MakePdf = Callable[..., bytes]


def _to_unicode(text: str) -> DecodedStreamObject:
    """A table that reads each two-byte code as the UTF-16 unit of that number."""
    data = text.encode("utf-16-be", "surrogatepass")
    codes = sorted({data[at : at + 2].hex() for at in range(0, len(data), 2)})
    lines = [f"<{code}> <{code}>" for code in codes]
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


def _font(writer: PdfWriter, table: DecodedStreamObject) -> DictionaryObject:
    descendant = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType2"),
            NameObject("/BaseFont"): NameObject("/Made"),
            NameObject("/DW"): NumberObject(1000),
            # What is no Chinese character is half as wide.
            NameObject("/W"): ArrayObject(
                [NumberObject(0), NumberObject(0x2DFF), NumberObject(500)]
            ),
        }
    )
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type0"),
            NameObject("/BaseFont"): NameObject("/Made"),
            NameObject("/Encoding"): NameObject("/Identity-H"),
            NameObject("/DescendantFonts"): ArrayObject([writer._add_object(descendant)]),
            NameObject("/ToUnicode"): writer._add_object(table),
        }
    )


def _write(writer: PdfWriter, page: PageObject, lines: Sequence[str], top: int) -> None:
    table = _to_unicode("".join(lines))
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(_font(writer, table))})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    codes = [line.encode("utf-16-be", "surrogatepass").hex() for line in lines]
    shown = "\n".join(
        f"BT /F1 8 Tf 40 {top - 12 * n} Td <{code}> Tj ET" for n, code in enumerate(codes)
    )
    stream = DecodedStreamObject()
    stream.set_data(shown.encode())
    page[NameObject("/Contents")] = writer._add_object(stream)


@pytest.fixture(scope="session")
def make_pdf() -> MakePdf:
    """Make a PDF of pages, each a list of lines, or None for one that cannot be read."""

    def make(
        *pages: Sequence[str] | None,
        title: str = "",
        bookmarks: Sequence[tuple[str, int]] = (),
        user_password: str | None = None,
    ) -> bytes:
        writer = PdfWriter()
        for lines in pages:
            # A page is as large as its lines need, so that none is drawn beside it.
            height = max(842, 12 * len(lines or ()) + 80)
            width = max(595, 8 * max(map(len, lines or ("",)), default=0) + 80)
            page = writer.add_blank_page(width, height)
            if lines is None:
                writer._replace_object(page.indirect_reference, NullObject())
            else:
                _write(writer, page, lines, height - 62)
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
def screenshot() -> Callable[..., bytes]:
    """A picture (PNG) of these lines."""

    def make(*lines: str, size: float = 26) -> bytes:
        face = ImageFont.load_default(size)
        picture = Image.new("RGB", (620, 40 + round(2 * size) * len(lines)), "white")
        for n, line in enumerate(lines):
            ImageDraw.Draw(picture).text((20, 20 + 2 * size * n), line, "black", face)
        data = io.BytesIO()
        picture.save(data, "PNG")
        return data.getvalue()

    return make


@pytest.fixture
def read_bytes(tmp_path: Path) -> Callable[..., Reading]:
    """Read text or bytes as a file of a name; `limits` as keywords."""

    def make(
        content: str | bytes, name: str = "a.md", ocr: bool = True, **limits: float
    ) -> Reading:
        blob = tmp_path / "blob"
        blob.write_bytes(content.encode() if isinstance(content, str) else content)
        return read(blob, name, Limits(**limits), ocr=ocr)  # type: ignore[arg-type]

    return make


@pytest.fixture
def read_pages(read_bytes: Callable[..., Reading], make_pdf: MakePdf) -> Callable[..., Reading]:
    """Read a PDF of these pages, each a text of lines; `options` are those of `make_pdf`."""

    def make(*pages: str | None, **options: object) -> Reading:
        lines = (page if page is None else page.split("\n") for page in pages)
        return read_bytes(make_pdf(*lines, **options), "a.pdf")

    return make
