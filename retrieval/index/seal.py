"""The seal of a vector index: the sizes and times of its files when it was known to be well."""

from __future__ import annotations

import json
import os
from importlib.metadata import version
from pathlib import Path

_TOLD = 2  # raised by one when `ChromaIndex.add` or equal_texts.py tell Chroma something else


def seal_of(folder: Path) -> str:
    """Return the seal of a folder as it is now.

    Chroma writes its files inside the calls that change it and when it is opened, at no other
    time, so a seal that still fits says that nothing was written or damaged since. Another
    release of Chroma breaks it too, and one of ours that tells it vectors in another way.
    """
    files = {
        file.relative_to(folder).as_posix(): _state(file.stat())
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
    return json.dumps({"chromadb": version("chromadb"), "told": _TOLD, "files": files})


def _state(file: os.stat_result) -> tuple[int, int, int]:
    # The time of the last change of any kind (on Windows: of the creation) cannot be put back.
    return file.st_size, file.st_mtime_ns, file.st_ctime_ns
