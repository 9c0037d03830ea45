"""The text of a PDF's pages as people would write it down.

PDF knows glyphs at places, not paragraphs: what comes out has look-alike characters, lines broken
by the layout, and the same head and foot on each page (`ingest.running_lines`).
"""

import re
import unicodedata
from collections.abc import Sequence

from ingest.characters import visible
from ingest.pdf_lines import join_lines
from ingest.plausible import plausibility
from ingest.running_lines import without_running_lines

# Fonts often map simplified characters to radicals that NFKC leaves alone; nobody can type them.
_RADICALS = str.maketrans(
    "⺟⺠⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "母民见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
)
_COMPATIBLE = re.compile(r"[\ufb00-\ufb06\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]+")
_BROKEN_LIGATURE = re.compile(r"(?<=[a-z])([\ufb01\ufb02]) {1,2}(?=[a-z])")
_NO_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd\ud800-\udfff]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_OVERPRINTED = re.compile(r"(.{1,60}?)\1{3}")
_MAX_GARBAGE = 0.2  # lines in a font without a table of characters had 0.3 and more, others 0.05
_GOOD_CHINESE = 0.55  # as in ingest.encoding


def clean_pages(raw: Sequence[str | None]) -> tuple[list[str], list[str]]:
    """Clean the pages' texts; the second list has the warnings.

    Lines that cannot be decoded are left out; a page that could not be read (None) becomes "".
    """
    pages, undecoded, blank = [], [], []
    for number, text in enumerate(raw, start=1):
        lines = re.split(r"\r\n|[\n\r\v\f\u2028]", _from_latin(text or ""))
        readable = [line for line in lines if _is_readable(line)]
        pages.append("\n".join(map(_characters, readable)))
        if text is None or sum(map(len, readable)) < sum(map(len, lines)) / 2:
            undecoded.append(number)
        elif not pages[-1].strip():
            blank.append(number)
    warnings = [f"no text on {_pages(blank)}"] if blank else []
    warnings += [f"text that cannot be decoded on {_pages(undecoded)}"] if undecoded else []
    pages, left_out = without_running_lines(pages)
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


def _is_readable(line: str) -> bool:
    garbage = len(_NO_CHARACTER.findall(line)) + len(_PRIVATE.findall(line[1:]))
    return garbage <= _MAX_GARBAGE * len(line)


def _characters(line: str) -> str:
    """The line in characters that people type."""
    line = _BROKEN_LIGATURE.sub(r"\1", line)  # "signi\ufb01 cant"
    line = _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), line)
    line = visible(line.translate(_RADICALS).replace("\xa0", " "))
    line = _PRIVATE.sub("•", _NO_CHARACTER.sub("", line))
    # Some programs print bold by drawing the same words four times.
    once = _OVERPRINTED.sub(r"\1", line)
    words = sum(map(str.isalpha, once))
    return once if words > 1 and len(once) < len(line) / 3 else line


def _from_latin(text: str) -> str:
    """Chinese whose GB bytes a PDF shows as accented letters, as old ones do, is put right."""
    letters = "".join(text.split(" "))
    accented = sum("\xa1" <= char <= "\xfe" for char in letters)
    if accented * 2 < len(letters):
        return text
    chinese = letters.encode("latin-1", errors="replace").decode("gb18030", errors="replace")
    return chinese if plausibility(chinese, ascii_counts=False) > _GOOD_CHINESE else text
