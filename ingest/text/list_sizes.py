"""How many items the lists of a text have, for "these 4 items"."""

from __future__ import annotations

import re

_ITEM = re.compile(
    r"[ \t>]*+(?P<mark>[*+•·–-]\s|\(?\d{1,3}[.、．)]|[（(]?[一二三四五六七八九十]{1,3}[)）、]"
    r"|[①-⑳]|\|)"
)
_DIGIT = re.compile(r"\d+|[一二三四五六七八九十①-⑳]+")
_RULE = re.compile(r"[\s|:-]+")
_INLINE = re.compile(
    r"[（(](?:\d{1,2}|[一二三四五六七八九十a-h])[）)]|[①-⑳]|(?<!\d)\d{1,2}[)、](?!\d)"
)
_SENTENCE = re.compile(r"[。！？；\n]|[.!?](?=\s)")
_JOINS = re.compile(r"\s(?:and|or|und|oder)\s")
_FEWEST, _MOST = 2, 20


def list_sizes(text: str) -> frozenset[int]:
    """Return how many items the lists of a text have, 2 to 20: of lines, rows, or in a sentence.

    In a sentence a list is joined by 、, or by commas with "and" or "or".
    """
    sizes = _of_lines(text)
    for sentence in _SENTENCE.split(text):
        sizes |= {len(_INLINE.findall(sentence)), sentence.count("、") + 1}
        if (commas := sentence.count(",")) and _JOINS.search(sentence):
            sizes |= {commas + 1, commas + 2}  # "a, b, and c" or "a, b and c"
    return frozenset(size for size in sizes if _FEWEST <= size <= _MOST)


def _of_lines(text: str) -> set[int]:
    """Return the lengths of runs of items and of table rows, these with a header and without."""
    sizes: set[int] = set()
    run, kind = 0, ""
    for line in (line for line in [*text.splitlines(), "end"] if line.strip()):
        item = _ITEM.match(line)
        here = _DIGIT.sub("1", item["mark"].strip()) if item else ""  # "1." and "12." are alike
        if here and here == kind:
            run += not (here == "|" and _RULE.fullmatch(line))
        elif here or not line[0].isspace():  # what is indented goes on with its item
            sizes |= {run, run - 1} if kind == "|" else {run}
            run, kind = int(bool(here)), here
    return sizes
