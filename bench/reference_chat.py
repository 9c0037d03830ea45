"""Answers as a script from LangChain's tutorial gives them, models and index in one process.

    python bench/reference_chat.py DIR --embedding FOLDER --model FILE.gguf < questions.txt

Cuts and embeds the Markdown and text files below DIR, then answers the questions, one a line, from
the four nearest pieces, and prints a line {first_token_s, total_s, prompt_tokens, answer, peak_mib}
for each, with the seconds counted from the question on. To compare with: nothing of ours in it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from pathlib import Path

import chromadb
from chromadb.config import Settings
from langchain_core.documents import Document
from langchain_text_splitters import RecursiveCharacterTextSplitter
from llama_cpp import Llama
from sentence_transformers import SentenceTransformer

sys.path.insert(0, str(Path(__file__).parent))

from reference import encode
from reference_answers import CONTEXT, PROMPT, answer

TOP = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument(
        "--embedding", type=Path, required=True, help="sentence-transformers folder"
    )
    parser.add_argument("--model", type=Path, required=True, help="a GGUF file")
    given = parser.parse_args()
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]

    texts = [
        Document(file.read_text("utf-8", "replace"))
        for file in sorted(given.folder.rglob("*"))
        if file.suffix in (".md", ".txt")
    ]
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    pieces = [piece.page_content for piece in splitter.split_documents(texts)]
    embedding = SentenceTransformer(str(given.embedding), local_files_only=True)
    client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
    collection = client.create_collection("reference")
    collection.add(
        ids=[str(n) for n in range(len(pieces))],
        embeddings=encode(embedding, [f"passage: {piece}" for piece in pieces]),
        documents=pieces,
    )
    cores = os.cpu_count()
    model = Llama(
        str(given.model), n_ctx=CONTEXT, n_threads=cores, n_threads_batch=cores, verbose=False
    )
    print(json.dumps({"pieces": len(pieces)}), flush=True)
    for question in map(str.strip, sys.stdin):
        began = time.perf_counter()
        found = collection.query(encode(embedding, [f"query: {question}"]), n_results=TOP)
        passages = (found["documents"] or [[]])[0]
        searched = time.perf_counter() - began
        told = answer(model, PROMPT.format(context="\n\n".join(passages), question=question))
        for name in ("first_token_s", "total_s"):
            if isinstance(took := told[name], float):
                told[name] = round(took + searched, 4)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({**told, "peak_mib": round(peak)}), flush=True)


if __name__ == "__main__":
    main()
