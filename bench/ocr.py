"""How well, how fast and in how much memory text in pictures is recognised.

    python bench/ocr.py                        # character error rate by kind of page and its state
    python bench/ocr.py --kinds zh --dpis 150  # of some of them
    python bench/ocr.py --growth 100           # memory over so many pages
    python bench/ocr.py --show FOLDER          # what is read in the pictures of a folder

The rate counts wrong, missing and added characters of the page as it is stored, against the text
that was printed. Spaces count between letters and figures, not beside Chinese characters.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from pathlib import Path

import numpy as np
from ocr_pages import FACES, PAGE, WAYS, page, text
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ingest.limits import Limits
from ingest.ocr import dpi_of, ocr_part, open_picture, recognise

LIMITS = Limits()
WIDE = "\u2e80-\u9fff\uff00-\uffef\u3000-\u303f"


def plain(said: str) -> str:
    """Return a text with one space between words, none beside Chinese characters, no marks."""
    said = re.sub(r"^#+ ", "", said, flags=re.MULTILINE)
    return re.sub(rf" ?(?<=[{WIDE}]) | (?=[{WIDE}])", "", " ".join(said.split()))


def errors(said: str, printed: str) -> int:
    """Return how many characters must be changed, added or left out (Levenshtein)."""
    a, b = (np.frombuffer(t.encode("utf-32-le"), np.uint32) for t in (said, printed))
    row = np.arange(len(b) + 1)
    steps = np.arange(len(b) + 1)
    for n, char in enumerate(a, 1):
        change = np.minimum(row[1:] + 1, row[:-1] + (b != char))
        row = np.minimum.accumulate(np.concatenate(([n], change)) - steps) + steps
    return int(row[-1])


def memory(what: str) -> int:
    """Return this process's memory in MiB: VmHWM at its peak, VmRSS now, VmPeak of addresses."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition(f"{what}:")[2].split(maxsplit=1)[0]) // 1024


def read(picture: Image.Image, dpi: float, size: tuple[float, float] = PAGE) -> str:
    return ocr_part(recognise(picture, dpi, LIMITS), 1, size).text


def table(kinds: list[str], dpis: list[int], ways: list[str], verbose: bool) -> None:
    print(
        "| page | dpi | "
        + " | ".join(ways)
        + " | s a page | CPU s |\n"
        + "|---" * (len(ways) + 4)
        + "|"
    )
    for kind in kinds:
        printed = plain(text(kind))
        for dpi in dpis:
            rates, began, cpu = [], time.monotonic(), time.process_time()
            for way in ways:
                said = plain(read(page(kind, dpi, way), dpi))
                rates.append(errors(said, printed) / len(printed))
                if verbose:
                    print(said)
            wall, used = time.monotonic() - began, time.process_time() - cpu
            cells = " | ".join(f"{rate:.4f}" for rate in rates)
            print(
                f"| {kind} | {dpi} | {cells} | {wall / len(ways):.1f} | {used / len(ways):.1f} |",
                flush=True,
            )
    print(
        f"\npeak {memory('VmHWM')} MiB, addresses {memory('VmPeak')} MiB, {os.cpu_count()} cores,"
    )
    print(f"load {os.getloadavg()[0]:.1f} at the end")


def growth(pages: int) -> None:
    kinds = list(FACES)
    for n in range(pages):
        read(page(kinds[n % len(kinds)], 150, WAYS[n % len(WAYS)], n), 150)
        if n % 10 == 9 or n == 0:
            print(f"{n + 1} pages: {memory('VmRSS')} MiB, peak {memory('VmHWM')} MiB", flush=True)


def show(folder: Path, most: int) -> None:
    for path in sorted(folder.rglob("*"))[:most]:
        if path.suffix.lower() not in (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp"):
            continue
        picture = open_picture(path.read_bytes(), LIMITS)
        dpi = dpi_of(picture)
        began = time.monotonic()
        size = (picture.width * 72 / dpi, picture.height * 72 / dpi)
        part = ocr_part(recognise(picture, dpi, LIMITS), 1, size)
        took = time.monotonic() - began
        print(f"===== {path.name}, {picture.size}, {took:.1f} s, {part.confidence}\n{part.text}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--kinds", nargs="+", choices=FACES, default=list(FACES))
    parser.add_argument("--dpis", nargs="+", type=int, default=[150, 300])
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--verbose", action="store_true", help="print what was read")
    parser.add_argument("--growth", type=int, metavar="PAGES")
    parser.add_argument("--show", type=Path, metavar="FOLDER")
    parser.add_argument("--most", type=int, default=20, help="pictures that --show reads")
    given = parser.parse_args()
    if given.growth:
        growth(given.growth)
    elif given.show:
        show(given.show, given.most)
    else:
        table(given.kinds, given.dpis, given.ways, given.verbose)


if __name__ == "__main__":
    main()
