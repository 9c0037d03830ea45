"""The pictures that a mail or a saved page has beside its text, as that names them."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

from ingest.readers.mail.letter import Attachment

_LEAST = 10_000  # bytes: smaller ones are marks and signs of mails


class Shown:
    """Finds pictures by what `src` says; `used` are those that were found.

    `least` are bytes of a picture that is looked at.
    """

    def __init__(self, attachments: Iterable[Attachment], least: int = _LEAST) -> None:
        self.used: set[int] = set()
        self._least = least
        self._by_name: dict[str, Attachment] = {}
        for one in attachments:
            if one.label:
                self._by_name.setdefault(f"cid:{one.label}".casefold(), one)
            if one.place:
                self._by_name.setdefault(one.place.casefold(), one)

    def find(self, source: str) -> bytes | None:
        """Return the bytes of a picture when it is met first, else None."""
        found = self._by_name.get(source.casefold()) or self._by_name.get(
            unquote(source).casefold()
        )
        if found is None or id(found) in self.used:
            return None
        self.used.add(id(found))
        return found.data if len(found.data) >= self._least else None
