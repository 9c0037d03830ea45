"""Pictures and other files that are written into a text as base64 are left out of it.

Of a note's 481 passages one picture of 60 KB made 479. The patterns are linear: repeats are
possessive, and a run of characters is tried at its beginning only.
"""

import re

_LONGEST_SHOWN = 64  # characters; shorter ones are examples and tokens
# data:image/png;base64,… in Markdown, HTML or CSS, also broken into lines.
_DATA = re.compile(
    r"(?<![\w.-])data:[a-z]{1,20}/[\w.+-]{1,80}(?:;[\w.+=-]{1,80}){0,8};base64,"
    r"(?P<data>[\w+/=%-]*+(?:[ \t]*+\n[ \t>]*+[\w+/-]{40,}+[=]{0,2})*+"
    r"(?:[ \t]*+\n[ \t>]*+[\w+/-]*+[=]{0,2}[ \t]*+(?=[\"')>]|\n[\"')>\n]))?)",
    re.IGNORECASE,
)
# A drawing in percent signs or as it is, up to the quote or bracket that ends it.
_DRAWING = re.compile(r"(?<![\w.-])data:image/[\w.+;=-]{1,120},(?P<data>[^\s\"'()<>`]*+)")
_RUN = re.compile(r"(?<![\w+/=-])[\w+/-]{512,}+={0,2}", re.ASCII)
# Parts of a mail and of other envelopes: lines of one width, the last one may be shorter.
_LINES = re.compile(
    r"^[ \t>]{0,8}+[A-Za-z0-9+/]{56,}+={0,2}[ \t]*+\n"
    r"(?:[ \t>]{0,8}+[A-Za-z0-9+/]{56,}+={0,2}[ \t]*+(?:\n|\Z)){7,}+"
    r"(?:[ \t>]{0,8}+[A-Za-z0-9+/]{1,}+={0,2}[ \t]*+(?=\n\s|\n--|\n?\Z))?",
    re.MULTILINE,
)
_BEFORE = 200  # characters in which a key or certificate says what it is
_SAMPLE = 4096


def without_embedded(text: str) -> tuple[str, int]:
    """Return the text without files in base64, and how many there were; keys stay."""
    count = 0

    def drop(found: re.Match[str]) -> str:
        nonlocal count
        data = found["data"]
        if len(data) < _LONGEST_SHOWN:
            return found.group()
        count += 1
        return ""

    def drop_run(found: re.Match[str]) -> str:
        nonlocal count
        if not _is_base64(found.group()) or _is_key(text, found.start()):
            return found.group()
        count += 1
        return ""

    if "data:" in text or "DATA:" in text:
        text = _DRAWING.sub(drop, _DATA.sub(drop, text))
    text = _RUN.sub(drop_run, text)
    text = _LINES.sub(drop_run, text)
    return text, count


def _is_base64(run: str) -> bool:
    """Whether capitals, small letters and digits are mixed: hex dumps, genes and rules are not."""
    sample = run[:_SAMPLE]
    kinds = (str.isupper, str.islower, str.isdigit)
    counts = [sum(map(kind, sample)) for kind in kinds]
    return min(counts) * 25 > len(sample) and sum(counts) * 1.2 > len("".join(sample.split()))


def _is_key(text: str, start: int) -> bool:
    """Whether a run stands below "-----BEGIN …-----", as keys and certificates do."""
    before = text[max(0, start - _BEFORE) : start]
    return before.rfind("-----BEGIN ") > before.rfind("-----END ")
