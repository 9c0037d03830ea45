"""The chat model of the settings loaded, by this process or by the one that programs share."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from app.embedding_model import converted
from app.model_choice import check_speed
from app.settings import Settings
from app.tuning import pace_of
from llm.errors import ModelError
from llm.models import known_sha256, resolve

if TYPE_CHECKING:
    from app.model_process import ModelClient, RemoteChat
    from llm.chat import EndpointChat, LlamaChat, Profile

    ChatModel = LlamaChat | EndpointChat | RemoteChat

log = logging.getLogger(__name__)


def process_of(settings: Settings) -> ModelClient | None:
    """Return a client of the process that holds the models of this machine, None without one.

    Without one if the settings say so, or if there is no folder that is this person's alone. It is
    started by the first request. Raises ModelError where a model's files cannot be read.
    """
    if settings.model_process == "off":
        return None
    from app.model_process import ModelClient, ModelSet, runtime_folder

    s = settings
    embedding = _there(s.embed_model, "embedding", s.models_dir)
    wanted = ModelSet(
        embedding=embedding,
        chat=None if s.endpoint else _there(s.chat_model, "chat", s.models_dir),
        lora=s.lora,
        context=s.context_tokens,
        gpu_layers=s.gpu_layers,
        converted=None if embedding is None else converted(embedding, s),
        backend=s.embed_backend,
        **pace_of(s),
    )
    try:
        return ModelClient(wanted, runtime_folder())
    except ModelError as error:
        if error.reason != "model-process-folder":
            raise
        log.warning("%s; until then each program loads the models itself", error)
        return None


def _there(name: str, kind: Literal["chat", "embedding"], models_dir: Path) -> Path | None:
    try:
        return resolve(name, kind, models_dir).absolute()
    except ModelError:  # whoever needs it is told
        return None


def load_chat(settings: Settings, client: ModelClient | None = None) -> ChatModel:
    """Return the chat model of the settings: one of this machine, or one behind a server.

    That of this machine is loaded by the process that `client` asks, or else by this one.

    What it can do is measured when it is first loaded, which takes about a minute and is told in
    the log, and known from then on.
    """
    s = settings
    sampling: dict[str, Any] = {
        "context": s.context_tokens,
        "max_tokens": s.answer_tokens,
        "temperature": s.temperature,
        "top_p": s.top_p,
        "seed": s.seed,
    }
    chat: ChatModel
    if s.endpoint is not None:
        from llm.chat import EndpointChat

        chat = EndpointChat.connect(s.endpoint, s.chat_model, s.llm_api_key, **sampling)
        made_of = [s.endpoint.url, s.chat_model, chat.described()]
    else:
        path = resolve(s.chat_model, "chat", s.models_dir)
        if client is not None:
            from app.model_process import RemoteChat

            chat = RemoteChat.connect(client, **sampling)
        else:
            from llm.chat import LlamaChat

            pace = pace_of(s)
            chat = LlamaChat.load(path, gpu_layers=s.gpu_layers, lora=s.lora, **pace, **sampling)
        made_of = [known_sha256(file.parent, file.name) for file in (path, s.lora) if file]
    try:
        chat.measured = _profile(chat, made_of, s)
        check_speed(chat, s)
    except BaseException:
        chat.close()
        raise
    chat.forget_costs()
    return chat


def _profile(chat: ChatModel, made_of: list[str], settings: Settings) -> Profile:
    """Return what a model can do; `made_of` is what tells it from others."""
    from llm.chat import PROBE_CONTEXT, kept_profile, probe, profile_key, shipped_profile

    def measure() -> Profile:
        log.warning("measuring what the model %r can do: about a minute, once", chat.model)
        return probe(chat)

    room = min(chat.context, PROBE_CONTEXT)
    shipped = shipped_profile(made_of) if room == PROBE_CONTEXT else None
    key = profile_key(*made_of, str(room))
    return shipped or kept_profile(settings.profiles_dir, key, measure)
