"""A model converted for OpenVINO and compared with itself in torch.

`main` runs in a process of its own with FOLDER TARGET; the last line that it prints is JSON: the
SHA-256 of the files it wrote and the least cosine, or why it is not to be used.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np

from retrieval import child_process as child
from retrieval.embedding.converted import BIN, LEAST_COSINE, XML, sha256
from retrieval.embedding.openvino_embeddings import OpenVinoEmbeddings
from retrieval.embedding.probe_texts import TEXTS
from retrieval.embedding.recipe import Pooling, recipe
from retrieval.embedding.runtime import openvino
from retrieval.embedding.torch_embeddings import WEIGHTS
from retrieval.errors import first_line


def main(arguments: list[str]) -> None:
    """Convert a model and print what came of it."""
    folder, target = map(Path, arguments)
    child.begin(folder)
    if hasattr(os, "nice"):
        os.nice(5)  # questions go first
    try:
        said = _converted(folder, target)
    except (MemoryError, OSError):
        raise  # which may be over the next time: nothing is noted
    except Exception as error:  # whatever torch, transformers and OpenVINO raise
        why = f"{type(error).__name__}: {first_line(error)}"
        said = {"refused": why[:300], "cosine": 0.0, "files": {}}
    print(json.dumps(said))  # noqa: T201


def _converted(folder: Path, target: Path) -> dict[str, Any]:
    from sentence_transformers import SentenceTransformer

    ov = openvino()
    how = recipe(folder)
    model = SentenceTransformer(
        str(folder),
        device="cpu",
        local_files_only=True,
        trust_remote_code=False,
        model_kwargs=WEIGHTS,
    )
    wanted = model.encode(list(TEXTS), prompt=how.passage, normalize_embeddings=True, batch_size=4)
    wanted_query = model.encode([TEXTS[1]], prompt=how.query, normalize_embeddings=True)
    _save(ov, model[0].model, how.pooling, target / XML)
    del model
    embeddings = OpenVinoEmbeddings.load(folder, target / XML)
    found = np.array(
        [*embeddings.embed_documents(list(TEXTS)), embeddings.embed_query(TEXTS[1])], np.float32
    )
    # HuggingFaceEmbeddings puts spaces for line ends, as ours does; the probe leaves that to it.
    cosines = (found * np.concatenate([wanted, wanted_query])).sum(axis=1)
    least = float(cosines.min())
    refused = "" if least >= LEAST_COSINE else f"its vectors differ: least cosine {least:.4f}"
    files = {name: sha256(target / name) for name in (XML, BIN)}
    if refused:
        for name in files:
            (target / name).unlink()
        files = {}
    return {"refused": refused, "cosine": round(least, 6), "files": files}


def _save(ov: Any, encoder: Any, pooling: Pooling, xml: Path) -> None:
    """Write an encoder, with the pooling behind it, as OpenVINO reads it."""
    import torch

    class Pooled(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            tokens: torch.Tensor = self.encoder(
                input_ids=input_ids,
                attention_mask=attention_mask,
                token_type_ids=torch.zeros_like(input_ids),
            ).last_hidden_state
            if pooling == "cls":
                return tokens[:, 0]
            mask = attention_mask.unsqueeze(-1).to(tokens.dtype)
            return (tokens * mask).sum(1) / mask.sum(1).clamp(min=1e-9)

    ids = torch.arange(4, 36).reshape(2, 16)
    mask = torch.ones_like(ids)
    mask[1, 9:] = 0
    with torch.no_grad():
        model = ov.convert_model(Pooled().eval(), example_input=(ids, mask))
    model.reshape({0: [-1, -1], 1: [-1, -1]})  # any number of texts of any length
    ov.save_model(model, str(xml))
