"""Numbers of lists and headings as they are written: ii, (b), ③, 三."""

from __future__ import annotations

from collections.abc import Callable

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
_ON_SLIDES = {  # how the names of PowerPoint's forms begin
    "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman",
    "romanUc": "upperRoman", "circleNum": "decimalEnclosedCircle", "ea1Chs": "chineseCounting",
    "ea1Cht": "taiwaneseCounting", "ea1Jpn": "japaneseCounting",
}  # fmt: skip


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


def slide_number(count: int, form: str) -> str:
    """Return what stands before an item in one of PowerPoint's forms, as "alphaLcParenR"."""
    forms = (f for begin, f in _ON_SLIDES.items() if form.startswith(begin))
    shown = written(count, next(forms, "decimal"))
    if form.startswith("circleNum"):
        return shown
    if form.endswith("ParenBoth"):
        return f"({shown})"
    if form.endswith("ParenR"):
        return f"{shown})"
    return shown if form.endswith("Plain") else f"{shown}."


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
