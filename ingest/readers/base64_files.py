"""Whether characters of base64 hold a file that is no text, key or certificate."""

import base64
import re

from ingest.encoding import wide

_LONG = 4096  # characters; a run of unknown bytes has as many, a key or token seldom
_SAMPLE = 4096
_KNOWN = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|%PDF-|PK\x03\x04|\x1f\x8b\x08|Rar!\x1a|7z\xbc\xaf|BZh[1-9]1AY"
    rb"|\xd0\xcf\x11\xe0|RIFF....|ID3[\x02-\x04]|OggS\x00|fLaC|\x7fELF|MZ\x90\x00|II\*\x00|MM\x00\*"
    rb"|\x00\x00\x01\x00[\x01-\x20]\x00|....ftyp|wOF[F2]|SQLite format 3\x00"
    rb"|\xfd7zXZ|\x28\xb5\x2f\xfd",
    re.DOTALL,
)
# DER, of which certificates and keys are made, and the binary forms of keys of SSH.
_KEY = re.compile(rb"\x30[\x81-\x84]|\x00\x00\x00.{1,2}(?:ssh-|ecdsa-|sk-)|openssh-key", re.DOTALL)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 0.03  # bytes by chance have 0.11, texts in any encoding of one byte nearly none
_SMALL_RUN = re.compile(r"[a-z]{4,}+")
_MOST_IN_WORDS = 0.25  # of the characters; of base64 0.07 stand in such runs, of paths over 0.5


def holds_words(run: str) -> bool:
    """Whether much of it is runs of small letters, as in paths and addresses."""
    sample = run[:_SAMPLE]
    return sum(map(len, _SMALL_RUN.findall(sample))) > _MOST_IN_WORDS * len(sample)


def is_file(run: str, *, must_be_known: bool = False) -> bool:
    """Whether a run decodes to a known kind of file, or is long and has no text in it."""
    sample = run[:_SAMPLE]
    head = base64.b64decode(sample[: len(sample) // 4 * 4].translate({45: "+", 95: "/"}) + "====")
    if _KNOWN.match(head):
        return True
    if must_be_known or len(run) < _LONG or holds_words(run) or _KEY.match(head):
        return False
    # What is written with fewer characters is no base64: hex, genes, base58, a rule.
    if not set("0OIl") <= set(sample) or not set("+/-_") & set(sample):
        return False
    return len(_CONTROL.findall(head)) > _MOST_CONTROLS * len(head) and not wide(head)
