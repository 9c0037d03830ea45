"""What somebody switched on, kept over a restart."""

from __future__ import annotations

from retrieval.ledger import Ledger

WATCH = "watch"  # sources are mirrored as they change


class Switches:
    """The ledger's switches; all are off until somebody switches them on."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def is_on(self, name: str) -> bool:
        """Tell whether a switch is on."""
        with self._ledger.read() as db:
            row = db.execute("SELECT is_on FROM switches WHERE name=?", (name,)).fetchone()
        return row is not None and bool(row[0])

    def turn(self, name: str, *, on: bool) -> None:
        """Switch something on or off."""
        with self._ledger.write() as db:
            db.execute("INSERT OR REPLACE INTO switches VALUES (?, ?)", (name, int(on)))
