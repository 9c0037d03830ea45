"""LoRA adapters: one that fits changes what the model writes, another is refused in one line."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import gguf
import numpy as np
import platformdirs
import pytest
from langchain_core.messages import HumanMessage

from llm.chat import LlamaChat
from llm.errors import ModelError
from llm.models import check_adapter, read_metadata, resolve

Make = Callable[..., Path]
HELLO = [HumanMessage("Name three colours.")]


@pytest.fixture
def adapter(tmp_path: Path) -> Make:
    """Write an adapter of rank 4 for the attention's output of the first layers."""

    def make(
        architecture: str = "llama",
        width: int = 128,
        layers: int = 1,
        strength: float = 1.0,
        parts: Sequence[str] = ("attn_output",),
    ) -> Path:
        path = tmp_path / f"{architecture}-{width}.gguf"
        writer = gguf.GGUFWriter(path, architecture)
        writer.add_type("adapter")
        writer.add_string("adapter.type", "lora")
        writer.add_float32("adapter.lora.alpha", 4.0)
        random = np.random.default_rng(0)
        for layer in range(layers):
            for part in parts:
                name = f"blk.{layer}.{part}.weight"
                for side, shape in (("lora_a", (4, width)), ("lora_b", (width, 4))):
                    values = strength * random.normal(size=shape).astype(np.float32)
                    writer.add_tensor(f"{name}.{side}", values)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        return path

    return make


def problem(path: Path, model: Path) -> str:
    """What is said of an adapter that cannot be used, by the check and by the model alike."""
    with pytest.raises(ModelError) as raised:
        check_adapter(path, model, read_metadata(model))
    with pytest.raises(ModelError) as loading:
        LlamaChat.load(model, context=256, threads=1, lora=path)
    assert str(loading.value) == str(raised.value)
    assert "\n" not in str(raised.value)
    assert repr(str(path)) in str(raised.value)
    return str(raised.value)


def test_one_that_fits_is_worn(adapter: Make, tiny_gguf: Make) -> None:
    def odds(lora: Path | None) -> float:
        model = LlamaChat.load(tiny_gguf(), context=256, threads=1, lora=lora)
        found = model.odds(HELLO, ["a"], ["b"])
        model.close()
        return found

    both = ("attn_v", "attn_output")  # this model's attention has no values of its own
    assert odds(adapter(parts=both, strength=0.0)) == pytest.approx(odds(None))
    assert odds(adapter(parts=both)) != pytest.approx(odds(None))


def test_one_that_is_not_there(tiny_gguf: Make, tmp_path: Path) -> None:
    assert "there is no adapter" in problem(tmp_path / "none.gguf", tiny_gguf())
    assert "there is no adapter" in problem(tmp_path, tiny_gguf())


def test_what_is_no_gguf_file(tiny_gguf: Make, tmp_path: Path) -> None:
    path = tmp_path / "adapter.safetensors"
    path.write_bytes(b"nothing of the kind")
    assert "is not a GGUF file" in problem(path, tiny_gguf())


def test_a_model_is_no_adapter(tiny_gguf: Make) -> None:
    assert "no LoRA adapter" in problem(tiny_gguf("other.gguf"), tiny_gguf())


def test_one_cut_short(adapter: Make, tiny_gguf: Make) -> None:
    path = adapter()
    path.write_bytes(path.read_bytes()[:-100])
    assert "cut short" in problem(path, tiny_gguf())


def test_one_for_another_architecture(adapter: Make, tiny_gguf: Make) -> None:
    told = problem(adapter("qwen2"), tiny_gguf())
    assert "made for a 'qwen2' model" in told
    assert "is a 'llama'" in told


@pytest.mark.parametrize("other", [{"width": 64}, {"layers": 2}])
def test_one_for_other_dimensions(adapter: Make, tiny_gguf: Make, other: dict[str, int]) -> None:
    path = adapter(**other)
    with pytest.raises(ModelError) as raised:
        LlamaChat.load(tiny_gguf(), context=256, threads=1, lora=path)
    assert "of other dimensions" in str(raised.value)
    assert repr(str(path)) in str(raised.value)


@pytest.mark.integration
def test_a_real_model_writes_otherwise_with_one(adapter: Make) -> None:
    usual = platformdirs.user_cache_path("zhiku") / "models"
    folder = Path(os.environ.get("KB_MODELS_DIR") or usual)
    path = resolve("smollm2-135m", "chat", folder)

    def written(lora: Path | None) -> str:
        model = LlamaChat.load(path, context=256, lora=lora)
        text = str(model.invoke(HELLO, max_tokens=24).content)
        model.close()
        return text

    plain = written(None)
    assert written(adapter(width=576, layers=30, strength=0.0)) == plain
    assert written(adapter(width=576, layers=30, strength=0.2)) != plain
