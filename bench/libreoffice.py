"""LibreOffice, where it is there, to make files for a measurement."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path


def convert(files: Sequence[Path], form: str, folder: Path) -> None:
    """Write files in another form, as "doc", into a folder. Needs `soffice` on the path."""
    with tempfile.TemporaryDirectory() as profile:  # of its own: two at once would refuse
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless"]
        command += ["--convert-to", form, "--outdir", str(folder), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True)
