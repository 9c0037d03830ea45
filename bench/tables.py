"""Whether a cell of a table is found with its row and its column: `python bench/tables.py`.

24 questions about the tables of 12 files (PDF with and without rules, XLSX, DOCX, HTML, Markdown;
half Chinese), beside the sample documents. A question counts when a passage that was found holds
the cell so that one can tell what it is: in a line with the words of its row, below those of its
column. The passage is what a reader and the model get: its table's header and its own text.

`python bench/tables.py --write FOLDER` only writes the files; `--misses` shows what was found.
"""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401

import argparse
import json
import re
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from langchain_core.documents import Document
from table_documents import DOCUMENTS

from app.service import build
from app.settings import load_settings

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "data/samples/docs"
TOP = 3
_RULE = re.compile(r"[|:\s-]+")


@dataclass(frozen=True)
class Question:
    """What is asked, and the cell that answers: words of its row, its column, a group above it."""

    lang: str
    kind: str
    document: str
    question: str
    row: Sequence[str]
    column: Sequence[str]
    cell: str
    group: Sequence[str] = ()


def plain(text: str) -> str:
    """Text without white space and without forms of width."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def holds(text: str, words: Sequence[str]) -> bool:
    return all(plain(word) in plain(text) for word in words)


def cells(line: str) -> list[str]:
    return re.split(r"(?<!\\)\|", line.strip().strip("|"))


def rows(passage: str) -> Iterator[tuple[Sequence[str], Sequence[str], str]]:
    """Yield each row of the tables of a passage: its cells, its header's, and all that is above."""
    head: Sequence[str] = ()
    record: list[str] = []
    above = ""
    for line in [*passage.splitlines(), ""]:
        if record and not line.startswith("  "):
            # "- column: cell" lines: a row whose cells name their columns.
            pairs = [re.split(r"[:：]\s", cell, maxsplit=1) for cell in record]
            yield [p[-1] for p in pairs], [p[0] for p in pairs], above
            record = []
        if line.startswith("- "):
            record = [line[2:]]
        elif record or line.startswith("  "):
            record.append(line.strip())
        elif "|" not in line:
            head = () if line.strip() else head
        elif not head:
            head = cells(line)
        elif not _RULE.fullmatch(line):
            yield cells(line), head, above
        above += line + "\n"


def answers(passage: Document, question: Question) -> bool:
    """Tell whether a passage holds the cell in its row, below its column."""
    header = passage.metadata.get("header", "")
    text = f"{header}\n{passage.page_content}".strip("\n")
    for row, head, above in rows(text):
        told = " ".join(row)
        known = above + told + passage.metadata.get("heading", "")
        if not holds(told, question.row) or not holds(known, question.group):
            continue
        for name, cell in zip(head, row, strict=False):
            if holds(name, question.column) and plain(cell) == plain(question.cell):
                return True
    return False


def shown(questions: Sequence[Question], ranks: Sequence[int]) -> None:
    """Print a table: how many are right among the first, and among the first three."""
    groups: dict[str, list[int]] = defaultdict(list)
    for question, rank in zip(questions, ranks, strict=True):
        for name in (question.kind, question.lang, "all"):
            groups[name].append(rank)
    print(f"{'':12}{'questions':>10}{'top 1':>8}{f'top {TOP}':>8}")
    for name, found in groups.items():
        first, top = (sum(0 < r <= most for r in found) / len(found) for most in (1, TOP))
        print(f"{name:12}{len(found):>10}{first:>8.2f}{top:>8.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, help="only write the files, into this folder")
    parser.add_argument("--misses", action="store_true", help="show what was found instead")
    given = parser.parse_args()
    lines = (HERE / "table_questions.jsonl").read_text("utf-8").splitlines()
    questions = [Question(**json.loads(line)) for line in lines]
    with tempfile.TemporaryDirectory() as name:
        folder = given.write or Path(name, "tables")
        folder.mkdir(parents=True, exist_ok=True)
        for document, make in DOCUMENTS.items():
            (folder / document).write_bytes(make())
        if given.write:
            return
        kb = build(load_settings()[0].model_copy(update={"data_dir": Path(name, "library")}))
        kb.ingest([folder, SAMPLES])
        ranks = []
        for q in questions:
            found = kb.search(q.question, TOP).passages
            right = [n for n, passage in enumerate(found, 1) if answers(passage, q)]
            ranks.append(right[0] if right else 0)
            if given.misses and not right:
                print(f"--- {q.question} ({q.document}): {q.row} {q.column} {q.cell}")
                for p in found:
                    print(f"[{p.metadata.get('path')}] {p.metadata.get('header')!r}")
                    print(p.page_content)
        kb.close()
    shown(questions, ranks)


if __name__ == "__main__":
    main()
