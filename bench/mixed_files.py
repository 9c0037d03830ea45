"""Make a folder of files of every kind, as somebody drops them into the app at once.

python bench/mixed_files.py FOLDER [--count 200]

Each says a fact of its own, so that one can ask for it: file 17 names item 17 and its price. A few
are locked ("geheim"), damaged, empty or of a kind that is not read.
"""

from __future__ import annotations

import argparse
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

PASSWORD = "geheim"  # noqa: S105  # of files that nobody needs to open
FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")  # Debian: fonts-noto-cjk
OFFICE = "http://schemas.openxmlformats.org"
WORD, SHEET, SLIDE, DRAWING = (
    f"{OFFICE}/{kind}/2006/main"
    for kind in ("wordprocessingml", "spreadsheetml", "presentationml", "drawingml")
)
REFERENCE = f"{OFFICE}/officeDocument/2006/relationships"
PACKAGE = f"{OFFICE}/package/2006/relationships"


def price(number: int) -> int:
    """Return the price that file `number` names."""
    return 1000 + 7 * number


def _lines(number: int) -> list[str]:
    if number % 2:
        return [
            f"Item {number}", f"The price of item {number} is {price(number)} euros.",
            "It is delivered within ten working days, and may be returned for a month.",
            f"Questions about item {number} go to desk {number % 9 + 1} on the third floor.",
        ]  # fmt: skip
    return [
        f"物料{number}号说明", f"物料{number}号的价格是{price(number)}元。",
        "十个工作日内送达，一个月内可以退货。",
        f"关于物料{number}号的问题请到三楼{number % 9 + 1}号窗口咨询。",
    ]  # fmt: skip


def _rows(number: int) -> list[list[str]]:
    if number % 2:
        head, name = ["Item", "Size", "Price (euros)"], "Item"
    else:
        head, name = ["物料", "规格", "价格（元）"], "物料"
    return [
        head,
        *([f"{name} {number}-{n}", f"{n * 10} cm", str(price(number) + n)] for n in range(9)),
    ]


def _zipped(members: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{name}" Type="{REFERENCE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'


def docx(number: int) -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in _lines(number))
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row)
        + "</w:tr>"
        for row in _rows(number)
    )  # fmt: skip
    body = f"{paragraphs}<w:tbl>{rows}</w:tbl>"
    return _zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": _relations({"r1": ("officeDocument", "word/document.xml")}),
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body>'
            "</w:document>",
        }
    )


def xlsx(number: int) -> bytes:
    def cell(text: str) -> str:
        return f'<c t="inlineStr"><is><t>{text}</t></is></c>'

    rows = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in _rows(number))
    sheet = f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>'
    names = ("Prices", "价格") if number % 2 else ("价格", "旧价格")
    listed = "".join(f'<sheet name="{n}" r:id="s{i}"/>' for i, n in enumerate(names))
    return _zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": _relations({"r1": ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{REFERENCE}">'
            f"<sheets>{listed}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": _relations(
                {f"s{i}": ("worksheet", f"sheets/s{i}.xml") for i in range(len(names))}
            ),
            **{f"xl/sheets/s{i}.xml": sheet for i in range(len(names))},
        }
    )


def pptx(number: int) -> bytes:
    names = f'xmlns:p="{SLIDE}" xmlns:a="{DRAWING}" xmlns:r="{REFERENCE}"'

    def slide(text: str) -> str:
        body = f"<p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody>"
        return f"<p:sld {names}><p:cSld><p:spTree><p:sp>{body}</p:sp></p:spTree></p:cSld></p:sld>"

    slides = [slide(line) for line in _lines(number)]
    listed = "".join(f'<p:sldId id="{i}" r:id="s{i}"/>' for i in range(len(slides)))
    return _zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": _relations({"r1": ("officeDocument", "ppt/presentation.xml")}),
            "ppt/presentation.xml": f"<p:presentation {names}><p:sldIdLst>{listed}</p:sldIdLst>"
            "</p:presentation>",
            "ppt/_rels/presentation.xml.rels": _relations(
                {f"s{i}": ("slide", f"slides/s{i}.xml") for i in range(len(slides))}
            ),
            **{f"ppt/slides/s{i}.xml": text for i, text in enumerate(slides)},
        }
    )


def pdf(number: int) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(595, 842))
    for lines in (_lines(number), [" | ".join(row) for row in _rows(number)]):
        canvas.setFont("STSong-Light", 12)
        for at, line in enumerate(lines):
            canvas.drawString(72, 760 - 24 * at, line)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def locked_pdf(number: int) -> bytes:
    writer, data = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(number)))), io.BytesIO()
    writer.encrypt(PASSWORD, algorithm="AES-256")
    writer.write(data)
    return data.getvalue()


def _picture(number: int) -> Image.Image:
    picture = Image.new("L", (1240, 900), 255)
    draw, lines, font = ImageDraw.Draw(picture), _lines(number), ImageFont.load_default(30)
    if FONT.exists():
        font = ImageFont.truetype(str(FONT), 30, index=2)
    else:  # no Chinese can be drawn
        lines = [f"Item {number}", f"The price of item {number} is {price(number)} euros."]
    for at, line in enumerate(lines):
        draw.text((110, 120 + 70 * at), line, 0, font=font)
    return picture


def scan(number: int) -> bytes:
    data = io.BytesIO()
    pages = [_picture(number), _picture(number + 1000)]
    pages[0].save(data, "PDF", resolution=150, save_all=True, append_images=pages[1:])
    return data.getvalue()


def png(number: int) -> bytes:
    data = io.BytesIO()
    _picture(number).save(data, "PNG")
    return data.getvalue()


def html(number: int) -> bytes:
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in _rows(number)
    )
    title, *lines = _lines(number)
    text = "".join(f"<p>{line}</p>" for line in lines)
    body = f"<h1>{title}</h1>{text}<table>{rows}</table><script>alert(1)</script>"
    return f'<!doctype html><meta charset="utf-8"><title>{title}</title>{body}'.encode()


def _mail(number: int) -> EmailMessage:
    message = EmailMessage()
    title, *lines = _lines(number)
    message["Subject"], message["From"] = title, "Ute Brandl <ute@example.org>"
    message["To"], message["Date"] = "li@example.org", "Mon, 02 Mar 2026 09:00:00 +0800"
    message.set_content("\n".join(lines))
    return message


def eml(number: int) -> bytes:
    message = _mail(number)
    message.add_attachment(docx(number), maintype="application", subtype="x", filename="a.docx")
    return bytes(message)


def eml_with_locked(number: int) -> bytes:
    message = _mail(number)
    message.add_attachment(
        locked_pdf(number), maintype="application", subtype="pdf", filename="locked.pdf"
    )
    return bytes(message)


def csv(number: int) -> bytes:
    return "\n".join(",".join(row) for row in _rows(number)).encode("utf-8-sig")


def json_values(number: int) -> bytes:
    head, *rows = _rows(number)
    return json.dumps([dict(zip(head, row, strict=True)) for row in rows]).encode()


def xml(number: int) -> bytes:
    return (
        "<items>" + "".join(f"<line>{line}</line>" for line in _lines(number)) + "</items>"
    ).encode()


def markdown(number: int) -> bytes:
    title, *lines = _lines(number)
    return "\n\n".join(
        [f"---\nauthor: Ute Brandl\ndate: 2026-03-02\n---\n# {title}", *lines]
    ).encode()


def text(number: int) -> bytes:
    return "\n".join(_lines(number)).encode("gb18030")


def rtf(number: int) -> bytes:
    signs = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in "\\par ".join(_lines(number)))
    return f"{{\\rtf1\\ansi {signs}}}".encode()


def archive(number: int) -> bytes:
    return _zipped({"rules/a.docx": docx(number), "prices.csv": csv(number), "film.mp4": b"\0"})


def archive_with_locked(number: int) -> bytes:
    return _zipped({"open.md": markdown(number), "locked.pdf": locked_pdf(number)})


Make = Callable[[int], bytes]
# What comes in turn. Few pages of pictures, which take seconds each, and few that go wrong.
KINDS: tuple[tuple[str, Make], ...] = (
    ("docx", docx), ("pdf", pdf), ("xlsx", xlsx), ("html", html), ("md", markdown), ("eml", eml),
    ("csv", csv), ("pptx", pptx), ("txt", text), ("json", json_values), ("zip", archive),
    ("rtf", rtf), ("xml", xml),
)  # fmt: skip
ODD: dict[int, tuple[str, Make]] = {
    3: ("scan.pdf", scan), 8: ("png", png), 13: ("locked.pdf", locked_pdf),
    16: ("with-locked.zip", archive_with_locked), 19: ("broken.docx", lambda n: docx(n)[:300]),
    21: ("empty.txt", lambda _: b"  \n"), 23: ("with-locked.eml", eml_with_locked),
    24: ("film.mp4", lambda _: b"\0film"),
}  # fmt: skip
_PERIOD = 25


def files(count: int) -> dict[str, bytes]:
    """Return files by their names; the first 25 hold every kind, and each that goes wrong."""
    made = {}
    usual = 0
    for number in range(count):
        if odd := ODD.get(number % _PERIOD):
            ending, make = odd
        else:
            ending, make = KINDS[usual % len(KINDS)]
            usual += 1
        made[f"{number:03d}.{ending}"] = make(number)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=200)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    made = files(given.count)
    for name, data in made.items():
        (given.folder / name).write_bytes(data)
    print(f"{len(made)} files, {sum(map(len, made.values())) / 1e6:.1f} MB, in {given.folder}")


if __name__ == "__main__":
    main()
