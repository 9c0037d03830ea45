"""The models this program knows, and those that are installed."""

from llm.models.catalogue import FLOOR, Model, ModelFile, Repository, Wheel, find, models
from llm.models.embedding_files import write_embedding_files
from llm.models.file_hashes import known_sha256, remember, sha256_of
from llm.models.fingerprint import fingerprint
from llm.models.gguf import check_complete, context_length, read_metadata
from llm.models.lora import check_adapter, misfit
from llm.models.store import installed, resolve, verify

__all__ = [
    "FLOOR",
    "Model",
    "ModelFile",
    "Repository",
    "Wheel",
    "check_adapter",
    "check_complete",
    "context_length",
    "find",
    "fingerprint",
    "installed",
    "known_sha256",
    "misfit",
    "models",
    "read_metadata",
    "remember",
    "resolve",
    "sha256_of",
    "verify",
    "write_embedding_files",
]
