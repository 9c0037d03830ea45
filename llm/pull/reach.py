"""Whether a source has a model, found out without bringing it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import httpx

from llm.models import Model, Repository, installed
from llm.pull.hub import hub_address, modelscope_address
from llm.pull.local import has_local

log = logging.getLogger(__name__)

# Seconds. A hub that can be reached answers within one; one that a firewall hides never does.
_TIMEOUT = httpx.Timeout(5, connect=3)


class Reach:
    """Tells of models whether one of the sources has them; a hub that is silent is asked once.

    `sources` are tried in their order, `local` is the file or folder of the source "local".
    """

    def __init__(
        self,
        models_dir: Path,
        sources: Sequence[str],
        local: Path | None,
        *,
        hub_endpoint: str,
        hub_token: str | None,
        modelscope_endpoint: str,
    ) -> None:
        self._models_dir = models_dir
        self._sources = sources
        self._local = local
        self._hub, self._token = hub_endpoint, hub_token
        self._modelscope = modelscope_endpoint
        self._silent: set[str] = set()

    def has(self, model: Model) -> bool:
        """Tell whether the model is here or could be brought; seconds where a hub is silent."""
        if installed(model, self._models_dir) is not None:
            return True
        return any(self._has(source, model) for source in self._sources)

    def _has(self, source: str, model: Model) -> bool:
        if source == "local":
            return has_local(model, self._local)
        if source == "wheels":
            return bool(model.wheels)
        if source == "hub" and model.hub is not None:
            return self._serves(source, hub_address(self._hub, model.hub), model, self._token)
        if source == "modelscope" and model.modelscope is not None:
            return self._serves(source, self._at(model.modelscope), model, None)
        return False

    def _at(self, place: Repository) -> str:
        return modelscope_address(self._modelscope, place)

    def _serves(self, source: str, base: str, model: Model, token: str | None) -> bool:
        """Ask for the head of the first file, which tells its size; other hosts are followed to."""
        if source in self._silent:
            return False
        file = model.files[0]
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            with httpx.Client(timeout=_TIMEOUT, headers=headers, follow_redirects=True) as client:
                answer = client.head(f"{base}/{file.name}", headers={"Accept-Encoding": "identity"})
        except httpx.HTTPError as error:
            log.debug("%s cannot be reached: %s", source, error)
            self._silent.add(source)
            return False
        told = answer.headers.get("Content-Length")
        return answer.is_success and (told is None or file.bytes is None or told == str(file.bytes))
