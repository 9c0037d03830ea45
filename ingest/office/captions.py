"""Lines above tables that name them, whatever their style."""

import re

_LONGEST = 80  # characters
_CAPTION = re.compile(
    r"(?:附?表\s{0,3}|(?i:table|tabelle|tableau|tabla)\s{1,3})"
    r"(?:[A-Z](?![a-z])|\d|[一二三四五六七八九十])[\dA-Z.\-–—]{0,8}(?:[\s:：.、].*|[^\W\d].*)?"
)
_SENTENCE_ENDS = ("。", "；", "，", ";", ",", ".")


def is_caption(text: str) -> bool:
    """Whether a paragraph reads like the caption of a table: "表1 价格", "Table 2: Prices"."""
    said = text.strip()
    return (
        len(said) <= _LONGEST
        and not said.endswith(_SENTENCE_ENDS)
        and bool(_CAPTION.fullmatch(said))
    )
