"""What a mail holds, whatever file it came in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Literal


@dataclass(frozen=True)
class Body:
    """The text of a mail, or a part of it."""

    kind: Literal["html", "plain", "rtf"]
    text: str
    data: bytes = b""  # of RTF


@dataclass(frozen=True)
class Attachment:
    """A file in a mail, or a mail in it.

    `is_shown` are pictures in the text, which names them by their `label` (Content-ID) or `place`
    (Content-Location).
    """

    name: str
    data: bytes = b""
    letter: Letter | None = None
    is_shown: bool = False
    is_named: bool = True
    label: str = ""
    place: str = ""


@dataclass(frozen=True)
class Letter:
    """A mail. `date` is as it is written there, `when` the same if it could be read."""

    subject: str = ""
    sender: str = ""
    to: str = ""
    copies: str = ""
    date: str = ""
    when: datetime | None = None
    bodies: tuple[Body, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    warnings: tuple[str, ...] = field(default=())


def address_line(name: str, address: str) -> str:
    """Return a name and an address as mails show them: "Ute Brandl <ute@example.org>"."""
    name, address = name.strip().strip("'\""), address.strip()
    if not name or name.lower() == address.lower():
        return address
    return f"{name} <{address}>" if "@" in address else name


def day_and_time(written: str) -> datetime | None:
    """Return the time that the date of a mail tells, or None if it makes no sense."""
    try:
        return parsedate_to_datetime(written[:200])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
