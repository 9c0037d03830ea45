"""Every setting, with its default, its bounds and where its value came from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import (
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.checkout_files import checkout
from app.errors import UsageError
from app.kept_machine import AUTO, KeptChoice, choice_file, read_kept
from app.setting_errors import check_names, wrong_value
from app.setting_values import expanded, suggests_by_default
from app.settings_file import PREFIX, check_text, read_file, shortened
from llm.address import Address
from llm.models import FLOOR

SETTINGS_FILE = "settings.env"
SOURCES = ("local", "hub", "modelscope", "wheels")


def _default_data_dir() -> Path:
    """Return `data/library` of a checkout, else the user's data folder."""
    root = checkout()
    return root / "data" / "library" if root else platformdirs.user_data_path("zhiku")


class Settings(BaseSettings):
    """All that a person may set, frozen; build it with `load_settings`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", frozen=True, env_ignore_empty=True
    )

    data_dir: Path = Field(
        default_factory=_default_data_dir, description="folder of the library: ledger, files, index"
    )
    models_dir: Path = Field(
        default_factory=lambda: platformdirs.user_cache_path("zhiku") / "models",
        description="folder of the models, shared by several libraries",
    )
    model_sources: Annotated[tuple[str, ...], NoDecode] = Field(
        SOURCES, description="where `kb models pull` looks, in this order"
    )
    models_local: Path | None = Field(
        None, description="a file or folder with model files you already have (source `local`)"
    )
    llm_model: str = Field(
        AUTO,
        description="chat model: auto for the one that suits this machine, an id of the catalogue,"
        " a .gguf file, or its name on the server",
    )
    llm_base_url: str | None = Field(
        None, description="address of a model server (OpenAI's interface) that answers instead"
    )
    llm_api_key: SecretStr | None = Field(None, description="key for that server; never shown")
    lora: Path | None = Field(
        None, description="LoRA adapter (GGUF) for the chat model on this machine"
    )
    embed_model: str = Field(
        "multilingual-e5-small", description="embedding model: an id of the catalogue or a folder"
    )
    embed_backend: Literal["auto", "openvino", "torch"] = Field(
        "auto",
        description="what runs the embedding model: openvino, torch, or what is fastest here",
    )
    context_tokens: int = Field(
        4096, ge=512, le=131072, description="context length of the chat model, in tokens"
    )
    answer_tokens: int = Field(512, ge=16, le=8192, description="longest answer, in tokens")
    summary_tokens: int = Field(
        24000,
        ge=1000,
        le=10_000_000,
        description="most of a document that a summary reads, in tokens",
    )
    temperature: float = Field(
        0.0, ge=0.0, le=2.0, description="sampling temperature; 0 always takes the likeliest token"
    )
    top_p: float = Field(0.95, gt=0.0, le=1.0, description="nucleus sampling, above temperature 0")
    seed: int = Field(
        0, ge=0, le=2**31 - 1, description="seed of the sampling, above temperature 0"
    )
    threads: int = Field(0, ge=0, le=512, description="CPU threads of the chat model; 0: the best")
    gpu_layers: int = Field(
        -1, ge=-1, le=1000, description="layers on the GPU, if llama.cpp was built for one; -1: all"
    )
    model_process: Literal["auto", "off"] = Field(
        "auto",
        description="auto: the models are in one process that all programs of this person share;"
        " off: each program loads them itself",
    )
    passages: int = Field(
        4, ge=1, le=50, description="passages found for an answer, each read with its neighbours"
    )
    certainty: float = Field(
        0.6,
        ge=0.0,
        le=1.0,
        description="how sure it must be that the documents hold an answer, before one is told as"
        " sure; higher is stricter, lower more helpful",
    )
    strict: bool = Field(
        True,
        description="leave out sentences that no passage bears out; otherwise they are marked",
    )
    translate_seconds: float = Field(
        20.0,
        ge=0.0,
        le=60.0,
        description="longest wait for a question's translation, in seconds; 0: never translate",
    )
    chunk_tokens: int = Field(
        128, ge=64, le=448, description="longest chunk, in tokens of the embedding model"
    )
    max_file_mb: int = Field(100, ge=1, le=4096, description="largest file that is read, in MB")
    read_seconds: int = Field(
        120,
        ge=1,
        le=3600,
        description="longest time for reading and splitting one file, in seconds",
    )
    ocr: bool = Field(True, description="recognise text in scanned pages and in pictures")
    keep_days: int = Field(
        365,
        ge=0,
        le=36500,
        description="days that a conversation is kept after its last question; 0: for ever",
    )
    suggest: bool = Field(
        True,
        description="suggest questions, made from the documents while nothing else is to be done;"
        " off by default where another machine writes the answers",
    )
    port: int = Field(8501, ge=1024, le=65535, description="port of the web app on this machine")

    _auto_model: str = PrivateAttr(FLOOR)

    @model_validator(mode="before")
    @classmethod
    def _suggest_here(cls, given: object) -> object:
        """Leave the questions to suggest out where making them costs another machine's time."""
        if isinstance(given, dict) and given.get("suggest") is None:
            return {**given, "suggest": suggests_by_default(given.get("llm_base_url"))}
        return given

    @field_validator("model_sources", mode="before")
    @classmethod
    def _split_sources(cls, value: object) -> object:
        return tuple(s.strip() for s in value.split(",")) if isinstance(value, str) else value

    @field_validator("model_sources")
    @classmethod
    def _known_sources(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [s for s in value if s not in SOURCES]
        if unknown or not value:
            given = shortened(", ".join(unknown)) if unknown else "nothing"
            raise ValueError(f"knows {', '.join(SOURCES)}, not {given}")
        return value

    @field_validator("llm_base_url")
    @classmethod
    def _sound_address(cls, value: str | None) -> str | None:
        return None if value is None else Address.parse(value).url

    @field_validator("data_dir", "models_dir", "models_local", "lora")
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return expanded(value).absolute() if value else None

    @property
    def chat_model(self) -> str:
        """What `llm_model` means here: with `auto` what was taken, as it was at the start."""
        return self._auto_model if self.llm_model == AUTO else self.llm_model

    @property
    def takes_auto(self) -> bool:
        """Whether the chat model runs here and is left to this program."""
        return self.llm_model == AUTO and self.llm_base_url is None

    @property
    def endpoint(self) -> Address | None:
        """The server that writes answers, None when the chat model runs in this program."""
        return None if self.llm_base_url is None else Address.parse(self.llm_base_url)

    @property
    def ledger_path(self) -> Path:
        """The SQLite file that holds the truth."""
        return self.data_dir / "ledger.sqlite3"

    @property
    def blobs_dir(self) -> Path:
        """The bytes of every ingested file, by SHA-256."""
        return self.data_dir / "blobs"

    @property
    def page_files_dir(self) -> Path:
        """Where PDFs lie that were made of Office files, by the hash of those."""
        return self.data_dir / "pages"

    @property
    def incoming_dir(self) -> Path:
        """Files that come from a browser, until they are put in or turned away."""
        return self.data_dir / "incoming"

    @property
    def index_dir(self) -> Path:
        """The vector indexes, one folder for each embedding model; derived, may be deleted."""
        return self.data_dir / "index"

    @property
    def profiles_dir(self) -> Path:
        """What chat models were measured to be able to do; derived, may be deleted."""
        return self.data_dir / "profiles"

    @property
    def settings_file(self) -> Path:
        """The optional file with `KB_…=value` lines, beside the library it belongs to."""
        return self.data_dir / SETTINGS_FILE


def _data_dir(env: Mapping[str, str]) -> Path:
    """Return the folder of the library, before the other settings are known."""
    given = env.get("KB_DATA_DIR")
    try:
        return expanded(Path(given)) if given else _default_data_dir()
    except ValueError as error:
        raise UsageError(
            f"KB_DATA_DIR={shortened(given)}: {error}; set it right",
            "setting-no-user",
            setting="KB_DATA_DIR",
            given=shortened(given),
        ) from None


def load_settings(
    data_dir: Path | None = None, file: Path | None = None
) -> tuple[Settings, dict[str, str]]:
    """Return the settings and, for each, where its value came from.

    The environment wins over `settings.env` in the data folder, which wins over the defaults.
    `data_dir` is another data folder, `file` one to read in place of its `settings.env`. Raises
    UsageError, one line, for an unknown name or a value out of bounds.
    """
    env = {k: v for k, v in os.environ.items() if k.startswith(PREFIX) and v}
    check_names(env, Settings.model_fields)
    file = file or (data_dir or _data_dir(env)) / SETTINGS_FILE
    in_file = read_file(file)
    check_names(in_file, Settings.model_fields, file)
    check_text({**in_file, **env})
    if "KB_DATA_DIR" in in_file:
        raise UsageError(
            f"KB_DATA_DIR in {str(file)!r} would move the file itself; take it out",
            "data-dir-in-file",
            file=str(file),
        )
    try:
        given_dir = {} if data_dir is None else {"data_dir": data_dir}
        there = file.is_file()  # not a pipe
        settings = Settings(_env_file=file if there else None, **given_dir)  # type: ignore[arg-type]
    except ValidationError as error:
        raise wrong_value(error) from None
    if settings.llm_base_url and settings.lora:
        raise UsageError(
            "KB_LORA changes the chat model of this machine, and with KB_LLM_BASE_URL another one "
            "answers; unset one of them",
            "lora-and-server",
        )
    if settings.takes_auto and (kept := read_kept(choice_file(settings.data_dir), KeptChoice)):
        settings._auto_model = kept.model
    origin = {}
    for name in Settings.model_fields:
        key = f"{PREFIX}{name.upper()}"
        origin[name] = "environment" if key in env else str(file) if key in in_file else "default"
    return settings, origin
