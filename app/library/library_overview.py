"""What the library says of itself and its documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from app.embedding_model import embed_backend
from app.loaded_models import installed, installed_chat, whereabouts
from app.model_choice import kept_choice
from app.results import DocumentRow, Passage, ShownDocument
from app.settings import Settings
from app.tuning import tuning_state
from retrieval.library import Library, Record

if TYPE_CHECKING:
    from langchain_core.documents import Document


def overview(
    settings: Settings, library: Library, fingerprint: str | None, outdated: int
) -> dict[str, object]:
    """Return what `kb status` shows; `fingerprint` is that of the embedding model."""
    s, ledger = settings, settings.ledger_path
    choice = kept_choice(s)
    return {
        "data_dir": str(s.data_dir),
        **library.counts(),
        "collections": library.collections(),
        "outdated": outdated,
        "ledger_bytes": ledger.stat().st_size if ledger.exists() else 0,
        "blobs_bytes": _size(s.blobs_dir),
        "index_bytes": _size(s.index_dir),
        "index": library.index_state(fingerprint),
        "llm_model": s.chat_model,
        "llm_installed": installed_chat(s),
        "llm_auto": choice.reason if choice else None,
        "llm_tuned": tuning_state(s),
        "llm_where": whereabouts(s),
        "llm_lora": str(s.lora) if s.lora else None,
        "embed_model": s.embed_model,
        "embed_installed": installed(s.embed_model, "embedding", s.models_dir),
        "embed_backend": embed_backend(s),
    }


def as_row(record: Record) -> DocumentRow:
    """Return a document as `kb list` shows it."""
    return DocumentRow(
        document=record.document,
        path=record.path,
        title=record.title,
        sha256=record.sha256,
        bytes=record.bytes,
        pages=record.pages,
        chunks=record.chunks,
        collection=record.collection,
        lang=record.lang,
        status=record.status,
        error=record.error,
        ingested_at=record.ingested_at,
        unit=record.unit,
        author=record.author or None,
        made=record.made or None,
        changed=record.changed or None,
        confidence=record.confidence,
        warnings=record.warnings,
    )


def as_shown(record: Record, chunks: Sequence[Document]) -> ShownDocument:
    """Return a document as `kb show` shows it."""
    passages = tuple(as_passage(c) for c in chunks)
    return ShownDocument(**asdict(as_row(record)), passages=passages)


def as_passage(chunk: Document) -> Passage:
    """Return a chunk as `kb show` shows it."""
    m = chunk.metadata
    return Passage(
        str(chunk.id), m["page"], m["heading"], chunk.page_content, m["unit"], m["confidence"],
        bool(m.get("off")),
    )  # fmt: skip


def _size(folder: Path) -> int:
    """Return the bytes below a folder; a file that goes meanwhile counts nothing."""
    size = 0
    for file in folder.rglob("*") if folder.is_dir() else ():
        try:
            size += file.stat().st_size if file.is_file() else 0
        except FileNotFoundError:
            continue
    return size
