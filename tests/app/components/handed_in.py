"""Files that come in as the browser and the server's route bring them."""

import itertools
from collections.abc import Sequence
from pathlib import Path

from app.web import Incoming, Intake

_NUMBERS = itertools.count()


def hand_in(
    intake: Intake, files: Sequence[tuple[str, bytes]], collection: str, *, attach: bool = False
) -> None:
    """Take in files that are dropped, or attached to a question, at once."""
    batch = intake.batch(f"batch-{next(_NUMBERS)}", collection, len(files), attach=attach)
    for name, data in files:
        with Incoming(intake.kb.settings.incoming_dir).open() as file:
            file.write(data)
        intake.take(batch, name, Path(file.name))
    intake.end(batch)
