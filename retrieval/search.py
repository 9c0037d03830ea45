"""From a question to the passages that may answer it."""

from __future__ import annotations

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever

from retrieval.filters import EVERYTHING, Filter
from retrieval.index import VectorIndex
from retrieval.library import Library


class LibraryRetriever(BaseRetriever):
    """Finds the k chunks nearest to a question, each checked against the ledger.

    The documents returned carry, beside what the ledger says of a chunk (document, path, title,
    collection, page, heading, start, end, ordinal, lang, sha256), `score`, the cosine.
    """

    library: Library
    index: VectorIndex
    embeddings: Embeddings
    k: int = 5
    within: Filter = EVERYTHING

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        vector = np.asarray(self.embeddings.embed_query(query), np.float32)
        with self.library.snapshot():
            hits = self.index.search(vector, self.k, self.within)
            visible = self.library.chunks([chunk for chunk, _ in hits])
        found = []
        for chunk, score in hits:
            if chunk in visible:
                visible[chunk].metadata["score"] = score
                found.append(visible[chunk])
        return found
