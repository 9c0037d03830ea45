"""Damage to the files of a Chroma index that only a search for known vectors can notice."""

from pathlib import Path

import numpy as np

from rig.library import SIZE

_NEIGHBOURS = 16  # of each vector in the graph, as the index is made
# hnswlib's level 0, one record a row: a count, twice the neighbours, the vector, the label.
_LINKS = 4 + 4 * 2 * _NEIGHBOURS
_RECORD = _LINKS + 4 * SIZE + 8


def shuffle_vectors(root: Path) -> None:
    """Give each row the vector of another, in every index that is on the disk.

    Counts, ids and links stay right, so that nothing fails: other rows are found.
    """
    for file in (root / "library" / "index").rglob("data_level0.bin"):
        rows = np.frombuffer(file.read_bytes(), np.uint8).reshape(-1, _RECORD).copy()
        vectors = slice(_LINKS, _LINKS + 4 * SIZE)
        used = np.flatnonzero(rows[:, vectors].any(axis=1))
        rows[used, vectors] = rows[np.roll(used, 1), vectors]
        file.write_bytes(rows.tobytes())
