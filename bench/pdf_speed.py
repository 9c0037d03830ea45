"""How many pages of PDFs are read a second, beside bare pypdf: `python bench/pdf_speed.py FOLDER`.

Times are those of the processor, so that other programs on the machine count less. pypdf only
takes out the text; ours is all of reading: lines, columns, tables, heads, bookmarks.
"""

import argparse
import io
import logging
import time
from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader

from ingest.document import Given
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.pdf import read

LIMITS = Limits()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder with PDFs, or one PDF")
    parser.add_argument("--repeat", type=int, default=3, help="of these the fastest counts")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    found = options.folder
    paths = [found] if found.is_file() else sorted(found.rglob("*.pdf"))
    print(f"{'file':44} {'pages':>5} {'pypdf p/s':>9} {'ours p/s':>9} {'times':>6}")
    total = [0, 0.0, 0.0]
    for path in paths:
        data = path.read_bytes()
        try:
            pages = read(Given(data, path.name, LIMITS, ocr=False)).pages or 0
        except ReadError:
            continue
        theirs = fastest(lambda data=data: bare(data), options.repeat)
        ours = fastest(
            lambda data=data: read(Given(data, "a.pdf", LIMITS, ocr=False)), options.repeat
        )
        total = [total[0] + pages, total[1] + theirs, total[2] + ours]
        print(row(path.name, pages, theirs, ours))
    print(row("all", int(total[0]), total[1], total[2]))


def bare(data: bytes) -> int:
    """The length of the text as pypdf takes it out."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        reader.decrypt("")
    return sum(len(page.extract_text()) for page in reader.pages)


def fastest(run: Callable[[], object], repeat: int) -> float:
    """Seconds of the processor."""
    times = []
    for _ in range(repeat):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return max(min(times), 1e-6)


def row(name: str, pages: int, theirs: float, ours: float) -> str:
    speeds = f"{pages / theirs:9.1f} {pages / ours:9.1f} {theirs / ours:6.1f}"
    return f"{name[:44]:44} {pages:5} {speeds}"


if __name__ == "__main__":
    main()
