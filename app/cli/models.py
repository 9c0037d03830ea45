"""The `kb models` commands."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import Json
from app.cli.tune import tune_model
from app.errors import UsageError, one_line
from app.terminal import output, pull_progress
from llm.errors import ModelError

if TYPE_CHECKING:
    from app.settings import Settings
    from llm.models import Model
    from llm.pull import Pulled

cli = typer.Typer(
    help="The model catalogue: list, download, check.", no_args_is_help=True, rich_markup_mode=None
)
Ids = Annotated[list[str] | None, typer.Argument(help="Ids of the catalogue.")]


@cli.command("list")
def list_models(as_json: Json = False) -> None:
    """List the models that can be pulled, and which are here."""
    from app.settings import load_settings
    from llm.models import models

    settings = load_settings()[0]
    rows = [_row(model, settings) for model in models()]
    if as_json:
        output.print_json(rows)
    else:
        output.print_models(rows)


@cli.command("pull")
def pull_models(
    ids: Ids = None,
    local: Annotated[
        Path | None, typer.Option("--from", help="A file or folder that has the model's files.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Download models, check them by SHA-256, and say where each came from.

    Without ids: those of the chat and the embedding model of the settings that are not here. The
    sources are tried in the order of KB_MODEL_SOURCES; a download that broke off goes on. The id
    auto takes the chat model that suits this machine best, also where one was taken before.

    kb models pull

    kb models pull auto

    kb models pull qwen2.5-coder-0.5b --from /media/stick
    """
    from app.cli.auto_model import AutoModel
    from app.embedding_model import prepare_embedding
    from app.settings import load_settings
    from llm.models import find
    from llm.pull import HUB, pull

    settings = load_settings()[0]
    if local is not None and not local.exists():
        raise UsageError(f"--from {str(local)!r}: there is no such file or folder")
    rows: list[dict[str, object]] = []
    # What was given by hand is looked at first, whatever the settings say.
    sources = settings.model_sources if local is None else ("local", *settings.model_sources)
    auto = AutoModel(settings, tuple(dict.fromkeys(sources)), local or settings.models_local)
    for name in ids or _wanted(settings):
        began = time.perf_counter()
        name = auto.named(name, again=bool(ids), quiet=as_json)
        try:
            with pull_progress() as report:
                pulled = (None if ids else _here(name, settings)) or pull(
                    find(name),
                    settings.models_dir,
                    auto.sources,
                    auto.local,
                    report,
                    hub_endpoint=os.environ.get("HF_ENDPOINT") or HUB,
                    hub_token=os.environ.get("HF_TOKEN"),
                )
        except ModelError as error:
            output.complain(one_line(error))
            rows.append(_pulled(name, None, began, one_line(error)))
            continue
        auto.came(name)
        rows.append(_pulled(name, pulled, began))
        if not as_json:
            output.print_pulled(name, pulled, time.perf_counter() - began)
        began = time.perf_counter()
        if find(name).kind == "embedding" and prepare_embedding(pulled.path, settings):
            output.say(f"{pulled.model_id} converted, {time.perf_counter() - began:.0f} s")
    if as_json:
        output.print_json(rows)
    if any(row["error"] for row in rows):
        raise typer.Exit(1)


@cli.command("verify")
def verify_models(ids: Ids = None, as_json: Json = False) -> None:
    """Read every installed model again and compare it with its SHA-256."""
    from app.settings import load_settings
    from llm.models import find, models, verify

    settings = load_settings()[0]
    here = [m for m in models() if (settings.models_dir / m.id / m.files[0].name).exists()]
    rows = []
    for model in [find(name) for name in ids] if ids else here:
        problems = verify(model, settings.models_dir)
        rows.append({"id": model.id, "ok": not problems, "problems": problems})
        if not as_json:
            output.print_line(f"{model.id}: {'; '.join(problems) or 'as it should be'}")
    if as_json:
        output.print_json(rows)
    if not all(row["ok"] for row in rows):
        raise typer.Exit(1)


cli.command("tune")(tune_model)


def _here(name: str, settings: Settings) -> Pulled | None:
    """What would be loaded for a setting, also if that is the model's fallback; None if nothing."""
    from llm.models import find, resolve
    from llm.pull import Pulled

    model = find(name)
    try:
        path = resolve(name, model.kind, settings.models_dir)
    except ModelError:
        return None
    folder = path if model.kind == "embedding" else path.parent
    return Pulled(path, "installed", folder.name)


def _wanted(settings: Settings) -> list[str]:
    """The models of the settings that are in the catalogue and run here; no path of the user's."""
    from app.kept_machine import AUTO
    from llm.models import models

    known = {AUTO, *(m.id for m in models())}
    chat = () if settings.endpoint else (settings.llm_model,)
    return [name for name in (settings.embed_model, *chat) if name in known]


def _pulled(
    name: str, pulled: Pulled | None, began: float, error: str | None = None
) -> dict[str, object]:
    return {
        "id": name,
        "installed": pulled.model_id if pulled else None,
        "path": str(pulled.path) if pulled else None,
        "source": pulled.source if pulled else None,
        "seconds": round(time.perf_counter() - began, 1),
        "error": error,
    }


def _row(model: Model, settings: Settings) -> dict[str, object]:
    from llm.models import installed

    path = installed(model, settings.models_dir)
    sources = {"hub": model.hub, "modelscope": model.modelscope, "wheels": model.wheels}
    return {
        "id": model.id,
        "kind": model.kind,
        "family": model.family,
        "parameters": model.parameters,
        "licence": model.licence,
        "languages": list(model.languages),
        "context": model.context,
        "bytes": model.bytes,
        "memory_gib": model.memory_gib,
        "sources": [name for name, place in sources.items() if place],
        "tested": model.tested,
        "auto": settings.takes_auto and model.id == settings.chat_model,
        "installed": path is not None,
        "path": str(path) if path else None,
    }
