"""Whether pages are read in the order in which people read them: `python bench/reading_order.py`.

24 pages are made from known text, in English and Chinese: one to three columns, heads, feet and
notes, tables between. What counts is the share of neighbouring words (Chinese ones by jieba) that
are neighbours in what a reader gives back, beside pypdf, pypdfium2 and pdf-inspector.
"""

import argparse
import io
import logging
import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pdf_inspector
import pypdfium2
import rjieba
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Given
from ingest.limits import Limits
from ingest.pdf import read

WIDTH, HEIGHT, MARGIN = 595.0, 842.0, 56.0
FONTS = {"en": "Times-Roman", "zh": "STSong-Light"}
ENGLISH = """
the a of and to in for with on by from under over each every office train ticket hotel budget
manager invoice travel receipt station leave holiday archive printer cable meeting harbour river
garden winter summer contract supplier customer engine bridge window market letter account morning
evening blue green quiet early late small large heavy narrow open closed safe paid signed ordered
cancelled delivered repaired measured counted moved kept found lost asks brings carries checks
builds prints reads sends stores writes may must can should will often never always twice today
"""
CHINESE = """
公司 员工 差旅 报销 发票 预算 经理 合同 客户 供应商 会议 档案 打印机 仓库
办公室 年度 季度 报告 审批 流程 火车 机票 酒店 补贴 标准 规定 制度 部门 财务
人事 行政 工程 项目 设备 维修 采购 验收 质量 安全 检查 培训 提交 批准 登记
保存 发送 打印 签字 盖章 归档 延期 取消 更新 支付 领取 核对 计算 通知 安排
负责 参加 应当 可以 必须 不得 及时 每月 每周 当天 以内 之后 之前 按照 根据
由于 因此 如果 并且 或者 以及 其中 有关 蓝色 绿色 安静 较早 较晚 小型 大型
沉重 狭窄 公开 关闭 可靠 长期 临时 首次 再次 全部 部分 主要 其他 相同 不同
"""


class Page:
    """A page that is drawn, and the text that it has in reading order."""

    def __init__(self, lang: str, seed: int) -> None:
        self.lang = lang
        self.said: list[str] = []
        self.data = io.BytesIO()
        self.canvas = Canvas(self.data, pagesize=(WIDTH, HEIGHT), pageCompression=0)
        self._dice = random.Random(seed)  # noqa: S311
        self._words = (ENGLISH if lang == "en" else CHINESE).split()
        self._gap = " " if lang == "en" else ""

    def words(self, count: int) -> str:
        return self._gap.join(self._dice.choice(self._words) for _ in range(count))

    def sentence(self) -> str:
        end = "." if self.lang == "en" else "。"
        text = self.words(self._dice.randint(8, 16))
        return text[0].upper() + text[1:] + end

    def lines(self, text: str, width: float, size: float) -> list[str]:
        """Break a text as a typesetter does, at words, or between Chinese characters."""
        lines, line = [], ""
        for piece in re.findall(r"\S+\s*" if self.lang == "en" else r".", text):
            if (
                line
                and pdfmetrics.stringWidth((line + piece).rstrip(), FONTS[self.lang], size) > width
            ):
                lines.append(line.rstrip())
                line = ""
            line += piece
        return [*lines, line.rstrip()]

    def draw(self, x: float, y: float, text: str, size: float = 10) -> None:
        self.canvas.setFont(FONTS[self.lang], size)
        self.canvas.drawString(x, y, text)

    def line(self, x: float, y: float, text: str, size: float = 10) -> None:
        self.said.append(text)
        self.draw(x, y, text, size)

    def column(self, x: float, top: float, bottom: float, width: float, size: float = 10,
               lead: float = 1.35) -> list[tuple[float, float, str, float]]:  # fmt: skip
        """Lines of paragraphs from top to bottom, to be drawn."""
        found: list[tuple[float, float, str, float]] = []
        y = top
        while y > bottom:
            text = " ".join(self.sentence() for _ in range(3)) if self.lang == "en" else "".join(
                self.sentence() for _ in range(3)
            )  # fmt: skip
            lines = self.lines(text, width, size)[: max(1, int((y - bottom) / (lead * size)))]
            self.said += lines
            for line in lines:
                found.append((x, y, line, size))
                y -= lead * size
            y -= 0.4 * size
        return found

    def table(self, y: float, rows: int, columns: int, *, ruled: bool, x: float = MARGIN,
              width: float = WIDTH - 2 * MARGIN) -> float:  # fmt: skip
        """A table below y; returns where it ends."""
        step, wide = 16.0, width / columns
        for row in range(rows):
            for column in range(columns):
                number = row and column
                cell = (
                    f"{self._dice.randint(100, 99999):,}"
                    if number
                    else self.words(1 if column else 2)
                )
                self.line(x + column * wide + 4, y - row * step - 11, cell, 9)
        if ruled:
            for row in range(rows + 1):
                self.canvas.line(x, y - row * step, x + width, y - row * step)
            for column in range(columns + 1):
                at = x + column * wide
                self.canvas.line(at, y, at, y - rows * step)
        return y - rows * step

    def done(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self.data.getvalue()


def draw(page: Page, *columns: list[tuple[float, float, str, float]], by_rows: bool) -> None:
    """Draw columns one after the other, or line by line over all of them."""
    lines = [line for column in columns for line in column]
    for x, y, text, size in sorted(lines, key=lambda line: -line[1]) if by_rows else lines:
        page.draw(x, y, text, size)


def columns(page: Page, count: int, top: float, bottom: float, *, by_rows: bool = False,
            size: float = 10, gutter: float = 18, shift: float = 0) -> None:  # fmt: skip
    """Fill the page with columns; each is lower by `shift` than the one before."""
    width = (WIDTH - 2 * MARGIN - (count - 1) * gutter) / count
    made = [
        page.column(MARGIN + n * (width + gutter), top - n * shift, bottom, width, size)
        for n in range(count)
    ]
    draw(page, *made, by_rows=by_rows)


def head_and_foot(page: Page, body: Callable[[], None], note: str = "") -> None:
    page.line(MARGIN, HEIGHT - 36, page.words(4), 8)
    body()
    if note:
        page.line(MARGIN, 58, f"1 {note}", 7.5)
    page.line(WIDTH / 2 - 20, 32, f"- {page._dice.randint(2, 90)} -", 8)


def pages() -> Iterator[tuple[str, Page]]:
    top, low = HEIGHT - 70, 76.0

    def across(page: Page, count: int, *, ruled: bool) -> None:
        columns(page, count, top, 480, by_rows=False)
        end = page.table(455, 6, 4, ruled=ruled)
        columns(page, count, end - 30, low)

    def titled(page: Page, count: int, *, by_rows: bool = False, size: float = 10) -> None:
        page.line(MARGIN + 60, top, page.words(6), 18)
        columns(page, count, top - 34, low, by_rows=by_rows, size=size)

    def within(page: Page) -> None:
        width = (WIDTH - 2 * MARGIN - 18) / 2
        draw(page, page.column(MARGIN, top, 500, width), by_rows=False)
        end = page.table(480, 5, 3, ruled=True, width=width)
        left = page.column(MARGIN, end - 24, low, width)
        draw(page, left, page.column(MARGIN + width + 18, top, low, width), by_rows=False)

    kinds: list[tuple[str, Callable[[Page], None]]] = [
        ("one column, head, foot, note", lambda p: head_and_foot(
            p, lambda: columns(p, 1, top, low), p.words(9))),
        ("two columns, one by one", lambda p: columns(p, 2, top, low)),
        ("two columns, row by row", lambda p: columns(p, 2, top, low, by_rows=True)),
        ("two columns, title, row by row", lambda p: titled(p, 2, by_rows=True)),
        ("two columns, head, foot", lambda p: head_and_foot(p, lambda: columns(p, 2, top, low))),
        ("two columns, ruled table across", lambda p: across(p, 2, ruled=True)),
        ("two columns, table across", lambda p: across(p, 2, ruled=False)),
        ("two columns, table in one", within),
        ("two columns, uneven, small gutter", lambda p: columns(
            p, 2, top, low, by_rows=True, gutter=12, shift=5)),
        ("three columns, one by one", lambda p: columns(p, 3, top, low, size=8.5)),
        ("three columns, title, row by row", lambda p: titled(p, 3, by_rows=True, size=8.5)),
        ("one column, table without rules", lambda p: across(p, 1, ruled=False)),
    ]  # fmt: skip
    for number, (name, fill) in enumerate(kinds):
        for lang in ("en", "zh"):
            page = Page(lang, number * 2 + (lang == "zh"))
            fill(page)
            yield f"{name} ({lang})", page


def pairs(text: str, lang: str) -> Counter[tuple[str, str]]:
    words = re.findall(r"\w+", text.casefold())
    if lang == "zh":
        words = [w for w in rjieba.cut("".join(words)) if re.match(r"\w", w)]
    return Counter(pairwise(words))


def kept(said: str, text: str, lang: str) -> float:
    wanted, found = pairs(said, lang), pairs(text, lang)
    return (wanted & found).total() / wanted.total()


def ours(data: bytes) -> str:
    return "\n".join(read(Given(data, "a.pdf", Limits())).texts)


def with_pypdf(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def with_pypdfium2(data: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def with_inspector(data: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.pdf"
        path.write_bytes(data)
        return str(pdf_inspector.process_pdf(str(path)).markdown or "")


READERS: Sequence[tuple[str, Callable[[bytes], str]]] = (
    ("ours", ours),
    ("pypdf", with_pypdf),
    ("pypdfium2", with_pypdfium2),
    ("inspector", with_inspector),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="write the pages into this folder")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    pdfmetrics.registerFont(UnicodeCIDFont(FONTS["zh"]))
    print(f"{'page':44}" + "".join(f"{name:>11}" for name, _ in READERS))
    scores: dict[str, list[float]] = {name: [] for name, _ in READERS}
    for number, (name, page) in enumerate(pages(), start=1):
        data = page.done()
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / f"{number:02}.pdf").write_bytes(data)
            (options.keep / f"{number:02}.txt").write_text("\n".join(page.said), "utf-8")
        joint = " " if page.lang == "en" else ""
        for reader, run in READERS:
            scores[reader].append(kept(joint.join(page.said), run(data), page.lang))
        print(f"{name:44}" + "".join(f"{scores[reader][-1]:11.3f}" for reader, _ in READERS))
    means = "".join(f"{sum(own) / len(own):11.3f}" for own in scores.values())
    print(f"{'mean':44}{means}")


if __name__ == "__main__":
    main()
