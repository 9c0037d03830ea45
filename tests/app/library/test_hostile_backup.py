"""A backup that somebody else wrote reads, deletes and runs nothing outside the new library."""

import json
import os
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path

import pytest

from app.errors import KbError
from app.library import restore
from app.service import KnowledgeBase
from app.settings import Settings
from retrieval.ledger import Ledger, text_hash

OpenKb = Callable[..., KnowledgeBase]
Rewrite = Callable[..., Path]
Unpacked = Callable[[Path], dict[str, bytes]]
Packed = Callable[[Path, dict[str, bytes]], Path]
SECRET = "The password of the vault is Zanzibar."  # noqa: S105
BYTES = (b"Dogs may come on Fridays.", b"Not read yet.")


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """A file of the user that has nothing to do with any library."""
    path = tmp_path / "private" / "diary.md"
    path.parent.mkdir()
    path.write_text(SECRET, "utf-8")
    os.utime(path, (1_600_000_000, 1_600_000_000))  # bytes stored a moment ago are not deleted
    return path


@pytest.fixture
def rewrite(backup_file: Path, tmp_path: Path, unpacked: Unpacked, packed: Packed) -> Rewrite:
    """Change the ledger of a backup by SQL, and its manifest so that both agree; return it."""

    def make(*statements: str, missing: tuple[str, ...] = (), drop: bool = False) -> Path:
        held = unpacked(backup_file)
        path = tmp_path / "ledger"
        path.write_bytes(held["ledger.sqlite3"])
        with closing(sqlite3.connect(path)) as db:
            for statement in statements:
                db.execute(statement)
            db.commit()
        held["ledger.sqlite3"] = path.read_bytes()
        if drop:
            held = {n: data for n, data in held.items() if not n.startswith("blobs/")}
        said = json.loads(held["manifest.json"])
        said["ledger_sha256"] = sha256(held["ledger.sqlite3"]).hexdigest()
        said["missing"] = [*said["missing"], *missing]
        said["blobs"] = len(held) - 2
        held["manifest.json"] = json.dumps(said, indent=1).encode()
        return packed(backup_file, held)

    return make


def refused(file: Path, empty: Settings, said: str) -> None:
    with pytest.raises(KbError, match=said) as raised:
        restore(empty, file)
    assert "\n" not in str(raised.value)
    left = {p.name for p in empty.data_dir.rglob("*")} if empty.data_dir.exists() else set()
    assert left <= {"owner.lock"}


def use(kb: KnowledgeBase) -> None:
    """Do with a restored library what people do."""
    kb.ingest()
    assert not any("Zanzibar" in p.page_content for p in kb.search("password", 5).passages)
    kb.remove([row.document for row in kb.documents()])


@pytest.mark.parametrize("up", [False, True], ids=["absolute", "dots"])
@pytest.mark.parametrize("column", ["sha256", "staged"])
def test_a_path_in_place_of_a_hash_reaches_no_file(
    rewrite: Rewrite, empty: Settings, victim: Path, open_kb: OpenKb, column: str, up: bool
) -> None:
    # Below blobs/<its first two characters>, which is the data folder.
    name = f"../{victim.parent.name}/{victim.name}" if up else str(victim)
    table = "versions" if column == "sha256" else "documents"
    where = "WHERE staged IS NOT NULL" if column == "staged" else ""
    file = rewrite(
        f"UPDATE {table} SET {column}='{name}' {where}",  # noqa: S608
        missing=(name, *(sha256(b).hexdigest() for b in BYTES)),
        drop=True,
    )
    with suppress(KbError):
        restore(empty, file)
        use(open_kb(data_dir=empty.data_dir))
    assert victim.read_text("utf-8") == SECRET
    assert not (empty.data_dir / "ledger.sqlite3").exists()


def test_a_ledger_that_was_changed_by_hand_deletes_and_reads_no_file(
    kb: KnowledgeBase, victim: Path
) -> None:
    kb.upload("dogs.md", b"Dogs may come on Fridays.")
    assert kb.work()
    kb.upload("waits.md", b"Not read yet.")
    kb.close()
    with closing(sqlite3.connect(kb.settings.ledger_path)) as db:
        db.execute("UPDATE versions SET sha256=?", (str(victim),))
        db.execute("UPDATE documents SET staged=? WHERE staged IS NOT NULL", (str(victim),))
        db.commit()
    again = KnowledgeBase(kb.settings, Ledger(kb.settings.ledger_path), kb.models)
    report = again.ingest()
    assert {f.reason for f in report.failed} == {"vanished"}
    assert not any("Zanzibar" in p.page_content for p in again.search("password", 5).passages)
    again.remove([row.document for row in again.documents()])
    again.close()
    assert victim.read_text("utf-8") == SECRET


@pytest.mark.parametrize("name", ["/etc/hostname", "../up", "A" * 64, "a" * 63, f"{'a' * 64}\n", 7])
def test_what_the_manifest_misses_must_be_hashes(
    backup_file: Path, empty: Settings, rewrite: Rewrite, name: str
) -> None:
    refused(rewrite(missing=(name,)), empty, "its manifest is not that of a backup")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("CREATE TRIGGER t AFTER DELETE ON documents BEGIN UPDATE sources SET root='/'; END",
         "the trigger 't' is not ours"),
        ("CREATE VIEW spy AS SELECT text FROM chunks", "the view 'spy' is not ours"),
        ("CREATE VIRTUAL TABLE spy USING fts5(x)", "the table 'spy_"),
        ("CREATE INDEX i ON documents (lower(path))", "the index 'i' is not ours"),
    ],
)  # fmt: skip
def test_what_would_run_with_our_statements_is_refused(
    rewrite: Rewrite, empty: Settings, statement: str, said: str
) -> None:
    refused(rewrite(statement), empty, said)


def test_a_view_in_place_of_a_table_is_refused(rewrite: Rewrite, empty: Settings) -> None:
    file = rewrite(
        "DROP TABLE translations",
        "CREATE VIEW translations AS SELECT 1 AS number, load_extension('x') AS text",
    )
    refused(file, empty, "the view 'translations' is not ours")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE documents SET path='../../etc/passwd' WHERE staged IS NULL", "no path in a"),
        ("UPDATE documents SET path='/etc/passwd' WHERE staged IS NULL", "no path in a source"),
        ("UPDATE documents SET path='a' || char(0) || 'b' WHERE staged IS NULL", "no path in a"),
        ("UPDATE documents SET path=replace(hex(zeroblob(20000)), '00', 'x') WHERE staged IS NULL",
         "no path in a source"),
        ("UPDATE sources SET collection='a' || char(27) || '[2J'", "no name of a collection"),
        ("UPDATE sources SET root='/etc'", "no path of a source"),
        ("UPDATE versions SET warnings='[[\"deep\"]]'", "no list of lines"),
        ("UPDATE versions SET warnings='{'", "no list of lines"),
        ("UPDATE versions SET title=CAST(x'edb080' AS TEXT)", "no valid Unicode"),
        ("UPDATE chunks SET text=CAST(x'ff' AS TEXT)", "no valid Unicode"),
        ("UPDATE chunks SET number=9223372036854775807", "no room for more"),
        ("UPDATE chunks SET text=hex(zeroblob(40000000))", "too big"),
    ],
)  # fmt: skip
def test_values_that_no_library_has_are_refused(
    rewrite: Rewrite, empty: Settings, statement: str, said: str
) -> None:
    refused(rewrite(statement), empty, said)


def test_a_job_in_a_backup_does_not_run(
    rewrite: Rewrite, empty: Settings, victim: Path, open_kb: OpenKb
) -> None:
    order = json.dumps({"paths": [str(victim.parent)], "collection": "default", "keep": False})
    file = rewrite(
        "INSERT INTO jobs (kind, arguments, status, asked_at)"  # noqa: S608
        f" VALUES ('ingest', '{order}', 'queued', '2026-01-01')"
    )
    restore(empty, file)
    restored = open_kb(data_dir=empty.data_dir)
    assert restored.jobs() == []
    assert restored.own()
    while restored.work():
        pass
    assert {job.kind for job in restored.jobs()} <= {"upload"}  # of the file that waits in it
    assert "diary.md" not in {row.path for row in restored.documents()}


def test_a_source_in_a_backup_is_not_read_before_it_is_named(
    rewrite: Rewrite, empty: Settings, victim: Path, open_kb: OpenKb
) -> None:
    file = rewrite(
        "INSERT INTO sources (collection, kind, root)"  # noqa: S608
        f" VALUES ('default', 'folder', '{victim.parent}')"
    )
    restore(empty, file)
    restored = open_kb(data_dir=empty.data_dir)
    report = restored.ingest()
    assert [(f.path, f.reason) for f in report.failed] == [(str(victim.parent), "restored")]
    assert not any("Zanzibar" in p.page_content for p in restored.search("password", 5).passages)
    # A file in it that is named is read, and nothing else of the folder.
    (victim.parent / "other.md").write_text("Something else.", "utf-8")
    restored.ingest([victim.parent / "other.md"])
    restored.ingest()
    assert {row.path for row in restored.documents()} == {"dogs.md", "waits.md", "other.md"}
    assert restored.ingest([victim.parent], dry_run=True).added == 1
    assert restored.ingest().failed  # asking what would be done is not to want it
    assert restored.ingest([victim.parent]).added == 1


def test_what_can_be_made_again_is_not_taken_from_a_backup(
    rewrite: Rewrite, empty: Settings, open_kb: OpenKb
) -> None:
    file = rewrite(
        "UPDATE keywords SET body='zanzibar'",
        "INSERT INTO translations (question, lang, model, text) VALUES ('q', 'zh', 'm', 't')",
        "INSERT INTO hubs VALUES ('m', 'en 1', x'00')",
        "UPDATE documents SET attempts=3",
        "UPDATE sqlite_sequence SET seq=9223372036854775807 WHERE name='changes'",
        "INSERT INTO sqlite_sequence VALUES ('jobs', 9223372036854775807)",
        "UPDATE vectors SET vector=x'0000803f00'",
    )
    restore(empty, file)
    restored = open_kb(data_dir=empty.data_dir)
    with closing(sqlite3.connect(empty.ledger_path)) as db:
        assert db.execute("SELECT count(*) FROM translations").fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM hubs").fetchone() == (0,)
        assert db.execute("SELECT body FROM keywords").fetchall() == [("dog come friday",)]
        assert db.execute("SELECT count(*) FROM vectors").fetchone() == (0,)
    assert restored.ingest().failed == []
    assert all(row.status == "ready" for row in restored.documents())
    vectors = next(c for c in restored.doctor(repair=True) if c.name == "vectors")
    assert vectors.ok, vectors
    assert restored.search("dogs", 3, method="fused").passages[0].metadata["path"] == "dogs.md"


# -- the headers of the archive


def header(name: str, size: int, kind: bytes = tarfile.REGTYPE) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info.tobuf(tarfile.GNU_FORMAT)


@pytest.mark.parametrize(
    "kind",
    [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME,
     tarfile.GNUTYPE_LONGLINK, tarfile.GNUTYPE_SPARSE],
)  # fmt: skip
@pytest.mark.parametrize("first", [False, True], ids=["last", "first"])
def test_a_header_of_gigabytes_is_not_read(
    backup_file: Path, empty: Settings, kind: bytes, first: bool
) -> None:
    huge = 2 << 30  # of a file with a hole, which takes no room on the disk
    data = backup_file.read_bytes()
    begin = header("manifest.json", huge, kind)
    with backup_file.open("wb") as file:
        if not first:
            file.write(data.rstrip(b"\0"))
            file.truncate(-(-file.tell() // 512) * 512)
            file.seek(0, 2)
        file.write(begin)
        file.seek(huge, 1)
        file.write(data if first else bytes(1024))
    refused(backup_file, empty, "does not belong into a backup|it is no backup")


def test_more_members_than_the_manifest_says_are_not_read(
    backup_file: Path, empty: Settings
) -> None:
    name = text_hash("")
    one = header(f"blobs/{name[:2]}/{name}", 0)
    data = backup_file.read_bytes().rstrip(b"\0")
    data += bytes(-len(data) % 512)
    with backup_file.open("wb") as file:
        file.write(data)
        file.write(one * 20_000)
        # A header that cannot be read: whoever reads on past what the manifest says comes here.
        file.write(b"\xff" * 512 + bytes(1024))
    refused(backup_file, empty, "it does not hold the files of its ledger")


def test_the_members_stand_in_their_order(
    unpacked: Unpacked, packed: Packed, backup_file: Path, empty: Settings
) -> None:
    held = unpacked(backup_file)
    packed(backup_file, dict(reversed(held.items())))
    refused(backup_file, empty, "it is no backup")


@pytest.mark.parametrize(
    "data", [b"[" * 10_000_000, b'{"a":' * 10_000, b"{" + b'"":0,' * 1_000_000 + b'"":0}']
)
def test_a_manifest_that_would_grow_in_memory_is_not_parsed(
    backup_file: Path, empty: Settings, unpacked: Unpacked, packed: Packed, data: bytes
) -> None:
    packed(backup_file, {**unpacked(backup_file), "manifest.json": data})
    refused(backup_file, empty, "not that of a backup")
