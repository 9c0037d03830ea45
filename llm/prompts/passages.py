"""Passages as the model sees them: numbered, with what stands above them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from langchain_core.documents import Document

from ingest.text import collapsed

# Behind the title of a document with several editions, in the language of its text: small models
# take the first figure they read for the one that holds.
_EDITION = {
    "zh": {"in force": "现行版本", "older": "旧版", "draft": "草案", "future": "尚未生效", "": ""},
    "en": {
        "in force": "version in force",
        "older": "older version",
        "draft": "draft",
        "future": "not yet in force",
        "": "",
    },
}
_SUPERSEDED = {"zh": "现行的是《{}》", "en": "replaced by “{}”"}
_STILL = {"zh": "现行的是《{}》", "en": "now in force: “{}”"}  # of what does not hold yet
_COMMA = {"zh": "，", "en": ", "}

# What in a text would look like a passage or a question of this prompt (see docs/injection.md).
_PASSAGE = re.compile(r"[\[【［](\d{1,3})[\]】］]")
_PASSAGE_LINE = re.compile(rf"^([ \t]*){_PASSAGE.pattern}", re.MULTILINE)
_QUESTION_LINE = re.compile(
    r"^(?=[ \t]*(?:问题|question)[ \t]*[:：])", re.MULTILINE | re.IGNORECASE
)


def passage_block(number: int, passage: Document, text: str | None = None) -> str:
    """Return a passage as the model sees it: number, the title and heading above it, text.

    Of a document with several editions it is said which one this is. In a passage a line that
    begins like another, `[3]`, begins with `(3)`, and one that begins like a question is quoted.
    """
    given = passage.metadata
    parts = (given.get("title"), given.get("heading"), edition_label(given))
    label = " · ".join(collapsed(str(part)) for part in parts if part)
    body = (passage.page_content if text is None else text).strip()
    if header := passage.metadata.get("header"):  # rows of a table tell nothing without it
        body = f"{header}\n{body}"
    label = _PASSAGE.sub(r"(\1)", label)
    body = _QUESTION_LINE.sub("> ", _PASSAGE_LINE.sub(r"\1(\2)", body))
    return f"[{number}] ({label})\n{body}" if label else f"[{number}] {body}"


def edition_label(metadata: Mapping[str, object]) -> str:
    """Return which edition of its document a passage is from, in its language, "" if it is alone.

    Reads `edition`, `dated`, `superseded` and `lang` (see docs/design.md).
    """
    lang = "zh" if metadata.get("lang") == "zh" else "en"
    state, dated, newer = (str(metadata.get(key, "")) for key in ("edition", "dated", "superseded"))
    if "edition" not in metadata or (not state and dated in str(metadata.get("title"))):
        return ""
    by = (_SUPERSEDED if state == "older" else _STILL)[lang].format(newer) if newer else ""
    return _COMMA[lang].join(part for part in (_EDITION[lang][state], dated, by) if part)


def passage_blocks(passages: Sequence[Document], texts: Sequence[str]) -> list[str]:
    """Return the first passages as the model sees them, numbered from 1, with these texts."""
    return [
        passage_block(n, passage, text)
        for n, (passage, text) in enumerate(zip(passages, texts, strict=False), 1)
    ]
