"""Files that stand as letters in a text are left out and told."""

import base64
import binascii
import hashlib
from collections.abc import Callable

import pytest

from ingest.document import Reading

ReadBytes = Callable[..., Reading]
BYTES = bytes(n * n % 251 for n in range(6000))
DATA = base64.b64encode(BYTES).decode()
LINES = "\n".join(DATA[at : at + 76] for at in range(0, len(DATA), 76))
WHOLE_LINES = "\n".join(LINES.split("\n")[:20])
PICTURE = base64.encodebytes(b"\x89PNG\r\n\x1a\n" + BYTES).decode().strip()
UUENCODED = "".join(binascii.b2a_uu(BYTES[at : at + 45]).decode() for at in range(0, 940, 45))


def hashes(count: int, size: int) -> str:
    """Made hashes in base64, one a line, all of one length."""
    found = (hashlib.shake_256(bytes((n,))).digest(size) for n in range(count))
    return "\n".join(base64.b64encode(one).decode() for one in found)


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"a ![plan](data:image/png;base64,{DATA}) b", "a ![plan]() b"),
        (f"[img]: data:image/jpeg;base64,{DATA}\n", "[img]: \n"),
        (f'<img alt="plan" src="data:image/gif;base64,{DATA}">', '<img alt="plan" src="">'),
        (f"![plan](data:image/png;base64,{LINES})\n\nnext", "![plan]()\n\nnext"),
        (f'<img src="data:image/png;charset=utf-8;base64,\n{LINES}\n">', '<img src="\n">'),
        ("![x](data:image/svg+xml,%3Csvg" + "%20a" * 40 + ") y", "![x]() y"),
        (f"Content-Transfer-Encoding: base64\n\n{LINES}\n\n--b--\n",
         "Content-Transfer-Encoding: base64\n\n\n\n--b--\n"),
        (f"payload {DATA} end", "payload  end"),
        (f"Data:image/png;base64,{DATA} x", " x"),
        (f"data:;base64,{DATA} x", " x"),
        (f'data:image/png;name="a.png";base64,{DATA} x', " x"),
        (f"data:image/png ; base64, {DATA} x", " x"),
        (f"图data:image/png;base64,{DATA}这张图是说明", "图这张图是说明"),
        (f"data:image/png;base64,{DATA}\n{'word_' * 10}\n", f"\n{'word_' * 10}\n"),
        (f"Content-Transfer-Encoding: base64\nContent-ID: <a>\n\n{WHOLE_LINES}\nBest\n\nBob",
         "Content-Transfer-Encoding: base64\nContent-ID: <a>\n\n\nBest\n\nBob"),
        (f"{PICTURE}\nRegards\n\nBob", "\nRegards\n\nBob"),
        ("> " + PICTURE.replace("\n", "\n> ") + "\n> Bob", "\n> Bob"),
        (f"a\nbegin 644 a.bin\n{UUENCODED}`\nend\nb", "a\n\nb"),
    ],
)  # fmt: skip
def test_files_in_base64_go_and_are_counted(read_bytes: ReadBytes, text: str, left: str) -> None:
    reading = read_bytes(f"{text}\nMore words.", "a.txt")
    assert reading.source(None) == f"{left}\nMore words."
    assert reading.warnings == ["1 embedded file (base64) left out"]


@pytest.mark.parametrize(
    "text",
    [
        f"-----BEGIN CERTIFICATE-----\n{LINES}\n-----END CERTIFICATE-----\n",
        f"-----BEGIN PGP MESSAGE-----\nVersion: 1\n\n{LINES}\n-----END PGP MESSAGE-----\n",
        "token eyJhbGciOiJIUzI1NiJ9." + DATA[:200],
        "token eyJhbGciOiJIUzI1NiJ9." + encoded(BYTES.hex()) + "." + DATA,
        f"---- BEGIN SSH2 PUBLIC KEY ----\nComment: a\n{LINES}\n---- END SSH2 PUBLIC KEY ----\n",
        f"ssh-rsa {base64.b64encode(bytes(3) + bytes((7,)) + b'ssh-rsa' + BYTES).decode()} a@b",
        "certificate-authority-data: " + encoded("-----BEGIN CERTIFICATE-----\n" + LINES),
        "<Certificate>" + base64.b64encode(b"\x30\x82\x05\x05" + BYTES).decode() + "<",
        "https://example.com/Docs2024/" + "Folder7Part8Report/" * 300 + " x",
        "\n".join(
            f"/srv/Alice/Plan2023/Reports/Q1/Sale/Region01/Part{n:03}/Old" for n in range(99)
        ),
        hashes(200, 64),
        hashes(200, 48),
        hashes(200, 66).replace("0", "z").replace("+", "x").replace("/", "y"),
        "![a](data:image/svg+xml,%3Csvg" + "%20a" * 40 + "%3Ctext%3ETotal) x",
        "data:image/png;base64,iVBORw0KGgo=",
        "a" * 3000,
        BYTES.hex(),
        "\n".join(BYTES.hex()[at : at + 64] for at in range(0, 12000, 64)),
        "GATTACA" * 300,
        "the data: it is all here, in words",
        "=" * 5000 + "\n" + "-" * 5000,
    ],
)
def test_keys_tokens_and_dumps_stay(read_bytes: ReadBytes, text: str) -> None:
    reading = read_bytes(f"{text}\nMore words.", "a.txt")
    assert (reading.source(None), reading.warnings) == (f"{text}\nMore words.", [])


def test_words_behind_a_broken_picture_stay(read_bytes: ReadBytes) -> None:
    text = f"data:image/png;base64,{LINES}\nNext\nline\n"
    assert read_bytes(text, "a.txt").source(None).endswith("Next\nline\n")
