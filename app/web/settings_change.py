"""Settings changed while the app runs: no restart, and no model loaded that was loaded already."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping

from app.errors import EXPECTED, one_line
from app.library import apply_settings
from app.loaded_models import CHAT_SETTINGS, EMBED_SETTINGS, same
from app.service import KnowledgeBase
from app.settings import Settings
from app.web.model_gate import ModelGate
from app.web.warm_up import WarmUp

log = logging.getLogger(__name__)


class SettingsChange:
    """Writes settings and makes the library work by them.

    That is at once, but for another model: it waits in the background until no answer is in hand,
    which the `gate` tells, nor other work with the model, whose `lock` it takes. After another
    embedding model all documents are embedded again by a job.
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        lock: threading.Lock,
        gate: ModelGate,
        warmup: WarmUp,
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        """`wake` is called when there is work for the worker."""
        self._kb = kb
        self._lock = lock
        self._gate = gate
        self._warmup = warmup
        self._wake = wake
        self._making = threading.Lock()
        self._wanted: Settings | None = None
        self._thread: threading.Thread | None = None

    @property
    def pending(self) -> bool:
        """Whether another model was chosen and an answer in hand still holds it up."""
        return self._wanted is not None

    def make(self, changes: Mapping[str, object]) -> None:
        """Change settings, by their names; None takes one back to its default.

        Raises UsageError and changes nothing when a value is none.
        """
        with self._making:
            settings = self._kb.setup.write(changes)
            if same(self._kb.settings, settings, (*CHAT_SETTINGS, *EMBED_SETTINGS)):
                apply_settings(self._kb, settings)
                return
            self._wanted = settings
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="settings", daemon=True)
                self._thread.start()

    def wait(self, timeout: float | None = None) -> None:
        """Wait until what was changed holds."""
        if self._thread is not None:
            self._thread.join(timeout)

    def _run(self) -> None:
        try:
            while self._take():
                self._warmup.wait()
                self._warmup.start()
                if documents := self._kb.setup.outdated():
                    self._kb.read_all_again(documents)
                    self._wake()
        except EXPECTED as error:
            log.warning("the settings were not taken over whole: %s", one_line(error))
        except Exception:
            log.exception("taking over the settings failed")

    def _take(self) -> bool:
        """Work by the settings that were written last, once no answer is in hand."""
        with self._gate.alone(), self._lock, self._making:
            settings, self._wanted = self._wanted, None
            if settings is None:
                self._thread = None
                return False
            apply_settings(self._kb, settings)
            return True
