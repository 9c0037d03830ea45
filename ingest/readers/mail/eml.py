"""Mail as it is sent (RFC 5322), and the saved pages that are written the same way.

Heads are decoded here and not by `email.policy.default`: that takes a mail apart by recursion, so
that many brackets in an address end it, and loses what is not written in ASCII.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message

from ingest.document import Given, Reading
from ingest.errors import ReadError
from ingest.readers.charsets import text_or_nothing
from ingest.readers.mail.flowed import joined
from ingest.readers.mail.fuller import says_less
from ingest.readers.mail.letter import Attachment, Body, Letter, day_and_time
from ingest.readers.mail.parts import (
    charset_of,
    file_name_of,
    head,
    held_bytes,
    parts_of,
)
from ingest.readers.mail.signed import signed_content
from ingest.readers.mail.winmail import SIGNATURE, unpacked
from ingest.readers.mail.writing import reading_of
from ingest.readers.plain_text import read as read_text

_HEADS = ("from", "to", "subject", "date", "received", "message-id", "mime-version", "return-path")
_MOST_PARTS = 2000
_BROKEN = "what is signed left out: it is cut short or broken"
_MOST_SIGNED = 5  # signatures in signatures
_SIGNATURES = (
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
)
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_SUFFIXES = {
    "text/html": ".html", "text/plain": ".txt", "text/csv": ".csv", "application/json": ".json",
    "application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "text/xml": ".xml",
    "application/zip": ".zip", "application/xml": ".xml", "message/rfc822": ".eml",
}  # fmt: skip
_PACKED = ("application/ms-tnef", "application/vnd.ms-tnef")
_QUOTED = re.compile(r'"([^",;<>\\]{1,200})"(?=\s{0,5}<)')


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
        return message_from_bytes(data.removeprefix(BOM_UTF8))
    except (RecursionError, MessageError, ValueError, IndexError, LookupError) as error:
        raise ReadError(
            "damaged", "it is nested too deeply or broken; save it anew", "broken-mail"
        ) from error


def letter_of(message: Message, most: int) -> Letter:
    """Return what a mail holds; what is packed in it has at most so many bytes.

    Raises ReadError (`encrypted`, `damaged`).
    """
    found = _Found(most)
    found.take(message)
    if not found.bodies and not found.attachments:
        if found.is_sealed:
            why = "it is encrypted (S/MIME or PGP); save a copy without that"
            raise ReadError("encrypted", why)
        if _BROKEN in found.warnings:
            raise ReadError("damaged", "it is cut short or broken; save it anew", "broken-mail")
    if found.is_sealed:
        found.warnings.append("a part left out: it is encrypted (S/MIME or PGP)")
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


def _unquoted(addresses: str) -> str:
    """Return addresses without the quotes around names that need none to be told apart."""
    return _QUOTED.sub(r"\1", addresses)


class _Found:
    """The texts and files of a mail, each once, in order."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.bodies: list[Body] = []
        self.attachments: list[Attachment] = []
        self.warnings: list[str] = []
        self.is_sealed = False
        self._parts = 0
        self._signed = 0  # signatures around what is taken

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
            self._take_best(parts_of(part))
        elif kind == "multipart/encrypted":
            self.is_sealed = True
        elif part.is_multipart():
            for n, inner in enumerate(parts_of(part)):
                self.take(inner, is_related=kind == "multipart/related" and n > 0)
        elif kind == "application/pgp-encrypted":
            self.is_sealed = True
        elif kind in _SEALED or file_name_of(part).lower().endswith(".p7m"):
            self._take_sealed(part)
        elif kind not in _SIGNATURES:
            self._take_leaf(part, kind, is_related=is_related)

    def _take_best(self, parts: list[Message]) -> None:
        """Take one of several writings of the same text, the one with most structure.

        Of a page that says far less than the plain text only the pictures are taken.
        """
        trials = []
        for part in parts:
            trial = _Found(self._most)
            trial._parts, trial._signed = self._parts, self._signed
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
            self.warnings += (line for line in trial.warnings if line not in self.warnings)

    def _take_sealed(self, part: Message) -> None:
        """Take what is signed and lies within the signature; what is encrypted is not read."""
        name = file_name_of(part)
        try:
            content = signed_content(held_bytes(part))
        except ValueError:
            if str(part.get_param("smime-type", "")).lower() in ("", "enveloped-data"):
                self.is_sealed = True
            else:
                self.warnings.append(_BROKEN)
            return
        if content is None:
            self.is_sealed = True
        elif content and name.lower() not in ("", "smime.p7m"):  # a file like contract.pdf.p7m
            self.attachments.append(Attachment(name.removesuffix(".p7m"), content))
        elif content and self._signed == _MOST_SIGNED:
            self.warnings.append("what is signed left out: it lies too deep")
        elif content:
            self._signed += 1
            self.take(parsed(content))
            self._signed -= 1

    def _take_letters(self, part: Message, kind: str) -> None:
        if kind in ("message/delivery-status", "message/disposition-notification"):
            text = "\n\n".join(inner.as_string() for inner in parts_of(part)[:20])
            self.bodies.append(Body("plain", text))
            return
        for inner in parts_of(part)[:1]:
            name = file_name_of(part) or head(inner, "subject") or "mail"
            try:
                data = inner.as_bytes()
            except (MessageError, ValueError, LookupError, RecursionError, TypeError):
                self.warnings.append(f"{name} left out: it is broken")
                continue
            name = name if name.lower().endswith(".eml") else f"{name}.eml"
            self.attachments.append(Attachment(name, data))

    def _take_leaf(self, part: Message, kind: str, *, is_related: bool) -> None:
        data = held_bytes(part)
        name = file_name_of(part)
        is_attached = part.get_content_disposition() == "attachment"
        if kind in ("text/plain", "text/html", "text/enriched") and not is_attached:
            is_body = not name or (not self.bodies and not is_related)
            if is_body and (text := text_or_nothing(data, charset_of(part))):
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
