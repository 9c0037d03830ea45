"""The title in a file's metadata, where it is one: programs often leave junk there."""

import re

from ingest.text import collapsed, visible

_JUNK = re.compile(
    r"""
      untitled.* | 无标题.* | 未命名.* | 未标题.* | \(?anonymous\)? | none | null | title
    | (microsoft\ )?(word|excel|powerpoint)\ ?-.*
    | powerpoint\ (presentation|演示文稿|簡報) | 幻灯片.* | slide\ \d+
    | (document|doc|文档|新建.*|演示文稿|工作簿|book|sheet|presentation)\s?\d*
    | .*\.(docx?|pptx?|xlsx?|pdf|wps|rtf|odt|txt|tex|dvi|indd|qxd|pmd|p65|cdr|html?|eps|ps|fm)
    | \S*[\d_\\/-]\S* | .*[\\/]\S*
    | [\W\d_]* | \S
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MAX_CHARACTERS = 200


def real_title(metadata: str | None) -> str | None:
    """The title, or None when it is missing, a file's name, a program's default or garbled."""
    title = collapsed(visible(metadata or ""))
    if not title or len(title) > _MAX_CHARACTERS:
        return None
    if any(char in "\ufffd\x00" or "\x80" <= char <= "\x9f" for char in title):
        return None
    accented = sum("\xa0" <= char <= "\xff" for char in title)
    if accented > len(title) / 3:  # Chinese in an encoding that the file does not name
        return None
    return None if _JUNK.fullmatch(title) else title
