"""The models loaded in the background, while the pages can be used already."""

from __future__ import annotations

import gc
import logging
import threading

from app.errors import EXPECTED, one_line
from app.service import KnowledgeBase

log = logging.getLogger(__name__)


class WarmUp:
    """Loads the models of a library once, and again on demand after a failure was put right."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._thread: threading.Thread | None = None
        self._problem: str | None = None

    def start(self) -> None:
        """Begin to load; nothing happens while that is under way."""
        if not self.loading:
            self._problem = None
            self._thread = threading.Thread(target=self._run, name="warm-up", daemon=True)
            self._thread.start()

    @property
    def loading(self) -> bool:
        """Whether the models are being loaded now."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def problem(self) -> str | None:
        """Why the models could not be loaded, in one line ("" if unexpected); None if they could.

        A question loads them too, so a problem that has been put right ends with it.
        """
        return None if self._kb.models.loaded else self._problem

    def wait(self, timeout: float | None = None) -> None:
        """Wait until loading has ended, well or not."""
        if self._thread is not None:
            self._thread.join(timeout)

    def _run(self) -> None:
        try:
            self._kb.warm()
        except EXPECTED as error:
            self._problem = one_line(error)
        except Exception:
            log.exception("loading the models failed")
            self._problem = ""
        # Streamlit collects garbage after each run of a page, every second while files are read,
        # and keeps Python's lock meanwhile: 0.3 to 0.5 s, most of it for what torch and
        # transformers made when they were imported, which stays until the end.
        gc.collect()
        gc.freeze()
