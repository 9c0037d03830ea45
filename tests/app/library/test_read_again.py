"""`kb ingest --again`, and documents that an older reader read."""

import base64
import io
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from app.service import KnowledgeBase
from retrieval.errors import LibraryError

Folder = Callable[..., Path]
FILES = {"leave.md": "# Leave\n\nYou have 25 days.", "dogs.md": "Dogs may come on Fridays."}


def times(kb: KnowledgeBase) -> dict[str, str | None]:
    return {row.path: row.ingested_at for row in kb.documents()}


def read_by_an_older_reader(kb: KnowledgeBase, path: str) -> None:
    with sqlite3.connect(kb.settings.ledger_path) as db:
        db.execute(
            "UPDATE versions SET pipeline='reader 0' || substr(pipeline, instr(pipeline, ','))"
            " WHERE document=(SELECT id FROM documents WHERE path=?)",
            (path,),
        )
        db.execute("UPDATE documents SET ingested_at='2020-01-01T00:00:00+00:00'")


def test_again_reads_what_needs_nothing(kb: KnowledgeBase, folder: Folder) -> None:
    kb.ingest([folder(FILES)])
    kb.upload("tea.md", b"Tea is at four.")
    kb.work()
    assert (kb.ingest().unchanged, kb.ingest(dry_run=True, again=True).updated) == (3, 3)
    report = kb.ingest(again=True)
    assert (report.updated, report.unchanged, report.added, report.removed) == (3, 0, 0, 0)
    assert report.reread == 0


def test_again_of_a_folder_mirrors_it_too(kb: KnowledgeBase, folder: Folder) -> None:
    root = folder(FILES)
    kb.ingest([root])
    ids = {row.path: row.document for row in kb.documents()}
    (root / "dogs.md").rename(root / "pets.md")
    folder({"new.md": "Cats may not."})
    report = kb.ingest([root], again=True)
    assert (report.added, report.updated, report.removed) == (1, 2, 0)
    assert {r.path: r.document for r in kb.documents()}["pets.md"] == ids["dogs.md"]


def test_a_document_whose_file_has_gone_is_read_from_the_bytes_of_the_library(
    kb: KnowledgeBase, folder: Folder
) -> None:
    root = folder(FILES)
    kb.ingest([root])
    read_by_an_older_reader(kb, "leave.md")
    (root / "leave.md").unlink()
    report = kb.ingest_again(["leave.md"])
    assert (report.updated, report.failed, report.documents) == (1, [], 2)
    assert {p for p, t in times(kb).items() if t and t > "2021"} == {"leave.md"}


def test_a_document_that_failed_is_read_again(kb: KnowledgeBase, folder: Folder) -> None:
    root = folder({"empty.md": ""})
    assert len(kb.ingest([root]).failed) == 1
    folder({"empty.md": "Not any more."})
    report = kb.ingest_again(["empty.md"])  # from its place, where it is another now
    assert (report.updated, report.failed) == (1, [])


def test_what_is_not_there_is_said(kb: KnowledgeBase) -> None:
    with pytest.raises(LibraryError, match=r"nothing\.md"):
        kb.ingest_again(["nothing.md"])


def test_the_next_ingest_reads_what_an_older_reader_read_and_says_so(
    kb: KnowledgeBase, folder: Folder
) -> None:
    root = folder(FILES)
    kb.ingest([root])
    kb.upload("tea.md", b"Tea is at four.")
    kb.work()
    read_by_an_older_reader(kb, "dogs.md")
    read_by_an_older_reader(kb, "tea.md")
    report = kb.ingest()
    assert (report.updated, report.unchanged, report.reread) == (2, 1, 2)
    read_by_an_older_reader(kb, "dogs.md")
    folder({"dogs.md": "Dogs may come on Mondays."})
    report = kb.ingest([root])
    assert (report.updated, report.reread) == (1, 0)  # it was the file that changed


def picture(words: str) -> str:
    drawn = Image.new("RGB", (620, 90), "white")
    ImageDraw.Draw(drawn).text((20, 20), words, "black", ImageFont.load_default(26))
    data = io.BytesIO()
    drawn.save(data, "PNG")
    return f"<img src='data:image/png;base64,{base64.b64encode(data.getvalue()).decode()}'>"


def test_pictures_that_were_passed_over_are_read_when_recognition_is_switched_on(
    open_kb: Any, folder: Folder
) -> None:
    said = "The gate opens at nine"
    root = folder(
        {
            **FILES,
            "both.html": f"<html><body><p>Words.</p>{picture(said)}</body></html>",
            "only.html": f"<html><body>{picture(said + ' sharp')}</body></html>",
        }
    )
    off = open_kb(ocr=False)
    report = off.ingest([root])
    assert [(f.path, f.reason) for f in report.failed] == [("only.html", "needs-ocr")]
    assert off.ingest().unchanged == 3
    off.close()
    on = open_kb()
    report = on.ingest()
    assert (report.updated, report.reread, report.unchanged, report.failed) == (2, 2, 2, [])
    confidence = {row.path: row.confidence for row in on.documents()}
    assert confidence["leave.md"] is None
    assert (confidence["both.html"] or 0) > 0.9
    on.close()
    again = open_kb(ocr=False)
    assert again.ingest().unchanged == 4  # what was recognised stays
    assert again.documents()


def test_the_terminal_says_so(cli: Any, open_kb: Any, folder: Folder) -> None:
    cli("ingest", folder(FILES))
    read_by_an_older_reader(open_kb(), "dogs.md")
    assert "1 document was read again: by a newer reader, or with text recognition" in cli("ingest")
    assert cli("ingest", "--again", "dogs.md").startswith("0 added, 1 updated, 0 unchanged")
    assert cli("ingest", "--again").startswith("0 added, 2 updated, 0 unchanged")
    cli("ingest", "--again", "nothing.md")
    assert cli.code == 1


def test_a_report_tells_what_was_left_out(cli: Any, folder: Folder) -> None:
    root = folder({"log.txt": bytes(16) + b"The pump stopped.\n"})
    report = cli.json("ingest", root)
    told = ["16 NUL characters left out"]
    assert report["warned"] == [{"path": "log.txt", "warnings": told}]
    assert cli.json("ingest", root)["warned"] == []
    cli("ingest", "--again")
    assert "ready with warnings log.txt: 16 NUL characters left out" in cli.err
    assert "ready with warnings" in " ".join(cli("list").split())
