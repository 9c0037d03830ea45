"""Numbers and dates as a sheet shows them, by their format codes (`0.0%`, `yyyy"年"m"月"`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

from ingest.sheets.date_formats import is_date, shown_date

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd", 15: "yyyy-mm-dd",
    16: "yyyy-mm-dd", 17: "yyyy-mm", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"',
    30: "yyyy-mm-dd", 31: 'yyyy"年"m"月"d"日"', 32: "h:mm", 33: "h:mm:ss", 34: "h:mm",
    35: "h:mm:ss", 36: 'yyyy"年"m"月"', 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)",
    39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)", 41: "#,##0;-#,##0;-",
    42: "#,##0;-#,##0;-", 43: "#,##0.00;-#,##0.00;-", 44: "#,##0.00;-#,##0.00;-", 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: "h:mm", 56: "h:mm:ss",
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""The codes that a file names by number only. Those that differ by country are ISO dates here."""

_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | \\(?P<escaped>.)
    | (?P<space>_.)
    | \*.
    | \[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]
    | \[(?P<bracket>[^\]]*)\]
    | (?P<exponent>[Ee][+-]0{1,9})
    | (?P<digits>[0\#?,.]+)
    | (?P<slash>/(?:\?{1,9}|\d{1,9}))
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_MOST_DECIMALS = 30
# A cell would show a long number as 1.2E+17; it is mostly the number of an account or a card.
_LONGEST_WHOLE = 1e20
_LONGEST_CODE = 400  # characters; Excel allows 255


@dataclass(frozen=True)
class _Section:
    """One of the forms of a code, which are for positive, negative and zero."""

    pieces: tuple[tuple[str, str], ...]  # what it is made of: "text", "digits"
    percent: int = 0
    exponent: int = -1  # digits of it, -1: none
    fraction: str = ""  # "/??"
    condition: tuple[str, float] | None = None
    is_general: bool = False


def shown(value: float, code: str, is_1904: bool = False) -> str:
    """Return a number as a cell with a format code shows it; dates by `is_1904` or from 1900."""
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    code = code[:_LONGEST_CODE]
    if code in ("", "General", "@"):
        return general(value)
    if is_date(code):
        said = shown_date(value, code, is_1904)
        return general(value) if said is None else said
    try:
        return _number(value, _sections(code))
    except (InvalidOperation, ValueError, OverflowError):
        return general(value)


def general(value: float) -> str:
    """Return a number as short as a cell without a format shows it."""
    if value == int(value) and abs(value) < _LONGEST_WHOLE:
        return str(int(value))
    said = f"{value:.10g}"
    if "e" in said and 1e-7 < abs(value) < 1e15:
        said = f"{Decimal(said):f}"
    return said.replace("e", "E")


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    return tuple(_section(part) for part in _parts(code)[:4])


def _parts(code: str) -> list[str]:
    """The code cut at semicolons that are no text."""
    parts, start = [], 0
    for found in _TOKEN.finditer(code):
        if found["other"] == ";":
            parts.append(code[start : found.start()])
            start = found.end()
    return [*parts, code[start:]]


def _section(code: str) -> _Section:
    pieces: list[tuple[str, str]] = []
    percent, exponent, fraction, condition = 0, -1, "", None
    is_general = code.strip().lower() == "general"
    for found in _TOKEN.finditer(code.replace("General", "")):
        if found["digits"]:
            pieces.append(("digits", found["digits"]))
        elif found["exponent"]:
            exponent = len(found["exponent"]) - 2
            pieces.append(("exponent", ""))
        elif found["slash"]:
            fraction = found["slash"]
            pieces.append(("fraction", ""))
        elif found["bracket"] is not None:
            if said := _CONDITION.fullmatch(found["bracket"].strip()):
                condition = said[1], float(said[2])
        elif found["other"] == "%":
            percent += 1
            pieces.append(("text", "%"))
        elif found["other"] == "@":
            is_general = True
        else:
            text = next(
                (found[n] for n in ("quoted", "escaped", "currency", "other") if found[n]), ""
            )
            pieces.append(("text", text or (" " if found["space"] else "")))
    is_general = is_general or "General" in code
    return _Section(tuple(pieces), percent, exponent, fraction, condition, is_general)


def _chosen(value: float, sections: tuple[_Section, ...]) -> tuple[_Section, bool]:
    """The form for a value, and whether it says itself that the value is negative."""
    tests = {
        "<": float.__lt__, ">": float.__gt__, "<=": float.__le__, ">=": float.__ge__,
        "=": float.__eq__, "<>": float.__ne__,
    }  # fmt: skip
    if any(one.condition for one in sections):
        for one in sections:
            if one.condition is None or tests[one.condition[0]](float(value), one.condition[1]):
                return one, False
        return sections[-1], False
    if value < 0 and len(sections) > 1:
        return sections[1], True
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], False


def _number(value: float, sections: tuple[_Section, ...]) -> str:
    section, says_sign = _chosen(value, sections)
    sign = "-" if value < 0 and not says_sign else ""
    if section.is_general:
        body = general(abs(value))
        texts = "".join(text for what, text in section.pieces if what == "text")
        return f"{sign}{body}{texts}".strip()
    exact = Decimal(repr(abs(value))) * 100**section.percent
    digits = [text for what, text in section.pieces if what == "digits"]
    if not digits:
        return "".join(text for _, text in section.pieces).strip()
    if section.fraction:
        return sign + _fraction(exact, section)
    if section.exponent >= 0:
        decimals = min(len("".join(digits).partition(".")[2]), _MOST_DECIMALS)
        mantissa, _, power = f"{exact:.{decimals}E}".partition("E")
        power = f"{power[0]}{power[1:].lstrip('0').zfill(section.exponent)}"
        written = iter([f"{mantissa}E{power}"])
    else:
        written = iter(_filled(exact, digits))
    said = "".join(
        next(written, "") if what == "digits" else text for what, text in section.pieces
    ).strip()
    is_zero = not any(c in "123456789" for c in said)
    return said if is_zero else sign + said


def _filled(exact: Decimal, digits: list[str]) -> list[str]:
    """The places for digits, filled; between them stands text, as in 000-0000."""
    code = "".join(digits)
    whole, point, places = code.partition(".")
    scale = len(whole) - len(whole.rstrip(",")) if not point else 0
    exact /= 1000**scale
    whole = whole.rstrip(",") if scale else whole
    shown_places = min(len(places.replace(",", "")), _MOST_DECIMALS)
    least = places.replace(",", "").rfind("0") + 1
    rounded = exact.quantize(Decimal(1).scaleb(-shown_places), ROUND_HALF_UP)
    ints, _, decimals = f"{rounded:f}".partition(".")
    while len(decimals) > least and decimals.endswith("0"):
        decimals = decimals[:-1]
    ints = ints.lstrip("0").zfill(whole.count("0"))
    if len(digits) > 1 and not point:
        return _spread(ints, digits)
    if "," in whole:
        ints = f"{int(ints or '0'):,}" if ints else ints
    return [ints + (f".{decimals}" if decimals else "")]


def _spread(ints: str, digits: list[str]) -> list[str]:
    """Digits over several places, from the right; the first one takes the rest."""
    filled: list[str] = []
    for n, place in enumerate(reversed(digits)):
        width = len(ints) if n == len(digits) - 1 else len(place)
        filled.append(ints[max(0, len(ints) - width) :])
        ints = ints[: max(0, len(ints) - width)]
    return filled[::-1]


def _fraction(exact: Decimal, section: _Section) -> str:
    under = section.fraction[1:]
    whole, rest = divmod(exact, 1)
    if under.isdigit():
        below = int(under)
        over = int((rest * below).to_integral_value(ROUND_HALF_UP))
    else:
        near = Fraction(rest).limit_denominator(10 ** len(under) - 1)
        over, below = near.numerator, near.denominator
    if not over:
        return str(int(whole))
    if over == below:
        return str(int(whole) + 1)
    return f"{int(whole)} {over}/{below}" if whole else f"{over}/{below}"
