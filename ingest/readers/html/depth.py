"""Pages with thousands of elements that nobody closed, as libxml2 looks at all for each end."""

from __future__ import annotations

import re
from collections import Counter

_MOST_NAMES = 150  # HTML has 110
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})\b[^<>]{0,500}>")
_MOST_OPEN = 500  # elements of one name; pages have some, and those that nobody closes, too
# Those that the next one of their kind closes, or that hold nothing.
_CLOSED = frozenset((
    "area", "base", "body", "br", "col", "dd", "dt", "head", "hr", "html", "img", "input", "li",
    "link", "meta", "optgroup", "option", "p", "param", "tbody", "td", "tfoot", "th", "thead", "tr",
    "wbr",
))  # fmt: skip


def without_unclosed(html: str) -> str:
    """Return a page without the tags of elements that lie in hundreds of the same name."""
    if html.count("<") <= _MOST_OPEN:
        return html
    open_: Counter[str] = Counter()
    dropped: Counter[str] = Counter()

    def kept(found: re.Match[str]) -> str:
        name = found[2].lower()
        if name in _CLOSED:
            return found[0]
        if not found[1]:
            if open_[name] >= _MOST_OPEN or (len(open_) > _MOST_NAMES and name not in open_):
                dropped[name] += 1
                return ""
            open_[name] += 1
        elif dropped[name]:
            dropped[name] -= 1
            return ""
        elif open_[name]:
            open_[name] -= 1
        return found[0]

    return _TAG.sub(kept, html)
