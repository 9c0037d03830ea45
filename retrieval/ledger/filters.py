"""Which documents a question is asked of: by collection, ending, language, author, dates, …."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from retrieval.ledger.days import day_begins, day_ends

LANGUAGES = ("zh", "en")  # of a version, by the share of its script


@dataclass(frozen=True)
class Filter:
    """What a document must be to be searched; what is left empty excludes none.

    `documents` are ids, `kinds` endings of file names without the dot in lower case, `lang` is zh
    or en. `since` and `until` are days of this machine (YYYY-MM-DD), both included, on which the
    visible version was read. `author` is a part of its author's name, in any case. `made` and
    `changed` are the first and last day, "" for no bound, of what the file says of itself: a bound
    may be a year or month too, and what says nothing is excluded. `superseded` are ids of documents
    to leave out, as they are not in force. `collections` are several of which one must hold the
    document; with `collection` both must be so.
    """

    collection: str | None = None
    documents: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    lang: str | None = None
    since: str | None = None
    until: str | None = None
    author: str | None = None
    made: tuple[str, str] | None = None
    changed: tuple[str, str] | None = None
    superseded: tuple[str, ...] | None = None
    collections: tuple[str, ...] = ()


EVERYTHING = Filter()

# Lists come as JSON, so that they may be of any length. An ending is compared as it is, not with
# LIKE, which reads % and _ as anything. Times and days are written in the order of the calendar.
_ALLOWED = """
SELECT d.id FROM documents d
JOIN sources s ON s.id=d.source JOIN versions v ON v.id=d.version
WHERE (:collection IS NULL OR s.collection=:collection)
  AND (:collections IS NULL OR s.collection IN (SELECT value FROM json_each(:collections)))
  AND (:documents IS NULL OR d.id IN (SELECT value FROM json_each(:documents)))
  AND (:kinds IS NULL OR EXISTS (SELECT 1 FROM json_each(:kinds)
       WHERE lower(substr(d.path, -length(value) - 1))='.' || value))
  AND (:lang IS NULL OR v.lang=:lang)
  AND (:since IS NULL OR d.ingested_at>=:since)
  AND (:until IS NULL OR d.ingested_at<:until)
  AND (:authors IS NULL OR v.author IN (SELECT value FROM json_each(:authors)))
  AND (:made_from IS NULL OR (v.made>=:made_from AND v.made<>''
       AND (:made_to='' OR substr(v.made, 1, length(:made_to))<=:made_to)))
  AND (:changed_from IS NULL OR (v.changed>=:changed_from AND v.changed<>''
       AND (:changed_to='' OR substr(v.changed, 1, length(:changed_to))<=:changed_to)))
  AND (:superseded IS NULL OR d.id NOT IN (SELECT value FROM json_each(:superseded)))
"""


def allowed(db: sqlite3.Connection, where: Filter) -> frozenset[str] | None:
    """Return the ids of the visible documents that a filter lets through; None: all of them."""
    if where == EVERYTHING:
        return None
    values = {
        "collection": where.collection,
        "collections": json.dumps(where.collections) if where.collections else None,
        "documents": json.dumps(where.documents) if where.documents else None,
        "kinds": json.dumps(where.kinds) if where.kinds else None,
        "lang": where.lang,
        "since": where.since and day_begins(where.since),
        "until": where.until and day_ends(where.until),
        "authors": None if where.author is None else json.dumps(_authors(db, where.author)),
        "superseded": json.dumps(where.superseded) if where.superseded else None,
    }
    for name, span in (("made", where.made), ("changed", where.changed)):
        values[f"{name}_from"], values[f"{name}_to"] = span or (None, None)
    return frozenset(row[0] for row in db.execute(_ALLOWED, values))


def _authors(db: sqlite3.Connection, part: str) -> list[str]:
    """Return the authors whose names have a part, in any case, also in letters beyond ASCII."""
    wanted = part.casefold()
    rows = db.execute("SELECT DISTINCT author FROM versions WHERE author<>''")
    return [str(row[0]) for row in rows if wanted in str(row[0]).casefold()]
