"""What the processes that read documents see of this one's environment."""

from __future__ import annotations

import os

# What Python and the libraries below it need to start. Keys, tokens and proxies are not among
# them: a document that takes such a process over finds none.
_NEEDED = {
    "PATH", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP",
    "PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "VIRTUAL_ENV",
    "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "WINDIR", "APPDATA", "USERPROFILE",
}  # fmt: skip


def child_environment() -> dict[str, str]:
    """Return the variables that such a process gets: where programs and libraries lie, the locale.

    Tokenizers start no threads in it, whose stacks would count as its memory.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.upper() in _NEEDED or name.startswith("LC_")
    }
    return {**kept, "TOKENIZERS_PARALLELISM": "false"}
