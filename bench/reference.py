"""Retrieval as a script from LangChain's tutorial does it: to compare with, nothing of ours in it.

    python bench/reference.py DIR… --embedding FOLDER --queries FILE > hits.jsonl

Reads the Markdown files below DIR/docs, cuts them, embeds the pieces with an e5 model, puts them
into Chroma, and prints a line {id, hits: [{path, text}]} for each line {id, question} of FILE.
With several DIR, the name of each stands in front of its paths.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import chromadb
from chromadb.config import Settings
from langchain_core.documents import Document
from langchain_text_splitters import RecursiveCharacterTextSplitter
from sentence_transformers import SentenceTransformer

TOP = 20
BATCH = 32  # the default of sentence-transformers
AT_ONCE = 1000  # pieces that Chroma is given in one call


def load(folders: list[Path]) -> Iterator[Document]:
    for folder in folders:
        docs = folder / "docs"
        prefix = f"{folder.resolve().name}/" if len(folders) > 1 else ""
        for file in sorted(docs.rglob("*.md")):
            path = prefix + file.relative_to(docs).as_posix()
            yield Document(file.read_text("utf-8", "replace"), metadata={"path": path})


def cut(documents: Iterable[Document]) -> list[Document]:
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    return splitter.split_documents(list(documents))


def stored(
    pieces: list[Document], model: SentenceTransformer, batch: int = BATCH
) -> chromadb.Collection:
    client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
    collection = client.create_collection("reference")
    for at in range(0, len(pieces), AT_ONCE):
        part = pieces[at : at + AT_ONCE]
        collection.add(
            ids=[str(at + n) for n in range(len(part))],
            embeddings=encode(model, [f"passage: {p.page_content}" for p in part], batch),
            documents=[p.page_content for p in part],
            metadatas=[p.metadata for p in part],
        )
    return collection


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="has docs/")
    parser.add_argument(
        "--embedding", type=Path, required=True, help="sentence-transformers folder"
    )
    parser.add_argument("--queries", type=Path, required=True, help="JSON lines {id, question}")
    given = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]

    pieces = cut(load(given.folders))
    model = SentenceTransformer(str(given.embedding), local_files_only=True)
    collection = stored(pieces, model)
    with given.queries.open(encoding="utf-8") as lines:
        for query in map(json.loads, lines):
            found = collection.query(
                encode(model, [f"query: {query['question']}"]), n_results=min(TOP, len(pieces))
            )
            hits = [
                {"path": metadata["path"], "text": text}
                for metadata, text in zip(found["metadatas"][0], found["documents"][0], strict=True)
            ]
            print(json.dumps({"id": query["id"], "hits": hits}, ensure_ascii=False))


def encode(model: SentenceTransformer, texts: list[str], batch: int = BATCH) -> list[list[float]]:
    return model.encode(
        texts, batch_size=batch, normalize_embeddings=True, show_progress_bar=False
    ).tolist()


if __name__ == "__main__":
    main()
