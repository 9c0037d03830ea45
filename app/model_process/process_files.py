"""Where programs of one person find their model process: a folder that nobody else may enter."""

from __future__ import annotations

import getpass
import os
import secrets
import stat
import tempfile
from pathlib import Path

from llm.errors import ModelError

_LONGEST = 100  # bytes of a socket's path: 108 on Linux and 104 on macOS are the most
_HAS_USERS = hasattr(os, "getuid")  # Windows has not: what is in one's profile is one's own


def runtime_folder() -> Path:
    """Return the folder for sockets of this person; it may not be there yet.

    That of the session where the system makes one, which is gone when the person logs out, else one
    in the folder for temporary files.
    """
    session = os.environ.get("XDG_RUNTIME_DIR")
    if session and Path(session).is_absolute() and Path(session).is_dir():
        return Path(session) / "zhiku"
    whose = str(os.getuid()) if _HAS_USERS else getpass.getuser()
    return Path(tempfile.gettempdir()) / f"zhiku-{whose}"


def require_private(folder: Path) -> None:
    """Make the folder if it is not there; raises ModelError when others may enter or own it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError as error:
        raise _unsafe(folder, error.strerror or str(error)) from None
    if not stat.S_ISDIR(found.st_mode):
        raise _unsafe(folder, "it is no folder")
    if _HAS_USERS and found.st_uid != os.getuid():
        raise _unsafe(folder, "it belongs to another user")
    if _HAS_USERS and stat.S_IMODE(found.st_mode) & 0o077:
        raise _unsafe(folder, "others may enter it")


def _unsafe(folder: Path, why: str) -> ModelError:
    return ModelError(
        f"the models cannot be shared through {str(folder)!r}: {why}; remove it, or set "
        "KB_MODEL_PROCESS=off",
        "model-process-folder",
        folder=str(folder),
        why=why,
    )


class ProcessFiles:
    """The files of one model process, in a private folder."""

    def __init__(self, folder: Path, name: str) -> None:
        """`name` is that of the set of models."""
        self.folder = folder
        self.socket = folder / f"{name}.sock"
        self.port = folder / f"{name}.port"  # where there are no sockets in folders
        self.lock = folder / f"{name}.lock"
        self.log = folder / f"{name}.log"
        self._token = folder / f"{name}.token"

    @property
    def has_sockets(self) -> bool:
        """Whether a socket can be in the folder: not on Windows, nor where its path is too long."""
        return os.name == "posix" and len(os.fsencode(self.socket)) <= _LONGEST

    def new_token(self) -> bytes:
        """Write a new token for the process that is about to start, and return it."""
        token = secrets.token_hex(32).encode()
        temporary = self._token.with_suffix(".new")
        temporary.unlink(missing_ok=True)
        with os.fdopen(
            os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
        ) as file:
            file.write(token)
        temporary.replace(self._token)
        return token

    def token(self) -> bytes | None:
        """Return the token of the process, None where none was ever started.

        Raises ModelError when others may read it.
        """
        try:
            found_at = os.open(self._token, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
            with os.fdopen(found_at) as file:
                found = os.fstat(file.fileno())
                mine = not _HAS_USERS or found.st_uid == os.getuid()
                if not mine or (_HAS_USERS and stat.S_IMODE(found.st_mode) & 0o077):
                    raise _unsafe(self._token, "others may read it")
                return file.read(1024).encode()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unsafe(self._token, error.strerror or str(error)) from None

    def open_log(self) -> int:
        """Begin the log of a new process; return its file descriptor."""
        return os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
