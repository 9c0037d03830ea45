"""What lies in a file that is signed (CMS, RFC 5652; S/MIME and `.p7m`); who signed is not checked.

The file is nested elements in BER: a tag, a length, what it holds. A length may be missing; then
an empty element of tag 0 ends it.
"""

from __future__ import annotations

_SEQUENCE, _OBJECT, _STRING, _PIECES, _FIELD = 0x30, 0x06, 0x04, 0x24, 0xA0
_SIGNED = bytes.fromhex("2a864886f70d010702")  # 1.2.840.113549.1.7.2
_DEEPEST = 20  # strings in strings


def signed_content(data: bytes) -> bytes | None:
    """Return what is signed in a file, b"" if that lies elsewhere, None if it is not signed.

    Raises ValueError if it is cut short or broken.
    """
    elements = _Elements(data)
    elements.enter(_SEQUENCE)
    if elements.held(_OBJECT) != _SIGNED:
        return None
    for tag in (_FIELD, _SEQUENCE):
        elements.enter(tag)
    elements.skip()  # its version
    elements.skip()  # how it is signed
    end = elements.enter(_SEQUENCE)
    elements.held(_OBJECT)
    if elements.is_at(end):
        return b""
    return elements.string(elements.enter(_FIELD))


class _Elements:
    """The elements from a place on."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def is_at(self, end: int | None) -> bool:
        """Whether the element that is entered ends here; `end` is None if it does not tell."""
        return self._data[self._at : self._at + 2] == b"\0\0" if end is None else self._at >= end

    def enter(self, tag: int) -> int | None:
        """Go into an element of this tag, and return where it ends, if it tells."""
        found, end = self._head()
        if found != tag:
            raise ValueError(f"tag {found} stands where {tag} should")
        return end

    def held(self, tag: int) -> bytes:
        """Return what an element of this tag holds, and go behind it."""
        end = self.enter(tag)
        if end is None:
            raise ValueError("its length is missing")
        start, self._at = self._at, end
        return self._data[start:end]

    def skip(self) -> None:
        """Go behind an element."""
        depth = 0
        while True:
            tag, end = self._head()
            if end is None:
                depth += 1
            else:
                self._at = end
                depth -= tag == 0
            if depth <= 0:
                return

    def string(self, end: int | None) -> bytes:
        """Return the string that ends there, which may be in pieces."""
        pieces: list[bytes] = []
        ends = [end]
        while ends and len(ends) <= _DEEPEST:
            if self.is_at(ends[-1]):
                self._at += 2 * (ends.pop() is None)
                continue
            tag, inner = self._head()
            if tag == _PIECES:
                ends.append(inner)
            elif tag == _STRING and inner is not None:
                pieces.append(self._data[self._at : inner])
                self._at = inner
            else:
                raise ValueError(f"tag {tag} stands in a string")
        return b"".join(pieces)

    def _head(self) -> tuple[int, int | None]:
        head = self._data[self._at : self._at + 2]
        if len(head) < 2 or head[0] & 0x1F == 0x1F:
            raise ValueError("it is cut short, or a tag is unknown")
        self._at += 2
        size = head[1]
        if size == 0x80:
            return head[0], None
        if size > 0x80:
            count = size & 0x7F
            size = int.from_bytes(self._data[self._at : self._at + min(count, 8)])
            self._at += count
        if self._at + size > len(self._data):
            raise ValueError("it is cut short")
        return head[0], self._at + size
