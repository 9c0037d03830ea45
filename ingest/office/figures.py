"""Whether a cell holds a figure or words."""

import re

_FIGURE = re.compile(
    r"[-+(]?\s?[¥￥$€£]?\s?[-+]?\d[\d,.' ]*(?:[eE][+-]?\d+)?\s?[%‰)]?\s?[元€万亿]?|"
    r"\d{4}-\d\d(?:-\d\d)?(?: \d\d:\d\d(?::\d\d)?)?|\d{1,2}:\d\d(?::\d\d)?|[-–—]|TRUE|FALSE|#\S+"
)


def is_figure(text: str) -> bool:
    """Whether a cell holds a number, a date or an error, and no words."""
    return len(text) <= 40 and bool(_FIGURE.fullmatch(text.strip()))
