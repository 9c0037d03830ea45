"""A process of its own for what Chroma may crash, or keep everybody waiting with."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

from retrieval.errors import LibraryError

# What such a process needs of the environment; a key or token in the rest is none of its business.
_KEPT = {
    "HOME", "LANG", "LANGUAGE", "LD_LIBRARY_PATH", "PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR",
    "TZ", "USERPROFILE", "VIRTUAL_ENV",
    "ANONYMIZED_TELEMETRY", "HF_HOME", "HF_HUB_DISABLE_TELEMETRY", "HF_HUB_OFFLINE",
    "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING", "TOKENIZERS_PARALLELISM", "TRANSFORMERS_OFFLINE",
}  # fmt: skip
_KEPT_FAMILIES = ("LC_", "PYTHON", "CUDA_", "GOMP_", "KMP_", "MKL_", "OMP_", "OPENBLAS_")
# Not `python -m`: the package of the module is imported first, and the module would be there twice.
_RUN = "import sys; from {} import main; main(sys.argv[1:])"
_FOLDER_GROWTH = 1 << 30  # a damaged index was seen to write a file of 61 GB


def run(module: str, *arguments: object, seconds: float) -> str:
    """Run `main(arguments)` of a module in a new Python; return the last line that it printed.

    Raises LibraryError when it crashes, prints nothing, or takes more than so many seconds.
    """
    end, hold = os.pipe()  # which the system closes when this process ends, however it does
    try:
        done = subprocess.run(  # our own module, with paths of our own
            [sys.executable, "-c", _RUN.format(module), *map(str, arguments)],
            stdin=end,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
            cwd=Path(__file__).parents[1],
            env=environment(),
        )
    except subprocess.TimeoutExpired:
        raise LibraryError(f"it did not answer in {seconds:.0f} s", "index") from None
    finally:
        os.close(end)
        os.close(hold)
    last = done.stdout.strip().rpartition("\n")[2]
    if done.returncode != 0 or not last:
        raise LibraryError(
            f"it crashed the process that opened it (exit code {done.returncode})", "index"
        )
    return last


def environment() -> dict[str, str]:
    """Return the part of this process's environment that another one may have."""
    return {
        name: value
        for name, value in {**os.environ}.items()
        if name.upper() in _KEPT or name.upper().startswith(_KEPT_FAMILIES)
    }


def begin(folder: Path) -> None:
    """In such a process: write no boundless files, and end when the one that asked for it ends."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if sys.platform != "win32":
        import resource

        largest = max((f.stat().st_size for f in folder.rglob("*") if f.is_file()), default=0)
        wanted, hard = largest + _FOLDER_GROWTH, resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))


def _end_with_parent() -> None:
    """Wait for the end of the process that asked: the next owner must find the folder free."""
    os.read(0, 1)  # not through sys.stdin, whose lock would be held at our own end
    os._exit(1)
