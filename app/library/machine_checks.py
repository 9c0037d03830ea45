"""The checks of `kb doctor` that need no library: models, disk, versions."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import version

from app.library.file_modes import open_to_others
from app.loaded_models import installed, whereabouts
from app.model_choice import kept_choice, slow
from app.model_loading import load_chat
from app.settings import Settings
from app.tuning import tuning_state
from llm.errors import ModelError
from llm.models import check_adapter, find, models, read_metadata, resolve, verify

Verdict = tuple[bool, str]
_LEAST_BYTES = 200 * 10**6  # free; below, the next large file or a rebuild may fill the disk


def check_models(settings: Settings) -> Verdict:
    """Hash the models of the settings again (about a second for each GB), or ask the server."""
    wanted = [(settings.embed_model, "embedding")]
    if settings.endpoint is None:
        wanted.append((settings.chat_model, "chat"))
    found = [(name, _problems(settings, name, kind)) for name, kind in wanted]
    lines = [line for name, problems in found for line in problems or [f"{name!r} is whole"]]
    ok = not any(problems for _, problems in found)
    if settings.endpoint is not None:
        answers, line = _check_endpoint(settings)
        ok, lines = ok and answers, [*lines, line]
    elif settings.lora is not None and ok:
        model = resolve(settings.chat_model, "chat", settings.models_dir)
        check_adapter(settings.lora, model, read_metadata(model))
        lines.append(f"{str(settings.lora)!r} fits it")
    return ok, "; ".join([*lines, *_told(settings), whereabouts(settings)])


def _told(settings: Settings) -> list[str]:
    """What was found out about the chat model on this machine and no longer holds, or is bad."""
    choice = kept_choice(settings)
    told = [line for line in [slow(choice) if choice else None] if line]
    if tuning_state(settings) == "outdated":
        told.append("`kb models tune` measured another model or machine: run it again")
    return told


def _check_endpoint(settings: Settings) -> Verdict:
    try:
        model = load_chat(settings)
    except ModelError as error:
        return False, str(error)
    judges = "and judges passages" if model.can_judge else "without judging passages before"
    model.close()
    return True, f"{settings.chat_model!r} answers {judges}"


def _problems(settings: Settings, name: str, kind: str) -> list[str]:
    try:
        resolve(name, "chat" if kind == "chat" else "embedding", settings.models_dir)
    except ModelError as error:
        hint = "" if "kb models" in str(error) else "; `kb models pull` gets one"
        return [f"{error}{hint}"]
    found = installed(name, kind, settings.models_dir)
    if found is None or not any(model.id == found for model in models()):
        return []  # a file of the user's own: `resolve` has looked at it, no hash is known
    return verify(find(found), settings.models_dir)


def check_disk(settings: Settings, free: int) -> Verdict:
    """Compare the bytes that are free with what a backup or a rebuild of the index takes."""
    ledger = settings.ledger_path.stat().st_size if settings.ledger_path.exists() else 0
    needed = max(_LEAST_BYTES, ledger)
    line = f"{free / 1e9:.1f} GB free in {str(settings.data_dir)!r}"
    if free >= needed:
        return True, line
    return False, f"{line}, a backup or rebuild may need {needed / 1e9:.1f} GB: free some space"


def check_access(settings: Settings) -> Verdict:
    """Look whether other users of the machine may read the library."""
    if os.name != "posix":
        return True, "left to the rights of the folder"
    found = [str(path) for path in open_to_others(settings)]
    if not found:
        return True, "other users of this machine cannot read the library"
    return False, (
        f"other users of this machine may read {', '.join(map(repr, found))}; "
        "change that with `chmod go=`, as the owner of these files"
    )


def check_versions() -> Verdict:
    """List what a report of a defect should name."""
    packages = ("chromadb", "langchain-core", "sentence-transformers", "llama-cpp-python")
    named = [f"Zhiku {version('zhiku')}", f"Python {platform.python_version()}"]
    named += [f"SQLite {sqlite3.sqlite_version}", *(f"{name} {version(name)}" for name in packages)]
    return True, ", ".join(named)
