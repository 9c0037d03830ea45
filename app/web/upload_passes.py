"""Who may send files: a browser tab that a page of this app gave a pass to."""

from __future__ import annotations

import secrets
import weakref
from dataclasses import dataclass, field

from app.web.intake import Intake


@dataclass(eq=False)
class UploadPass:
    """What lets one browser tab send files into one collection.

    `attach` is whether they are for the question that somebody is about to ask.
    """

    collection: str
    intake: Intake
    attach: bool = False
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))


class UploadPasses:
    """The passes that were given out. One ends with the session that holds it."""

    def __init__(self) -> None:
        self._given: weakref.WeakValueDictionary[str, UploadPass] = weakref.WeakValueDictionary()

    def give(self, collection: str, intake: Intake, *, attach: bool = False) -> UploadPass:
        """Return a new pass; hold it as long as files may come."""
        given = UploadPass(collection, intake, attach)
        self._given[given.token] = given
        return given

    def find(self, token: str) -> UploadPass | None:
        """Return the pass with this token; None for one that was not given out, or has ended."""
        return self._given.get(token)
