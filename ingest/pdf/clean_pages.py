"""The text of a PDF's pages as people would write it down.

PDF knows glyphs at places, not paragraphs: what comes out has look-alike characters, lines broken
by the layout, and the same head and foot on each page (`ingest.pdf.heads_and_feet`).
"""

import re
import unicodedata
from collections.abc import Sequence

from ingest.pdf.heads_and_feet import without_heads_and_feet
from ingest.pdf.lines import join_lines
from ingest.pdf.overprint import once
from ingest.pdf.symbol_font import with_symbols
from ingest.text import plausibility, visible

# Fonts often map simplified characters to radicals that NFKC leaves alone; nobody can type them.
_RADICALS = str.maketrans(
    "⺟⺠⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "母民见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
)
_COMPATIBLE = re.compile(r"[\ufb00-\ufb06\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]+")
_BROKEN_LIGATURE = re.compile(r"(?<=[a-z])([\ufb01\ufb02]) {1,2}(?=[a-z])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_WORD = re.compile(r"[^\W_]{2}")
# Lines in a font without a table of characters had 0.3 and more, others 0.05: with so many of them
# the letters of the line are wrong too.
_MAX_CONTROLS = 0.2
_GOOD_CHINESE = 0.55  # as in ingest.encoding.decode


def clean_pages(raw: Sequence[str | None]) -> tuple[list[str], list[str]]:
    """Clean the pages' texts; the second list has the warnings.

    Lines that cannot be decoded are left out; a page that could not be read (None) becomes "".
    """
    pages, undecoded, blank = [], [], []
    lost = dropped = 0  # characters in lines that are kept, and lines, of pages that are kept
    for number, text in enumerate(raw, start=1):
        lines = [
            with_symbols(_SURROGATE.sub("\ufffd", line))
            for line in re.split(r"\r\n|[\n\r\v\f\u2028]", _from_latin(text or ""))
        ]
        readable = [line for line in lines if _is_readable(line)]
        pages.append("\n".join(once([_characters(line) for line in readable])))
        unknown = pages[-1].count("\ufffd")
        lost += unknown
        if text is None or sum(map(len, readable)) - unknown < sum(map(len, lines)) / 2:
            undecoded.append(number)
            continue
        dropped += len(lines) - len(readable)
        if not pages[-1].strip():
            blank.append(number)
    warnings = [f"no text on {_pages(blank)}"] if blank else []
    warnings += [f"text that cannot be decoded on {_pages(undecoded)}"] if undecoded else []
    if dropped:
        warnings.append(f"{_count(dropped, 'line')} that cannot be decoded left out")
    if lost:
        warnings.append(f"{_count(lost, 'character')} could not be decoded")
    pages, left_out = without_heads_and_feet(pages)
    return join_lines(pages), warnings + left_out


def _pages(numbers: list[int]) -> str:
    """Numbers as words: "page 3", "pages 3, 5-7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    spans = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(spans)}"


def _count(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _is_readable(line: str) -> bool:
    """Whether anything of a line can be read."""
    if len(_CONTROL.findall(line)) > _MAX_CONTROLS * len(line):
        return False
    unknown = line.count("\ufffd")
    return not unknown or bool(_WORD.search(line)) or sum(map(str.isalnum, line)) >= unknown


def _characters(line: str) -> str:
    """The line in characters that people type; what cannot be decoded is U+FFFD."""
    line = _BROKEN_LIGATURE.sub(r"\1", line)  # "signi\ufb01 cant"
    line = _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), line)
    line = line.translate(_RADICALS).replace("\xa0", " ")
    return visible(_CONTROL.sub("", line))


def _from_latin(text: str) -> str:
    """Chinese whose GB bytes a PDF shows as accented letters, as old ones do, is put right."""
    letters = "".join(text.split(" "))
    accented = sum("\xa1" <= char <= "\xfe" for char in letters)
    if accented * 2 < len(letters):
        return text
    chinese = letters.encode("latin-1", errors="replace").decode("gb18030", errors="replace")
    return chinese if plausibility(chinese, ascii_counts=False) > _GOOD_CHINESE else text
