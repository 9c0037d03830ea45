"""The documents of one measurement, laid out in a folder of the cache that is kept."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import KbError
from app.evaluation.dataset import Dataset
from app.settings import Settings
from ingest.chunks import SPLITTER
from ingest.document import READER_VERSION
from ingest.folders import hash_file
from retrieval.ledger import newest_schema


@dataclass(frozen=True)
class Corpus:
    """A copy of the documents, and the library that is made of it beside it."""

    folders: tuple[str, ...]
    key: str  # the hash of paths and bytes
    docs: Path
    library: Path


def lay_out(datasets: Sequence[Dataset], settings: Settings, cache: Path) -> Corpus:
    """Copy the documents into the cache; several folders become one, their names in front.

    The same documents and the same way of cutting them have the same place, where the library of
    an earlier run lies: nothing is embedded twice, and two versions do not take turns in one place.
    """
    files = dict(_files(datasets))
    key = digest(*(f"{path}\0{hash_file(file)[0]}" for path, file in sorted(files.items())))
    how = f"{READER_VERSION}, {SPLITTER}, {settings.chunk_tokens}, {settings.embed_model}"
    pipeline = f"{how}, {newest_schema()}"
    names = tuple(d.name for d in datasets)
    place = cache / f"{'+'.join(names)[:60]}-{digest(key, pipeline)[:16]}"
    docs = place / "docs"
    if not docs.is_dir():
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise KbError(f"cannot write the cache {str(place)!r}: {error.strerror}") from error
        part = Path(tempfile.mkdtemp(prefix="docs-", dir=place))  # a copy cut short is never used
        for path, file in files.items():
            copy = part / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
        part.rename(docs)
    return Corpus(names, key, docs, place / "library")


def digest(*parts: str) -> str:
    """Return the SHA-256 of several texts, in hex digits."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _files(datasets: Sequence[Dataset]) -> Iterator[tuple[str, Path]]:
    for dataset in datasets:
        prefix = f"{dataset.name}/" if len(datasets) > 1 else ""
        for file in dataset.docs.rglob("*"):
            if file.is_file():
                yield prefix + file.relative_to(dataset.docs).as_posix(), file
