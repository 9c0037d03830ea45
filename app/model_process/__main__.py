"""The model process, `python -m app.model_process FOLDER NAME`, which `Launcher` starts.

It reads its token and the set of models, two lines, from its standard input.
"""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401  # first: switches off every library's telemetry

import logging
import sys
from pathlib import Path

from app.model_process.held_models import HeldModels
from app.model_process.model_set import ModelSet
from app.model_process.process import ModelProcess, listen
from app.model_process.process_files import ProcessFiles


def main(folder: str, name: str) -> None:
    """Listen and serve."""
    token, wanted = sys.stdin.read().split("\n", 1)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    files = ProcessFiles(Path(folder), name)
    models = HeldModels.of(ModelSet.from_json(wanted))
    ModelProcess(listen(files), token.encode(), models).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
