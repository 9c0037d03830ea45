"""Answers as a script from LangChain's tutorial writes them: to compare with, nothing of ours.

    python bench/reference_answers.py --model FILE.gguf < questions.jsonl > answers.jsonl

Puts the passages of each line {id, question, passages} into the tutorial's prompt and prints a
line {id, answer, prompt_tokens, first_token_s, total_s}, as soon as it is written.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path

from llama_cpp import Llama

PROMPT = (
    "Use the following pieces of context to answer the question at the end. "
    "If you don't know the answer, just say that you don't know, "
    "don't try to make up an answer.\n\n"
    "{context}\n\nQuestion: {question}\nHelpful Answer:"
)
CONTEXT = 8192  # the longest passages of RGB have about 6,500 characters
ANSWER = 512


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--model", type=Path, required=True, help="a GGUF file")
    given = parser.parse_args()
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]

    model = Llama(
        str(given.model), n_ctx=CONTEXT, n_threads=os.cpu_count(), n_threads_batch=os.cpu_count(),
        verbose=False,
    )  # fmt: skip
    for line in map(json.loads, sys.stdin):
        text = PROMPT.format(context="\n\n".join(line["passages"]), question=line["question"])
        print(json.dumps({"id": line["id"], **answer(model, text)}), flush=True)


def answer(model: Llama, text: str) -> dict[str, object]:
    began = time.perf_counter()
    written, first = "", None
    for chunk in model.create_chat_completion(
        [{"role": "user", "content": text}], temperature=0, max_tokens=ANSWER, stream=True
    ):
        if part := chunk["choices"][0]["delta"].get("content"):
            first = time.perf_counter() - began if first is None else first
            written += part
    total = time.perf_counter() - began
    return {
        "answer": written.strip(),
        "prompt_tokens": len(model.tokenize(text.encode())),
        "first_token_s": None if first is None else round(first, 4),
        "total_s": round(total, 4),
    }


if __name__ == "__main__":
    main()
