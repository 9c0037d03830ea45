"""What a plain script finds for the same questions: it runs as a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.errors import KbError
from app.evaluation.corpus import Corpus, digest
from app.evaluation.dataset import Dataset
from app.evaluation.ranking_cells import Passage
from llm.models import fingerprint
from retrieval.child_process import environment

PlainHits = dict[str, list[Passage]]  # by the id of the question


def plain_hits(
    script: Path,
    datasets: Sequence[Dataset],
    corpus: Corpus,
    asked: Mapping[str, str],
    embedding: Path,
    cache: Path,
) -> PlainHits:
    """Return what the script finds for these questions by their ids, from the cache if it can.

    It is run as `SCRIPT --embedding FOLDER --queries FILE DIR…` and prints a line
    `{id, hits: [{path, text}]}` for each question. Raises KbError when it fails.
    """
    lines = [
        json.dumps({"id": id_, "question": question}, ensure_ascii=False)
        for id_, question in asked.items()
    ]
    try:
        source = script.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KbError(f"the plain script {str(script)!r} cannot be read: {error}") from error
    key = digest(corpus.key, fingerprint(embedding), source, *lines)
    file = cache / f"plain-{key[:16]}.jsonl"
    if not file.is_file():
        folders = [str(dataset.docs.parent.resolve()) for dataset in datasets]
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="plain-", dir=cache) as name:
            queries, out = Path(name, "queries.jsonl"), Path(name, "hits.jsonl")
            queries.write_text("".join(f"{line}\n" for line in lines), "utf-8")
            _run(script, ["--embedding", str(embedding), "--queries", str(queries), *folders], out)
            _read(script, out, asked)  # what cannot be read is not kept
            out.rename(file)
    return _read(script, file, asked)


def _run(script: Path, arguments: Sequence[str], out: Path) -> None:
    with out.open("wb") as stream:
        ended = subprocess.run(
            [sys.executable, str(script), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.PIPE,
            check=False,
            env=environment(),
        )
    if ended.returncode:
        said = ended.stderr.decode("utf-8", "replace").strip().splitlines()
        last = said[-1] if said else "it said nothing"
        raise KbError(
            f"the plain script {str(script)!r} ended with code {ended.returncode}: {last}"
        )


def _read(script: Path, file: Path, asked: Mapping[str, str]) -> PlainHits:
    found: PlainHits = {}
    try:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                value = json.loads(line)
                found[value["id"]] = [Passage(hit["path"], hit["text"]) for hit in value["hits"]]
    except (ValueError, KeyError, TypeError) as error:
        raise KbError(
            f"the plain script {str(script)!r} printed no {{id, hits}} lines: {error!r}"
        ) from error
    if missing := [id_ for id_ in asked if id_ not in found]:
        raise KbError(f"the plain script {str(script)!r} left {len(missing)} questions out")
    return found
