"""Where a text may be cut, the better places first."""

import re
from bisect import bisect_right

from ingest.text import CHINESE_NUMERALS, HAN_UNIFIED, sentence_ends

_LINE = re.compile(r"\n(?P<blank>[ \t\u3000]*\n\s*)?")
_COMMA = re.compile(rf"[，、：—]+|[,;:](?=\s|[{HAN_UNIFIED}])")

_OWN_LINE = re.compile(  # with bounded space: "\n\v\n\v…" would be looked through at each line
    r"\s{0,100}+([|>#•·●○■◆*+–—-]"
    rf"|[(（]?(\d{{1,3}}|[A-Za-z]|[{CHINESE_NUMERALS}]{{1,3}})[)）.、．]"
    r"|第.{1,6}[编編章节節条條款])"
)
_HEADING = re.compile(r"[ ]*(\#{1,6}[ ].*|\*\*.+\*\*[:：]?|第.{1,5}[编編章节節].{0,20})")
_LONGEST_HEADING = 120
_ENDS_LINE = frozenset("。！？；：.!?:;|…”’」』》】")
_SHORT_LINE = 30  # characters; lines that an editor wrapped are longer


class Breaks:
    """The places of a text at which a chunk may end, in four ranks.

    0: blank lines; 1: ends of paragraphs, list items and table rows; 2: ends of sentences;
    3: commas, lines that were only wrapped, and those that introduce what follows.
    """

    def __init__(self, text: str) -> None:
        self._ranks: tuple[list[int], ...] = ([], [], [], [])
        weak: list[int] = []
        for found in _LINE.finditer(text):
            newline = found.start()
            if _introduces(text, newline) or not (found["blank"] or _ends(text, newline)):
                weak.append(found.end())
            else:
                self._ranks[0 if found["blank"] else 1].append(found.end())
        self._ranks[2].extend(sentence_ends(text))
        commas = [found.end() for found in _COMMA.finditer(text)]
        self._ranks[3].extend(sorted(commas + weak))

    def last(self, rank: int, after: int, until: int) -> int | None:
        """The last place of the rank beyond `after`, at most at `until`."""
        places = self._ranks[rank]
        index = bisect_right(places, until) - 1
        return places[index] if index >= 0 and places[index] > after else None

    def first(self, rank: int, start: int, before: int) -> int | None:
        """The first place of the rank from `start` on, if it is less than `before`."""
        places = self._ranks[rank]
        index = bisect_right(places, start - 1)
        return places[index] if index < len(places) and places[index] < before else None


def _introduces(text: str, newline: int) -> bool:
    """Whether the line belongs to what follows it, as a heading or "namely:" does."""
    if text[newline - 1] in "：:":
        return True
    begin = text.rfind("\n", max(0, newline - _LONGEST_HEADING), newline) + 1
    return newline - begin < _LONGEST_HEADING and bool(_HEADING.fullmatch(text, begin, newline))


def _ends(text: str, newline: int) -> bool:
    """Whether the writer, and not an editor, ended the line."""
    is_short = text.rfind("\n", max(0, newline - _SHORT_LINE), newline) >= 0
    is_short = is_short or newline < _SHORT_LINE
    return is_short or text[newline - 1] in _ENDS_LINE or bool(_OWN_LINE.match(text, newline + 1))
