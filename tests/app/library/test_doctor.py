"""Each kind of damage is found by the check of its layer, and mended where that is possible."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.library import Check, Parts, examine, examine_closed
from app.service import KnowledgeBase
from app.settings import Settings
from ingest.folders import blob_path
from llm.errors import ModelError
from retrieval.errors import LibraryError
from retrieval.ledger import Ledger
from retrieval.library import Jobs

Folder = Callable[..., Path]
OpenKb = Callable[..., KnowledgeBase]
LAYERS = [
    "ledger", "documents", "blobs", "vectors", "keywords", "index", "models", "access", "disk",
    "versions",
]  # fmt: skip
DOCS = {"leave.md": "You have 25 days of leave a year.\n", "差旅.txt": "住宿上限为每晚六百元。\n"}


def jobs_of(kb: KnowledgeBase) -> Jobs:
    """The jobs of a library, as another process sees them."""
    return Jobs(Ledger(kb.settings.ledger_path))


class Index:
    """Stands for the vector index: what is wrong with it, and whether building it again helps."""

    def __init__(self, *problems: str | None) -> None:
        self.problems = list(problems) or [None]
        self.built = 0

    def problem(self) -> str | None:
        return self.problems[min(self.built, len(self.problems) - 1)]

    def rebuild(self) -> None:
        self.built += 1


class Unindexed(KnowledgeBase):
    """Builds no index, which takes half a second."""

    def sync(self) -> None:
        """Leave the index as it is."""


@pytest.fixture
def library(open_kb: OpenKb, folder: Folder, tiny_gguf: Callable[..., Path]) -> KnowledgeBase:
    """A folder of two documents, read and embedded; the index is a stand-in (see `look`)."""
    kb = open_kb(kind=Unindexed, llm_model=str(tiny_gguf()))
    assert kb.ingest([folder(DOCS)]).added == 2
    return kb


def parts(kb: KnowledgeBase, index: Index | None = None, **changes: Any) -> Parts:
    index = index or Index()
    found = Parts(
        ledger=Ledger(kb.settings.ledger_path),
        limits=kb.pipeline.limits,
        fingerprint=kb.models.fingerprint,
        owner=None,
        read_again=lambda record: kb.pipeline.run(record, lambda *_: None),
        index_problem=index.problem,
        rebuild_index=index.rebuild,
    )
    return replace(found, **changes)


def look(kb: KnowledgeBase, *, repair: bool = False, **changes: Any) -> dict[str, Check]:
    found = examine(kb.settings, parts(kb, **changes), repair=repair)
    assert [check.name for check in found] == LAYERS
    assert not [check for check in found if "\n" in check.message]
    return {check.name: check for check in found}


def wrong(checks: dict[str, Check]) -> list[str]:
    return [name for name, check in checks.items() if not check.ok]


def change(kb: KnowledgeBase, statement: str, *values: object) -> None:
    with closing(Ledger(kb.settings.ledger_path)) as ledger, ledger.write() as db:
        db.execute(statement, values)


def blob(kb: KnowledgeBase, name: str) -> Path:
    sha256 = kb.document(name).sha256
    assert sha256 is not None
    return blob_path(kb.settings.blobs_dir, sha256)


def overwrite_page(ledger: Path, page: int) -> None:
    data = bytearray(ledger.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    ledger.write_bytes(data)


def note_index(kb: KnowledgeBase) -> None:
    """The ledger says that there is an index, as it does after the first `kb ingest`."""
    change(kb, "INSERT INTO indexes (fingerprint, folder, applied) VALUES (?, 'f', 99)",
           kb.models.fingerprint)  # fmt: skip


def test_a_sound_library_is_well_and_looking_changes_nothing(library: KnowledgeBase) -> None:
    before = library.documents()
    reported: list[str] = []
    checks = examine(library.settings, parts(library), report=reported.append)
    assert [check for check in checks if not check.ok] == []
    assert reported == LAYERS
    found = look(library, repair=True)
    assert wrong(found) == []
    assert library.documents() == before
    assert found["documents"].message == "2 documents"
    assert found["blobs"].message == "2 files"
    assert found["vectors"].message == "every passage has its vector"
    assert found["keywords"].message == "the words of every passage are there"


# -- the ledger


def test_a_broken_reference_is_damage_of_the_ledger(library: KnowledgeBase) -> None:
    with closing(sqlite3.connect(library.settings.ledger_path)) as db:
        db.execute("DELETE FROM syncs")  # of a source, too
        db.execute("DELETE FROM sources")
        db.commit()
    found = look(library)["ledger"]
    assert not found.ok
    assert "a row of documents refers to a row of sources that is gone" in found.message


def test_a_damaged_ledger_is_not_written_to(library: KnowledgeBase, open_kb: OpenKb) -> None:
    change(library, "INSERT INTO vectors VALUES ('nobody', 'm', x'00')")
    library.close()
    path = library.settings.ledger_path
    with closing(sqlite3.connect(path)) as db:
        root = db.execute("SELECT rootpage FROM sqlite_master WHERE name='chunks'").fetchone()[0]
    overwrite_page(path, root)
    before = path.read_bytes()
    kb = open_kb()
    index = Index("broken")
    found = {c.name: c for c in examine(kb.settings, parts(kb, index), repair=True)}
    kb.close()
    assert not found["ledger"].ok
    assert "restore a backup" in found["ledger"].message
    assert not found["vectors"].ok
    assert index.built == 0
    assert path.read_bytes() == before


def test_a_ledger_that_cannot_be_opened_leaves_the_rest_to_be_checked(
    library: KnowledgeBase,
) -> None:
    library.close()
    library.settings.ledger_path.write_text("this is no database at all, only text" * 99)
    with pytest.raises(LibraryError) as raised:
        Ledger(library.settings.ledger_path)
    found = {c.name: c for c in examine_closed(library.settings, raised.value)}
    assert list(found) == LAYERS
    assert wrong(found) == LAYERS[:6]
    assert "is damaged (file is not a database)" in found["ledger"].message
    assert found["blobs"].message.startswith("not checked")


def test_a_check_that_fails_itself_leaves_the_others(library: KnowledgeBase) -> None:
    def lost() -> None:
        raise ModelError("no model: run `kb models pull`")

    def defect() -> None:
        raise ZeroDivisionError("by\nzero")

    note_index(library)
    assert look(library, index_problem=lost)["index"].message == "no model: run `kb models pull`"
    found = look(library, index_problem=defect)
    assert wrong(found) == ["index"]
    assert found["index"].message == "it could not be checked (by zero)"


# -- documents


def test_documents_are_told_but_are_no_defect(
    library: KnowledgeBase, folder: Folder, open_kb: OpenKb
) -> None:
    library.ingest([folder({"empty.md": ""}, "more")])
    library.upload("waits.md", b"Not read yet.")
    found = look(library, fingerprint="another")["documents"]
    assert found.ok
    assert found.message == (
        "4 documents; 1 waiting; 1 could not be read: 'empty.md' (empty);"
        " 2 of another embedding model: run `kb ingest`"
    )


# -- blobs


@pytest.mark.parametrize("harm", ["flip", "delete", "cut"])
def test_damaged_bytes_are_fetched_from_their_source(library: KnowledgeBase, harm: str) -> None:
    path = blob(library, "leave.md")
    good = path.read_bytes()
    if harm == "delete":
        path.unlink()
    else:
        path.write_bytes(good[:-1] + (b"?" if harm == "flip" else b""))
    found = look(library)
    assert wrong(found) == ["blobs"]
    assert "missing or damaged: 'leave.md'" in found["blobs"].message
    assert "`kb doctor --repair`" in found["blobs"].message
    found = look(library, repair=True)
    assert wrong(found) == []
    assert "fetched again: 'leave.md'" in found["blobs"].message
    assert path.read_bytes() == good
    assert wrong(look(library)) == []
    assert not list(library.settings.data_dir.glob(".doctor-*"))


def test_of_a_single_file_too(library: KnowledgeBase, folder: Folder) -> None:
    file = folder({"one.md": "One file."}, "single") / "one.md"
    library.ingest([file])
    blob(library, "one.md").unlink()
    assert wrong(look(library, repair=True)) == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems hold no such names")
def test_bytes_are_fetched_from_a_file_whose_name_has_another_form_of_unicode(
    library: KnowledgeBase, folder: Folder
) -> None:
    names = [unicodedata.normalize(form, "Größe.md") for form in ("NFC", "NFD")]
    sizes = folder({"other/" + names[1]: "Alone.", **dict(zip(names, names, strict=True))}, "sizes")
    library.ingest([sizes])
    for path in (*names, "other/" + names[0]):
        blob(library, path).unlink()
    assert wrong(look(library, repair=True)) == []


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such links")
def test_bytes_are_not_fetched_through_a_link_that_leads_out(
    library: KnowledgeBase, tmp_path: Path
) -> None:
    (tmp_path / "docs" / "leave.md").rename(tmp_path / "leave.md")
    (tmp_path / "docs" / "leave.md").symlink_to(tmp_path / "leave.md")
    blob(library, "leave.md").unlink()
    assert wrong(look(library, repair=True)) == ["blobs"]


def test_a_source_that_has_changed_or_gone_cannot_mend_it(
    library: KnowledgeBase, tmp_path: Path
) -> None:
    for name in DOCS:
        blob(library, name).unlink()
    (tmp_path / "docs" / "leave.md").write_text("You have 26 days of leave a year.\n")
    (tmp_path / "docs" / "差旅.txt").unlink()
    found = look(library, repair=True)
    assert wrong(found) == ["blobs"]
    assert "'leave.md', '差旅.txt'; put the same file back" in found["blobs"].message
    assert not blob(library, "leave.md").exists()
    assert library.text(library.document("leave.md").document)  # what was read of it stays


def test_an_upload_has_no_source_but_may_share_its_bytes(library: KnowledgeBase) -> None:
    library.upload("alone.md", b"Only here.")
    library.upload("copy.md", DOCS["leave.md"].encode())
    blob(library, "alone.md").unlink()
    blob(library, "copy.md").unlink()
    found = look(library, repair=True)
    assert wrong(found) == ["blobs"]
    assert "missing or damaged: 'alone.md';" in found["blobs"].message
    assert blob(library, "copy.md").exists()


def test_leftovers_are_told_once_they_are_old(library: KnowledgeBase) -> None:
    new = library.settings.blobs_dir / "aa" / ("a" * 64)
    new.parent.mkdir(exist_ok=True)
    new.write_text("left")
    assert look(library)["blobs"].message == "2 files"
    os.utime(new, (1, 1))
    found = look(library, repair=True)["blobs"]
    assert found.ok
    assert "1 that nothing needs" in found.message
    assert new.exists()


# -- vectors


def test_missing_vectors_are_made_again_from_the_bytes(library: KnowledgeBase) -> None:
    before = library.documents()
    change(library, "DELETE FROM vectors")
    found = look(library)
    assert wrong(found) == ["vectors"]
    assert found["vectors"].message == (
        "2 passages have no vector: 'leave.md', '差旅.txt'; `kb doctor --repair` makes it right"
    )
    found = look(library, repair=True)
    assert wrong(found) == []
    assert "before the repair 2 passages have no vector" in found["vectors"].message
    assert library.search("days of leave", 1).passages[0].metadata["path"] == "leave.md"
    after = library.documents()
    assert [(r.document, r.sha256, r.chunks) for r in after] == [
        (r.document, r.sha256, r.chunks) for r in before
    ]


def test_a_damaged_vector_is_made_again(library: KnowledgeBase) -> None:
    with Ledger(library.settings.ledger_path).read() as db:
        good = db.execute("SELECT embedded, vector FROM vectors ORDER BY 1").fetchall()
    change(library, "UPDATE vectors SET vector=zeroblob(1024) WHERE embedded=?", good[0][0])
    found = look(library)
    assert wrong(found) == ["vectors"]
    assert "1 vectors are damaged" in found["vectors"].message
    assert wrong(look(library, repair=True)) == []
    with Ledger(library.settings.ledger_path).read() as db:
        again = db.execute("SELECT embedded, vector FROM vectors ORDER BY 1").fetchall()
    assert [tuple(row) for row in again] == [tuple(row) for row in good]


def test_nothing_is_read_from_damaged_bytes(library: KnowledgeBase, tmp_path: Path) -> None:
    change(library, "DELETE FROM vectors")
    (tmp_path / "docs" / "leave.md").unlink()
    blob(library, "leave.md").write_text("You have 99 days of leave a year.\n")
    found = look(library, repair=True)
    assert wrong(found) == ["blobs", "vectors"]
    assert "1 passages have no vector: 'leave.md'" in found["vectors"].message
    assert library.text(library.document("leave.md").document)[0].page_content.startswith(
        "You have 25 days"
    )


def test_orphan_vectors_are_swept(library: KnowledgeBase) -> None:
    change(library, "INSERT INTO vectors SELECT 'nobody', fingerprint, vector FROM vectors LIMIT 1")
    found = look(library)
    assert wrong(found) == ["vectors"]
    assert "1 vectors of no passage" in found["vectors"].message
    assert wrong(look(library, repair=True)) == []
    assert library.status()["vectors"] == 2


def test_vectors_of_a_document_in_hand_are_no_orphans(library: KnowledgeBase) -> None:
    change(library, "INSERT INTO vectors SELECT 'soon', fingerprint, vector FROM vectors LIMIT 1")
    change(library, "UPDATE documents SET status='embedding' WHERE path='leave.md'")
    for repair in (False, True):
        found = look(library, repair=repair)["vectors"]
        assert found.ok
        assert "1 vectors of no passage while documents are being read" in found.message
    assert library.status()["vectors"] == 3


def test_vectors_of_a_job_in_hand_are_no_orphans(library: KnowledgeBase) -> None:
    change(library, "INSERT INTO vectors SELECT 'left', fingerprint, vector FROM vectors LIMIT 1")
    job = jobs_of(library).ask("ingest", {})
    assert wrong(look(library)) == ["vectors"]
    jobs_of(library).take()
    assert wrong(look(library)) == []
    jobs_of(library).end(job, "done")
    assert wrong(look(library)) == ["vectors"]


def test_beside_another_owner_only_the_safe_is_mended(library: KnowledgeBase) -> None:
    path = blob(library, "差旅.txt")
    path.unlink()
    change(library, "INSERT INTO vectors SELECT 'nobody', fingerprint, vector FROM vectors LIMIT 1")
    change(library, "UPDATE chunks SET embedded='lost' WHERE ordinal=0 AND text LIKE 'You%'")
    index = Index("broken")
    found = {
        c.name: c
        for c in examine(library.settings, parts(library, index, owner="process 7"), repair=True)
    }
    assert wrong(found) == ["vectors"]
    assert "stop process 7, which owns the library" in found["vectors"].message
    assert found["index"] == Check(
        "index", True, "not looked at: process 7 has it open and keeps it in step"
    )
    assert index.built == 0
    assert path.exists()
    with Ledger(library.settings.ledger_path).read() as db:
        assert not db.execute("SELECT 1 FROM vectors WHERE embedded='nobody'").fetchone()


# -- keywords


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("DELETE FROM keywords", "the words of 2 passages are missing"),
        ("DELETE FROM keywords WHERE rowid=1", "the words of 1 passages are missing"),
        (
            "INSERT INTO keywords (rowid, body) VALUES (99, 'x')",
            "words of 1 passages that are gone",
        ),
        ("UPDATE keywords_content SET c2='other'", "the index is malformed"),
        ("UPDATE keywords_data SET block=x'00' WHERE id>10", "the index is malformed"),
        ("DELETE FROM keywords_docsize", "the index is malformed"),
    ],
)
def test_keywords_that_are_not_those_of_the_passages_are_filled_again(
    library: KnowledgeBase, open_kb: OpenKb, harm: str, said: str
) -> None:
    change(library, harm)
    library.close()
    kb = open_kb(llm_model=library.settings.llm_model)
    found = look(kb)
    assert wrong(found) == ["keywords"]
    assert found["keywords"].message == f"{said}; `kb doctor --repair` fills it again"
    found = look(kb, repair=True)
    assert wrong(found) == []
    assert found["keywords"].message == (
        f"the words of every passage are there; before the repair {said}"
    )
    assert wrong(look(kb)) == []
    hits = kb.search("leave", 2, method="keywords").passages
    assert [d.metadata["path"] for d in hits] == ["leave.md"]


@pytest.mark.parametrize(
    "older",
    ["UPDATE keyword_state SET terms='0'", "DELETE FROM keywords; UPDATE chunks SET keyed=0"],
)
def test_keywords_that_wait_to_be_filled_in_are_no_defect(
    library: KnowledgeBase, older: str
) -> None:
    for statement in older.split(";"):
        change(library, statement)
    found = look(library)
    assert wrong(found) == []
    assert found["keywords"].message == ("2 passages wait for the web app or the next `kb ingest`")
    assert "are there; before the repair 2 passages wait" in (
        look(library, repair=True)["keywords"].message
    )
    assert look(library)["keywords"].message == "the words of every passage are there"


def test_beside_another_owner_keywords_are_looked_at_but_not_filled(
    library: KnowledgeBase,
) -> None:
    change(library, "DELETE FROM keywords")
    found = look(library, repair=True, owner="process 7")
    assert wrong(found) == ["keywords"]
    assert "stop process 7, which owns the library" in found["keywords"].message
    assert wrong(look(library)) == ["keywords"]


# -- the index


def test_an_index_that_fails_is_built_again(library: KnowledgeBase) -> None:
    index = Index("its folder is gone", None)
    note_index(library)
    found = {c.name: c for c in examine(library.settings, parts(library, index))}
    assert not found["index"].ok
    assert index.built == 0
    checks = examine(library.settings, parts(library, index), repair=True)
    found = {c.name: c for c in checks}
    assert found["index"] == Check("index", True, "built again (its folder is gone)")
    assert index.built == 1


def test_an_index_that_cannot_be_built_stays_wrong(library: KnowledgeBase) -> None:
    index = Index("broken", "still broken")
    note_index(library)
    checks = examine(library.settings, parts(library, index), repair=True)
    [found] = [c for c in checks if c.name == "index"]
    assert not found.ok
    assert found.message.startswith("still broken; building it again did not help")


def test_an_index_not_built_yet_is_no_defect(library: KnowledgeBase) -> None:
    index = Index("it has not been built", None)
    found = {c.name: c for c in examine(library.settings, parts(library, index))}
    assert found["index"].ok
    assert "not built" in found["index"].message
    examine(library.settings, parts(library, index), repair=True)
    assert index.built == 1


def test_the_real_index_heals_from_the_ledger(open_kb: OpenKb, folder: Folder) -> None:
    first = open_kb()
    first.ingest([folder(DOCS)])
    assert {c.name: c.ok for c in first.doctor()}["index"]
    first.close()
    kb = open_kb()
    for file in kb.settings.index_dir.rglob("*.bin"):
        file.write_bytes(b"")
    for file in kb.settings.index_dir.rglob("chroma.sqlite3"):
        file.unlink()
    assert not {c.name: c.ok for c in kb.doctor()}["index"]
    assert {c.name: c.ok for c in kb.doctor(repair=True)}["index"]
    assert kb.search("days of leave", 1).passages[0].metadata["path"] == "leave.md"


# -- models, disk, versions


def test_a_missing_model_says_how_to_get_one(library: KnowledgeBase) -> None:
    settings = library.settings.model_copy(update={"llm_model": "qwen2.5-coder-0.5b"})
    found = {c.name: c for c in examine(settings, parts(library))}
    assert wrong(found) == ["models"]
    assert "`kb models pull qwen2.5-coder-0.5b`" in found["models"].message


def test_a_damaged_model_of_one_s_own_is_found(library: KnowledgeBase, tmp_path: Path) -> None:
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(Path(library.settings.llm_model).read_bytes()[:5000])
    settings = library.settings.model_copy(update={"llm_model": str(cut)})
    found = {c.name: c for c in examine(settings, parts(library))}
    assert wrong(found) == ["models"]
    assert str(cut) in found["models"].message
    assert "kb models" in found["models"].message


def disk(settings: Settings) -> Check:
    """What is said of the disk, whatever is the matter with the ledger."""
    found = examine_closed(settings, LibraryError("it cannot be opened"))
    return next(check for check in found if check.name == "disk")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a disk that is always full")
def test_a_full_disk_is_a_defect(library: KnowledgeBase) -> None:
    assert look(library)["disk"].ok
    found = disk(library.settings.model_copy(update={"data_dir": Path("/proc")}))
    assert not found.ok
    assert "0.0 GB free" in found.message
    assert "may need 0.2 GB: free some space" in found.message


def test_less_space_than_a_second_ledger_takes_is_a_defect(library: KnowledgeBase) -> None:
    library.close()
    assert disk(library.settings).ok
    with library.settings.ledger_path.open("ab") as ledger:
        free = shutil.disk_usage(library.settings.data_dir).free
        ledger.truncate(free + 10**10)  # holes: it takes no space
    assert not disk(library.settings).ok


def test_the_versions_that_a_report_needs(library: KnowledgeBase) -> None:
    message = look(library)["versions"].message
    for name in ("Zhiku 0.", "Python 3.", f"SQLite {sqlite3.sqlite_version}", "chromadb 1."):
        assert name in message


# -- the command


def test_the_command(
    cli: Any,
    folder: Folder,
    tmp_path: Path,
    tiny_gguf: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KB_LLM_MODEL", str(tiny_gguf()))
    cli("ingest", folder(DOCS))
    found = cli.json("doctor")
    assert (cli.code, list(found)) == (0, ["checks"])
    assert [check["name"] for check in found["checks"]] == LAYERS
    assert [list(check) for check in found["checks"]] == [["name", "ok", "message"]] * len(LAYERS)
    for file in (tmp_path / "library" / "blobs").rglob("*"):
        if file.is_file():
            file.unlink()
    assert "not ok" in cli("doctor")
    assert (cli.code, cli.err) == (1, "")
    assert "fetched again" in cli("doctor", "--repair").replace("\n", " ")
    assert cli.code == 0


def test_the_command_on_a_damaged_ledger(cli: Any, tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "ledger.sqlite3").write_text("no database" * 999)
    found = cli.json("doctor", "--repair")
    assert (cli.code, cli.err) == (1, "")
    assert [c["name"] for c in found["checks"] if not c["ok"]][:6] == LAYERS[:6]


def test_the_command_beside_a_running_app(cli: Any, folder: Folder, tmp_path: Path) -> None:
    cli("ingest", folder(DOCS))
    code = (
        "import sys, time; from pathlib import Path; from retrieval.ledger import OwnerLock\n"
        "lock = OwnerLock(Path(sys.argv[1]))\n"
        "assert lock.acquire(); print(flush=True); time.sleep(60)"
    )
    lock = str(tmp_path / "library" / "owner.lock")
    with subprocess.Popen([sys.executable, "-c", code, lock], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        try:
            found = {c["name"]: c for c in cli.json("doctor", "--repair")["checks"]}
        finally:
            other.kill()
    assert found["index"]["ok"]
    assert f"process {other.pid} " in found["index"]["message"]


def test_settings_without_a_model_still_get_a_full_report(
    make_settings: Callable[..., Settings], open_kb: OpenKb
) -> None:
    kb = open_kb(embed_model="multilingual-e5-small")
    found = {c.name: c for c in kb.doctor(repair=True)}
    assert list(found) == LAYERS
    assert "models" in wrong(found)
    assert json.dumps([c.message for c in found.values()])
