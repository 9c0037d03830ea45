"""Characters of Word's Symbol font, which PDFs give as private ones from U+F020 on.

The codes are those of Adobe's Symbol encoding, which Word's font keeps. Its letters share their
codes with the pictures of Wingdings; those stand at the beginning of a line, as bullets.
"""

import re

# Signs that nobody uses as a bullet.
_SIGNS = {
    0xF0A3: "≤", 0xF0A5: "∞", 0xF0AB: "↔", 0xF0AC: "←", 0xF0AD: "↑", 0xF0AE: "→", 0xF0AF: "↓",
    0xF0B0: "°", 0xF0B1: "±", 0xF0B2: "″", 0xF0B3: "≥", 0xF0B4: "×", 0xF0B8: "÷", 0xF0B9: "≠",
    0xF0BA: "≡", 0xF0BB: "≈", 0xF0BC: "…", 0xF0D6: "√", 0xF0D7: "⋅", 0xF0E5: "∑", 0xF0F2: "∫",
    0xF0A2: "′", 0xF0CE: "∈", 0xF0DE: "⇒", 0xF0B5: "∝", 0xF0B6: "∂",
}  # fmt: skip
_BULLETS = dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF09F, 0xF076), "•") | {0xF0FC: "✓"}
_GREEK = dict(
    zip(
        (0xF000 + ord(letter) for letter in "abgdezhqiklmnxoprstufcywGDQLXPSFYWV"),
        "αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩς",
        strict=True,
    )
)
_AS_ASCII = {0xF000 + ord(char): char for char in " !#%()+,./0123456789:;<=>?[]{|}_"} | {
    0xF02D: "−"
}
_SURE = _SIGNS | _BULLETS
_WITHIN = _AS_ASCII | _GREEK
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_AT_START = re.compile(r"(\s*+)[\ue000-\uf8ff\U000f0000-\U0010ffff](?=\s|\Z)")


def with_symbols(line: str) -> str:
    """The line with what the symbols are: "•" at its beginning, U+FFFD where nobody knows."""
    if not _PRIVATE.search(line):
        return line
    line = line.translate(_SURE)
    if bullet := _AT_START.match(line):
        line = f"{bullet[1]}•{line[bullet.end() :]}"
    return _PRIVATE.sub("\ufffd", line.translate(_WITHIN))
