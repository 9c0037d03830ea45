"""Measure how well made-up figures and names of answers are told from right ones.

    python bench/verify_figures.py FOLDER… [--limit N] [--seed S] [--show N]

FOLDER holds documents as text or Markdown. Right statements are sentences of theirs, held against
four passages of their document, and the same with each figure written in another way. Made up are
the same sentences with one figure changed, and those with a name of another document of the folder
in place of their own; what the change leaves standing in the passages all the same is counted too.
Last, how often a changed figure is taken for a sum of figures of the passages.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ingest.text import script, sentences
from llm.answer import Evidence, arithmetic

PASSAGE, PASSAGES = 1500, 4  # characters; of a document
FIGURE = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)*(?![\w-]*[A-Za-z])")
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})*")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WORDS = dict(enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2))

Statement = tuple[str, list[str]]  # and the passages of its document


def statements(folder: Path, limit: int, rng: random.Random) -> Iterator[Statement]:
    """Yield sentences of a folder's documents with four passages that have them."""
    files = [p for p in sorted(folder.rglob("*")) if p.suffix in (".md", ".txt") and p.is_file()]
    rng.shuffle(files)
    for file in files[:limit]:
        text = file.read_text("utf-8", errors="replace")
        start = rng.randrange(max(1, len(text) - PASSAGE * PASSAGES))
        start = text.rfind("\n", 0, start) + 1
        part = text[start : start + PASSAGE * PASSAGES]
        passages = [part[at : at + PASSAGE] for at in range(0, len(part), PASSAGE)]
        passages[0] = f"[1] ({file.stem})\n{passages[0]}"
        told = [s.text for passage in passages for s in sentences(passage)[1:-1]]
        told = [s for s in told if any(map(str.isalnum, s)) and not s.startswith("#")]
        for sentence in rng.sample(told, min(len(told), 12)):
            yield sentence, passages


def rewritten(sentence: str) -> str:
    """Return a sentence with its figures written in another way, worth the same."""

    def other(match: re.Match[str]) -> str:
        digits = match[0].replace(",", "")
        behind = sentence[match.end() : match.end() + 6].lstrip()
        whole = digits.isdigit()
        if whole and int(digits) >= 10_000 and not digits.endswith("000"):
            return f"{int(digits):,}" if "," not in match[0] else digits
        if (
            whole
            and int(digits) >= 10_000
            and script(sentence) == "zh"
            and behind[:1] not in "万亿"
        ):
            return f"{int(digits) / 10_000:g}万" if int(digits) < 10**8 else digits
        if whole and int(digits) >= 10_000 and behind[:2].isascii():
            return f"{int(digits) // 1000} thousand"
        if whole and int(digits) in WORDS and re.match(r"[a-z]{3}", behind):
            return WORDS[int(digits)]
        return f"{digits}.0" if whole and behind[:1] == "%" else digits

    text = re.sub(r"(\d)\s?%", lambda m: f"{m[1]} percent", FIGURE.sub(other, sentence))
    return re.sub(
        r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日",
        lambda m: f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}" if int(m[2]) < 13 else m[0],
        text,
    )


def changed(sentence: str, rng: random.Random) -> str | None:
    """Return a sentence with another digit in one of its figures, None if it has no figure."""
    found = list(FIGURE.finditer(sentence))
    found = [m for m in found if m.start() or sentence[m.end() : m.end() + 1] not in ".)、"]
    if not found:
        return None
    match = rng.choice(found)
    places = [n for n, c in enumerate(match[0]) if c.isdigit()]
    place = rng.choice(places[:2] if len(places) < 4 else places[:4])
    digit = rng.choice([d for d in "123456789" if d != match[0][place]])
    at = match.start() + place
    return sentence[:at] + digit + sentence[at + 1 :]


def swapped(sentence: str, others: Sequence[str], rng: random.Random) -> str | None:
    """Return a sentence with another document's name for one of its own, None if it has none."""
    found = [m for m in NAME.finditer(sentence) if m[0] not in MONTHS]
    if not found or not others:
        return None
    match = rng.choice(found)
    return sentence[: match.start()] + rng.choice(others) + sentence[match.end() :]


def rate(cases: Sequence[tuple[str, list[str]]], kind: str, show: int, *, told: bool) -> str:
    """Return the share of cases of which something is told, or nothing; print some of the rest."""
    hits = 0
    for statement, passages in cases:
        problems = Evidence("", passages).check(statement)
        right = bool(problems) is told
        hits += right
        if not right and show:
            show -= 1
            print(f"    {kind}: {[p.text for p in problems]} {statement[:160]!r}")
    return f"{hits / len(cases):.3f} of {len(cases)}" if cases else "-"


def measure(folder: Path, limit: int, seed: int, show: int) -> None:
    """Print the rates of one folder."""
    rng = random.Random(seed)  # noqa: S311
    right = list(statements(folder, limit, rng))
    names = sorted({m[0] for s, _ in right for m in NAME.finditer(s) if m[0] not in MONTHS})

    def made(change: Callable[[str, list[str]], str | None]) -> list[Statement]:
        found = [(change(s, passages), passages) for s, passages in right]
        return [(s, passages) for s, passages in found if s]

    def foreign(passages: list[str]) -> list[str]:
        text = "\n".join(passages)
        return [name for name in names if name not in text]

    figures = made(lambda s, _: changed(s, rng))
    print(folder.name)
    print("  right, borne out:", rate(right, "right", show, told=False))
    again = [(rewritten(s), p) for s, p in right]
    again = [case for case, (s, _) in zip(again, right, strict=True) if case[0] != s]
    print("  written otherwise:", rate(again, "otherwise", show, told=False))
    print("  figure changed, told:", rate(figures, "figure", show, told=True))
    new = [(s, p) for s, p in figures if not stands(s, p)]
    print("  of those whose new figure stands in no passage:", rate(new, "new", show, told=True))
    other = made(lambda s, passages: swapped(s, foreign(passages), rng))
    print("  name of another document, told:", rate(other, "name", show, told=True))
    sums = [arithmetic(s, p) for s, p in new]
    print(f"  changed figure taken for a sum: {sum(map(bool, sums))} of {len(sums)}")


def stands(statement: str, passages: Sequence[str]) -> bool:
    """Tell whether each figure of a statement stands in the passages as it is written."""
    text = "\n".join(passages)
    return all(re.search(rf"(?<![\d.,]){re.escape(m[0])}(?!\d|[.,]\d)", text)
               for m in FIGURE.finditer(statement))  # fmt: skip


def main() -> None:
    """Measure each folder that is given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--limit", type=int, default=100, help="documents of each folder")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", type=int, default=0, help="faults of each kind to print")
    args = parser.parse_args()
    for folder in args.folders:
        measure(folder, args.limit, args.seed, args.show)


if __name__ == "__main__":
    main()
