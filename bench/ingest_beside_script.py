"""A folder ingested by Zhiku, by the plain script of a tutorial, and its passages embedded alone.

    python bench/ingest_beside_script.py [FOLDER] [--rounds 3] [--batches 32 4 8] [--json FILE]

Takes the Markdown and text files of the folder, as the script (bench/reference.py) reads no others.
Each runs in a process of its own, one after the other in every round, so that a busy moment of the
machine hits all alike. The clock runs from the first file to the
last one that can be searched, with the models loaded before; `load` says how long that took.
Processor time counts the processes that read files too. `alone` is all of Zhiku's passages in one
call of the same back-end: what no ingestion can go below.
"""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from app.embedding_model import converted, load_embedding
from app.loaded_models import Models
from app.settings import load_settings

sys.path.insert(0, str(Path(__file__).parent))

from rows import Row, add_json, table, write_rows

KINDS = (".md", ".txt")
LONGEST = 512  # tokens of a passage that the model reads
PREFIX = "passage: "

Measured = dict[str, Any]


class Clock:
    """Seconds and processor time, of this process and of those that it started and that ended."""

    def __init__(self) -> None:
        self._began = (time.perf_counter(), self._processor())

    @staticmethod
    def _processor() -> float:
        used = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(u.ru_utime + u.ru_stime for u in used)

    def read(self) -> tuple[float, float]:
        return time.perf_counter() - self._began[0], self._processor() - self._began[1]


def by_zhiku(docs: Path, passages: Path) -> Measured:
    """Ingest into a new library and again; write the passages that were embedded."""
    from app.service import build
    from retrieval.embedding import passage_text

    loading = Clock()
    with tempfile.TemporaryDirectory() as name:
        mine = {"data_dir": Path(name), "model_process": "off"}
        kb = build(load_settings()[0].model_copy(update=mine))
        kb.models.embeddings()
        load, _ = loading.read()
        clock = Clock()
        report = kb.ingest([docs])
        seconds, _ = clock.read()
        again = kb.ingest([docs]).seconds
        embedded = {
            passage_text(d.title, c.metadata["heading"], c.metadata["header"], c.page_content)
            for d in kb.documents()
            for c in kb.text(d.document)
        }
        passages.write_text(json.dumps(sorted(embedded)), "utf-8")
        kb.close()
        _, processor = clock.read()  # after the reading processes have ended
        failed = [f.path for f in report.failed]
        told = {"again": again, "files": report.added, "pieces": report.chunks, "failed": failed}
        return timed(load, seconds, processor) | told


def by_script(docs: Path, batch: int) -> Measured:
    """Do what the script does until a question can be asked."""
    from langchain_core.documents import Document
    from reference import cut, stored
    from sentence_transformers import SentenceTransformer

    loading = Clock()
    model = SentenceTransformer(str(models().embedding_folder), local_files_only=True)
    load, _ = loading.read()
    clock = Clock()
    files = [f for f in sorted(docs.rglob("*")) if f.suffix in KINDS]
    pieces = cut(
        Document(f.read_text("utf-8", "replace"), metadata={"path": f.name}) for f in files
    )
    stored(pieces, model, batch)
    seconds, processor = clock.read()
    told = {"pieces": len(pieces), "tokens": tokens(p.page_content for p in pieces)}
    return timed(load, seconds, processor) | told


def alone(passages: Path) -> Measured:
    """Embed the passages with the back-end that Zhiku takes, all at once."""
    settings = load_settings()[0]
    texts: list[str] = json.loads(passages.read_text("utf-8"))
    loading = Clock()
    folder = models().embedding_folder
    embeddings = load_embedding(folder, converted(folder, settings), settings.embed_backend)
    load, _ = loading.read()
    clock = Clock()
    embeddings.embed_documents(texts)
    seconds, processor = clock.read()
    return timed(load, seconds, processor) | {"pieces": len(texts), "tokens": tokens(texts)}


def models() -> Models:
    return Models(load_settings()[0])


def tokens(texts: Any) -> int:
    """Count what the model is given, its marks at both ends too."""
    tokenizer = Tokenizer.from_file(str(models().tokenizer_file))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    return sum(len(tokenizer.encode(PREFIX + text.replace("\n", " ")).ids) for text in texts)


def timed(load: float, seconds: float, processor: float) -> Measured:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"load": load, "seconds": seconds, "processor": processor, "peak_mib": peak}


def started(*arguments: object) -> Measured:
    """Run one measurement in a process of its own."""
    command = [sys.executable, __file__, "--one", *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    found: Measured = json.loads(done.stdout.splitlines()[-1])
    return found


def copied(folder: Path, target: Path) -> int:
    """Copy the files that both read; return how many."""
    files = [f for f in sorted(folder.rglob("*")) if f.suffix in KINDS and f.is_file()]
    for file in files:
        place = target / file.relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, place)
    return len(files)


def rounds(docs: Path, passages: Path, given: argparse.Namespace) -> Iterator[dict[str, Measured]]:
    for number in range(given.rounds):
        found = {"zhiku": started("zhiku", docs, passages)}
        found["alone"] = started("alone", passages)
        found["zhiku"]["tokens"] = found["alone"]["tokens"]
        for batch in given.batches:
            found[f"script, batch {batch}"] = started("script", docs, batch)
        print(f"round {number + 1}: {json.dumps(found)}", file=sys.stderr)
        yield found


def rows_of(runs: list[dict[str, Measured]]) -> list[Row]:
    """Zhiku beside the script and beside embedding alone, and beside itself the second time."""

    def values(name: str, what: str) -> list[float]:
        return [run[name][what] for run in runs]

    first = runs[0]
    work = f"ingest {first['zhiku']['files']} files, {first['zhiku']['pieces']:,} chunks"
    rows: list[Row] = []
    for other in list(first)[1:]:
        goal = "≤ 1.15" if other == "alone" else "≤ 0.2" if other.endswith(" 32") else "≤ 0.33"
        beside = "embedding alone" if other == "alone" else other
        note = f"{first['zhiku']['tokens']:,} tokens and {first[other]['tokens']:,}"
        for what in ("seconds", "processor"):
            told = work if what == "seconds" else f"{work}: the processor's time"
            pair = values("zhiku", what), values(other, what)
            rows.append(Row(told, "s", *pair, beside, goal, note))
        for what, unit in (("load", "s"), ("peak_mib", "MiB")):
            told = "models loaded before" if what == "load" else "most memory of the process"
            rows.append(Row(told, unit, values("zhiku", what), values(other, what), beside))
    again, seconds = values("zhiku", "again"), values("zhiku", "seconds")
    rows.append(Row("the same again, nothing changed", "s", again, seconds, "the first", "≤ 0.01"))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path("data/samples/docs"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--batches", type=int, nargs="+", default=[32, 4, 8], help="of the script")
    add_json(parser)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        docs, passages = Path(name) / "docs", Path(name) / "passages.json"
        files = copied(given.folder, docs)
        runs = list(rounds(docs, passages, given))
    print(f"{files} Markdown and text files of {given.folder.name}, {given.rounds} rounds in turns")
    rows = rows_of(runs)
    print(table(rows))
    write_rows(rows, given.json)


def one(what: str, *arguments: str) -> None:
    if what == "zhiku":
        found = by_zhiku(Path(arguments[0]), Path(arguments[1]))
    elif what == "script":
        found = by_script(Path(arguments[0]), int(arguments[1]))
    else:
        found = alone(Path(arguments[0]))
    print(json.dumps(found))


if __name__ == "__main__":
    one(*sys.argv[2:]) if sys.argv[1:2] == ["--one"] else main()
