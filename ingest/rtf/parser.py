"""The tokens of a rich text become blocks."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field

from ingest.document import Part
from ingest.pictures import Pictures
from ingest.rtf.blocks_of_rtf import RtfBlocks
from ingest.rtf.state import CHARSETS, DOUBLE_BYTES, State, encoding_of
from ingest.rtf.tokens import Token
from ingest.text import subscript, superscript

_LONGEST = 200  # characters of a marker, an author, the code of a field
_MOST_GROUPS = 1000  # in each other; deeper ones are read as their outer one
_SIGNS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ", "tab": " ",
    "line": "\n", "~": " ", "_": "-", "-": "", "ltrmark": "", "rtlmark": "", "zwj": "", "zwnj": "",
}  # fmt: skip
# Groups whose text is not the document's.
_LEFT_OUT = frozenset((
    "colortbl", "filetbl", "listtable", "listoverridetable", "rsidtbl", "generator", "themedata",
    "colorschememapping", "latentstyles", "datastore", "xmlnstbl", "bkmkstart", "bkmkend",
    "nonshppict", "fontemb", "sp", "pn", "pnseclvl", "revtbl", "atnid", "atnref", "atndate",
    "atnicn", "atrfstart", "atrfend", "falt", "panose", "objdata", "objclass", "mmathPr",
    "ctrlPr", "shprslt", "do", "pgdsctbl", "tc", "xe", "datafield", "formfield", "userprops",
    "docvar", "operator", "company", "category", "keywords", "doccomm", "subject", "manager",
    "hlinkbase", "comment", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "ftncn", "aftncn",
    "passwordhash", "wgrffmtfilter", "xmlopen", "xmlclose", "private", "background", "template",
))  # fmt: skip
# Groups marked as unknown to old programs ("\*") whose text is read all the same.
_READ = frozenset((
    "shpinst", "shppict", "moMath", "moMathPara", "mmath", "annotation", "atnauthor", "fldinst",
    "cs", "listtext", "pntext", "footnote",
))  # fmt: skip
_HEADS = frozenset(("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr",
                    "footerf"))  # fmt: skip
_INFO = frozenset(("title", "author", "creatim", "revtim"))
_OWN = frozenset((
    "fonttbl", "stylesheet", "fldinst", "listtext", "pntext", "atnauthor", "annotation",
    "footnote", "pict", "shptxt",
))  # fmt: skip
_PAGES = ("PAGE", "NUMPAGES", "SECTIONPAGES")


@dataclass
class Parser:
    """Takes tokens one by one."""

    pictures: Pictures
    info: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.is_cut = False  # whether groups are open at the end: more should follow
        self._blocks = RtfBlocks()
        self._state = State()
        self._stack: list[State] = []
        self._deeper = 0  # groups beyond the most
        self._encoding = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0  # that the table of fonts is at
        self._raw = bytearray()  # bytes of text that are not decoded yet
        self._skip = 0  # of what stands for those who do not know a sign
        self._is_starred = False
        self._dates: dict[str, list[int]] = {}
        self._field = ""  # the code of the field that was read last
        self._high = ""  # the first half of a sign of two
        self._picture = bytearray()  # that is read, in hexadecimal digits

    @property
    def title(self) -> str:
        """The text of the first paragraph that has the style of a title."""
        return self._blocks.title

    def day(self, which: str) -> str:
        """Return a day of the document's properties, or ""."""
        year, month, day = [*self._dates.get(which, []), 0, 0, 0][:3]
        is_real = 1900 < year < 2200 and 0 < month < 13 and 0 < day < 32
        return f"{year}-{month:02}-{day:02}" if is_real else ""

    def take(self, token: Token) -> None:
        """Take the next token."""
        kind = token.kind
        if kind == "bin":
            if self._state.destination == "pict":
                self._picture += token.data.hex().encode()
            return
        if kind in ("text", "byte"):
            data = token.data
            if self._skip:
                taken = min(self._skip, len(data))
                self._skip -= taken
                data = data[taken:]
            if self._state.destination is not None:
                self._raw += data
            return
        if kind != "u":
            self._skip = 0
        self._flush()
        if kind == "{":
            self._open()
        elif kind == "}":
            self._close()
        elif kind == "*":
            self._is_starred = True
        else:
            starred, self._is_starred = self._is_starred, False
            self._word(kind, token.number, starred)

    def finish(self) -> Part:
        """Return what was read."""
        self._flush()
        self.is_cut = bool(self._stack)
        return self._blocks.finish()

    def _open(self) -> None:
        self._is_starred = False
        if len(self._stack) >= _MOST_GROUPS:
            self._deeper += 1
            return
        self._stack.append(self._state)
        self._state = self._state.copy()

    def _close(self) -> None:
        self._is_starred = False
        if self._deeper:
            self._deeper -= 1
        elif self._stack:
            left, self._state = self._state.destination, self._stack.pop()
            if left != self._state.destination and left is not None:
                self._leave(left)

    def _leave(self, destination: str) -> None:
        if destination in _HEADS or destination in ("footnote", "annotation", "shptxt"):
            self._blocks.leave(destination)
        elif destination == "pict":
            digits = bytes(self._picture)
            self._picture.clear()
            with contextlib.suppress(ValueError):  # else it is cut off
                self._blocks.picture(bytes.fromhex(digits.decode("ascii")), self.pictures)

    def _word(self, word: str, number: int | None, starred: bool) -> None:
        state = self._state
        if state.destination is None:
            return
        if word in _LEFT_OUT or (starred and word not in _READ):
            state.destination = None
        elif word in _HEADS or word in _OWN or (word in _INFO and state.destination == "info"):
            self._enter(word)
        elif word == "info":
            state.destination = "info"
        elif word == "fldrslt":
            self._result()
        elif word == "u" and number is not None:
            self._sign(number)
        elif word in _SIGNS:
            self._put(_SIGNS[word])
        elif word == "chpgn":
            self._blocks.counts_pages = True
        elif word in ("yr", "mo", "dy") and state.destination in ("creatim", "revtim"):
            self._dates.setdefault(state.destination, []).append(number or 0)
        elif not self._character(word, number) and state.destination in self._blocks.destinations:
            self._blocks.word(word, number)
        elif state.destination == "stylesheet":
            self._blocks.style_word(word, number)

    def _enter(self, word: str) -> None:
        is_known = word in self.info or word in self._dates
        self._state.destination = None if is_known else word
        if word == "fldinst":
            self._field = ""
        elif word in _HEADS or word in ("footnote", "annotation", "shptxt"):
            self._blocks.enter(word)

    def _result(self) -> None:
        """The result of a field: page numbers are left out."""
        if self._field.split()[:1] and self._field.split()[0].upper() in _PAGES:
            self._blocks.counts_pages = True
            self._state.destination = None

    def _character(self, word: str, number: int | None) -> bool:
        """Take a property of characters; False if it is none."""
        state = self._state
        match word:
            case "ansicpg":
                self._encoding = encoding_of(number or 1252)
            case "mac":
                self._encoding = "mac-roman"
            case "deff":
                return True
            case "f" if state.destination == "fonttbl":
                self._font = number or 0
            case "f":
                state.encoding = self._fonts.get(number or 0, "")
            case "fcharset" if number == 0 and self._encoding == "mac-roman":
                self._fonts[self._font] = ""  # a Mac's own letters, as the document says
            case "fcharset" if number in CHARSETS:
                self._fonts[self._font] = CHARSETS[number]
            case "cpg" if number:
                self._fonts[self._font] = encoding_of(number)
            case "uc":
                state.fallback = max(0, min(number or 0, 16))
            case "v":
                state.is_hidden = number != 0
            case "deleted":
                state.is_deleted = number != 0
            case "super" | "sub":
                state.shift = word if number != 0 else ""
            case "nosupersub":
                state.shift = ""
            case "plain":
                state.is_hidden, state.shift = False, ""
            case "upr":  # what follows is the same twice, first for old programs
                return True
            case _:
                return False
        return True

    def _sign(self, number: int) -> None:
        self._skip = self._state.fallback
        code = number + 0x10000 if number < 0 else number
        if 0xD800 <= code < 0xDC00:
            self._high = chr(code)
            return
        if 0xDC00 <= code < 0xE000:
            pair = (self._high + chr(code)).encode("utf-16-le", "surrogatepass")
            self._high = ""
            self._put(pair.decode("utf-16-le", "replace").replace("\ufffd", ""))
        elif 0 < code < 0x110000:
            self._put(chr(code))

    def _flush(self) -> None:
        """Decode the bytes that came: signs of two bytes may have come as two tokens."""
        if self._raw and self._state.destination == "pict":
            self._picture += self._raw
            self._raw.clear()
        elif self._raw:
            raw = bytes(self._raw)
            self._raw.clear()
            self._put(self._decoded(raw))

    def _decoded(self, raw: bytes) -> str:
        encoding = self._state.encoding or self._encoding
        if encoding == "cp1252" and self._encoding in DOUBLE_BYTES:
            try:  # some programs name a Latin font for Chinese text
                return raw.decode(self._encoding)
            except UnicodeDecodeError:
                return raw.decode("cp1252", "replace")
        return raw.decode(encoding, "replace")

    def _put(self, text: str) -> None:
        state = self._state
        destination = state.destination
        if destination is None or state.is_hidden or state.is_deleted:
            return
        text = text.replace("\0", "")
        if state.shift:
            text = superscript(text) if state.shift == "super" else subscript(text)
        if destination == "fldinst":
            self._field = (self._field + text)[:_LONGEST]
        elif destination in ("listtext", "pntext"):
            self._blocks.marker = (self._blocks.marker + text)[:_LONGEST]
        elif destination == "stylesheet":
            self._blocks.style_text(text)
        elif destination in _INFO:
            self.info[destination] = (self.info.get(destination, "") + text)[:1000]
        elif destination == "atnauthor":
            self._blocks.author = (self._blocks.author + text)[:_LONGEST]
        elif destination in self._blocks.destinations:
            self._blocks.text(text)
