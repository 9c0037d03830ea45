"""Lines that the layout of a page broke are joined again; lists and tables keep theirs."""

import re
import unicodedata

from ingest.text import CHINESE_NUMERALS, CLOSING, END_MARKS, HAN

_FULL = 0.8  # of the page's usual width: a ragged English line ends within its longest word
_FULL_BEFORE_LOWER = 0.5  # a small letter at the start of the next line is evidence in itself
_NARROWEST = 20  # columns, ten Chinese characters: shorter lines are headings, cells, names
_USUAL = 0.75  # the width that this share of the lines does not exceed
_SENTENCE_END = re.compile(rf"[{END_MARKS}：:…][{CLOSING}》】]*$")
_ITEM = re.compile(
    rf"""[•·●○■□◆◇▪▶➢✓*–—-]\s?
    | [(（]?([\d{CHINESE_NUMERALS}]{{1,3}})[)）.、．](?!\d)
    | \d+(\.\d+){{2,}}
    | [(（]?[a-zA-Z][)）.]\s
    | [(（][ivx]+[)）]""",
    re.VERBOSE,
)
_NUMBER = re.compile(r"[-+(（]?[¥$€]?\d[\d,.:/%-]*+[)）%*]*+$")
_MIN_DIGITS = 0.3  # of a table row's characters; sentences full of figures had at most 0.25
_GAP = re.compile(r"[ \t]{3,}|\t")
_WIDE = re.compile(rf"[{HAN}\u3000-\u303f\uff00-\uff60]")
# From the beginning of a word only: from each of its letters, a long one takes for ever.
_BROKEN_WORD = re.compile(r"(?<![A-Za-z])([A-Za-z]++)-$")
_HYPHENATED = re.compile(r"(?<![A-Za-z])[A-Za-z]++-[A-Za-z]+")


def join_lines(pages: list[str]) -> list[str]:
    """Join each page's broken lines; blank lines shrink to one, gaps in lines to two spaces."""
    hyphenated = {word.casefold() for page in pages for word in _HYPHENATED.findall(page)}
    return [_join_page(page.split("\n"), hyphenated) for page in pages]


def _join_page(lines: list[str], hyphenated: set[str]) -> str:
    widths = sorted(_width(line.strip()) for line in lines if line.strip())
    usual = widths[int(len(widths) * _USUAL)] if widths else 0
    marked = _marks_paragraphs(lines, usual)
    parts: list[str] = []  # of the page, to be joined at the end: line by line that is quadratic
    above = ""  # the line above as the page had it: a joined one would always be full
    for line in lines:
        text = line.strip()
        if parts and text and above.strip() and _goes_on(above, text, usual, marked=marked):
            parts[-1], following = _join(parts[-1], text, hyphenated)
            parts.append(following)
        elif text or (parts and parts[-1]):
            parts += ["\n", text] if parts else [text]
        above = line
    return _GAP.sub("  ", "".join(parts)).strip()


def _marks_paragraphs(lines: list[str], usual: int) -> bool:
    """Whether Chinese lines end in a space just where a paragraph ends, as Word prints them."""
    ends, breaks = [], []
    for line in lines:
        text = line.rstrip()
        if text and _WIDE.match(text[-1]):
            if _SENTENCE_END.search(text):
                ends.append(text != line)
            elif _width(text) >= _FULL * usual:
                breaks.append(text == line)
    # Sentences end within a paragraph too, so half of them is enough.
    return sum(ends) > max(1, len(ends) / 2) and sum(breaks) > max(1, len(breaks) * 2 / 3)


def _goes_on(above: str, following: str, usual: int, *, marked: bool) -> bool:
    """Whether the layout, and not the writer, ended the line above."""
    text = above.rstrip()
    if _SENTENCE_END.search(text) or _ITEM.match(following):
        return False
    if _is_table_row(text) or _is_table_row(following):
        return False
    if marked and _WIDE.match(text[-1]):
        return text == above
    full = usual * (_FULL_BEFORE_LOWER if following[0].islower() else _FULL)
    return _width(text) >= max(full, _NARROWEST)


def _is_table_row(line: str) -> bool:
    if _GAP.search(line):
        return True
    numbers = sum(bool(_NUMBER.match(word)) for word in line.split())
    digits = sum(char.isdigit() or char in ".,%" for char in line)
    return numbers >= 2 and digits >= _MIN_DIGITS * len(line)


def _join(line: str, following: str, hyphenated: set[str]) -> tuple[str, str]:
    """The line and what goes on with it, as they are written one after the other."""
    broken = _BROKEN_WORD.search(line)
    if broken and following[0].islower():
        rest = re.match(r"[A-Za-z]*", following)
        word = f"{broken.group(1)}-{rest.group() if rest else ''}"
        return line if word.casefold() in hyphenated else line[:-1], following
    if _WIDE.match(line[-1]) or _WIDE.match(following[0]):
        return line, following
    return line, f" {following}"


def _width(line: str) -> int:
    """In half-width columns: a Chinese character takes two."""
    return len(line) + sum(unicodedata.east_asian_width(char) in "WF" for char in line)
