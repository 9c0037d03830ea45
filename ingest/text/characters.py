"""What a text holds for terminals and layout is taken out, so that words are words.

Colours, progress that was drawn over itself, bold by backspaces, and characters without width.
Every pattern here is linear: its repeats are possessive, or begin at one character only.
"""

import re

from ingest.text.carriage_returns import last_drawn

HALF = re.compile(r"[\ud800-\udfff]")
"""Half of a character (a lone surrogate), which no text can be stored with."""
_ESCAPE = re.compile(
    r"\x1b\][^\x07\x1b\n]*+(?:\x07|\x1b\\)"  # titles of windows, targets of links
    r"|\x1b[PX^_][^\x1b\n]*+\x1b\\"
    r"|(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]"  # colours, cursor
    r"|\x1b[ -/]*+[0-~]"
)
_TO_LINE_START = re.compile(r"\x1b\[[01]?G")
_LINE_ENDS = re.compile(r"(?<!\r)\r++\n|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb]+"
)
# Joiners shape words in Arabic and Indian scripts, and hold emoji together; elsewhere they are
# as invisible as the rest.
_JOINERS = re.compile(
    r"(?<![\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u2190-\u27bf\u2b00-\u2bff"
    r"\ua8e0-\ua8ff\ufb50-\ufdff\ufe0f\ufe70-\ufefc\U00011000-\U00011fff\U0001f000-\U0001faff])"
    r"[\u200c\u200d]+"
)
# Between two words these part them, as in lists and messages of programs; the codes that shift
# fonts, and escapes, print nothing.
_PARTING = re.compile(r"[\x00-\x08\x10-\x1a\x1c-\x1f]")
# Behind a black flag, tags name a region: England's flag is one picture of seven characters.
_STRAY_TAGS = re.compile(
    r"(\U0001f3f4[\U000e0020-\U000e007e]{2,8}\U000e007f)|[\U000e0000-\U000e007f]+"
)


def clean(text: str) -> str:
    """Return the text as one sees it, with newlines as `\\n`; U+FFFD stays, it tells of a loss."""
    if "\x1b" in text or "\x9b" in text:
        text = _ESCAPE.sub("", _TO_LINE_START.sub("\r", text))
    text = _LINE_ENDS.sub("\n", text)
    if "\r" in text:
        text = last_drawn(text)
    if "\b" in text:
        text = "\n".join(_struck_once(line) if "\b" in line else line for line in text.split("\n"))
    return visible(text)


def visible(text: str) -> str:
    """Return a text without controls and characters of no width, newlines and tabs excepted."""
    text = _STRAY_TAGS.sub(r"\1", _INVISIBLE.sub(_gap, text))
    return _JOINERS.sub("", text)


def _gap(found: re.Match[str]) -> str:
    """A space for controls that stand between two visible characters, else nothing."""
    text, start, end = found.string, found.start(), found.end()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    parts = before.strip() and after.strip() and _PARTING.search(found.group())
    return " " if parts else ""


def _struck_once(line: str) -> str:
    """A line in which backspaces print bold (`a\\ba`) or underlined (`_\\ba`), or take back."""
    shown: list[str] = []
    under = ""  # the character that the next one is printed over
    for char in line:
        if char == "\b":
            under = shown.pop() if shown else ""
        else:
            shown.append(under if char == "_" and under not in ("", " ") else char)
            under = ""
    return "".join(shown)
