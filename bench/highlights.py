"""How well a quote is marked on its page: precision and recall of the words in the marked area.

    python bench/highlights.py                   # 60 quotes of documents that are made here
    python bench/highlights.py FOLDER            # quotes by lot of the files in a folder
    python bench/highlights.py --keep FOLDER     # write the marked pages there, to look at

What stands in the marked area is read back by other means than it was found: by pdfium's own
characters and coordinates, of scans and pictures by text recognition of the page with everything
else painted over. Of Chinese each character counts as a word; of real files each word counts once.
"""

from __future__ import annotations

import argparse
import ctypes
import difflib
import logging
import random
import re
import sys
import tempfile
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from highlight_documents import Case, cases
from PIL import Image, ImageOps

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ingest.document import Block, Given, Part, Reading
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.marking import (
    DrawRequest,
    LocateRequest,
    Mark,
    Quoted,
    find_quote,
    pieces_of,
)
from ingest.ocr import recognise
from ingest.readers import read_bytes
from ingest.rendering import Drawer

LIMITS = Limits()
DPI = 200
WORD = re.compile(r"[\u2e80-\u9fff]|[^\W\u2e80-\u9fff_]+")


def words(text: str) -> Counter[str]:
    return Counter(WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def spans_of(reading: Reading, quote: str) -> list[Quoted]:
    """Where a quote stands in what was read; of recognised text what is most like it."""
    texts = reading.texts
    if found := find_quote(texts, quote):
        return found
    part = max(range(len(texts)), key=lambda n: len(_longest(texts[n], quote)))
    text = texts[part]
    match = difflib.SequenceMatcher(None, text, quote, autojunk=False)
    blocks = [b for b in match.get_matching_blocks() if b.size > 2]
    return [Quoted(part, blocks[0].a, blocks[-1].a + blocks[-1].size)] if blocks else []


def _longest(text: str, quote: str) -> str:
    found = difflib.SequenceMatcher(None, text, quote, autojunk=False).find_longest_match()
    return text[found.a : found.a + found.size]


def located(drawer: Drawer, path: Path, reading: Reading, spans: Sequence[Quoted]) -> list[Mark]:
    pieces, sizes = [], {}
    for span in spans:
        part: Part = reading.parts[span.part]
        number = part.number or 1
        pieces += [(number, piece) for piece in pieces_of(part, span.start, span.end)]
        if part.size:
            sizes[number] = part.size
    told = tuple((number, *size) for number, size in sizes.items())
    return drawer.locate(LocateRequest(str(path), path.name, tuple(pieces), told, LIMITS))


def by_pdfium(document: pypdfium2.PdfDocument, marks: Sequence[Mark]) -> str:
    """The characters of a PDF whose middle lies in the marks."""
    said = []
    for number in sorted({mark.page for mark in marks}):
        page = document[number - 1]
        text = page.get_textpage()
        boxes = [mark.box for mark in marks if mark.page == number]
        x, y = ctypes.c_int(), ctypes.c_int()
        for at in range(text.count_chars()):
            letter = chr(pdfium.FPDFText_GetUnicode(text.raw, at))
            left, low, right, top = text.get_charbox(at)
            pdfium.FPDF_PageToDevice(
                page.raw, 0, 0, 100_000, 100_000, 0, (left + right) / 2, (low + top) / 2, x, y
            )
            inside = any(
                b.left <= x.value / 1e5 <= b.right and b.top <= y.value / 1e5 <= b.bottom
                for b in boxes
            )
            if letter.isspace():
                said.append(" ")
            elif letter in "\x02\ufffe":
                said.append("\xad")  # a hyphen that ends a line: it has no box there
            else:
                said.append(letter if inside else " ")
        said.append("\n")
    return re.sub("\xad\\s*", "", "".join(said))


def by_recognition(picture: Image.Image, dpi: float, marks: Sequence[Mark]) -> str:
    """What is recognised on a page of which only the marked area is left."""
    left = Image.new("RGB", picture.size, "white")
    for mark in marks:
        box = (
            round(mark.box.left * picture.width), round(mark.box.top * picture.height),
            round(mark.box.right * picture.width), round(mark.box.bottom * picture.height),
        )  # fmt: skip
        left.paste(picture.crop(box), box[:2])
    return "\n".join(line.text for line in recognise(left, dpi, LIMITS))


def blocks_of(reading: Reading, spans: Sequence[Quoted]) -> Iterator[tuple[Part, Block]]:
    for span in spans:
        part = reading.parts[span.part]
        for block in part.blocks:
            if block.start < span.end and span.start < block.end:
                yield part, block


def is_recognised(reading: Reading, spans: Sequence[Quoted]) -> bool:
    """Whether any of it was recognised: a scan, or a picture among the text."""
    found = blocks_of(reading, spans)
    sure = [p.confidence if b.confidence is None else b.confidence for p, b in found]
    return any(value is not None for value in sure)


def read_back(path: Path, reading: Reading, spans: Sequence[Quoted], marks: Sequence[Mark]) -> str:
    if not marks:
        return ""
    if b"%PDF-" not in path.read_bytes()[:1024]:
        picture = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
        return by_recognition(picture, 150, marks)
    document = pypdfium2.PdfDocument(path)
    if not is_recognised(reading, spans):
        return by_pdfium(document, marks)
    said = []
    for number in sorted({mark.page for mark in marks}):
        picture = document[number - 1].render(scale=DPI / 72).to_pil().convert("RGB")
        own = [mark for mark in marks if mark.page == number]
        said.append(by_recognition(picture, DPI, own))
    return "\n".join(said)


def chosen(folder: Path, each: int) -> Iterator[Case]:
    """Quotes by lot of the files of a folder: words that follow each other in a section."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        try:
            reading = read_bytes(Given(path.read_bytes(), path.name, LIMITS))
        except ReadError:
            continue
        dice, quotes = random.Random(path.name), []  # noqa: S311
        sections = [s.page_content for s in reading.sections if len(s.page_content) > 80]
        for _ in range(40 * each):
            if len(quotes) == each or not sections:
                break
            text = dice.choice(sections)
            begin = dice.randrange(len(text) - 40)
            begin += next((n for n, c in enumerate(text[begin:]) if c.isspace()), 0)
            end = min(len(text), begin + dice.randint(20, 160))
            end += next((n for n, c in enumerate(text[end:]) if c.isspace() or c in "。，；"), 0)
            quote = text[begin:end].strip()
            whole = "\n".join(reading.texts)
            spans = spans_of(reading, quote) if whole.count(quote) == 1 else []
            # Notes are beside the page, and the values of fields are drawn by the viewer.
            is_note = any(block.kind == "note" for _, block in blocks_of(reading, spans))
            if 10 < len(quote) < 400 and spans and not is_note:
                quotes.append(quote)
        yield Case(path.parent.name, str(path), path.read_bytes(), reading.texts, quotes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--each", type=int, default=3, help="quotes of each file of the folder")
    parser.add_argument("--keep", type=Path, help="write the marked pages into this folder")
    parser.add_argument("--bad", action="store_true", help="show quotes that are marked badly")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    scores: dict[str, list[tuple[float, float]]] = defaultdict(list)
    took: list[float] = []
    drawer = Drawer()
    with tempfile.TemporaryDirectory() as work:
        for case in chosen(options.folder, options.each) if options.folder else cases():
            path = Path(work) / Path(case.name).name
            path.write_bytes(case.data)
            reading = read_bytes(Given(case.data, case.name, LIMITS))
            for number, quote in enumerate(case.quotes):
                spans = spans_of(reading, quote)
                said = "\n".join(reading.parts[s.part].text[s.start : s.end] for s in spans)
                began = time.perf_counter()
                marks = located(drawer, path, reading, spans)
                took.append(time.perf_counter() - began)
                found = words(read_back(path, reading, spans, marks))
                wanted = words(said or quote)
                if options.folder:  # what is printed twice over itself, or merged cells
                    wanted, found = Counter(set(wanted)), Counter(set(found))
                common = (found & wanted).total()
                precision = common / found.total() if found else 0.0
                recall = common / wanted.total() if wanted else 1.0
                scores[case.kind].append((precision, recall))
                if options.bad and min(precision, recall) < 0.95:
                    print(f"{path.name}: {precision:.2f} {recall:.2f} {quote!r}")
                    print(f"   missing {dict(wanted - found)} added {dict(found - wanted)}")
                if options.keep:
                    keep(drawer, path, marks, options.keep / f"{path.stem}-{number}")
    print(f"{'kind':28} {'quotes':>6} {'precision':>9} {'recall':>7} {'worst':>6}")
    for kind, own in scores.items():
        show(kind, own)
    show("all", [score for own in scores.values() for score in own])
    took.sort()
    print(
        f"seconds to find a quote's place: median {took[len(took) // 2]:.3f}, most {took[-1]:.3f}"
    )


def show(kind: str, scores: Sequence[tuple[float, float]]) -> None:
    count = len(scores) or 1
    precision, recall = (sum(column) / count for column in zip(*scores, strict=True))
    worst = min(min(score) for score in scores)
    print(f"{kind:28} {len(scores):6} {precision:9.3f} {recall:7.3f} {worst:6.2f}")


def keep(drawer: Drawer, path: Path, marks: Sequence[Mark], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    for page in sorted({mark.page for mark in marks}):
        boxes = tuple(mark.box for mark in marks if mark.page == page)
        drawn = drawer.draw(DrawRequest(str(path), path.name, page, 1000, boxes, LIMITS))
        if not isinstance(drawn, int):
            Path(f"{target}-{page}.{drawn.mime[6:]}").write_bytes(drawn.data)


if __name__ == "__main__":
    main()
