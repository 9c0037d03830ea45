"""An answer as a model writes it, statement by statement: a sentence, a list item, a table row."""

from __future__ import annotations

import re
from dataclasses import dataclass

# What stands before the words of a line: a list's mark or number, a heading, a quotation.
_MARKER = re.compile(
    r"[ \t]*(?:(?:[-*+•·]|\d{1,3}[.)、)]|[（(]\d{1,2}[)）]|#{1,6}|>)(?:[ \t]+|(?<=[、)）])))?"
)
# Where a sentence ends inside a line. A Latin full stop counts only before white space, and not
# behind a single capital or a common abbreviation, nor before a small letter: "Hudson Co. is".
_END = re.compile(
    r"[。！？…]+[”’」』）】\"')]*(?:[ \t]*[\[【［]\d[\d,，、 ]*[\]】］])*"
    r"|(?<!\b[A-Z])(?<!\b[a-z]\.[a-z])(?<!\b(?:Mr|Ms|Dr|No|vs|St|Co))(?<!\b(?:Mrs|Ltd|Inc|etc|Art|Sec))(?<!\b(?:Corp|Prof))"
    r"[.!?]+[\"'”’)\]*_]*(?:[ \t]*\[\d[\d, ]*\])*(?=[ \t]+[^\sa-z])"
)
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
_RULE = re.compile(r"[\s|:+\-=*_]+")
# What names the prompt's passages by its own word for them; nobody who reads the answer knows it.
_LEAD = re.compile(
    r"(?:(?:according to|based on|as (?:stated|mentioned|described) in) (?:the |these )?"
    r"(?:provided |given )?(?:excerpts?|passages?)(?: (?:above|provided|given))?,? "
    r"|(?:the |these )(?:excerpts?|passages?) (?:clearly )?(?:states?|says?|mentions?|indicates?|"
    r"specif(?:y|ies)|shows?) that )"
    r"|(?:根据|按照|依据)(?:上面|上述|以上|所给|提供|给出)?的?资料(?:中|里|内容)?"
    r"(?:的(?:内容|规定|信息|描述|说明))?[，,：:]"
    r"|(?:上面|上述|以上)?的?资料(?:中|里)(?:的(?:条件|规定|内容|限制|例外)"
    r"(?:[、和与及](?:条件|规定|限制|例外)){0,3}(?:(?:是(?!否)|为)[：:]?|[：:])"
    r"|(?:明确)?(?:提到|写明|指出|显示|说明|规定)(?:了|，|,|：|:)?)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Statement:
    """A part of an answer that can be held against its sources by itself.

    `gap` is the white space before it, `marker` what a list or heading puts in front of it; `text`
    may be empty, where a line has only marks. The answer is all of these, one behind the other.
    """

    gap: str
    marker: str
    text: str

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return self.text.startswith("|")

    @property
    def is_item(self) -> bool:
        """Whether it begins an item of a list."""
        return bool(self.marker.strip(" \t>#"))

    @property
    def claims(self) -> bool:
        """Whether it says something: a rule, a heading or an opening ("as follows:") does not."""
        bare = self.text.strip().strip("*_")
        heading = self.marker.lstrip().startswith("#")
        return bool(bare) and not heading and not _RULE.fullmatch(bare) and bare[-1] not in ":："


class StatementStream:
    """Takes an answer as it is written, and gives each statement as soon as it is whole.

    Example:
        stream = StatementStream()
        found = [s for part in written for s in stream.add(part)] + stream.rest()
    """

    def __init__(self) -> None:
        self._text = ""
        self._gap = ""
        self._in_line = False

    def add(self, text: str) -> list[Statement]:
        """Take what was written, and return the statements that it completes."""
        self._text += text
        return self._taken(final=False)

    def rest(self) -> list[Statement]:
        """Return what is left when the answer ends."""
        return self._taken(final=True)

    def _taken(self, *, final: bool) -> list[Statement]:
        found: list[Statement] = []
        while True:
            bare = self._text.lstrip()
            self._gap += self._text[: len(self._text) - len(bare)]
            if "\n" in self._gap:
                # The white space of a line's beginning belongs to its marker, as lists are nested.
                self._in_line = False
            self._text = bare
            if not bare:
                return found
            end = self._end(bare, final=final)
            if end is None:
                return found
            found.append(self._statement(bare[:end]))
            self._text = bare[end:]

    def _end(self, text: str, *, final: bool) -> int | None:
        """Return where the first statement of a text ends, None while that is not known."""
        line_end = text.find("\n")
        whole = line_end >= 0 or final
        line = text[:line_end] if line_end >= 0 else text
        if line.startswith("|") or _FENCE.match(line):
            return len(line) if whole else None
        marker = 0 if self._in_line else _MARKER.match(line).end()  # type: ignore[union-attr]
        if marker == len(line) and not whole:
            return None  # "3." may be a number that begins an item, or a sentence
        for found in _END.finditer(line, marker):
            # One more character tells whether a quotation mark or a `[1]` still belongs to it.
            if found.end() < len(line) or whole:
                return found.end()
        return len(line.rstrip()) if whole else None

    def _statement(self, text: str) -> Statement:
        gap, self._gap = self._gap, ""
        marker = ""
        if not self._in_line and not text.startswith("|"):
            marker = text[: _MARKER.match(text).end()]  # type: ignore[union-attr]
            indent = gap.rpartition("\n")[2]
            gap, marker = gap[: len(gap) - len(indent)], indent + marker
        self._in_line = True
        said = text[len(marker.lstrip(" \t")) :] if marker.strip() else text
        return Statement(gap, marker, _without_lead(said))


def _without_lead(text: str) -> str:
    """Return a statement that does not begin with "According to the excerpts, "."""
    rest = _LEAD.sub("", text, count=1) if _LEAD.match(text) else text
    return rest[:1].upper() + rest[1:] if rest != text and rest.strip() else text
