"""Vectors of a document's chunks, made where the ledger has none."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from app.loaded_models import Models
from llm.errors import ModelError
from retrieval.embedding import passage_text
from retrieval.errors import LibraryError
from retrieval.ledger import VectorTable, text_hash

if TYPE_CHECKING:
    from ingest.sandbox import Parsed

log = logging.getLogger(__name__)

# Tokens that are embedded between two looks whether to stop, and between two commits: what was
# embedded before a kill is kept. They take 0.6 s, and 2 s where the machine is busy. With eight
# chunks of one document at a time the model computed batches of 550 tokens, with these of 760, and
# of 935 with all chunks of 80 reports together, which took 0.85 of the first one's time.
_TOKENS = 4096

Look = Callable[[int, int], None]  # done and total, of chunks; raises to stop
Others = Callable[[], Iterable["Parsed"]]


class ChunkVectors:
    """Embeds chunks, many at a time, also those of documents whose turn comes later."""

    def __init__(self, vectors: VectorTable, models: Models, chunk_tokens: int) -> None:
        """`chunk_tokens` is the longest that a chunk may be."""
        self._vectors = vectors
        self._models = models
        self._at_once = max(1, _TOKENS // chunk_tokens)

    def store(self, parsed: Parsed, look: Look, others: Others) -> list[str]:
        """Store the vectors that a document lacks; return the hash of each chunk's embedded text.

        Where its chunks do not fill the last batch, chunks of `others` do, whose vectors are then
        there when their turn comes.
        """
        hashes, texts = _texts(parsed)
        # Texts of like length fill a batch best.
        missing = sorted(self._missing(texts), key=lambda text: len(texts[text]))
        for at in range(0, len(missing), self._at_once):
            look(at, len(missing))
            part = {h: texts[h] for h in missing[at : at + self._at_once]}
            beside = self._beside(part, others) if len(part) < self._at_once else {}
            self._embed(part, beside)
        return hashes

    def _beside(self, part: Mapping[str, str], others: Others) -> dict[str, str]:
        """Return texts of others, with their hashes, that fill up what is embedded at once."""
        found: dict[str, str] = {}
        room = self._at_once - len(part)
        for other in others():
            if len(found) >= room:
                break
            _, texts = _texts(other)
            lacking = [h for h in self._missing(texts) if h not in part and h not in found]
            found |= {h: texts[h] for h in lacking[: room - len(found)]}
        return found

    def _embed(self, part: Mapping[str, str], beside: Mapping[str, str]) -> None:
        try:
            self._put({**part, **beside})
        except (ModelError, LibraryError, OSError):
            raise
        except Exception:  # which one of the others may bring out: then it fails in its own turn
            if not beside:
                raise
            log.info("texts of several documents could not be embedded together", exc_info=True)
            self._put(part)

    def _put(self, texts: Mapping[str, str]) -> None:
        found = self._models.embeddings().embed_documents(list(texts.values()))
        self._vectors.put(
            {h: np.asarray(v, np.float32) for h, v in zip(texts, found, strict=True)},
            self._models.fingerprint,
        )

    def _missing(self, texts: Iterable[str]) -> Sequence[str]:
        return self._vectors.missing(texts, self._models.fingerprint)


def _texts(parsed: Parsed) -> tuple[list[str], dict[str, str]]:
    """Return the hash of what is embedded for each chunk, and the texts by their hashes."""
    passages = [
        passage_text(parsed.title, c.metadata["heading"], c.metadata["header"], c.page_content)
        for c in parsed.chunks
    ]
    hashes = [text_hash(passage) for passage in passages]
    return hashes, dict(zip(hashes, passages, strict=True))
