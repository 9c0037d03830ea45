"""LoRA adapters: whether a file is one, and made for the model that is to wear it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from llm.errors import ModelError
from llm.models.gguf import Value, check_complete


def check_adapter(path: Path, model: Path, metadata: Mapping[str, Value]) -> None:
    """Look at an adapter's header; `metadata` is that of the model.

    Raises ModelError when it is no whole GGUF file, no LoRA adapter, or one for a model of
    another architecture.
    """
    if not path.is_file():
        raise ModelError(
            f"there is no adapter at {str(path)!r}: correct KB_LORA or unset it",
            "lora-missing",
            lora=str(path),
        )
    own = check_complete(path)
    if own.get("general.type") != "adapter" or own.get("adapter.type") != "lora":
        raise ModelError(
            f"{str(path)!r} is a GGUF file, but no LoRA adapter; convert one with llama.cpp's "
            "convert_lora_to_gguf.py, or unset KB_LORA",
            "lora-none",
            lora=str(path),
        )
    made_for, is_ = own.get("general.architecture"), metadata.get("general.architecture")
    if made_for != is_:
        raise ModelError(
            f"the adapter {str(path)!r} was made for a {made_for!r} model, and {str(model)!r} is "
            f"a {is_!r}; correct KB_LORA or KB_LLM_MODEL",
            "lora-misfit",
            lora=str(path),
            model=str(model),
        )


def misfit(path: Path, model: Path) -> ModelError:
    """Return the line for an adapter of the right kind whose tensors are not the model's."""
    return ModelError(
        f"llama.cpp cannot put the adapter {str(path)!r} on {str(model)!r}: it was made for a "
        "model of other dimensions, or is damaged; correct KB_LORA or KB_LLM_MODEL",
        "lora-misfit",
        lora=str(path),
        model=str(model),
    )
