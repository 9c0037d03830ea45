"""What the pictures in documents add to their text, and what it costs.

python bench/pictures.py FOLDER          # one table
python bench/pictures.py FOLDER --show   # with what was recognised
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ingest.document import Reading
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.readers import read


def timed(path: Path, ocr: bool) -> tuple[Reading | ReadError, float, int]:
    """Return a file as read, the seconds it took, and how many pictures were looked at."""
    looked = 0

    def recognising() -> None:
        nonlocal looked
        looked += 1

    began = time.monotonic()
    try:
        reading = read(path, path.name, Limits(), ocr=ocr, recognising=recognising)
    except ReadError as error:
        return error, time.monotonic() - began, looked
    return reading, time.monotonic() - began, looked


def main() -> None:
    """Print a row for each file in which a picture was looked at."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="print what was recognised")
    asked = parser.parse_args()
    print("| file | pictures | s without | s more | recognised: blocks | characters | sure |")
    print("|---|---|---|---|---|---|---|")
    for path in sorted(path for path in asked.folder.rglob("*") if path.is_file()):
        _, plain, _ = timed(path, ocr=False)
        found, seconds, looked = timed(path, ocr=True)
        if not looked:
            continue
        row = f"| {path.name} | {looked} | {plain:.2f} | {seconds - plain:.2f} |"
        if isinstance(found, ReadError):
            print(f"{row} {found.reason} | | |", flush=True)
            continue
        told = [(p, b) for p in found.parts for b in p.blocks if b.confidence is not None]
        size = sum(b.end - b.start for _, b in told)
        sure = min((b.confidence or 0.0 for _, b in told), default=0.0)
        print(f"{row} {len(told)} | {size} | {sure:.2f} |", flush=True)
        for part, block in told if asked.show else ():
            words = " ".join(part.text[block.start : block.end].split())
            print(f"    {block.confidence:.2f} {block.kind}: {words[:200]}")
        for warning in found.warnings if asked.show else ():
            print(f"    ! {warning}")


if __name__ == "__main__":
    main()
