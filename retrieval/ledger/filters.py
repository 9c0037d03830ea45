"""Which documents a question is asked of: by collection, document, ending, language and date."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

LANGUAGES = ("zh", "en")  # of a version, by the share of its script


@dataclass(frozen=True)
class Filter:
    """What a document must be to be searched; what is left empty excludes none.

    `documents` are ids, `kinds` endings of file names without the dot in lower case, `lang` is zh
    or en. `since` and `until` are days (YYYY-MM-DD, UTC), both included, of the time at which the
    visible version was read.
    """

    collection: str | None = None
    documents: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    lang: str | None = None
    since: str | None = None
    until: str | None = None


EVERYTHING = Filter()

# Lists come as JSON, so that they may be of any length. An ending is compared as it is, not with
# LIKE, which reads % and _ as anything. A time begins with its day, in the order of the calendar.
_ALLOWED = """
SELECT d.id FROM documents d
JOIN sources s ON s.id=d.source JOIN versions v ON v.id=d.version
WHERE (:collection IS NULL OR s.collection=:collection)
  AND (:documents IS NULL OR d.id IN (SELECT value FROM json_each(:documents)))
  AND (:kinds IS NULL OR EXISTS (SELECT 1 FROM json_each(:kinds)
       WHERE lower(substr(d.path, -length(value) - 1))='.' || value))
  AND (:lang IS NULL OR v.lang=:lang)
  AND (:since IS NULL OR substr(d.ingested_at, 1, 10)>=:since)
  AND (:until IS NULL OR substr(d.ingested_at, 1, 10)<=:until)
"""


def allowed(db: sqlite3.Connection, where: Filter) -> frozenset[str] | None:
    """Return the ids of the visible documents that a filter lets through; None: all of them."""
    if where == EVERYTHING:
        return None
    values = {
        "collection": where.collection,
        "documents": json.dumps(where.documents) if where.documents else None,
        "kinds": json.dumps(where.kinds) if where.kinds else None,
        "lang": where.lang,
        "since": where.since,
        "until": where.until,
    }
    return frozenset(row[0] for row in db.execute(_ALLOWED, values))
