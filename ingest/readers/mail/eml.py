"""Mail as it is sent (RFC 5322), and the saved pages that are written the same way.

Heads are decoded here and not by `email.policy.default`: that takes a mail apart by recursion, so
that many brackets in an address end it, and loses what is not written in ASCII.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message

from ingest.document import Given, Reading
from ingest.errors import ReadError
from ingest.readers.charsets import text_or_nothing
from ingest.readers.mail.flowed import joined
from ingest.readers.mail.fuller import says_less
from ingest.readers.mail.letter import Attachment, Body, Letter, day_and_time
from ingest.readers.mail.winmail import SIGNATURE, unpacked
from ingest.readers.mail.writing import reading_of
from ingest.readers.plain_text import read as read_text

_HEADS = ("from", "to", "subject", "date", "received", "message-id", "mime-version", "return-path")
_LONGEST_HEAD = 20_000  # characters that are decoded
_MOST_PARTS = 2000
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature")
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_SUFFIXES = {
    "text/html": ".html", "text/plain": ".txt", "text/csv": ".csv", "application/json": ".json",
    "application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "text/xml": ".xml",
    "application/zip": ".zip", "application/xml": ".xml", "message/rfc822": ".eml",
}  # fmt: skip
_SEVEN_BIT = ("iso-2022", "hz", "utf-7")  # encodings that write other letters in ASCII
_PACKED = ("application/ms-tnef", "application/vnd.ms-tnef")
_QUOTED = re.compile(r'"([^",;<>\\]{1,200})"(?=\s{0,5}<)')
_FOLD = re.compile(r"[\r\n]+[ \t]*+")


def read(given: Given) -> Reading:
    """Read a mail with what is attached. Raises ReadError (`encrypted`, `damaged`, `too-large`)."""
    message = parsed(given.data)
    if not any(name in message for name in _HEADS):
        reading = read_text(given)
        reading.warnings.append("it is no mail; read as plain text")
        return reading
    return reading_of(letter_of(message, given.limits.max_bytes), given)


def parsed(data: bytes) -> Message:
    """Return the parts of a mail. Raises ReadError (`damaged`)."""
    try:
        return message_from_bytes(data)
    except (RecursionError, MessageError, ValueError, IndexError, LookupError) as error:
        raise ReadError("damaged", "it is nested too deeply or broken; save it anew") from error


def letter_of(message: Message, most: int) -> Letter:
    """Return what a mail holds; what is packed in it has at most so many bytes.

    Raises ReadError (`encrypted`).
    """
    found = _Found(most)
    found.take(message)
    if found.is_sealed and not found.bodies and not found.attachments:
        raise ReadError("encrypted", "it is encrypted (S/MIME or PGP); save a copy without that")
    date = head(message, "date")
    return Letter(
        subject=head(message, "subject"),
        sender=_unquoted(head(message, "from") or head(message, "sender")),
        to=_unquoted(head(message, "to")),
        copies=_unquoted(head(message, "cc")),
        date=date,
        when=day_and_time(date),
        bodies=tuple(found.bodies),
        attachments=tuple(_once(found.attachments)),
        warnings=tuple(found.warnings),
    )


def head(message: Message, name: str) -> str:
    """Return a line of a mail's head as one reads it, "" if it is not there."""
    for key, value in message.raw_items():
        if key.lower() == name:
            return readable(str(value)[:_LONGEST_HEAD])
    return ""


def _unquoted(addresses: str) -> str:
    """Return addresses without the quotes around names that need none to be told apart."""
    return _QUOTED.sub(r"\1", addresses)


def readable(written: str) -> str:
    """Return a head's value without its folds and encoded words (`=?gb2312?B?…?=`)."""
    written = _FOLD.sub(" ", written)
    if not written.isascii():  # bytes as they are, against the rules
        data = written.encode("utf-8", "surrogateescape")
        written = text_or_nothing(data, "") or written.encode("ascii", "replace").decode()
    try:
        pieces = decode_header(written)
    except (HeaderParseError, ValueError):
        return written.strip()
    said: list[str] = []
    runs: list[tuple[bytes, str]] = []  # neighbours in one encoding may share a character
    for piece, charset in pieces:
        data = piece if isinstance(piece, bytes) else piece.encode("utf-8", "replace")
        name = charset or ("utf-8" if isinstance(piece, str) else "")
        if runs and runs[-1][1] == name:
            runs[-1] = (runs[-1][0] + data, name)
        else:
            runs.append((data, name))
    for data, name in runs:
        plain = data.decode("utf-8", "replace")
        is_plain = data.isascii() and not name.lower().startswith(_SEVEN_BIT)
        said.append(text_or_nothing(data, name) if name and not is_plain else plain)
    return " ".join("".join(said).split())


class _Found:
    """The texts and files of a mail, each once, in order."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.bodies: list[Body] = []
        self.attachments: list[Attachment] = []
        self.warnings: list[str] = []
        self.is_sealed = False
        self._parts = 0

    def take(self, part: Message, *, is_related: bool = False) -> None:
        """Take a part with those in it."""
        self._parts += 1
        if self._parts > _MOST_PARTS:
            if self._parts == _MOST_PARTS + 1:
                self.warnings.append(f"all but the first {_MOST_PARTS} parts left out")
            return
        kind = part.get_content_type()
        if kind == "message/rfc822" or (kind.startswith("message/") and part.is_multipart()):
            self._take_letters(part, kind)
        elif kind == "multipart/alternative" and part.is_multipart():
            self._take_best(_parts(part))
        elif part.is_multipart():
            self.is_sealed = self.is_sealed or kind == "multipart/encrypted"
            for n, inner in enumerate(_parts(part)):
                self.take(inner, is_related=kind == "multipart/related" and n > 0)
        elif kind in _SEALED or kind == "application/pgp-encrypted":
            self.is_sealed = True
        elif kind not in _SIGNATURES:
            self._take_leaf(part, kind, is_related=is_related)

    def _take_best(self, parts: list[Message]) -> None:
        """Take one of several writings of the same text, the one with most structure.

        Of a page that says far less than the plain text only the pictures are taken.
        """
        trials = []
        for part in parts:
            trial = _Found(self._most)
            trial._parts = self._parts
            trial.take(part)
            trials.append(trial)
            self._parts = trial._parts
        told = [t for t in trials if any(b.text.strip() for b in t.bodies)]
        rich = [t for t in told if any(b.kind == "html" for b in t.bodies)]
        plain = [t for t in told if t not in rich]
        if rich and plain and says_less(_said(rich[-1]), _said(plain[-1])):
            rich = []
        best = (rich or plain or told or trials)[-1:]
        for trial in trials:
            if trial in best:
                self.bodies += trial.bodies
            # What is named is a file that lies beside the text, as an invitation does.
            self.attachments += (
                a for a in trial.attachments if trial in best or a.is_named or a.is_shown
            )
            self.is_sealed = self.is_sealed or trial.is_sealed

    def _take_letters(self, part: Message, kind: str) -> None:
        if kind in ("message/delivery-status", "message/disposition-notification"):
            text = "\n\n".join(inner.as_string() for inner in _parts(part)[:20])
            self.bodies.append(Body("plain", text))
            return
        for inner in _parts(part)[:1]:
            name = _file_name(part) or head(inner, "subject") or "mail"
            try:
                data = inner.as_bytes()
            except (MessageError, ValueError, LookupError, RecursionError, TypeError):
                self.warnings.append(f"{name} left out: it is broken")
                continue
            name = name if name.lower().endswith(".eml") else f"{name}.eml"
            self.attachments.append(Attachment(name, data))

    def _take_leaf(self, part: Message, kind: str, *, is_related: bool) -> None:
        data = _bytes(part)
        name = _file_name(part)
        is_attached = part.get_content_disposition() == "attachment"
        if kind in ("text/plain", "text/html", "text/enriched") and not is_attached:
            is_body = not name or (not self.bodies and not is_related)
            if is_body and (text := text_or_nothing(data, _charset(part))):
                if kind == "text/plain" and str(part.get_param("format", "")).lower() == "flowed":
                    spaceless = str(part.get_param("delsp", "")).lower() == "yes"
                    text = joined(text, without_space=spaceless)
                self.bodies.append(Body("html" if kind == "text/html" else "plain", text))
                return
            if is_body:
                return
        if data.startswith(SIGNATURE) and (kind in _PACKED or name.lower() == "winmail.dat"):
            bodies, files = unpacked(data, self._most)
            if not any(body.text.strip() for body in self.bodies):
                self.bodies += bodies
            self.attachments += files
        elif kind == "text/calendar":
            known = name if name.lower().endswith(".ics") else "invitation.ics"
            self.attachments.append(Attachment(known, data))
        elif data:
            shown = kind.startswith("image/") and not is_attached
            known = name or f"attachment{_SUFFIXES.get(kind, '')}"
            self.attachments.append(
                Attachment(
                    known,
                    data,
                    is_shown=shown,
                    is_named=bool(name),
                    label=head(part, "content-id").strip("<> "),
                    place=head(part, "content-location"),
                )
            )


def _said(found: _Found) -> str:
    return "\n".join(body.text for body in found.bodies)


def _once(attachments: list[Attachment]) -> list[Attachment]:
    """Attachments, invitations once: many mails have them as a part and as a file."""
    kept: list[Attachment] = []
    known: set[bytes] = set()
    for one in attachments:
        if one.name.lower().endswith(".ics"):
            said = b"".join(one.data.split())
            if said in known:
                continue
            known.add(said)
        kept.append(one)
    return kept


def _parts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _bytes(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return data if isinstance(data, bytes) else b""


def _charset(part: Message) -> str:
    try:
        return str(part.get_content_charset("") or "")
    except (ValueError, LookupError):
        return ""


def _file_name(part: Message) -> str:
    try:
        return readable(part.get_filename("") or "")
    except (ValueError, LookupError, TypeError):
        return ""
