"""The characters of a PDF's pages as people would type them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.pdf.overprint import once
from ingest.pdf.symbol_font import with_symbols
from ingest.pdf.words import Item, Table, TextLine
from ingest.text import HALF, HAN, plausibility, visible

# Fonts often map simplified characters to radicals that NFKC leaves alone; nobody can type them.
_RADICALS = str.maketrans(
    "⺟⺠⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "母民见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
)
_COMPATIBLE = re.compile(r"[\ufb00-\ufb06\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]+")
_BROKEN_LIGATURE = re.compile(r"(?<=[a-z])([\ufb01\ufb02]) {1,2}(?=[a-z])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BULLETS = re.compile(r"[\s•·●○■□◆◇▪▶➢]*+")
# Chinese that is set apart by a space behind each character.
_SPACED = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")
_PAIR = re.compile(rf"[{HAN}](?=[{HAN}])")
_ANY_SPACED = re.compile(
    rf"(?<=[{HAN}\u3000-\u303f\uff00-\uff60…]) (?=[{HAN}\u3000-\u303f\uff00-\uff60…])"
)
_LEAST_SPACED, _MOSTLY = 3, 4  # times the pairs that touch each other
_WORD = re.compile(r"[^\W_]{2}")
# Lines in a font without a table of characters had 0.3 and more, others 0.05: with so many of them
# the letters of the line are wrong too.
_MAX_CONTROLS = 0.2
# French has 0.05, Vietnamese 0.15.
_ODD = re.compile(r"[\x80-\xff]")
_ACCENTED = re.compile(r"[\xa1-\xfe]")
_MAX_ODD, _LEAST_ODD = 0.25, 60
_GOOD_CHINESE = 0.55  # as in ingest.encoding.decode


@dataclass
class Lost:
    """What could not be decoded: pages by number, lines, and characters of lines that are kept."""

    pages: list[int] = field(default_factory=list)
    lines: int = 0
    characters: int = 0

    def warnings(self) -> list[str]:
        """Return a line for each thing that is missing."""
        told = [f"text that cannot be decoded on {page_numbers(self.pages)}"] if self.pages else []
        if self.lines:
            told.append(f"{_count(self.lines, 'line')} that cannot be decoded left out")
        if self.characters:
            told.append(f"{_count(self.characters, 'character')} could not be decoded")
        return told


def clean_page(items: Sequence[Item], number: int, lost: Lost) -> list[Item]:
    """Return what can be read of a page, and add to `lost` what cannot."""
    texts = [item.text if isinstance(item, TextLine) else "" for item in items]
    if is_latin := _is_latin("".join(texts)):
        texts = [_from_latin(text) for text in texts]
    lines = [text if text.isascii() else with_symbols(HALF.sub("\ufffd", text)) for text in texts]
    readable = [_is_readable(line) for line in lines]
    cleaned = once(
        [_characters(line) if good else "" for line, good in zip(lines, readable, strict=True)]
    )
    unknown = sum(line.count("\ufffd") for line in cleaned)
    lost.characters += unknown
    good = sum(len(line) for line, is_good in zip(lines, readable, strict=True) if is_good)
    kept: list[Item] = []
    for item, text in zip(items, cleaned, strict=True):
        if isinstance(item, Table):
            item.rows = [[_cell(cell, is_latin) for cell in row] for row in item.rows]
            kept.append(item)
            good += sum(len(cell) for row in item.rows for cell in row)
        elif text.strip() and not _BULLETS.fullmatch(text):
            item.text = text
            kept.append(item)
    if good - unknown < sum(map(len, lines)) / 2:
        lost.pages.append(number)
    elif _is_mojibake("".join(cleaned)):
        lost.pages.append(number)
        return []
    else:
        lost.lines += readable.count(False)
    return kept


def _is_mojibake(text: str) -> bool:
    """Whether so much of a text is accents and signs that its font says other characters."""
    odd = len(_ODD.findall(text))
    return odd > _MAX_ODD * _LEAST_ODD and odd > _MAX_ODD * len("".join(text.split()))


def page_numbers(numbers: Sequence[int]) -> str:
    """Return numbers as words: "page 3", "pages 3, 5-7"."""
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
    if line.isprintable() and "\ufffd" not in line:
        return True
    if len(_CONTROL.findall(line)) > _MAX_CONTROLS * len(line):
        return False
    unknown = line.count("\ufffd")
    return not unknown or bool(_WORD.search(line)) or sum(map(str.isalnum, line)) >= unknown


def _characters(line: str) -> str:
    """The line in characters that people type; what cannot be decoded is U+FFFD."""
    if line.isascii() and line.isprintable():
        return line
    line = _BROKEN_LIGATURE.sub(r"\1", line)  # "signi\ufb01 cant"
    line = _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), line)
    line = line.translate(_RADICALS).replace("\xa0", " ")
    line = visible(_CONTROL.sub("", line))
    spaced = len(_SPACED.findall(line))
    if spaced >= _LEAST_SPACED and spaced > len(_PAIR.findall(line)) * _MOSTLY:
        line = _ANY_SPACED.sub("", line)
    return line


def _cell(text: str, is_latin: bool) -> str:
    """A table's cell in characters that people type, "" if it cannot be decoded."""
    text = with_symbols(HALF.sub("\ufffd", _from_latin(text) if is_latin else text))
    return _characters(text) if _is_readable(text) else ""


def _is_latin(text: str) -> bool:
    """Whether it is Chinese whose GB bytes a PDF shows as accented letters, as old ones do."""
    accented = len(_ACCENTED.findall(text))
    if accented == 0 or accented * 2 < len(text) - text.count(" "):
        return False
    return plausibility(_from_latin(text), ascii_counts=False) > _GOOD_CHINESE


def _from_latin(text: str) -> str:
    letters = "".join(text.split(" "))
    return letters.encode("latin-1", errors="replace").decode("gb18030", errors="replace")
