"""Which lines of a page the layout broke, and how they are joined; lists and rows keep theirs."""

import itertools
import re
from collections.abc import Iterable, Sequence

from ingest.pdf.hyphens import Hyphens
from ingest.pdf.words import TextLine
from ingest.text import CHINESE_NUMERALS, CLOSING, END_MARKS, HAN

_FULL = 0.8  # of the page's usual width: a ragged English line ends within its longest word
_FULL_BEFORE_LOWER = 0.5  # a small letter at the start of the next line is evidence in itself
_NARROWEST = 10.0  # of the size, ten Chinese characters: shorter are headings, cells, names
_USUAL = 0.75  # the width that this share of the lines does not exceed
_FEW = 4  # lines of a column that do not tell how wide it is
_OTHER_SIZE = 1.12  # times the size: a heading, or a note below the text
_APART = 1.5  # times the usual distance of lines: a space between paragraphs
_BLANK = 1.9  # times: as if a line were left free
_ONLY_WIDE, _LONG_TITLE = 0.9, 12
_INDENT = (1.2, 4.5)  # of the size: the first line of a paragraph
_SENTENCE_END = re.compile(rf"[{END_MARKS}：:…][{CLOSING}》】]*$")
_ITEM = re.compile(
    rf"""[•·●○■□◆◇▪▶➢✓*–—-]\s?
    | \[[ x]\]\s
    | [(（]?([\d{CHINESE_NUMERALS}]{{1,3}})[)）.、．](?!\d)
    | \d+(\.\d+){{2,}}
    | [(（]?[a-zA-Z][)）.]\s
    | [(（][ivx]+[)）]""",
    re.VERBOSE,
)
# "Deposit: 185 EUR", "价税合计（大写）：": of two such lines each says its own.
_LABEL = re.compile(r"[^\W\d_][^:：。.,，;；]{0,24}[:：](?!//)")
_COUNTED = re.compile(r"\d{1,3}\s")  # a list whose numbers have no mark
_NUMBERED = re.compile(rf"[\d{CHINESE_NUMERALS}]")
_LEADERS = re.compile(r"[.…·‥․]{4}[.…·‥․ ]*+\w{1,5}$|(?:\. ){4}[. ]*+\w{1,5}$")  # "Scope ..... 12"
_SAME_LEFT, _TO_THE_END = 0.5, 2.4  # of the size
_NUMBER = re.compile(r"[-+(（]?[¥$€]?\d[\d,.:/%-]*+[)）%*]*+$")
_DIGIT = re.compile(r"[\d.,%]")
_TWO_DIGITS = re.compile(r"\d\D*+\d")
_MIN_DIGITS = 0.3  # of a table row's characters; sentences full of figures had at most 0.25
_GAP = re.compile(r"[ \t]{3,}|\t")
_WIDE = re.compile(rf"[{HAN}\u3000-\u303f\uff00-\uff60]")
# From the beginning of a word only: from each of its letters, a long one takes for ever.
_BROKEN_WORD = re.compile(r"(?<![A-Za-z])([A-Za-z]++)-$")
_WORD_PIECE = re.compile(r"[A-Za-z]*+")
_LONGEST_WORD = 60
_LONGEST_LEADERS = 40
_INDENTED = re.compile(r"[\u3000\s]{2}")


class Widths:
    """How wide the lines of a page are, by columns, and how far from each other."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self._all = _usual(_width(line) for line in lines)
        self._columns: dict[int, float] = {}
        self._sized: dict[tuple[int, int], float] = {}  # by column and size: notes are small print
        self._pitch: dict[int, float] = {}
        by_region: dict[int, list[TextLine]] = {}
        for line in lines:
            by_region.setdefault(line.region, []).append(line)
        self._counts = {region: len(own) for region, own in by_region.items()}
        for region, own in by_region.items():
            usual = _usual(_width(line) for line in own)
            self._columns[region] = usual if len(own) >= _FEW else max(usual, self._all)
            sized: dict[int, list[float]] = {}
            for line in own:
                sized.setdefault(round(line.size), []).append(_width(line))
            if len(sized) > 1:
                for size, widths in sized.items():
                    if len(widths) >= _FEW:
                        self._sized[region, size] = _usual(widths)
            steps = sorted(
                b.base - a.base for a, b in itertools.pairwise(own) if b.base - a.base > 1
            )
            self._pitch[region] = steps[len(steps) // 2] if len(steps) > 2 else 0.0
        self.marked = _marks_paragraphs(lines, self)

    def of(self, line: TextLine) -> float:
        """The usual width of the lines of its column, in sizes of its letters."""
        usual = self._sized.get((line.region, round(line.size)))
        return self._columns[line.region] if usual is None else usual

    def count(self, line: TextLine) -> int:
        """How many lines its column has."""
        return self._counts[line.region]

    def steps(self, above: TextLine, line: TextLine) -> float:
        """How many lines one is below the other, 1 for the next."""
        size = max(above.size, line.size)
        pitch = max(self._pitch[line.region], 1.1 * size) or 1.0
        return (line.base - above.base) / pitch


def goes_on(above: TextLine, line: TextLine, widths: Widths) -> bool:
    """Whether the layout, and not the writer, ended the line above."""
    text, following = above.text.rstrip(), line.text.lstrip()
    if _SENTENCE_END.search(text) or _LEADERS.search(text[-_LONGEST_LEADERS:]):
        return False
    if _ITEM.match(following) and not _is_number_by_chance(above, line, widths):
        return False
    if is_row(above) or is_row(line) or (_LABEL.match(text) and _LABEL.match(following)):
        return False
    if _COUNTED.match(text) and _COUNTED.match(following):
        return False
    if _is_other_script(text, following):
        return False
    if max(above.size, line.size) > _OTHER_SIZE * min(above.size, line.size):
        return False
    if above.bold != line.bold and not following[0].islower():
        return False
    if above.region == line.region:
        steps = widths.steps(above, line)
        if steps > _APART or steps < -0.5:
            return False
        indent = (line.box.left - above.box.left) / (line.size or 1.0)
        is_first = abs(above.box.left - above.column[0]) < above.size or bool(_INDENTED.match(text))
        if (
            _INDENT[0] <= indent <= _INDENT[1]
            and is_first
            and not _ITEM.match(text)
            and _WIDE.match(following[0])
        ):
            return False
    elif not (following[0].islower() or _WIDE.match(following[0])):
        return False
    if widths.marked and _WIDE.match(text[-1]):
        return not above.open
    full = _FULL_BEFORE_LOWER if following[0].islower() else _FULL
    return _width(above) >= max(full * widths.of(above), _NARROWEST)


def _is_number_by_chance(above: TextLine, line: TextLine, widths: Widths) -> bool:
    """Whether a line that begins as an item only goes on with a full one: "in chapter" "8."."""
    return (
        widths.count(line) >= _FEW
        and above.region == line.region
        and bool(_NUMBERED.match(line.text))
        and not _ITEM.match(above.text)
        and abs(line.box.left - above.box.left) < _SAME_LEFT * line.size
        and above.box.right > above.column[1] - _TO_THE_END * above.size
    )


def _is_other_script(one: str, other: str) -> bool:
    """Whether a line in Chinese stands above or below the same in another script, as titles do."""
    wide = [len(_WIDE.findall(text)) / len(text) for text in (one, other)]
    return min(wide) == 0 and max(wide) > _ONLY_WIDE and min(len(one), len(other)) > _LONG_TITLE


def is_blank_between(above: TextLine, line: TextLine, widths: Widths) -> bool:
    """Whether so much is left free between two lines as if a line were missing."""
    if above.region != line.region:
        return False
    return widths.steps(above, line) > _BLANK


def starts_item(text: str) -> bool:
    """Whether a line begins with the mark or number of a list."""
    return bool(_ITEM.match(text))


def _usual(widths: Iterable[float]) -> float:
    ordered = sorted(widths)
    return ordered[int(len(ordered) * _USUAL)] if ordered else 0.0


def _width(line: TextLine) -> float:
    """Its width in sizes of its letters, which is that of a Chinese character."""
    left, top, right, bottom = line.box
    return max(right - left, bottom - top) / (line.size or 1.0)


def _marks_paragraphs(lines: Sequence[TextLine], widths: Widths) -> bool:
    """Whether Chinese lines end in a space just where a paragraph ends, as Word prints them."""
    ends, breaks = [], []
    for line in lines:
        text = line.text.rstrip()
        if text and _WIDE.match(text[-1]):
            if _SENTENCE_END.search(text):
                ends.append(line.open)
            elif _width(line) >= _FULL * widths.of(line):
                breaks.append(not line.open)
    # Sentences end within a paragraph too, so half of them is enough.
    return sum(ends) > max(1, len(ends) / 2) and sum(breaks) > max(1, len(breaks) * 2 / 3)


def is_row(line: TextLine) -> bool:
    """Whether a line is a row of a table: it has wide gaps, or is mostly numbers."""
    text = line.text
    if len(line.cells) > 1 or _GAP.search(text):
        return True
    if not _TWO_DIGITS.search(text):
        return False
    numbers = sum(map(bool, map(_NUMBER.match, text.split())))
    return numbers >= 2 and len(_DIGIT.findall(text)) >= _MIN_DIGITS * len(text)


def shrunk(text: str) -> str:
    """Return a line with gaps of two spaces."""
    return _GAP.sub("  ", text.strip())


def join(text: str, following: str, hyphens: Hyphens) -> tuple[int, str]:
    """Return how many characters go from the end of a text before a line goes on, and what comes.

    That is a space, or nothing.
    """
    broken = _BROKEN_WORD.search(text[-_LONGEST_WORD:])
    if broken and following[0].islower():
        rest = _WORD_PIECE.match(following)
        return (0 if hyphens.belongs(broken[1], rest[0] if rest else "") else 1), ""
    if text[-1] == "\u00ad":
        return 1, ""
    if text[-1] == "-" and text[-2:-1].isalnum():  # "COX-" and "2"
        return 0, ""
    if _WIDE.match(text[-1]) or _WIDE.match(following[0]):
        return 0, ""
    return 0, " "
