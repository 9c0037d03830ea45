"""The rows of tables in a Word file from before 2007, by the properties of their ends."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from ingest.old_office.edge_tables import DOWN, FIRST_DOWN, Row

_SHAPE, _VERTICAL, _HEADER = 0xD608, 0xD62B, 0x3404
_CELL_BYTES = 20


def row_of(cells: Sequence[str], properties: Mapping[int, bytes]) -> Row:
    """Return a row by the properties of its end: where its edges are, how its cells are merged."""
    is_head = properties.get(_HEADER, b"\0")[:1] == b"\1"
    raw = properties.get(_SHAPE, b"")
    count = raw[2] if len(raw) > 2 else 0
    end = 3 + 2 * (count + 1)
    if not count or len(raw) < end:
        return Row(cells, is_head=is_head)
    merged = []
    for n in range(count):
        at = end + _CELL_BYTES * n
        merged.append(struct.unpack_from("<H", raw, at)[0] if at + 2 <= len(raw) else 0)
    vertical = properties.get(_VERTICAL, b"")
    if len(vertical) >= 3 and vertical[1] < len(merged):
        merged[vertical[1]] |= {1: DOWN, 3: DOWN | FIRST_DOWN}.get(vertical[2], 0)
    return Row(cells, struct.unpack_from(f"<{count + 1}h", raw, 3), merged, is_head)
