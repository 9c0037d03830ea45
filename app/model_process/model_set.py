"""Which models a process holds, and the name by which programs find the process that has them."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from llm.models import fingerprint, known_sha256

if TYPE_CHECKING:
    from retrieval.embedding import Backend

_PROTOCOL = 1  # another number whenever messages mean something else
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class ModelSet:
    """The files of the models, and what changes how they are loaded.

    Either model may be None: a server writes the answers, or it is not on this machine yet.
    `threads`, `read_threads` and `step` are as in `LlamaChat.load`, 0 as it usually has them.
    `converted` is where the embedding model is kept as OpenVINO reads it, `backend` what runs it.
    """

    embedding: Path | None
    chat: Path | None
    lora: Path | None = None
    context: int = 4096
    threads: int = 0
    read_threads: int = 0
    step: int = 0
    gpu_layers: int = -1
    converted: Path | None = None
    backend: Backend = "auto"

    @property
    def name(self) -> str:
        """16 hex digits of what is in the files, where they are, and how they are loaded.

        Another installation of Zhiku has a process of its own, as its messages may be others.
        """
        made_of: list[object] = [_PROTOCOL, version("zhiku"), str(_ROOT), sys.executable]
        made_of += [self._plain(), fingerprint(self.embedding) if self.embedding else None]
        files = [file for file in (self.chat, self.lora) if file and file.is_file()]
        made_of += [known_sha256(file.parent, file.name) for file in files]
        return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()[:16]

    def _plain(self) -> dict[str, Any]:
        return {k: str(v) if isinstance(v, Path) else v for k, v in asdict(self).items()}

    def to_json(self) -> str:
        """Return it as the process is told."""
        return json.dumps(self._plain())

    @classmethod
    def from_json(cls, text: str) -> ModelSet:
        """Return what `to_json` gave."""
        values = json.loads(text)
        for name in ("embedding", "chat", "lora", "converted"):
            values[name] = Path(values[name]) if values[name] else None
        return cls(**values)
