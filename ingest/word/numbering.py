"""The numbers of lists and headings, which Word counts when it shows a document."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ingest.office import Element, child, children, number, value

_PLACE = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset((
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "ideographDigital", "japaneseDigitalTenThousand",
    "taiwaneseDigital",
))  # fmt: skip
_LEGAL = frozenset(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"))
_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_CYCLES = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}


@dataclass(frozen=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    is_legal: bool = False  # all its numbers are decimal
    restart: int | None = None


class Numbering:
    """The lists of a document, each with where its count is."""

    def __init__(self, root: Element | None) -> None:
        """`root` is that of `numbering.xml`, None where it is missing."""
        abstract: dict[str, dict[int, _Level]] = {}
        links: dict[str, str] = {}
        for found in children(root, "w:abstractNum"):
            named = value(found, "w:abstractNumId")
            abstract[named] = _levels(found)
            if style := value(child(found, "w:styleLink")):
                links[style] = named
        for found in children(root, "w:abstractNum"):
            style = value(child(found, "w:numStyleLink"))
            if style in links:
                abstract[value(found, "w:abstractNumId")] = abstract[links[style]]
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        for found in children(root, "w:num"):
            named, of = value(found, "w:numId"), value(child(found, "w:abstractNumId"))
            levels = dict(abstract.get(of, {}))
            for override in children(found, "w:lvlOverride"):
                depth = number(value(override, "w:ilvl"))
                levels.update(_levels(override))
                if (start := child(override, "w:startOverride")) is not None:
                    self._starts.setdefault(named, {})[depth] = number(value(start), 1)
            self._lists[named] = of, levels
        self._counts: dict[str, dict[int, int]] = {}

    def marker(self, list_id: str, depth: int) -> str | None:
        """Count one paragraph; return what stands before it, "-" for a bullet, None for nothing."""
        of, levels = self._lists.get(list_id, ("", {}))
        level = levels.get(depth)
        if level is None:
            return None
        counts = self._counts.setdefault(of, {})
        for at, start in self._starts.pop(list_id, {}).items():  # counts anew, once
            counts[at] = start - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for below in [at for at in counts if at > depth]:
            if levels.get(below, _Level()).restart != 0:
                del counts[below]
        if level.form == "bullet":
            return "-"
        if level.form == "none" and "%" not in level.text:
            return level.text.strip() or None

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = levels.get(at, _Level())
            count = counts.get(at, other.start)
            return written(count, "decimal" if level.is_legal else other.form)

        return _PLACE.sub(shown, level.text).strip() or None


def _levels(element: Element) -> dict[int, _Level]:
    found = {}
    for level in children(element, "w:lvl"):
        restart = child(level, "w:lvlRestart")
        found[number(value(level, "w:ilvl"))] = _Level(
            form=value(child(level, "w:numFmt")) or "decimal",
            text=value(child(level, "w:lvlText"))[:100],
            start=number(value(child(level, "w:start")), 1, 1 << 20),
            is_legal=child(level, "w:isLgl") is not None,
            restart=None if restart is None else number(value(restart)),
        )
    return found


def written(count: int, form: str) -> str:
    """Return a number in one of Word's forms, as "upperRoman"."""
    if not 0 < count < 10_000:
        return str(count)
    if form in _CHINESE or form in _LEGAL:
        said = _chinese(count)
        return said.translate(_FORMAL) if form in _LEGAL else said
    if cycle := _CYCLES.get(form):
        return cycle[(count - 1) % len(cycle)]
    simple: dict[str, Callable[[int], str]] = {
        "lowerLetter": lambda n: chr(97 + (n - 1) % 26) * ((n - 1) // 26 + 1),
        "upperLetter": lambda n: chr(65 + (n - 1) % 26) * ((n - 1) // 26 + 1),
        "lowerRoman": lambda n: _roman(n).lower(),
        "upperRoman": _roman,
        "decimalZero": lambda n: f"{n:02}",
        "decimalEnclosedCircle": lambda n: chr(0x2460 + n - 1) if n <= 20 else str(n),
        "decimalEnclosedCircleChinese": lambda n: chr(0x2460 + n - 1) if n <= 20 else str(n),
        "decimalEnclosedParen": lambda n: f"({n})",
        "decimalFullWidth": str,
        "none": lambda _: "",
        "bullet": lambda _: "",
    }
    return simple.get(form, str)(count)


def _roman(count: int) -> str:
    said = ""
    for figure, letters in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        said += letters * (count // figure)
        count %= figure
    return said


def _chinese(count: int) -> str:
    said, gap = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure = count // unit % 10
        if figure:
            said += ("零" if gap and said else "") + _DIGITS[figure] + sign
        gap = not figure
    return said.removeprefix("一") if said.startswith("一十") else said
