"""What becomes of each file of a folder: `python bench/outcomes.py FOLDER`.

A file is read, read with warnings, or refused with a reason. Passwords that are known are told as
`--password NAME=WORD`, where NAME is how the file's name begins.
"""

import argparse
import logging
import time
from collections import Counter
from pathlib import Path

from ingest.document import Given
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.readers import read_bytes
from ingest.reasons import has_gaps


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--no-ocr", action="store_true", help="do not recognise text in pictures")
    parser.add_argument("--password", action="append", default=[], metavar="NAME=WORD")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    passwords = dict(told.partition("=")[::2] for told in options.password)
    counts: Counter[tuple[str, str]] = Counter()
    print(f"{'file':58} {'outcome':24} {'pages':>5} {'chars':>7} {'s':>6}  warnings")
    for path in sorted(path for path in options.folder.rglob("*") if path.is_file()):
        known = (word for name, word in passwords.items() if path.name.startswith(name))
        given = Given(
            path.read_bytes(), path.name, Limits(), ocr=not options.no_ocr,
            password=next(known, None),
        )  # fmt: skip
        start = time.monotonic()
        outcome, pages, characters, warnings = read(given)
        name = str(path.relative_to(options.folder))
        took = time.monotonic() - start
        print(f"{name[-58:]:58} {outcome:24} {pages:5} {characters:7} {took:6.1f}  {warnings}")
        counts[name.partition("/")[0], outcome] += 1
    print()
    for (folder, outcome), count in sorted(counts.items()):
        print(f"{folder:24} {outcome:24} {count:5}")


def read(given: Given) -> tuple[str, int, int, str]:
    """The outcome, pages, characters and warnings of a file."""
    try:
        reading = read_bytes(given)
    except ReadError as error:
        return f"failed: {error.reason}", 0, 0, str(error)
    outcome = "ready with warnings" if has_gaps(reading.warnings) else "ready"
    return outcome, len(reading.parts), sum(map(len, reading.texts)), "; ".join(reading.warnings)


if __name__ == "__main__":
    main()
