"""What `kb models pull` does where the chat model is left to this program."""

from __future__ import annotations

import os
from pathlib import Path

from app.kept_machine import AUTO, KeptChoice
from app.model_choice import decide, keep_choice, kept_choice, reasons
from app.settings import Settings
from app.terminal import output
from llm.pull import HUB, MODELSCOPE, Reach

_LINES = 4  # the model taken, and the three best that were not


class AutoModel:
    """Puts the model that suits this machine in place of the name `auto`.

    `sources` and `local` are where models are looked for.
    """

    def __init__(self, settings: Settings, sources: tuple[str, ...], local: Path | None) -> None:
        self._settings = settings
        self.sources = sources
        self.local = local
        self._choice: KeptChoice | None = None

    def named(self, name: str, *, again: bool, quiet: bool) -> str:
        """Return the name of the model to pull: for `auto` the one taken, which is told.

        `again` decides anew. It asks the sources, which takes seconds where they are silent.
        """
        if name != AUTO:
            return name
        reach = Reach(
            self._settings.models_dir,
            self.sources,
            self.local,
            hub_endpoint=os.environ.get("HF_ENDPOINT") or HUB,
            hub_token=os.environ.get("HF_TOKEN"),
            modelscope_endpoint=MODELSCOPE,
        )
        self._choice = decide(self._settings, reach.has, again=again)
        if not quiet:
            fresh = self._choice != kept_choice(self._settings)
            for line in reasons(self._choice)[: _LINES if fresh else 1]:
                output.print_line(line)
        return self._choice.model

    def came(self, name: str) -> None:
        """Keep the choice, once the model that was taken is here."""
        if self._choice is not None and self._choice.model == name:
            keep_choice(self._settings, self._choice)
