"""The embedding model run by OpenVINO."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from langchain_core.embeddings import Embeddings
from tokenizers import Encoding, Tokenizer

from retrieval.embedding.batches import batches
from retrieval.embedding.recipe import recipe
from retrieval.embedding.runtime import compiled

if TYPE_CHECKING:
    from openvino import CompiledModel, InferRequest

    from retrieval.embedding.recipe import Recipe


class OpenVinoEmbeddings(Embeddings):
    """Embeds with a converted model; vectors have unit length and come as float lists.

    Safe for threads: the model is shared, what it computes with is each thread's own.
    """

    def __init__(self, model: CompiledModel, tokenizer: Tokenizer, recipe: Recipe) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._recipe = recipe
        self._own = threading.local()
        tokenizer.no_padding()
        tokenizer.enable_truncation(recipe.max_tokens)

    @classmethod
    def load(cls, folder: Path, xml: Path) -> OpenVinoEmbeddings:
        """Load a converted model, and the tokenizer of the folder that it was made from."""
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        return cls(compiled(xml), tokenizer, recipe(folder))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of passages, in their order."""
        return self._embed(self._recipe.passage, texts)

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return self._embed(self._recipe.query, [text])[0]

    def _embed(self, prompt: str, texts: list[str]) -> list[list[float]]:
        # Line ends become spaces, as HuggingFaceEmbeddings has it.
        whole = [prompt + text.replace("\n", " ") for text in texts]
        encoded = self._tokenizer.encode_batch(whole)
        found: list[list[float]] = [[]] * len(texts)
        for places, width in batches([len(one.ids) for one in encoded]):
            vectors = self._vectors([encoded[place] for place in places], width)
            for place, vector in zip(places, vectors, strict=True):
                found[place] = vector
        return found

    def _vectors(self, encoded: list[Encoding], width: int) -> list[list[float]]:
        ids = np.full((len(encoded), width), self._recipe.pad, np.int64)
        mask = np.zeros_like(ids)
        for row, one in enumerate(encoded):
            ids[row, : len(one.ids)] = one.ids
            mask[row, : len(one.ids)] = 1
        pooled = np.asarray(self._request.infer([ids, mask])[0], np.float32)
        # Here and not in the model, which may compute in bfloat16.
        lengths = np.linalg.norm(pooled, axis=1, keepdims=True)
        vectors: list[list[float]] = (pooled / np.maximum(lengths, 1e-12)).tolist()
        return vectors

    @property
    def _request(self) -> InferRequest:
        """What this thread computes with."""
        if not hasattr(self._own, "request"):
            self._own.request = self._model.create_infer_request()
        request: InferRequest = self._own.request
        return request
