"""What documents say of their own editions, kept in the ledger.

A row is written with a document's version and can be deleted at any time: what is missing is
written again when it is asked for. Which edition is in force is not kept, as it depends on the day;
see `retrieval.library.series`.
"""

from __future__ import annotations

import heapq
import json
import re
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import PurePosixPath

import numpy as np

from ingest.text import features, folded, in_force_from, own_dates, written_dates
from retrieval.ledger import Ledger
from retrieval.library.edition_names import EditionName, edition_name, plain_number, stated_number

_RULES = 2  # raised by one when the rules below change: all documents are then described anew
_FILL = 200  # documents in one transaction
_HEAD, _TAIL = 700, 600  # characters in which a document speaks of itself
_LONGEST = 300_000  # characters of which the words are compared
SKETCH = 128  # hashes: two documents' overlap is known to some 0.04
_MOST = 24  # documents of one name; more are a kind of document, not editions of one

# At the end of a rule: "本办法自2025年1月1日起施行", "This policy takes effect on 1 May 2024".
_CLOSING = re.compile(r"本[^。\n]{2,60}|\bthis [^.\n]{3,120}")
_REPLACES = re.compile(
    r"\b(?:replac|supersed)(?:es|ing)\b[^.;\n·]{0,120}"
    r"|(?:取代|代替|替代)[^。；;\n]{0,60}|[^。；;\n，(（]{0,60}同时废止"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_VERSION = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){1,3}(?![\d.])|(?<=-)\d{1,3}(?![\d-])")

# The documents of the same place and name; none where there are too many of them.
_NAMESAKES = """
SELECT e.document, o.document FROM json_each(?1) j JOIN editions e ON e.document=j.value
JOIN editions o ON o.place=e.place AND o.{key}=e.{key} AND o.document<>e.document
WHERE e.{key}<>'' AND (SELECT count(*) FROM (SELECT 1 FROM editions m
    WHERE m.place=e.place AND m.{key}=e.{key} LIMIT ?2 + 1)) <= ?2
"""


@dataclass(frozen=True)
class EditionSigns:
    """What tells the editions of a document apart.

    `name` is its title, or else its file's name. `dated` is the day from which it holds, else the
    date in its title, path or head, ISO 8601 or "". `number` is of its version, "2.1", or "".
    `standing`: it is of a kind that the next one supersedes. `replaces` has the dates and numbers
    of what it says that it replaces. `changed` is the day on which its file says that it was last
    changed, or made, or "": a sign only where there is no better one.
    """

    name: str
    dated: str
    number: str
    draft: bool
    withdrawn: bool
    standing: bool
    replaces: tuple[str, ...]
    changed: str = ""


@dataclass(frozen=True)
class Edition:
    """A document as one of perhaps several editions; `title` and `file` are names of a series."""

    document: str
    title: str
    file: str
    signs: EditionSigns
    sketch: frozenset[int]


def write_edition(db: sqlite3.Connection, document: str) -> None:
    """Describe a visible document, in place of what was kept of it."""
    row = db.execute(
        "SELECT d.id, d.path, d.version, v.title, v.made, v.changed, s.collection, s.kind, s.root"
        " FROM documents d"
        " JOIN versions v ON v.id=d.version JOIN sources s ON s.id=d.source WHERE d.id=?",
        (document,),
    ).fetchone()
    if row is None:
        return
    texts = [
        str(r[0])
        for r in db.execute(
            "SELECT text FROM chunks WHERE version=? ORDER BY ordinal", (row["version"],)
        )
    ]
    folder, file = _place(row["kind"], row["root"], row["path"])
    names = [edition_name(row["title"] or ""), edition_name(file)]
    parts = [edition_name(part) for part in folder.split("/")]
    place = [row["collection"], *(part.series for part in parts if part.series)]
    signs = _signs(row["title"] or file, names, parts, texts)
    signs = replace(signs, changed=_day(row["changed"]) or _day(row["made"]))
    kind = names[0].kind or names[1].kind
    if kind == "periodic":
        # Only what tells of the same time is the same document. Without a time it is alone.
        place.append(names[0].dated or names[1].dated or signs.dated or document)
    db.execute(
        "INSERT OR REPLACE INTO editions VALUES (?, ?, ?, ?, ?, ?)",
        (
            document,
            "\n".join(place),
            names[0].series,
            names[1].series,
            json.dumps(asdict(signs), ensure_ascii=False),
            _sketch(texts),
        ),
    )
    db.execute("UPDATE documents SET described=? WHERE id=?", (_RULES, document))


def fill_editions(ledger: Ledger) -> None:
    """Describe the documents that are not described yet, or by other rules.

    A read-only ledger stays as it is.
    """
    missing = "SELECT id FROM documents WHERE described<>? AND version IS NOT NULL LIMIT ?"
    with ledger.read() as db:
        lacking = db.execute(missing, (_RULES, 1)).fetchone() is not None
    while lacking and not ledger.read_only:
        with ledger.write() as db:
            rows = db.execute(missing, (_RULES, _FILL)).fetchall()
            for row in rows:
                write_edition(db, row[0])
        lacking = bool(rows)


def namesakes(db: sqlite3.Connection, documents: Iterable[str]) -> list[list[Edition]]:
    """Return, for each of the documents that has any, its edition and those of its namesakes.

    Namesakes lie in the same place and have the same title or file name, dates and numbers aside.
    """
    asked = json.dumps(sorted(set(documents)))
    groups: dict[str, set[str]] = {}
    for key in ("title", "file"):
        rows = db.execute(_NAMESAKES.format(key=key), (asked, _MOST))
        for document, other in rows:
            groups.setdefault(document, set()).add(other)
    wanted = json.dumps(sorted(set(groups).union(*groups.values())))
    found = {
        row["document"]: _edition(row)
        for row in db.execute(
            "SELECT e.* FROM json_each(?) j JOIN editions e ON e.document=j.value", (wanted,)
        )
    }
    return [
        [found[document], *(found[mate] for mate in sorted(mates))]
        for document, mates in groups.items()
    ]


def _edition(row: sqlite3.Row) -> Edition:
    signs = json.loads(row["signs"])
    return Edition(
        row["document"],
        row["title"],
        row["file"],
        EditionSigns(**signs | {"replaces": tuple(signs["replaces"])}),
        frozenset(np.frombuffer(row["sketch"], "<u4").tolist()),
    )


def _day(said: str) -> str:
    """Return the day of a date that a file says of itself, "" for what is none."""
    return said[:10] if _DAY.match(said) else ""


def _place(kind: str, root: str, path: str) -> tuple[str, str]:
    """Return the folder of a document and its file's name without the ending."""
    whole = PurePosixPath(root.replace("\\", "/"))
    inside = whole if kind == "file" else whole / path
    return inside.parent.as_posix(), inside.stem


def _signs(
    name: str,
    names: Sequence[EditionName],
    folders: Sequence[EditionName],
    texts: Sequence[str],
) -> EditionSigns:
    head = folded("\n".join(texts[:3])[:_HEAD])
    tail = folded("\n".join(texts[-2:])[-_TAIL:])
    closing = "\n".join(m[0] for m in _CLOSING.finditer(tail))
    holds = in_force_from(head) or in_force_from(closing)
    replaces = _REPLACES.findall(f"{head}\n{closing}")
    number = names[0].number or names[1].number or stated_number(head)
    kinds = [n.kind for n in names if n.kind]
    return EditionSigns(
        name=name,
        dated=holds
        or names[0].dated
        or names[1].dated
        or next((f.dated for f in reversed(folders) if f.dated), "")
        or next((iso for date in own_dates(head) for iso, *_ in written_dates(date)), ""),
        number=number,
        draft=any(n.draft for n in names),
        withdrawn=any(n.withdrawn for n in (*names, *folders)),
        standing=bool(holds or number or replaces or kinds[:1] == ["standing"]),
        replaces=tuple(
            dict.fromkeys(
                found
                for said in replaces
                for found in (
                    *(iso for iso, *_ in written_dates(said)),
                    *map(plain_number, _VERSION.findall(said)),
                )
            )
        ),
    )


def _sketch(texts: Sequence[str]) -> bytes:
    """Return the least hashes of a document's words and pairs of characters, not of its numbers."""
    whole = "\n".join(texts)[:_LONGEST]
    hashes = {zlib.crc32(f.encode()) for f in features(whole) if not f[0].isdigit()}
    return np.array(heapq.nsmallest(SKETCH, hashes), "<u4").tobytes()
