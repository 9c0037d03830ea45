"""Documents whose words are known, and the quotes of them that are to be marked: 60 in all.

Each is drawn here: text of one and of two columns, turned pages, tables, hyphens, scans that are a
little tilted, pictures. The quotes are drawn by lot with a fixed seed, from two words to two
sentences, so that most begin and end within a line.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pypdfium2
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT, MARGIN, LEAD = 595.0, 842.0, 56.0, 1.45
FONTS = {"en": "Times-Roman", "zh": "STSong-Light"}
SYLLABLES = re.compile(r"[^aeiou]*[aeiou]+(?:[^aeiou]+$|[^aeiou](?=[^aeiou]))?")
ENGLISH = """
the a of and to in for with on by from under over each every office train ticket hotel budget
manager invoice travel receipt station leave holiday archive printer cable meeting harbour river
garden winter summer contract supplier customer engine bridge window market letter account morning
evening blue green quiet early late small large heavy narrow open closed safe paid signed ordered
cancelled delivered repaired measured counted moved kept found lost asks brings carries checks
builds prints reads sends stores writes may must can should will often never always twice today
"""
CHINESE = """
公司 员工 差旅 报销 发票 预算 经理 合同 客户 供应商 会议 档案 打印机 仓库 办公室
年度 季度 报告 审批 流程 火车 机票 酒店 补贴 标准 规定 制度 部门 财务 人事
行政 工程 项目 设备 维修 采购 验收 质量 安全
检查 培训 提交 批准 登记 保存 发送 打印 签字 盖章 归档
延期 取消 更新 支付 领取 核对 计算 通知 安排 负责
参加 应当 可以 必须 不得 及时 每月 每周 当天 以内 之后
之前 按照 根据 由于 因此 如果 并且 或者 以及 其中 有关
"""


@dataclass
class Case:
    """A file, and quotes of it; `said` is its text without breaks, page by page."""

    kind: str
    name: str
    data: bytes
    said: list[str]
    quotes: list[str] = field(default_factory=list)


class Sheet:
    """Pages that are drawn line by line."""

    def __init__(self, lang: str, seed: int) -> None:
        self.lang = lang
        self.dice = random.Random(seed)  # noqa: S311
        self.data = io.BytesIO()
        self.canvas = Canvas(self.data, pagesize=(WIDTH, HEIGHT))
        self._words = (ENGLISH if lang == "en" else CHINESE).split()
        self._gap = " " if lang == "en" else ""

    def words(self, count: int) -> str:
        return self._gap.join(self.dice.choice(self._words) for _ in range(count))

    def sentence(self) -> str:
        text = self.words(self.dice.randint(8, 16))
        return text[0].upper() + text[1:] + ("." if self.lang == "en" else "。")

    def text(self, sentences: int) -> str:
        return self._gap.join(self.sentence() for _ in range(sentences))

    def lines(self, text: str, width: float, size: float, *, hyphens: bool = False) -> list[str]:
        lines, line = [], ""
        for piece in re.findall(r"\S+\s*" if self.lang == "en" else r".[，。]?", text):
            if not line or self._width((line + piece).rstrip(), size) <= width:
                line += piece
                continue
            head, rest = self._broken(line, piece, width, size) if hyphens else ("", piece)
            lines.append((line + head).rstrip())
            line = rest
        return [*lines, line.rstrip()]

    def _width(self, text: str, size: float) -> float:
        return float(pdfmetrics.stringWidth(text, FONTS[self.lang], size))

    def _broken(self, line: str, piece: str, width: float, size: float) -> tuple[str, str]:
        parts = SYLLABLES.findall(piece.strip(" ."))
        for count in range(len(parts) - 1, 0, -1):
            head = "".join(parts[:count])
            if len(head) > 2 and self._width(line + head + "-", size) <= width:
                return head + "-", piece[len(head) :]
        return "", piece

    def draw(self, lines: Sequence[str], x: float, y: float, size: float = 10.5) -> float:
        for line in lines:
            self.canvas.setFont(FONTS[self.lang], size)
            self.canvas.drawString(x, y, line)
            y -= LEAD * size
        return y

    def done(self) -> bytes:
        self.canvas.save()
        return self.data.getvalue()


def quotes_of(sheet: Sheet, text: str, count: int) -> list[str]:
    """Quotes of a text by lot: they begin and end at words, and are two words to two sentences."""
    found: list[str] = []
    units = re.findall(r"\S+" if sheet.lang == "en" else r".", text)
    while len(found) < count:
        least, most = (2, 26) if sheet.lang == "en" else (4, 60)
        length = sheet.dice.randint(least, most)
        at = sheet.dice.randrange(0, max(1, len(units) - length))
        quote = (" " if sheet.lang == "en" else "").join(units[at : at + length])
        if text.count(quote) == 1:
            found.append(quote)
    return found


def plain(lang: str, seed: int, count: int, *, rotate: int = 0) -> Case:
    """A page of paragraphs; `rotate` turns it as it is shown."""
    sheet = Sheet(lang, seed)
    y, said = HEIGHT - MARGIN - 10, []
    while y > 140:
        said.append(sheet.text(3))
        y = sheet.draw(sheet.lines(said[-1], WIDTH - 2 * MARGIN, 10.5), MARGIN, y) - 8
    sheet.canvas.showPage()
    quotes = [q for text in sheet.dice.sample(said, count) for q in quotes_of(sheet, text, 1)]
    data = sheet.done()
    if rotate:
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
        for page in writer.pages:
            page.rotate(rotate)
        turned = io.BytesIO()
        writer.write(turned)
        data = turned.getvalue()
    kind = f"turned {rotate}°" if rotate else "text"
    return Case(f"{kind} ({lang})", f"{lang}{seed}.pdf", data, said, quotes)


def columns(lang: str, seed: int, count: int) -> Case:
    """A page of two columns, drawn row by row; one quote goes from the first into the second."""
    sheet = Sheet(lang, seed)
    width = (WIDTH - 2 * MARGIN - 20) / 2
    text = sheet.text(34)
    lines = sheet.lines(text, width, 10)
    half = (len(lines) + 1) // 2
    for row in range(half):
        for x, at in ((MARGIN, row), (MARGIN + width + 20, half + row)):
            if at < len(lines):
                sheet.draw([lines[at]], x, HEIGHT - 70 - row * 14.5, 10)
    sheet.canvas.showPage()
    gap = " " if lang == "en" else ""
    quotes = quotes_of(sheet, text, count - 1)
    over = f"{lines[half - 1]}{gap}{lines[half]}"
    quotes.append(over[len(over) // 4 : -len(over) // 4].strip() if lang == "zh" else " ".join(
        over.split()[2:-2]))  # fmt: skip
    return Case(f"columns ({lang})", f"columns-{lang}.pdf", sheet.done(), [text], quotes)


def table(lang: str, seed: int, count: int) -> Case:
    """A page with a ruled table whose cells have up to two lines; quotes are cells and rows."""
    sheet = Sheet(lang, seed)
    wide, high, rows = (WIDTH - 2 * MARGIN) / 4, 34.0, 9
    top, quotes, cells = HEIGHT - 140, [], []
    intro = sheet.text(2)
    sheet.draw(sheet.lines(intro, WIDTH - 2 * MARGIN, 10.5), MARGIN, HEIGHT - 70)
    for row in range(rows):
        cells.append([
            sheet.words(1 if not row else (2 if column else 5)) if column < 2 or not row
            else f"{sheet.dice.randint(1000, 99999):,}" for column in range(4)
        ])  # fmt: skip
        for column, cell in enumerate(cells[-1]):
            broken = sheet.lines(cell, wide - 10, 10)
            sheet.draw(broken, MARGIN + column * wide + 4, top - row * high - 13, 10)
    for row in range(rows + 1):
        sheet.canvas.line(MARGIN, top - row * high, WIDTH - MARGIN, top - row * high)
    for column in range(5):
        x = MARGIN + column * wide
        sheet.canvas.line(x, top, x, top - rows * high)
    sheet.canvas.showPage()
    for n, row in enumerate(sheet.dice.sample(range(1, rows), count)):
        own = cells[row]
        quotes.append([own[0], own[2], " | ".join(own), f"{own[1]} | {own[2]}"][n % 4])
    said = [" ".join(row) for row in cells]
    return Case(f"table ({lang})", f"table-{lang}.pdf", sheet.done(), [intro, *said], quotes)


def over_pages(lang: str, seed: int, count: int) -> list[Case]:
    """Documents of two pages; each quote ends on the second."""
    found = []
    for n in range(count):
        sheet = Sheet(lang, seed + n)
        text = sheet.text(120)
        lines = sheet.lines(text, WIDTH - 2 * MARGIN, 10.5)
        fit = int((HEIGHT - 2 * MARGIN - 40) / (LEAD * 10.5))
        lines = lines[: 2 * fit - 4]
        for page in (lines[:fit], lines[fit:]):
            sheet.draw(page, MARGIN, HEIGHT - MARGIN - 20)
            sheet.canvas.showPage()
        if lang == "en":
            head, tail = lines[fit - 1].split(), lines[fit].split()
            quote = " ".join([*head[-3 - n :], *tail[: 4 + n]])
        else:
            quote = lines[fit - 1][-9 - 3 * n :] + lines[fit][: 8 + 3 * n]
        name = f"over-{lang}{n}.pdf"
        found.append(Case(f"two pages ({lang})", name, sheet.done(), [text], [quote]))
    return found


def hyphens(seed: int, count: int) -> Case:
    """A narrow column whose words are broken; each quote has a broken word in it."""
    sheet = Sheet("en", seed)
    text = sheet.text(16)
    lines = sheet.lines(text, 190, 10.5, hyphens=True)
    sheet.draw(lines, MARGIN, HEIGHT - 70)
    sheet.canvas.showPage()
    broken = [n for n, line in enumerate(lines[:-1]) if line.endswith("-")]
    quotes = []
    for n in sheet.dice.sample(broken, count):
        joined = (lines[n][:-1] + lines[n + 1]).split()
        quotes.append(" ".join(joined[1:-1]))
    return Case("hyphens (en)", "hyphens.pdf", sheet.done(), [text], quotes)


def photographed(case: Case, angle: float, dpi: int = 150) -> Image.Image:
    """The first page of a file as a grey picture, tilted by an angle in degrees."""
    page = pypdfium2.PdfDocument(case.data)[0]
    picture = page.render(scale=dpi / 72, grayscale=True).to_pil()
    return picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)


def scan(lang: str, seed: int, count: int, angle: float) -> Case:
    case = plain(lang, seed, count)
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(WIDTH, HEIGHT))
    canvas.drawImage(ImageReader(photographed(case, angle)), 0, 0, WIDTH, HEIGHT)
    canvas.save()
    kind = f"scan, {'straight' if not angle else 'tilted'} ({lang})"
    return Case(kind, f"scan-{lang}{seed}.pdf", data.getvalue(), case.said, case.quotes)


def picture(lang: str, seed: int, count: int, form: str) -> Case:
    case = plain(lang, seed, count)
    image, data = photographed(case, 0), io.BytesIO()
    if form == "JPEG":  # held on its side, and noted so by the camera
        exif = Image.Exif()
        exif[0x0112] = 6
        image.rotate(90, expand=True).save(data, form, quality=85, exif=exif, dpi=(150, 150))
    else:
        image.save(data, form, dpi=(150, 150))
    name = f"picture-{lang}{seed}.{form.lower()}"
    return Case(f"picture, {form} ({lang})", name, data.getvalue(), case.said, case.quotes)


def cases() -> list[Case]:
    """All of them: 60 quotes."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONTS["zh"]))
    return [
        plain("en", 1, 8), plain("zh", 2, 8), columns("en", 3, 5), columns("zh", 4, 5),
        plain("en", 5, 2, rotate=90), plain("zh", 6, 2, rotate=180), plain("en", 7, 2, rotate=270),
        table("en", 8, 4), table("zh", 9, 4), *over_pages("en", 10, 3), *over_pages("zh", 20, 3),
        hyphens(30, 4), scan("en", 31, 2, 0), scan("zh", 32, 2, 0), scan("en", 33, 1, 0.7),
        scan("zh", 34, 1, -0.9), picture("en", 35, 2, "PNG"), picture("zh", 36, 2, "JPEG"),
    ]  # fmt: skip
