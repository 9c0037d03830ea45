"""The files of a model from a hub: Hugging Face, a mirror of it, or ModelScope.

Not by `huggingface_hub` 1.33.0, which is here with transformers. It does not know ModelScope, so
that the plain download with its SHA-256 is needed all the same. It kept a file of the right size
with other bytes than its SHA-256 promises, refuses a mirror that sends no X-Repo-Commit, and sends
the token of HF_TOKEN, or of the user's folder, wherever it is told to ask. And HF_HUB_OFFLINE,
which we set so that no library asks a hub at loading time, stops it in the whole process.
"""

from pathlib import Path

import httpx

from llm.errors import ModelError
from llm.models import Model, ModelFile, Repository
from llm.pull.disk_room import require_download_room
from llm.pull.download import Stated, download
from llm.pull.place import missing_files, part_path, place
from llm.pull.progress import Teller

# Connecting: 5 s, since a hub that a firewall hides never answers; reading: 30 s between two
# pieces of a download that has begun.
TIMEOUT = httpx.Timeout(30, connect=5)


class WrongFile(ModelError):
    """A file arrived whole and is not the one of the catalogue."""


def fetch_hub(model: Model, folder: Path, endpoint: str, token: str | None, tell: Teller) -> None:
    """Download from the Hugging Face Hub, or from a mirror of it at `endpoint`."""
    if model.hub is None:
        raise ModelError("the hub does not have it", "source-lacks-it")
    base = hub_address(endpoint, model.hub)
    _fetch(model, folder, base, token, tell)


def fetch_modelscope(model: Model, folder: Path, endpoint: str, tell: Teller) -> None:
    """Download from ModelScope."""
    if model.modelscope is None:
        raise ModelError("ModelScope does not have it", "source-lacks-it")
    _fetch(model, folder, modelscope_address(endpoint, model.modelscope), None, tell)


def hub_address(endpoint: str, place: Repository) -> str:
    """Return where the Hugging Face Hub, or a mirror of it, has the files of a repository."""
    return f"{endpoint.rstrip('/')}/{place.repo}/resolve/{place.revision}"


def modelscope_address(endpoint: str, place: Repository) -> str:
    """Return where ModelScope has the files of a repository."""
    return f"{endpoint.rstrip('/')}/models/{place.repo}/resolve/{place.revision}"


def _fetch(model: Model, folder: Path, base: str, token: str | None, tell: Teller) -> None:
    require_download_room(folder, model.bytes or 0)
    # A redirect to another host (the hub's storage) is followed without the token: httpx drops it.
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with httpx.Client(timeout=TIMEOUT, headers=headers, follow_redirects=True) as client:
        for file in missing_files(model, folder):
            resumed = part_path(folder, file.name).exists()
            try:
                _fetch_file(client, f"{base}/{file.name}", folder, file, tell)
            except WrongFile as error:
                if not resumed:
                    raise ModelError(str(error), error.reason, **error.values) from None
                # The part that an earlier try left was of another file: once more from the start.
                _fetch_file(client, f"{base}/{file.name}", folder, file, tell)


def _fetch_file(
    client: httpx.Client, url: str, folder: Path, file: ModelFile, tell: Teller
) -> None:
    part = part_path(folder, file.name)
    tell("connecting", file.name, 0, file.bytes)
    stated = download(
        client,
        url,
        part,
        Stated(file.sha256, file.bytes),
        lambda done, total: tell("downloading", file.name, done, total),
    )
    if stated.sha256 is None:
        raise ModelError(
            f"no SHA-256 is known or stated to check {file.name} with",
            "download-unchecked",
            file=file.name,
        )
    try:
        place(folder, file, stated.sha256, tell)
    except ModelError as error:
        raise WrongFile(str(error), error.reason, **error.values) from None
