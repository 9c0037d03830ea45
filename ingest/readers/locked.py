"""Office files behind a password, opened with it by msoffcrypto.

Those from before 2007 are not opened: it writes them to the disk on the way, which a process that
reads files may not.
"""

from __future__ import annotations

import io
from dataclasses import replace

from ingest.document import Given, Reading
from ingest.errors import ReadError
from ingest.readers.read import read_bytes

# Excel locks a file that may be read, but not changed, with this one, so that it can open it.
_READ_ONLY = "VelvetSweatshop"


def read(given: Given) -> Reading:
    """Read an Office file that is locked. Raises ReadError (`encrypted`, and as its kind does)."""
    opened = given.inner(unlocked(given), given.name)  # it may be locked again, but not for ever
    return read_bytes(replace(opened, report=given.report))


def unlocked(given: Given) -> bytes:
    """Return the bytes of a file without its lock. Raises ReadError (`encrypted`)."""
    from msoffcrypto.format.ooxml import OOXMLFile

    opened = io.BytesIO()
    try:
        locked = OOXMLFile(io.BytesIO(given.data))
        locked.load_key(password=given.password or _READ_ONLY, verify_password=True)
        locked.decrypt(opened)
    except MemoryError:
        raise
    except Exception as error:  # of many kinds, as of the cryptography below it
        raise _refused(given) from error
    return opened.getvalue()


def _refused(given: Given) -> ReadError:
    if given.password:
        message = "the password does not open it; check it, or save a copy without one"
    else:
        message = "it is locked with a password; give the password, or save a copy without one"
    return ReadError("encrypted", message)
