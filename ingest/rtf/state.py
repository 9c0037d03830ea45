"""What holds for the text in a group of a rich text."""

from __future__ import annotations

from dataclasses import dataclass

CHARSETS = {
    0: "cp1252", 77: "mac-roman", 78: "shift_jis", 80: "gb18030", 81: "big5", 128: "cp932",
    129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
"""The encodings by the numbers that fonts give (`fcharset`); 1 is the document's."""

DOUBLE_BYTES = frozenset(("gb18030", "cp950", "cp932", "cp949", "big5"))

_PAGES = {936: "gb18030", 10000: "mac-roman", 65001: "utf-8", 1200: "utf-16-le", 708: "cp1256"}


def encoding_of(page: int) -> str:
    """Return the encoding of a code page."""
    name = _PAGES.get(page, f"cp{page}")
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


@dataclass
class State:
    """The destination that text goes to ("" is the body, None is left out), and its properties."""

    destination: str | None = ""
    encoding: str = ""  # of the font; "" is the document's
    fallback: int = 1  # bytes that stand behind a sign for those who do not know it
    is_hidden: bool = False
    is_deleted: bool = False
    shift: str = ""  # "super", "sub"

    def copy(self) -> State:
        """Return the state that an inner group begins with."""
        return State(
            self.destination,
            self.encoding,
            self.fallback,
            self.is_hidden,
            self.is_deleted,
            self.shift,
        )
