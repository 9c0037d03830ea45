"""A disk that can be filled."""

from pathlib import Path

_MB = 1 << 20


class Disk:
    """A small file system in memory."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._filler = place / "filler"

    def fill(self, spare_mb: int = 0) -> None:
        """Fill it to the last byte, or but for some megabytes."""
        with self._filler.open("ab", buffering=0) as file:
            for size in (_MB, 4096, 1):
                try:
                    while file.write(b"\0" * size) == size:
                        pass
                except OSError:
                    pass
            file.truncate(file.tell() - spare_mb * _MB)

    def clear(self) -> None:
        self._filler.unlink()
