"""Files that are locked with a password: read when it is told, and it is written down nowhere."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from app.service import KnowledgeBase
from retrieval.errors import LibraryError

Folder = Callable[..., Path]
PDF = Path(__file__).parents[3] / "data" / "samples" / "docs" / "rotterdam-office-guide.pdf"
SECRET = "open-sesame-7781"  # noqa: S105


def locked(password: str = SECRET) -> bytes:
    writer, data = PdfWriter(clone_from=PdfReader(PDF)), io.BytesIO()
    writer.encrypt(password, algorithm="AES-256")
    writer.write(data)
    return data.getvalue()


@pytest.fixture(scope="module")
def guide() -> bytes:
    return locked()


def holds_the_secret(kb: KnowledgeBase) -> list[Path]:
    """The files of the library in which the password stands."""
    files = [file for file in kb.settings.data_dir.rglob("*") if file.is_file()]
    assert files
    return [file for file in files if SECRET.encode() in file.read_bytes()]


def test_passwords_are_tried_in_turn(kb: KnowledgeBase, folder: Folder, guide: bytes) -> None:
    root = folder({"guide.pdf": guide, "open.md": "Tea is at four.", "other.pdf": locked("other")})
    report = kb.ingest([root])
    assert [f.reason for f in report.failed] == ["encrypted", "encrypted"]
    assert report.failed[0].document in {row.document for row in kb.documents()}
    kb.unlock(report, ["wrong", SECRET])
    assert (report.added, [f.path for f in report.failed]) == (2, ["other.pdf"])
    assert "none of the passwords" in report.failed[0].message
    assert report.chunks == kb.status()["chunks"]
    assert {r.path: bool(r.chunks) for r in kb.documents()} == {
        "guide.pdf": True, "open.md": True, "other.pdf": False,
    }  # fmt: skip
    assert kb.ingest([root]).unchanged == 2  # what was read is not read again
    assert holds_the_secret(kb) == []
    backup = kb.settings.data_dir.parent / "b.tar"
    kb.backup(backup)
    assert SECRET.encode() not in backup.read_bytes()


def test_one_is_asked_until_it_is_right_or_empty(
    kb: KnowledgeBase, folder: Folder, guide: bytes
) -> None:
    root = folder({"a.pdf": guide, "b.pdf": guide + b"%", "c.pdf": locked("other")})
    report = kb.ingest([root])
    asked: list[str] = []
    answers = iter(["wrong", SECRET, ""])

    def ask(path: str) -> str:
        asked.append(path)
        return next(answers)

    kb.unlock(report, ask=ask)
    assert asked == ["a.pdf", "a.pdf", "c.pdf"]  # what opened one is tried at the next
    assert (report.added, [f.path for f in report.failed]) == (2, ["c.pdf"])


def test_a_file_that_must_be_read_again_is_locked_again(
    kb: KnowledgeBase, folder: Folder, guide: bytes
) -> None:
    root = folder({"guide.pdf": guide})
    kb.unlock(kb.ingest([root]), [SECRET])
    report = kb.ingest([root], again=True)
    assert [f.reason for f in report.failed] == ["encrypted"]
    (row,) = kb.documents()
    assert row.chunks  # what was read before is still found
    kb.unlock(report, [SECRET])
    assert (report.updated, report.failed) == (1, [])


def test_it_is_read_while_another_process_owns_the_library(
    kb: KnowledgeBase, open_kb: Any, folder: Folder, guide: bytes
) -> None:
    report = kb.ingest([folder({"guide.pdf": guide})])
    assert open_kb().own()
    with pytest.raises(LibraryError, match="another process"):
        kb.read_again("guide.pdf", SECRET)  # whose job the other one would do
    kb.unlock(report, [SECRET])
    assert (report.added, report.failed) == (1, [])
    assert kb.documents()[0].chunks


def test_the_app_reads_with_a_password_in_its_queue(kb: KnowledgeBase, guide: bytes) -> None:
    document = kb.upload("guide.pdf", guide)
    assert kb.own()
    kb.work()
    assert str(kb.document(document).error).startswith("encrypted")
    assert kb.read_again(document, "wrong").arguments["document"] == document
    kb.work()
    assert "none of the passwords" in str(kb.document(document).error)
    job = kb.read_again(document, SECRET)
    assert SECRET not in str(job)
    kb.work()
    assert kb.document(document).chunks
    assert holds_the_secret(kb) == []


def test_the_command_takes_them_from_a_file(
    cli: Any, open_kb: Any, folder: Folder, guide: bytes, tmp_path: Path
) -> None:
    root = folder({"guide.pdf": guide})
    file = tmp_path / "passwords.txt"
    file.write_text(f"wrong\n\n{SECRET}\n", "utf-8")
    report = cli.json("ingest", root)
    assert (cli.code, report["failed"][0]["reason"]) == (1, "encrypted")
    report = cli.json("ingest", root, "--password-file", file)
    assert (cli.code, report["added"], report["failed"]) == (0, 1, [])
    assert holds_the_secret(open_kb()) == []


@pytest.mark.parametrize(
    "content", [None, b"\xff\xfe\x00", b"\n".join(b"%d" % n for n in range(101))]
)
def test_a_file_that_holds_no_passwords_is_refused(
    content: bytes | None, cli: Any, folder: Folder, tmp_path: Path
) -> None:
    file = tmp_path / "passwords.txt"
    if content is not None:
        file.write_bytes(content)
    cli("ingest", folder({}), "--password-file", file)
    assert cli.code == 2
    assert "--password-file" in cli.err


def test_the_terminal_asks(
    cli: Any, folder: Folder, guide: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    typed = iter(["wrong", SECRET])
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda *a, **k: next(typed))
    out = cli("ingest", folder({"guide.pdf": guide}))
    assert cli.code == 0
    assert out.startswith("1 added")
    assert SECRET not in out + cli.err


def test_where_nobody_can_be_asked_it_is_said_how_to_tell(
    cli: Any, folder: Folder, guide: bytes
) -> None:
    cli("ingest", folder({"guide.pdf": guide}))
    assert cli.code == 1
    assert "locked files: kb ingest asks on a terminal, or takes --password-file FILE" in cli.err
