"""Pictures made to hurt: few bytes, many pixels."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageDraw, ImageFont

from made.zips import ended, flushed


def png(width: int, height: int) -> bytes:
    """A white PNG of one bit a pixel; rows are packed by the thousand."""
    row = b"\0" + b"\xff" * -(-width // 8)
    blocks, rest = divmod(height, 1000)
    stream = b"\x78\x9c" + flushed(row * 1000) * blocks + ended(row * rest)
    check = 1
    for piece in (*[row * 1000] * blocks, row * rest):
        check = zlib.adler32(piece, check)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _piece(b"IHDR", head),
            _piece(b"IDAT", stream + struct.pack(">I", check)),
            _piece(b"IEND", b""),
        )
    )


def png_text() -> bytes:
    """A small PNG whose notes have 200 MB."""
    note = b"note\0\0" + b"\x78\x9c" + flushed(b"x" * 1_000_000) * 200 + ended(b"")
    data = png(200, 200)
    return data[:33] + _piece(b"zTXt", note) + data[33:]


def tiff_loop() -> bytes:
    """A TIFF whose one page says that it comes after itself."""
    data = bytearray(_saved(_written("Good words stand here."), "TIFF"))
    at = struct.unpack("<I", data[4:8])[0]
    count = struct.unpack("<H", data[at : at + 2])[0]
    data[at + 2 + 12 * count : at + 6 + 12 * count] = struct.pack("<I", at)
    return bytes(data)


def tiff_pages(count: int, side: int) -> bytes:
    """A TIFF of white pages that share their bytes."""
    strip = zlib.compress(b"\xff" * (side // 8) * side, 9)
    body = b"II*\0" + struct.pack("<I", 8 + len(strip)) + strip
    for n in range(count):
        tags = [(256, 4, side), (257, 4, side), (258, 3, 1), (259, 3, 8), (262, 3, 1),
                (273, 4, 8), (277, 3, 1), (278, 4, side), (279, 4, len(strip))]  # fmt: skip
        size = 2 + 12 * len(tags) + 4
        after = len(body) + size if n + 1 < count else 0
        body += struct.pack("<H", len(tags))
        body += b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
        body += struct.pack("<I", after)
    return body


def webp(width: int, height: int) -> bytes:
    """A WebP of one colour, which takes no bit a pixel."""
    data = bytearray(_saved(Image.new("RGB", (16, 16), "white"), "WEBP", lossless=True))
    at = data.index(b"VP8L") + 9
    bits = int.from_bytes(data[at : at + 4], "little") >> 28 << 28
    bits |= (width - 1) | (height - 1) << 14
    data[at : at + 4] = bits.to_bytes(4, "little")
    return bytes(data)


def jpeg() -> bytes:
    """A JPEG that says that it has 65,000 by 65,000 pixels."""
    data = bytearray(_saved(_written("Good words stand here."), "JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", 65_000, 65_000)
    return bytes(data)


def gif() -> bytes:
    """A GIF of 65,535 by 65,535 pixels with 10,000 frames."""
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 65_535, 65_535, 0) + b"\2\2\x44\1\0"
    return (
        b"GIF89a"
        + struct.pack("<HHBBB", 65_535, 65_535, 0x80, 0, 0)
        + b"\xff" * 6
        + frame * 10_000
        + b";"
    )


def bmp() -> bytes:
    """A BMP that says that it has 30,000 by 30,000 pixels, run by run."""
    head = struct.pack("<IiiHHIIiiII", 40, 30_000, 30_000, 1, 8, 1, 0, 0, 0, 256, 0)
    colours = b"\xff\xff\xff\0" * 256
    return b"BM" + struct.pack("<IHHI", 0, 0, 0, 14 + 40 + 1024) + head + colours + b"\xff\0" * 1000


def _written(words: str) -> Image.Image:
    picture = Image.new("L", (420, 90), 255)
    ImageDraw.Draw(picture).text((30, 30), words, 0, ImageFont.load_default(24))
    return picture


def _saved(picture: Image.Image, form: str, **options: bool) -> bytes:
    data = io.BytesIO()
    picture.save(data, form, **options)
    return data.getvalue()


def _piece(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
