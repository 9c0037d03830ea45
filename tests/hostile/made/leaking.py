"""A reader that does what no reader may, so that the watch over readers is seen to work."""

from __future__ import annotations

import ctypes
import os
import socket
import struct
import subprocess
import sys
from pathlib import Path

from ingest.document import Given, PartWriter, Reading
from ingest.readers import READERS

_NETWORK, _STREAM = 2, 1


def read(given: Given) -> Reading:
    """Do what the text of a file says, and read it all the same."""
    match given.data.decode().split():
        case ["connect", host, port]:
            socket.create_connection((host, int(port)), timeout=5).close()
        case ["ask", name]:
            socket.getaddrinfo(name, 80)
        case ["native"]:
            libc = ctypes.CDLL(None)
            address = struct.pack("=H", _NETWORK) + struct.pack(">H", 9) + bytes((127, 0, 0, 1))
            libc.connect(libc.socket(_NETWORK, _STREAM, 0), address + bytes(8), 16)
        case ["start"]:
            subprocess.run([sys.executable, "-V"], check=False)
        case ["native-start"]:
            ctypes.CDLL(None).execl(b"/bin/true", b"true", None)
        case ["write", path]:
            Path(path).write_text("x")
        case ["look", path]:
            os.open(path, os.O_RDONLY)
    writer = PartWriter()
    writer.paragraph("Read all the same.")
    return Reading(None, "en", (writer.part(),), [])


READERS["text"] = __name__
