"""The styles and lists of a Word file from before 2007."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from ingest.office import written
from ingest.old_office.doc_file import modifiers

_DEEPEST = 20
_TITLE, _CAPTION = 62, 34  # numbers of the styles that Word brings along
_CONTENTS = range(19, 28)
_HEADINGS = range(1, 10)
_USER = 0xFFF  # and the number before it
_FORMS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter",
    5: "decimal", 10: "ideographDigital", 11: "chineseCounting", 18: "decimalEnclosedCircle",
    22: "decimalZero", 30: "ideographTraditional", 31: "ideographZodiac", 33: "chineseCounting",
    34: "ideographLegalTraditional", 35: "chineseCounting", 37: "chineseCounting",
    38: "chineseLegalSimplified", 39: "chineseCountingThousand",
}  # fmt: skip
_BULLET, _NOTHING = 23, 255


@dataclass(frozen=True)
class DocStyle:
    """What a style is: `level` is that of a heading, 0 for none; `set` its properties by code."""

    level: int = 0
    is_title: bool = False
    is_caption: bool = False
    is_contents: bool = False
    set: dict[int, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class _Raw:
    known: int = _USER  # the number that Word gives it
    based: int = _USER  # the style that it takes from
    set: dict[int, bytes] = field(default_factory=dict)


def read_styles(data: bytes) -> list[DocStyle]:
    """Return the styles by their numbers, from the structure STSH."""
    if len(data) < 6:
        return []
    size, count, base_size = struct.unpack_from("<3H", data, 0)
    raw: list[_Raw] = []
    at = 2 + size
    for n in range(count):
        if at + 2 > len(data):
            break
        length = struct.unpack_from("<H", data, at)[0]
        raw.append(_raw(data[at + 2 : at + 2 + length], base_size, n))
        at += 2 + length
    return [_style(raw, n) for n in range(len(raw))]


def _raw(held: bytes, base_size: int, at: int) -> _Raw:
    if len(held) < max(6, base_size + 2):
        return _Raw()
    first, second = struct.unpack_from("<2H", held, 0)
    known = at if at in _HEADINGS else first & 0xFFF  # their places are fixed
    properties: dict[int, bytes] = {}
    if second & 0xF == 1:  # of paragraphs
        begin = base_size + 4 + 2 * struct.unpack_from("<H", held, base_size)[0]
        if begin + 4 <= len(held):
            size = struct.unpack_from("<H", held, begin)[0]
            properties = modifiers(held[begin + 4 : begin + 2 + size])
    return _Raw(known, second >> 4, properties)


def _style(raw: list[_Raw], at: int) -> DocStyle:
    known = _USER
    properties: dict[int, bytes] = {}
    for _ in range(_DEEPEST):
        if not 0 <= at < len(raw):
            break
        properties = {**raw[at].set, **properties}
        if known >= _USER - 1:  # a user's, which takes from one of Word's own
            known = raw[at].known
        at = raw[at].based
    return DocStyle(
        level=known if known in _HEADINGS else 0,
        is_title=known == _TITLE,
        is_caption=known == _CAPTION,
        is_contents=known in _CONTENTS,
        set=properties,
    )


@dataclass(frozen=True)
class _Level:
    start: int
    form: int
    text: str  # with the signs 0 to 8 for the numbers of the levels


class DocLists:
    """The lists of a file, each with where its count is."""

    def __init__(self, lists: bytes, overrides: bytes) -> None:
        """`lists` is the structure PlfLst with what follows it, `overrides` PlfLfo."""
        levels = _read_lists(lists)
        count = struct.unpack_from("<I", overrides, 0)[0] if len(overrides) >= 4 else 0
        self._lists: list[tuple[int, list[_Level]]] = []
        for n in range(min(count, (len(overrides) - 4) // 16 if overrides else 0)):
            named = struct.unpack_from("<i", overrides, 4 + 16 * n)[0]
            self._lists.append((named, levels.get(named, [])))
        self._counts: dict[int, dict[int, int]] = {}

    def marker(self, list_number: int, depth: int) -> str | None:
        """Count one paragraph; return what stands before it, "-" for a bullet, None for nothing."""
        if not 1 <= list_number <= len(self._lists):
            return None
        named, levels = self._lists[list_number - 1]
        if not 0 <= depth < len(levels):
            return "-"
        level = levels[depth]
        counts = self._counts.setdefault(named, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for below in [at for at in counts if at > depth]:
            del counts[below]
        if level.form == _BULLET:
            return "-"
        if level.form == _NOTHING and not level.text:
            return None
        shown = []
        for sign in level.text:
            at = ord(sign)
            if at < 9:
                other = levels[at] if at < len(levels) else level
                shown.append(
                    written(counts.get(at, other.start), _FORMS.get(other.form, "decimal"))
                )
            else:
                shown.append(sign)
        return "".join(shown).strip() or None


def _read_lists(data: bytes) -> dict[int, list[_Level]]:
    if len(data) < 2:
        return {}
    count = struct.unpack_from("<H", data, 0)[0]
    at = 2 + 28 * count
    found: dict[int, list[_Level]] = {}
    for n in range(count):
        if 2 + 28 * (n + 1) > len(data):
            break
        named = struct.unpack_from("<i", data, 2 + 28 * n)[0]
        is_simple = data[2 + 28 * n + 26] & 1
        levels = []
        for _ in range(1 if is_simple else 9):
            if at + 28 > len(data):
                return found
            start, form = struct.unpack_from("<iB", data, at)
            at += 28 + data[at + 24] + data[at + 25]
            length = struct.unpack_from("<H", data, at)[0] if at + 2 <= len(data) else 0
            text = data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
            at += 2 + 2 * length
            levels.append(_Level(start, form, text[:100]))
        found[named] = levels
    return found
