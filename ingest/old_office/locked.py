"""Office files behind a password, new and old, opened with it by msoffcrypto."""

from __future__ import annotations

import io
from dataclasses import replace

from ingest.document import Given, Reading
from ingest.errors import ReadError
from ingest.readers import read_bytes

# Excel locks a file that may be read, but not changed, with this one, so that it can open it.
_READ_ONLY = "VelvetSweatshop"


def read(given: Given) -> Reading:
    """Read an Office file that is locked. Raises ReadError (`encrypted`, and as its kind does)."""
    return read_bytes(replace(given, data=unlocked(given), password=""))


def unlocked(given: Given) -> bytes:
    """Return the bytes of a file without its lock. Raises ReadError (`encrypted`)."""
    import msoffcrypto

    if given.password == "":  # it was opened once, and is still locked
        raise _refused(given)
    opened = io.BytesIO()
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(given.data))
        password = given.password or _READ_ONLY
        if locked.format == "ooxml":
            locked.load_key(password=password, verify_password=True)
        else:
            locked.load_key(password=password)
        locked.decrypt(opened)
    except MemoryError:
        raise
    except Exception as error:  # of many kinds, as of the cryptography below it
        raise _refused(given) from error
    if not opened.getvalue():
        raise _refused(given)
    return opened.getvalue()


def _refused(given: Given) -> ReadError:
    if given.password:
        message = "the password does not open it; check it, or save a copy without one"
    else:
        message = "it is locked with a password; give the password, or save a copy without one"
    return ReadError("encrypted", message)
