"""Files that are no text, by what they begin with."""

import re

# Words of a note may be "GIF89a", "BZh", "Rar!" or "%PDF-", too: of those, more is asked for.
_BEGINNING = re.compile(
    rb"\x7fELF|PK\x03\x04|\x89PNG|\xff\xd8\xff|GIF8[79]a[^\n]{0,60}[\x00-\x08]|\xd0\xcf\x11\xe0"
    rb"|\x1f\x8b|Rar!\x1a\x07|7z\xbc\xaf|BZh[1-9](?:1AY&SY|\x17rE8P\x90)|SQLite format 3\x00"
    rb"|MZ\x90\x00|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|\x00asm"
)
# Comments and the first object follow the name; a note that begins so goes on in words.
_PDF = re.compile(
    rb"%PDF-\d\.\d[ \t]*+[\r\n]++"
    rb"(?:%[^\r\n]{0,80}[\x80-\xff]|(?:%[^\r\n]{0,200}[\r\n]++){0,9}\d+ \d+ obj\b|\Z)"
)


def is_binary(data: bytes) -> bool:
    """Whether bytes begin as a program, picture, archive or the like; of a PDF, see `is_pdf`."""
    return bool(_BEGINNING.match(data))


def is_pdf(data: bytes) -> bool:
    """Whether bytes begin as a PDF, and not only with its name."""
    return bool(_PDF.match(data))
