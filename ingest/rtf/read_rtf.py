"""Rich text (RTF): from the bytes to a reading."""

from __future__ import annotations

from ingest.document import Given, Properties, Reading, real_title
from ingest.errors import ReadError
from ingest.office import first_heading
from ingest.pictures import Pictures
from ingest.rtf.parser import Parser
from ingest.rtf.tokens import tokens
from ingest.text import collapsed, language


def read(given: Given) -> Reading:
    """Read a rich text as one part. Raises ReadError (`damaged`, `empty`, `needs-ocr`)."""
    pictures = Pictures(given)
    parser = Parser(pictures)
    for token in tokens(given.data.lstrip(b"\xef\xbb\xbf \t\r\n")):
        parser.take(token)
    part = parser.finish()
    if not part.text.strip():
        pictures.refuse_if_alone(has_words=False)
        raise ReadError(
            "damaged", "no text can be read in it; open it and save it anew", "save-anew"
        )
    info = {name: collapsed(text) for name, text in parser.info.items()}
    properties = Properties(
        info.get("author", "")[:200], parser.day("creatim"), parser.day("revtim")
    )
    title = real_title(info.get("title")) or parser.title or first_heading(part)
    warnings = pictures.warnings()
    if parser.is_cut:
        warnings.append("it is cut short; what stands behind its last words is missing")
    return Reading(title or None, language(part.text), (part,), warnings, properties=properties)
