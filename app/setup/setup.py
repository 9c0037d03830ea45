"""The settings as the app shows and changes them, and the models they name."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import SecretStr

from app.errors import UsageError
from app.kept_machine import KeptChoice, choice_file, read_kept
from app.loaded_models import Models
from app.setting_values import suggests_by_default
from app.settings import Settings, load_settings
from app.settings_file import PREFIX, changed_file
from app.setup.catalogue import ModelRow, rows
from app.setup.trial import Trial, try_chat
from llm.address import Address, AddressError
from llm.errors import ModelError
from llm.machine import this_machine
from llm.models import FLOOR, find
from retrieval.library import Library

if TYPE_CHECKING:
    from llm.pull import Pulled, PullProgress

_ASKER = "trial"


class Setup:
    """What somebody may set; made by `KnowledgeBase.setup` for the settings that hold now."""

    def __init__(self, settings: Settings, models: Models, library: Library) -> None:
        self._settings = settings
        self._models = models
        self._library = library

    def fixed(self, name: str) -> str | None:
        """Return the variable of the environment that holds a setting fast, None if none does."""
        variable = f"{PREFIX}{name.upper()}"
        return variable if os.environ.get(variable) else None

    def default(self, name: str) -> object:
        """Return what a setting is when nobody sets it."""
        if name == "suggest":
            return suggests_by_default(self._settings.llm_base_url)
        return Settings.model_fields[name].get_default(call_default_factory=True)

    def bounds(self, name: str) -> tuple[float, float]:
        """Return the least and the greatest value of a number."""
        found = {}
        for rule in Settings.model_fields[name].metadata:
            for side in ("ge", "le"):
                if (value := getattr(rule, side, None)) is not None:
                    found[side] = value
        return found["ge"], found["le"]

    def write(self, changes: Mapping[str, object]) -> Settings:
        """Write values, by the names of settings, into `settings.env`; return all settings.

        None takes a setting back to its default. The key of a server goes with its address: with
        another address it is gone unless a new one is among the changes. The file stays as it was
        when a value is none: then UsageError is raised, one line.
        """
        data_dir = self._settings.data_dir
        if "llm_base_url" in changes:
            url = str(changes["llm_base_url"] or "")
            # Of the file, as what was written last may not hold yet.
            if not _owns_key(load_settings(data_dir)[0], url):
                changes = {"llm_api_key": None, **changes}
            with suppress(ValueError):  # what is none is told of below
                changes = {**changes, "llm_base_url": Address.parse(url).url if url else None}
        lines = {f"{PREFIX}{name.upper()}": _text(value) for name, value in changes.items()}

        def check(file: Path) -> None:
            read = load_settings(data_dir, file)[0]
            for name, value in changes.items():
                wanted = self.default(name) if value is None else value
                if self.fixed(name) is None and _text(getattr(read, name)) != _text(wanted):
                    raise UsageError(
                        f"{PREFIX}{name.upper()} cannot be kept in a file; change it",
                        "setting-not-kept",
                        setting=f"{PREFIX}{name.upper()}",
                    )

        changed_file(self._settings.settings_file, lines, check)
        return load_settings(data_dir)[0]

    def keeps_key(self, url: str) -> bool:
        """Tell whether the key that is kept belongs to this address: its scheme, host and port."""
        return _owns_key(self._settings, url)

    # -- models

    def catalogue(self, kind: Literal["chat", "embedding"]) -> list[ModelRow]:
        """Return the models of a kind, and whether each is here and would run here."""
        return rows(kind, self._settings)

    def auto(self) -> KeptChoice:
        """Return what the chat model is where it is left to this program."""
        kept = read_kept(choice_file(self._settings.data_dir), KeptChoice)
        return kept or KeptChoice(model=FLOOR, reason="usual")

    def machine(self) -> tuple[int | None, int]:
        """Return the bytes of memory of this machine, if it tells, and its processors."""
        told = this_machine()
        return told.memory, told.cores

    def outdated(self) -> list[str]:
        """Return the ids of documents that another embedding model embedded.

        None where the one of the settings is not here.
        """
        try:
            fingerprint = self._models.fingerprint
        except ModelError:
            return []
        records = self._library.records()
        return [r.document for r in records if r.fingerprint not in (None, fingerprint)]

    def pull(self, model: str, report: Callable[[PullProgress], None]) -> Pulled:
        """Bring a model of the catalogue to this machine; `report` hears how far that is.

        What `report` raises stops it; it goes on from there next time. Raises ModelError.
        """
        from llm.pull import HUB, pull

        s = self._settings
        return pull(
            find(model),
            s.models_dir,
            s.model_sources,
            s.models_local,
            report,
            hub_endpoint=os.environ.get("HF_ENDPOINT") or HUB,
            hub_token=os.environ.get("HF_TOKEN"),
        )

    def try_chat(self, lang: str) -> Trial:
        """Let the chat model that answers now write a few lines; load it before if need be.

        It waits for its turn, which is not part of what is measured. Raises ModelError.
        """
        with self._models.turn(_ASKER, threading.Event()) as turn:
            for _ in turn.positions():
                continue
            return try_chat(turn.chat, lang)

    def try_server(self, url: str, model: str, key: str, lang: str) -> Trial:
        """Let a server's model write a few lines, before it is chosen; its text is fixed.

        Without a key, the one that is kept is sent if it belongs to this address, and else none.
        Raises ModelError or UsageError, one line without the key.
        """
        from llm.chat import EndpointChat

        try:
            address = Address.parse(url)
        except AddressError as error:
            raise UsageError(str(error), error.reason) from None
        secret = SecretStr(key) if key else None
        if secret is None and self.keeps_key(url):
            secret = self._settings.llm_api_key
        chat = EndpointChat.connect(
            address, model, secret, context=self._settings.context_tokens, max_tokens=64
        )
        try:
            return try_chat(chat, lang)
        finally:
            chat.close()


def _owns_key(settings: Settings, url: str) -> bool:
    if settings.endpoint is None or settings.llm_api_key is None:
        return False
    try:
        return Address.parse(url).origin == settings.endpoint.origin
    except ValueError:
        return False


def _text(value: object) -> str | None:
    """Return a value as it stands in the file."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value)
