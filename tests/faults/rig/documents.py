"""The folder that is mirrored: documents written, changed, renamed and deleted at random."""

import hashlib
import random
from pathlib import Path

from tokenizers import Tokenizer

from ingest.chunks import split
from ingest.limits import Limits
from ingest.readers import read
from rig.library import CHUNK_TOKENS
from rig.oracle import Oracle, State, digest

_WORDS = 28  # two tokens each: a paragraph fills a chunk of 64
_FEWEST, _MOST = 3, 6  # documents kept


class Folder:
    """A folder of Markdown files; the oracle is told what splitting each of them gives."""

    def __init__(self, root: Path, oracle: Oracle, tokenizer: Tokenizer, seed: int) -> None:
        self.root = root
        self._oracle = oracle
        self._tokenizer = tokenizer
        self._random = random.Random(seed)  # noqa: S311
        self._made = 0
        self._large = ""
        root.mkdir(parents=True, exist_ok=True)

    def state(self) -> State:
        """The SHA-256 of each file, by path."""
        return {
            file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in self.root.iterdir()
        }

    def add(self, chunks: int | None = None) -> str:
        """Write a new file of a hundred chunks; return its path."""
        name = self._new_name()
        parts = [f"# {name}"]
        parts += [self._paragraph() for _ in range(chunks or self._random.randint(60, 140))]
        self._write(name, parts)
        return name

    def change(self) -> None:
        """Give a file some new paragraphs, and take others out."""
        name = self._any()
        parts = (self.root / name).read_text("utf-8").split("\n\n")
        at = self._random.randrange(1, len(parts) // 2)
        parts[at : at + 40] = [self._paragraph() for _ in range(self._random.randint(33, 60))]
        self._write(name, parts)

    def replace_large(self) -> None:
        """Put one file of many chunks in place of the last: Chroma writes its graph every 1,000."""
        if self._large:
            (self.root / self._large).unlink(missing_ok=True)
        self._large = self.add(self._random.randint(400, 700))

    def rename(self) -> None:
        """Give a file another name."""
        (self.root / self._any()).rename(self.root / self._new_name())

    def delete(self) -> str:
        """Delete a file; return what its path was."""
        name = self._any()
        (self.root / name).unlink()
        return name

    def shuffle(self) -> None:
        """Change some things at random, so that the folder keeps its size."""
        for _ in range(self._random.randint(1, 3)):
            files = len(list(self.root.iterdir()))
            if files <= _FEWEST:
                self.add()
            elif files >= _MOST:
                self.delete()
            else:
                self._random.choice((self.add, self.change, self.rename, self.delete))()

    def _new_name(self) -> str:
        self._made += 1
        return f"{self.root.name} {self._made:03}.md"

    def _any(self) -> str:
        return self._random.choice(sorted(file.name for file in self.root.iterdir()))

    def _paragraph(self) -> str:
        return " ".join(f"w{self._random.randrange(10**6)}" for _ in range(_WORDS)) + "."

    def _write(self, name: str, parts: list[str]) -> None:
        file = self.root / name
        file.write_text("\n\n".join(parts), "utf-8")
        chunks = split(read(file, name, Limits()), self._tokenizer, CHUNK_TOKENS)
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        self._oracle.chunks[sha256] = digest(chunk.page_content for chunk in chunks)
