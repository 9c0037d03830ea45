"""What the readers warn of, known by the key of its words."""

from __future__ import annotations

import re

from app.control_characters import line
from app.texts import Words

# What the readers say, by the key of the words for it. What none of these is stands as it is.
_PATTERNS = [
    (re.compile(pattern, re.DOTALL), key)
    for pattern, key in (
        (r"no text on (?P<pages>pages? [\d, -]+)", "warned_blank"),
        (r"no text was recognised on (?P<pages>pages? [\d, -]+)", "warned_unrecognised"),
        (r"text recognition is needed on (?P<pages>pages? [\d, -]+)", "warned_needs_ocr"),
        (
            r"left out as head or foot on (?P<count>\d+) pages?:"
            r" '(?P<first>.*)' to '(?P<last>.*)'",
            "warned_heads_from",
        ),
        (r"left out as head or foot on (?P<count>\d+) pages?: '(?P<first>.*)'", "warned_heads"),
        (r"text that cannot be decoded on (?P<pages>pages? [\d, -]+)", "warned_undecodable"),
        (r"(?P<n>\d+) lines? that cannot be decoded left out", "warned_lines"),
        (r"(?P<n>\d+) characters? could not be decoded", "warned_characters"),
        (
            r"unseen text on (?P<pages>pages? [\d, -]+) was another than one sees; recognised anew",
            "warned_unseen",
        ),
        (
            r"text on (?P<pages>page \d+) was hard to recognise and may be wrong",
            "warned_hard",
        ),
        (r"(?P<pages>page \d+) is damaged and left out", "warned_damaged_page"),
        (r"(?P<n>\d+) more pictures? not read: there are too many", "warned_pictures_over"),
        (r"(?P<n>\d+) pictures? could not be opened", "warned_pictures"),
        (r"(?P<n>\d+) drawings? \(EMF, WMF, SVG\) not read", "warned_drawings"),
        (r"(?P<n>\d+) embedded files? left out", "warned_embedded"),
        (
            r"slide (?P<n>\d+) is hidden in the show; it was read all the same",
            "warned_slide_hidden",
        ),
        (r"slide (?P<n>\d+) is broken; left out", "warned_slide_broken"),
        (
            r"sheet (?P<quote>['\"])(?P<name>.+)(?P=quote) is hidden; it was read all the same",
            "warned_sheet_hidden",
        ),
        (
            r"sheet (?P<quote>['\"])(?P<name>.+)(?P=quote) is (?:missing or )?broken; left out",
            "warned_sheet_broken",
        ),
        (r"(?P<name>.+) in it is broken; left out", "warned_part_broken"),
        (r"(?P<name>[^:]+\.\w+) left out: (?P<why>.+)", "warned_inner"),
    )
]
_NUMBERS = re.compile(r"pages? (\d.*)")


def known_warning(warning: str) -> tuple[str, dict[str, str]] | None:
    """Return the key of the words for a warning, and what stands in them; None for any other."""
    for pattern, key in _PATTERNS:
        if found := pattern.fullmatch(warning):
            return key, {k: v for k, v in found.groupdict().items() if v}
    return None


def warning_line(warning: str, words: Words) -> str:
    """Return a warning in words, in one line; one that has none stays as it is."""
    warning = line(warning)
    if (known := known_warning(warning)) is None:
        return warning
    key, values = known
    filled: dict[str, object] = dict(values)
    if numbers := _NUMBERS.fullmatch(values.get("pages", "")):
        several = not numbers[1].isdigit()
        filled["pages"] = words("on_pages" if several else "on_page", n=numbers[1])
    if "n" in values:
        filled["n"] = int(values["n"])
    if "count" in values:
        filled["where"] = words("pages", n=int(values["count"]))
    said = words(key, **filled)
    return said[:1].upper() + said[1:]
