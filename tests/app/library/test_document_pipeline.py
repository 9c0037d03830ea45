"""A document's way from bytes to chunks, also when it is interrupted."""

import os
import sys
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import psutil
import pytest
from langchain_core.embeddings import Embeddings

from app.library import Cancelled
from app.loaded_models import Models
from app.service import KnowledgeBase
from app.settings import Settings
from ingest.errors import ReadError
from llm.errors import ModelError
from retrieval.ledger import Filter, Ledger

OpenKb = Callable[..., KnowledgeBase]


def texts(kb: KnowledgeBase, path: str) -> list[str]:
    return [chunk.page_content for chunk in kb.text(kb.document(path).document)]


def test_an_upload_waits_then_is_read_and_found(kb: KnowledgeBase) -> None:
    document = kb.upload("差旅.md", "# 差旅\n\n住宿上限为六百元。\n".encode())
    (row,) = kb.documents()
    assert (row.document, row.path, row.status) == (document, "差旅.md", "queued")
    assert kb.search("住宿上限", 5).passages == []
    steps: list[Any] = []
    assert kb.work(lambda *step: steps.append(step))
    assert [step for step, _ in groupby(step[1:] for step in steps)] == [
        ("reading", 0, 0), ("embedding", 0, 1), ("embedding", 1, 1),
    ]  # fmt: skip
    assert not kb.work()
    assert kb.search("住宿上限", 5).passages[0].metadata["path"] == "差旅.md"


def test_an_upload_of_the_same_name_replaces_the_one_before_when_it_is_read(
    kb: KnowledgeBase,
) -> None:
    document = kb.upload("a.txt", b"The first text.")
    assert kb.work()
    assert kb.upload("a.txt", b"The second text.") == document
    assert texts(kb, "a.txt") == ["The first text."]
    assert kb.work()
    assert texts(kb, "a.txt") == ["The second text."]
    assert len(kb.documents()) == 1


def test_an_upload_without_a_suffix_is_read_if_it_begins_as_text(kb: KnowledgeBase) -> None:
    kb.upload("LICENCE", b"You may use it.")
    kb.work()
    assert texts(kb, "LICENCE") == ["You may use it."]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("../../etc/passwd.txt", b"x", "unsafe-name"),
        ("a/../b.md", b"x", "unsafe-name"),
        ("/b.md", b"x", "unsafe-name"),
        ("a//b.md", b"x", "unsafe-name"),
        ("a/" * 16 + "b.md", b"x", "unsafe-name"),
        ("..\\b.md", b"x", "unsafe-name"),
        ("film.mp4", b"x", "unsupported"),
        ("no suffix", b"\x7fELF\0", "unsupported"),
        ("large.txt", b"x" * (1024 * 1024 + 1), "too-large"),
    ],
)
def test_an_upload_that_is_refused_leaves_nothing(
    open_kb: OpenKb, name: str, data: bytes, reason: str
) -> None:
    kb = open_kb(max_file_mb=1)
    with pytest.raises(ReadError) as raised:
        kb.upload(name, data)
    assert raised.value.reason == reason
    assert kb.documents() == []
    blobs = kb.settings.blobs_dir
    assert not [f for f in blobs.rglob("*") if f.is_file()]


def test_an_upload_that_cannot_be_read_says_why_and_stays_in_the_list(
    kb: KnowledgeBase, blank_pdf: Callable[..., bytes]
) -> None:
    kb.upload("加密.pdf", blank_pdf("secret"))
    assert kb.work()
    row = kb.document("加密.pdf")
    assert row.status == "failed"
    assert (row.error or "").startswith("encrypted: ")


def test_kb_ingest_brings_uploads_up_to_date_and_removes_none(
    open_kb: OpenKb, tmp_path: Path
) -> None:
    kb = open_kb()
    kb.upload("a.txt", b"The first text.")
    report = kb.ingest()  # what waits is read first
    assert (report.updated, report.unchanged, report.removed) == (0, 1, 0)
    kb.close()
    other = open_kb(model="model-b")
    assert other.outdated() == 1
    assert other.ingest().updated == 1
    assert other.search("first text", 1).passages[0].page_content == "The first text."
    again = other.ingest()
    assert (again.updated, again.unchanged, again.removed) == (0, 1, 0)


@pytest.mark.parametrize("left", [b"The first", b"Something else.", None])
def test_what_is_left_of_damaged_bytes_does_not_replace_what_was_read(
    open_kb: OpenKb, left: bytes | None
) -> None:
    kb = open_kb()
    kb.upload("a.txt", b"The first text.")
    kb.ingest()
    (blob,) = [f for f in kb.settings.blobs_dir.rglob("*") if f.is_file()]
    blob.unlink()
    if left is not None:
        blob.write_bytes(left)
    kb.close()
    again = open_kb(chunk_tokens=64)  # which has every document read anew
    report = again.ingest()
    assert [(f.path, f.reason) for f in report.failed] == [("a.txt", "vanished")]
    assert again.search("first text", 1).passages[0].page_content == "The first text."
    assert again.document("a.txt").error


def test_equal_texts_are_embedded_once(kb: KnowledgeBase, folder: Callable[..., Path]) -> None:
    kb.ingest([folder({f"{n}.txt": "The same text." for n in range(3)})])
    assert kb.models.embedded == ["The same text."]  # type: ignore[attr-defined]
    for row in kb.documents():
        (hit,) = kb.search("same text", 9, Filter(documents=(row.document,))).passages
        assert hit.page_content == "The same text."
    assert len(kb.search("same text", 9).passages) == 1  # said once, it is enough


def test_equal_texts_are_embedded_once_across_collections_and_uploads(
    kb: KnowledgeBase, folder: Callable[..., Path]
) -> None:
    kb.ingest([folder({"a.txt": "The same text."})], "first")
    kb.ingest([folder({"b.txt": "The same text."}, "other")], "second")
    kb.upload("c.txt", b"The same text.", "third")
    assert kb.work()
    assert kb.models.embedded == ["The same text."]  # type: ignore[attr-defined]
    assert {row.collection: row.status for row in kb.documents()} == {
        "first": "ready", "second": "ready", "third": "ready",
    }  # fmt: skip


def test_title_and_heading_are_embedded_with_the_text(
    kb: KnowledgeBase, folder: Callable[..., Path]
) -> None:
    kb.ingest([folder({"a.md": "# Handbook\n\n## Leave\n\nTwenty-five days.\n"})])
    (embedded,) = kb.models.embedded  # type: ignore[attr-defined]
    assert embedded.splitlines() == ["Handbook", "Leave", "Twenty-five days."]


def test_a_defect_that_one_file_brings_out_holds_up_no_other(
    make_settings: Callable[..., Settings], folder: Callable[..., Path], word_embedding: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    class Picky(word_embedding):  # type: ignore[misc, valid-type]
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            if any("odd" in text for text in texts):
                raise ZeroDivisionError("a defect")
            return super().embed_documents(texts)  # type: ignore[no-any-return]

    class PickyModels(Models):
        def embeddings(self) -> Embeddings:
            self._embeddings = self._embeddings or Picky()
            return self._embeddings

    settings = make_settings()
    kb = KnowledgeBase(settings, Ledger(settings.ledger_path), PickyModels(settings))
    report = kb.ingest([folder({"a.md": "Good.", "b.md": "This is odd.", "c.md": "Good too."})])
    assert [(f.path, f.reason) for f in report.failed] == [("b.md", "internal")]
    assert report.added == 2
    assert "a defect" in caplog.text  # the log has the details
    kb.close()


@pytest.mark.parametrize("step", ["reading", "embedding"])
def test_a_stop_is_obeyed_in_the_midst_of_it(kb: KnowledgeBase, step: str) -> None:
    """A document in hand is waiting again, and the process that read it is free for the next."""
    text = "".join(f"Journey {n} is paid for by the company. " for n in range(60_000))
    kb.upload("long.txt", text.encode())
    calls = 0

    def stop(path: str, name: str, done: int, total: int) -> None:
        nonlocal calls
        calls += name == step
        if calls > 2:
            raise Cancelled

    assert kb.work(stop)
    (row,) = kb.documents()
    assert (row.status, str(row.error).partition(":")[0]) == ("failed", "stopped")
    kb.upload("short.txt", b"Other words.")
    assert kb.work()
    assert {row.path: row.status for row in kb.documents()}["short.txt"] == "ready"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows it")
def test_the_processes_that_read_see_no_key_and_no_token(
    make_settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = ("KB_LLM_API_KEY", "KB_DATA_DIR", "HF_TOKEN", "OPENAI_API_KEY", "HTTPS_PROXY")
    settings = make_settings()
    for name in secrets:
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    before = set(psutil.Process().children())
    kb = KnowledgeBase(settings, Ledger(settings.ledger_path), Models(settings))
    seen: list[dict[str, str]] = []

    def look(path: str, step: str, *_: int) -> None:
        if step == "reading" and not seen:
            seen.extend(child.environ() for child in set(psutil.Process().children()) - before)

    kb.upload("long.txt", b"Journeys are paid for by the company. " * 100_000)
    with pytest.raises(ModelError):  # there is none to embed with
        kb.work(look)
    kb.close()
    assert "secret" not in {value for found in seen for value in found.values()}
    assert [(found["PATH"], found["LC_ALL"]) for found in seen] == [(os.environ["PATH"], "C.UTF-8")]


class Killed(BaseException):
    """The process is ended here."""


def test_what_was_embedded_before_a_kill_is_not_embedded_again(
    open_kb: OpenKb, make_settings: Callable[..., Settings], folder: Callable[..., Path],
    word_embedding: Any,
) -> None:  # fmt: skip
    kept: list[str] = []

    class Dying(word_embedding):  # type: ignore[misc, valid-type]
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            if kept:
                raise Killed
            kept.extend(texts)
            return super().embed_documents(texts)  # type: ignore[no-any-return]

    class DyingModels(Models):
        def embeddings(self) -> Embeddings:
            self._embeddings = self._embeddings or Dying(salt=self.fingerprint)
            return self._embeddings

    words = "".join(f"## Heading {n}\n\n{f'word{n} ' * 60}\n\n" for n in range(150))
    docs = folder({"a.md": words, "b.md": "Short."})
    settings = make_settings(chunk_tokens=64)
    kb = KnowledgeBase(settings, Ledger(settings.ledger_path), DyingModels(settings))
    with pytest.raises(Killed):
        kb.ingest([docs])
    assert kb.document("a.md").status == "embedding"
    assert kb.document("a.md").chunks == 0
    kb.close()
    again = open_kb(chunk_tokens=64)
    report = again.ingest([docs])
    assert report.failed == []
    assert again.document("a.md").status == "ready"
    chunks = again.document("a.md").chunks
    assert chunks >= 150
    embedded = again.models.embedded  # type: ignore[attr-defined]
    assert len(embedded) == chunks + 1 - len(kept)
    assert not set(embedded) & set(kept)
