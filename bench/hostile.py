"""Read the files made to hurt of tests/hostile and print what became of each, and what it cost."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, pre_tokenizers

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "hostile"))

from made.measuring import Watched  # noqa: E402
from made.table import CASES  # noqa: E402

_URL = "http://127.0.0.1:9/secret"


def main() -> None:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="of files; all without them")
    parser.add_argument("--keep", type=Path, help="write the files into a folder, and read none")
    arguments = parser.parse_args()
    chosen = [case for case in CASES if not arguments.names or case.name in arguments.names]
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
        for case in chosen:
            (arguments.keep / case.name).write_bytes(case.data(_URL))
        return
    with tempfile.TemporaryDirectory() as folder:
        watched = Watched(Path(folder), tokenizer_in(Path(folder)))
        watched.read(b"Some words.", "warm.txt")
        print("| file | KiB | outcome | peak MiB | CPU s |\n|---|---|---|---|---|")
        for case in chosen:
            data = case.data(_URL)
            was = watched.read(data, case.name)
            right = was.word in case.outcomes and (was.word != "read" or case.says in was.said)
            mark = "" if right and not was.told else f" **{'told' if was.told else 'wrong'}**"
            size = max(1, len(data) // 1024)
            print(
                f"| {case.name} | {size:,} | {was.word}{mark} | {was.memory} | {was.seconds:.1f} |",
                flush=True,
            )
            if mark:
                print(f"  {was.said[:300]!r} {was.told[:300]}", file=sys.stderr, flush=True)
        watched.close()


def tokenizer_in(folder: Path) -> Path:
    """A tokenizer that gives a token for some characters, as real ones do."""
    tokenizer = Tokenizer(models.WordLevel({"?": 0}, "?"))
    runs = Regex(r"\w{1,8}|[^\w\s]{1,8}")
    tokenizer.pre_tokenizer = pre_tokenizers.Split(runs, "removed", invert=True)
    file = folder / "tokenizer.json"
    tokenizer.save(str(file))
    return file


if __name__ == "__main__":
    main()
