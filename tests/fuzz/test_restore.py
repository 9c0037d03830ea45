"""Whatever a backup is: it becomes a library that works, or it is refused and leaves nothing."""

import io
import json
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from app.errors import EXPECTED
from app.library import backup, restore
from app.loaded_models import Models
from app.service import KnowledgeBase
from app.settings import Settings
from retrieval.ledger import Ledger

Watch = Callable[[], AbstractContextManager[None]]


class Members(dict[str, bytes]):
    """The files in a backup; a report of a failure does not repeat them."""

    def __repr__(self) -> str:
        return f"Members({list(self)})"


class WordModels(Models):
    """The embedding model is a stand-in; none writes answers."""

    made: object = None

    def embeddings(self) -> object:  # type: ignore[override]
        return self.made


@pytest.fixture(scope="module")
def open_library(
    tmp_path_factory: pytest.TempPathFactory, tokenizer: Tokenizer, word_embedding: type
) -> Callable[[Path], KnowledgeBase]:
    """Open the library in a folder."""
    model = tmp_path_factory.mktemp("model")
    (model / "model.safetensors").write_bytes(b"model")
    (model / "config.json").write_text("{}")
    tokenizer.save(str(model / "tokenizer.json"))

    def make(folder: Path) -> KnowledgeBase:
        settings = Settings(data_dir=folder, models_dir=folder.parent, embed_model=str(model))
        models = WordModels(settings)
        models.made = word_embedding()
        return KnowledgeBase(settings, Ledger(settings.ledger_path), models)

    return make


@pytest.fixture(scope="module")
def members(
    tmp_path_factory: pytest.TempPathFactory, open_library: Callable[[Path], KnowledgeBase]
) -> Members:
    """What a sound backup of three documents holds."""
    root = tmp_path_factory.mktemp("sound")
    (root / "docs").mkdir()
    for name, text in (("a.md", "# Leave\n\n25 days.\n"), ("b.txt", "Dogs may come.\n")):
        (root / "docs" / name).write_text(text)
    kb = open_library(root / "library")
    kb.ingest([root / "docs"])
    kb.upload("waits.md", b"Not read yet.")
    backup(kb.settings, root / "b.tar")
    kb.close()
    with tarfile.open(root / "b.tar", "r:") as tar:
        return Members((m.name, s.read()) for m in tar if (s := tar.extractfile(m)))


def packed(members: Members) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return file.getvalue()


def agreed(members: Members, ledger: bytes) -> Members:
    """The members with another ledger, and a manifest that agrees with it."""
    said = {**json.loads(members["manifest.json"]), "ledger_sha256": sha256(ledger).hexdigest()}
    return Members(
        {**members, "ledger.sqlite3": ledger, "manifest.json": json.dumps(said).encode()}
    )


def with_statement(members: Members, statement: str) -> Members | None:
    """The members with a statement run in the ledger; None where SQLite does not take it."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(members["ledger.sqlite3"])
        try:
            db.execute(statement)
            db.commit()
        except (sqlite3.Error, sqlite3.Warning):
            return None
        return agreed(members, db.serialize())


def outcome(
    file: bytes, open_library: Callable[[Path], KnowledgeBase], watch: Watch, tmp_path: Path
) -> None:
    """Restore, use what came of it, and see that nothing beside the library was touched."""
    root = Path(mkdtemp(dir=tmp_path))
    kept = root / "kept.txt"
    kept.write_text("the user's own")
    (root / "b.tar").write_bytes(file)
    folder = root / "new"
    try:
        with watch():
            settings = Settings(data_dir=folder, models_dir=root)
            refused = ""
            try:
                restore(settings, root / "b.tar")
            except EXPECTED as error:
                refused = str(error)
            event("refused" if refused else "restored")
            assert "\n" not in refused
            if refused:
                left = {p.name for p in folder.rglob("*")} if folder.exists() else set()
                assert left <= {"owner.lock"}
            else:
                use(open_library, folder)
        assert kept.read_text() == "the user's own"
        assert {p.name for p in root.iterdir()} <= {"kept.txt", "b.tar", "new"}
    finally:
        rmtree(root)


def use(open_library: Callable[[Path], KnowledgeBase], folder: Path) -> None:
    """List, search, ingest and remove; each may fail with a line, none with a traceback."""
    steps: list[Callable[[KnowledgeBase], object]] = [
        lambda kb: kb.documents(),
        lambda kb: kb.search("How many days of leave?", 3),
        lambda kb: kb.ingest(),
        lambda kb: kb.remove([row.document for row in kb.documents()]),
    ]
    try:
        kb = open_library(folder)
    except EXPECTED:
        return
    said = []
    for step in steps:
        try:
            step(kb)
        except EXPECTED as error:
            said.append(str(error))
    kb.close()
    assert not any("\n" in line for line in said)


EDITS = st.lists(st.tuples(st.integers(0, 2**20), st.binary(min_size=1, max_size=9)), max_size=4)


@given(edits=EDITS, end=st.integers(1, 2**20) | st.none())
def test_bytes(
    members: Members,
    open_library: Callable[[Path], KnowledgeBase],
    watch: Watch,
    tmp_path: Path,
    edits: list[tuple[int, bytes]],
    end: int | None,
) -> None:
    data = bytearray(packed(members))
    for at, new in edits:
        place = at % len(data)
        data[place : place + len(new)] = new
    outcome(bytes(data[: end and end % len(data)]), open_library, watch, tmp_path)


TEXT = st.sampled_from(
    ["''", "'/etc/passwd'", "'../../kept.txt'", "'a'||char(0)||'b'", "x'00ff'", "NULL", "-1",
     "1e300", "9223372036854775807", "zeroblob(100000)", "'{'", "'[1]'",
     "char(10)||char(27)||'[31m'",
     "cast(x'eda080' AS TEXT)", "'zzzz'", "replace(hex(zeroblob(32)), '0', 'a')"]
)  # fmt: skip
COLUMNS = st.sampled_from(
    ["sources SET root", "sources SET kind", "sources SET collection", "sources SET device",
     "documents SET path", "documents SET staged", "documents SET staged_size",
     "documents SET status", "documents SET reason", "documents SET message",
     "documents SET attempts",
     "documents SET version", "documents SET id", "versions SET sha256", "versions SET bytes",
     "versions SET pipeline", "versions SET fingerprint", "versions SET title", "versions SET lang",
     "versions SET warnings", "versions SET pages", "chunks SET id", "chunks SET page",
     "chunks SET heading", "chunks SET start", "chunks SET text", "chunks SET embedded",
     "chunks SET ordinal", "vectors SET vector", "vectors SET embedded", "vectors SET fingerprint"]
)  # fmt: skip
SCHEMA = st.sampled_from(
    ["CREATE TRIGGER t AFTER DELETE ON documents BEGIN DELETE FROM chunks; END",
     "CREATE TRIGGER t AFTER UPDATE ON documents BEGIN DELETE FROM documents; END",
     "CREATE VIEW v AS SELECT * FROM documents", "CREATE TABLE more (a)", "DROP TABLE vectors",
     "CREATE INDEX i ON documents (path)", "ALTER TABLE documents ADD COLUMN more TEXT",
     "CREATE VIRTUAL TABLE f USING fts5(a)", "PRAGMA user_version=0", "PRAGMA user_version=99",
     "DELETE FROM chunks", "DELETE FROM versions", "DELETE FROM sources", "DELETE FROM keywords",
     "INSERT INTO jobs (kind, arguments, status, asked_at) VALUES"
     " ('ingest', '{\"paths\": [\"/etc\"], \"collection\": \"x\", \"keep\": true}', 'queued', '')"]
)  # fmt: skip


@given(statement=st.builds("UPDATE {}={}".format, COLUMNS, TEXT) | SCHEMA)
@example(statement="UPDATE versions SET sha256='/etc/passwd'")
@example(statement="UPDATE documents SET staged='../../../kept.txt'")
def test_ledger(
    members: Members,
    open_library: Callable[[Path], KnowledgeBase],
    watch: Watch,
    tmp_path: Path,
    statement: str,
) -> None:
    made = with_statement(members, statement)
    if made is not None:
        outcome(packed(made), open_library, watch, tmp_path)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.text(max_size=70),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=5,
)


@given(
    name=st.sampled_from(["format", "created", "schema", "documents", "chunks",
                          "ledger_sha256", "blobs", "missing", "more"]),
    value=VALUES,
)  # fmt: skip
@example(name="missing", value=["/etc/passwd"])
def test_manifest(
    members: Members,
    open_library: Callable[[Path], KnowledgeBase],
    watch: Watch,
    tmp_path: Path,
    name: str,
    value: object,
) -> None:
    said = {**json.loads(members["manifest.json"]), name: value}
    made = Members({**members, "manifest.json": json.dumps(said).encode()})
    outcome(packed(made), open_library, watch, tmp_path)
