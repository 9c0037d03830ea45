"""The other rows of a table, where a question does not say which one it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.text import cells, features, numbers, script, tables
from llm.answer.cite import CitedText
from llm.prompts import ROW, ROWS

_MOST = 6  # rows, above which a table is not a few cases


def with_rows(cited: CitedText, question: str, lang: str, texts: Sequence[str]) -> CitedText:
    """Return an answer from one row of a table with all of its rows, if any may be meant.

    A small model answers from one row where a limit depends on the case. The rows follow if the
    question has no word that only one of them has, and the answer not the figures of all.
    """
    for citation in cited.citations:
        if not citation.quote.startswith("|") or script(citation.quote) != script(question):
            continue
        header, rows = _table(citation.quote, texts[citation.n - 1])
        if 1 < len(rows) <= _MOST and _any_of(rows, question) and _untold(rows, cited.text):
            told = (ROW.format(row=_told(header, row), n=citation.n) for row in rows)
            return replace(cited, text=cited.text + ROWS[lang] + "".join(told))
    return cited


def _table(row: str, text: str) -> tuple[list[str], tuple[str, ...]]:
    """Return the cells of the header, if the text has it, and the rows of a row's table."""
    for table in tables(text):
        if row in table.lines:
            return (cells(table.header) if table.header else []), table.rows
    return [], ()


def _any_of(rows: Sequence[str], question: str) -> bool:
    """Tell whether no row has a word of the question for itself."""
    rows_with = Counter(word for row in rows for word in features(row))
    return not any(rows_with[word] == 1 for word in features(question))


def _untold(rows: Sequence[str], answer: str) -> bool:
    """Tell whether an answer lacks all figures of a row."""
    said = {number.text for number in numbers(answer)}
    return any(not said & own for row in rows if (own := {n.text for n in numbers(row)}))


def _told(header: Sequence[str], row: str) -> str:
    """Return a row as "name: value" for each cell, or its cells alone."""
    own = cells(row)
    if len(header) != len(own):
        return " · ".join(own)
    pairs = zip(header, own, strict=True)
    return " · ".join(f"{name}: {cell}" if name else cell for name, cell in pairs if cell)
