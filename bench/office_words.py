"""How much of Office files is read: words of our text beside those that people expect.

    python bench/office_words.py FOLDER [--kinds docx,xlsx] [--show FILE]

FOLDER has files in folders by kind, and beside them `expected_md/NAME.md`. *found* is the share of
the expected words that we read, *right* the share of our words that are expected, *there* that of
those that are expected or stand in the file at all, as notes and hidden sheets do. A word counts as
often as it stands there; a Chinese character is a word.
"""

from __future__ import annotations

import argparse
import re
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from statistics import mean

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.readers import read

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")
_MARKUP = re.compile(r"<!--.*?-->|\]\([^)]*\)|!\[|[*_~`\\]", re.DOTALL)


def words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(_MARKUP.sub(" ", unescape(text)).casefold()))


def share(some: Counter[str], others: Counter[str]) -> float:
    """The share of some words that are among others."""
    return (some & others).total() / some.total() if some else 1.0


def in_file(path: Path) -> frozenset[str]:
    """The words that stand in a file somewhere, as far as that is seen without reading it."""
    data = path.read_bytes()
    texts = [
        data.decode("utf-8", "ignore"),
        *(data[n:].decode("utf-16-le", "ignore") for n in (0, 1)),
    ]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.endswith(".xml")]
            texts = [
                re.sub("<[^>]*>", "", archive.read(n).decode("utf-8", "ignore")) for n in names
            ]
            texts += [archive.read(name).decode("utf-8", "ignore") for name in names]
    return frozenset(word for text in texts for word in words(text))


def text_of(path: Path) -> str:
    return "\n".join(read(path, path.name, Limits()).texts)


def pairs(folder: Path, kinds: set[str]) -> Iterator[tuple[Path, Path]]:
    for path in sorted(folder.glob("*/*")):
        expected = folder / "expected_md" / f"{path.name}.md"
        if expected.is_file() and (not kinds or path.parent.name in kinds):
            yield path, expected


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kinds", default="", help="folders, by commas; all without it")
    parser.add_argument("--show", default="", help="a file whose text is printed")
    options = parser.parse_args()
    results: defaultdict[str, list[tuple[float, float, float] | None]] = defaultdict(list)
    print(f"{'file':45} {'found':>6} {'right':>6} {'there':>6} {'s':>6}")
    for path, expected in pairs(options.folder, set(filter(None, options.kinds.split(",")))):
        began = time.perf_counter()
        try:
            text = text_of(path)
        except ReadError as error:
            print(f"{path.name[:45]:45} {error.reason}: {error}")
            results[path.parent.name].append(None)
            continue
        seconds = time.perf_counter() - began
        wanted, ours = words(expected.read_text("utf-8")), words(text)
        known = in_file(path)
        there = Counter({word: n for word, n in (ours - wanted).items() if word in known})
        result = share(wanted, ours), share(ours, wanted), share(ours, wanted + there)
        results[path.parent.name].append(result)
        print(
            f"{path.name[:45]:45} {result[0]:6.3f} {result[1]:6.3f} {result[2]:6.3f} {seconds:6.2f}"
        )
        if options.show == path.name:
            print(text, "\n")
            print("missing:", wanted - ours, "\nmore:", ours - wanted)
    print(f"\n{'kind':8} {'read':>7} {'found':>6} {'right':>6} {'there':>6}")
    results["all"] = [result for some in list(results.values()) for result in some]
    for kind, some in results.items():
        measured = [result for result in some if result]
        means = [mean(column) for column in zip(*measured, strict=True)] or [0.0] * 3
        print(f"{kind:8} {len(measured):3}/{len(some):<3} " + " ".join(f"{m:6.3f}" for m in means))


if __name__ == "__main__":
    main()
