"""Whether the same documents are found alike as Markdown, as Word documents and as PDFs.

    python bench/found_alike.py [--more]

The documents of `data/samples` are made anew in each form, each form is a library of its own, and
the questions of the samples are asked of each. *hit@k*: a right document is among the first k;
*passage@5*: among the first five passages is one of a right document that holds the answer. With
`--more` LibreOffice makes old Word files, rich text, OpenDocument and pages of the Word documents.
Questions are not translated, so that no model's wording counts.
"""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401

import argparse
import json
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from libreoffice import convert
from other_forms import as_docx, as_pdf

from app.service import KnowledgeBase, build
from app.settings import load_settings
from ingest.folders import scan
from ingest.limits import Limits
from ingest.readers import read

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
FORMS: dict[str, Callable[[str], bytes]] = {
    "md": lambda text: text.encode("utf-8"),
    "docx": as_docx,
    "pdf": as_pdf,
}
MORE = ("doc", "rtf", "odt", "html")
HITS = 50


@dataclass(frozen=True)
class Question:
    """A question, the names of right documents without suffix, and what an answer may hold."""

    text: str
    right: frozenset[str]
    answers: tuple[str, ...]


def questions() -> list[Question]:
    found = []
    for name in ("queries", "questions"):
        for line in (SAMPLES / f"{name}.jsonl").read_text("utf-8").splitlines():
            said = json.loads(line)
            right = frozenset(
                str(Path(p).with_suffix("")) for p in said.get("relevant") or said.get("docs") or ()
            )
            if said["answerable"] and right:
                answers = said.get("answers") or [one for some in said["must"][:1] for one in some]
                found.append(Question(said["question"], right, tuple(map(plain, answers))))
    return found


def plain(text: str) -> str:
    """A text as letters and figures only, in one width, without case."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def make(folder: Path, more: bool) -> list[str]:
    """Write the documents in every form, each below a folder of its own; the forms' names."""
    for found in scan(SAMPLES / "docs").files:
        text = "\n\n".join(read(found.file, found.path, Limits()).texts)
        for form, maker in FORMS.items():
            path = (folder / form / found.path).with_suffix(f".{form}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(maker(text))
    for form in MORE if more else ():
        for below in sorted({path.parent for path in (folder / "docx").rglob("*.docx")}):
            out = folder / form / below.relative_to(folder / "docx")
            convert(sorted(below.glob("*.docx")), form, out)
    return [*FORMS, *(MORE if more else ())]


def measure(kb: KnowledgeBase, asked: Sequence[Question]) -> tuple[list[float], list[str]]:
    """Return hit@1, 3, 5, MRR and passage@5, and the questions whose document is not first."""
    ranks: list[float] = []
    passages: list[bool] = []
    missed = []
    for question in asked:
        hits = kb.search(question.text, HITS).passages
        names = [str(Path(hit.metadata["path"]).with_suffix("")) for hit in hits]
        order = list(dict.fromkeys(names))
        at = next((n for n, name in enumerate(order, start=1) if name in question.right), 0)
        ranks.append(at)
        passages.append(
            any(
                name in question.right
                and any(a in plain(hit.page_content) for a in question.answers)
                for name, hit in zip(names[:5], hits[:5], strict=True)
            )
        )
        if at != 1 or not passages[-1]:
            missed.append(f"{question.text} ({at}{'' if passages[-1] else ', no passage'})")
    count = len(asked)
    hit = [sum(0 < rank <= k for rank in ranks) / count for k in (1, 3, 5)]
    return [*hit, sum(1 / r for r in ranks if r) / count, sum(passages) / count], missed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--more", action="store_true", help="also what LibreOffice makes of them")
    parser.add_argument("--missed", action="store_true", help="print what is not found first")
    options = parser.parse_args()
    asked = questions()
    print(f"{len(asked)} questions")
    heads = ("hit@1", "hit@3", "hit@5", "MRR", "passage@5")
    print(f"{'form':6} {'chunks':>6} " + " ".join(f"{head:>9}" for head in heads))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        forms = make(folder / "docs", options.more)
        for form in forms:
            settings = load_settings()[0].model_copy(
                update={"data_dir": folder / f"library-{form}", "translate_seconds": 0}
            )
            kb = build(settings)
            kb.ingest([folder / "docs" / form])
            shares, missed = measure(kb, asked)
            chunks = kb.status()["chunks"]
            print(f"{form:6} {chunks!s:>6} " + " ".join(f"{s:9.3f}" for s in shares), flush=True)
            if options.missed:
                print(*missed, sep="\n  ")
            kb.close()


if __name__ == "__main__":
    main()
