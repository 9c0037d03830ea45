"""Stand-ins for the models, small enough to reason about; each subclasses the real base."""

import struct
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding
from langchain_core.language_models.chat_models import BaseChatModel, generate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import Field
from tokenizers import Regex, Tokenizer, models, pre_tokenizers

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class WordEmbedding(DeterministicFakeEmbedding):
    """The sum of random vectors of a text's words (Chinese: characters), of unit length.

    Texts that share words are near each other; two models with other `salt` agree on nothing.
    """

    size: int = 256
    salt: str = ""
    embedded: list[str] = Field(default_factory=list)

    def _vector(self, text: str) -> list[float]:
        spaced = "".join(f" {c} " if c > "\u2e80" else c if c.isalnum() else " " for c in text)
        words = [f"{self.salt}{word}" for word in spaced.lower().split()] or [self.salt]
        total = np.sum([self._get_embedding(self._get_seed(word)) for word in words], axis=0)
        return list(total / np.linalg.norm(total))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += texts
        return [self._vector(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self._vector(text)


class ScriptedChat(BaseChatModel):
    """Writes the given texts, one a call, word for word; counts a token for each `per` characters.

    Like the real one it stops when `cancel` is set and after `max_tokens` words. The odds of a
    yes are always `likely`.
    """

    texts: list[str] = Field(default_factory=list)
    context: int = 4096
    per: float = 4.0
    likely: float = 9.0
    checks: list[list[BaseMessage]] = Field(default_factory=list)
    prompts: list[list[BaseMessage]] = Field(default_factory=list)
    written: int = 0
    closed: bool = False

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def get_num_tokens(self, text: str) -> int:
        return int(len(text) / self.per) + 1

    def get_num_tokens_from_messages(
        self, messages: Sequence[BaseMessage], tools: Sequence[Any] | None = None
    ) -> int:
        return sum(self.get_num_tokens(str(m.text)) + 4 for m in messages)

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        return generate_from_stream(self._stream(messages, *args, **kwargs))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: Any = None,
        *,
        cancel: threading.Event | None = None,
        max_tokens: int | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        self.prompts.append(messages)
        tokens, written = self.get_num_tokens_from_messages(messages), 0
        for word in self.texts[len(self.prompts) - 1].split(" ")[:max_tokens]:
            if cancel and cancel.is_set():
                break
            written += 1
            self.written += 1
            text = word if written == 1 else f" {word}"
            yield ChatGenerationChunk(message=AIMessageChunk(content=text))
        usage = UsageMetadata(
            input_tokens=tokens, output_tokens=written, total_tokens=tokens + written
        )
        yield ChatGenerationChunk(message=AIMessageChunk(content="", usage_metadata=usage))

    can_judge: bool = True

    def odds(
        self,
        messages: Sequence[BaseMessage],
        yes: Sequence[str],
        no: Sequence[str],
        cancel: threading.Event | None = None,
    ) -> float:
        self.checks.append(list(messages))
        return self.likely

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def word_embedding() -> type[WordEmbedding]:
    return WordEmbedding


@pytest.fixture
def scripted_chat() -> type[ScriptedChat]:
    return ScriptedChat


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    """One token for each Latin word or number, and for each other character; spaces are none."""
    tokenizer = Tokenizer(models.WordLevel({"?": 0}, unk_token="?"))  # noqa: S106
    words = pre_tokenizers.Split(Regex(r"[A-Za-z]+|\d+|[^\sA-Za-z\d]"), "removed", invert=True)
    tokenizer.pre_tokenizer = words
    return tokenizer


@pytest.fixture(scope="session")
def tiny_gguf(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Write a chat model of 0.6 MB that llama.cpp loads: after ":" it writes a to z, and ends.

    One token is one byte; its chat template writes `role=content` lines, then "assistant:".
    """
    folder = tmp_path_factory.mktemp("gguf")
    usual = "{% for m in messages %}{{ m.role }}={{ m.content }}\n{% endfor %}assistant:"

    def make(
        name: str = "tiny.gguf", template: str = usual, context: int = 512, sure: float = 1.0
    ) -> Path:
        path = folder / name
        path.write_bytes(_gguf(template, context, sure))
        return path

    return make


def _gguf(template: str, context: int, sure: float) -> bytes:
    """Describe the model in GGUF's own format; the weights say nothing but which byte follows."""
    pieces = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256))]
    wide, inner = 128, 32
    chain = dict(zip(":" + LETTERS, LETTERS, strict=False))
    follows = {3 + ord(one): 3 + ord(other) for one, other in chain.items()} | {3 + ord("z"): 2}
    embedding = np.random.default_rng(0).normal(size=(len(pieces), wide)).astype("<f4")
    embedding /= np.linalg.norm(embedding, axis=1, keepdims=True)
    output = np.zeros((len(pieces), wide), "<f4")
    output[list(follows.values())] = sure * embedding[list(follows)]
    output[3 + ord("y")] += 0.3 * sure * embedding[3 + ord(":")]  # rather yes than no
    ones, square = np.ones(wide, "<f4"), np.zeros((wide, wide), "<f4")
    tensors = {
        "token_embd": embedding, "output_norm": ones, "output": output,
        "blk.0.attn_norm": ones, "blk.0.attn_q": square, "blk.0.attn_k": square,
        "blk.0.attn_v": square, "blk.0.attn_output": square, "blk.0.ffn_norm": ones,
        "blk.0.ffn_gate": square[:inner], "blk.0.ffn_up": square[:inner],
        "blk.0.ffn_down": square[:, :inner],
    }  # fmt: skip
    kinds = [2, 3, 3] + [6] * 256  # unknown, control, control, bytes
    entries = [
        _entry("general.architecture", "llama"),
        _entry("llama.context_length", context),
        _entry("llama.embedding_length", wide),
        _entry("llama.block_count", 1),
        _entry("llama.feed_forward_length", inner),
        _entry("llama.attention.head_count", 4),
        _entry("llama.attention.layer_norm_rms_epsilon", 1e-5),
        _entry("tokenizer.ggml.model", "llama"),
        _array("tokenizer.ggml.tokens", 8, [_text(piece) for piece in pieces]),
        _array("tokenizer.ggml.scores", 6, [struct.pack("<f", 0)] * len(pieces)),
        _array("tokenizer.ggml.token_type", 5, [struct.pack("<i", kind) for kind in kinds]),
        _entry("tokenizer.ggml.bos_token_id", 1),
        _entry("tokenizer.ggml.eos_token_id", 2),
        _entry("tokenizer.ggml.add_space_prefix", False),
        *([_entry("tokenizer.chat_template", template)] if template else []),
    ]
    heads, data = b"", b""
    for name, values in tensors.items():
        shape = struct.pack(f"<I{values.ndim}Q", values.ndim, *values.shape[::-1])
        heads += _text(f"{name}.weight") + shape + struct.pack("<IQ", 0, len(data))
        data += values.tobytes()
    head = struct.pack("<4sIQQ", b"GGUF", 3, len(tensors), len(entries))
    head += b"".join(entries) + heads
    return head + b"\0" * (-len(head) % 32) + data


def _text(value: str) -> bytes:
    return struct.pack("<Q", len(value.encode())) + value.encode()


def _entry(key: str, value: str | float | bool) -> bytes:
    if isinstance(value, str):
        return _text(key) + struct.pack("<I", 8) + _text(value)
    kind, layout = (7, "?") if isinstance(value, bool) else (6, "f")
    if type(value) is int:
        kind, layout = 4, "I"
    return _text(key) + struct.pack(f"<I{layout}", kind, value)


def _array(key: str, kind: int, items: Sequence[bytes]) -> bytes:
    return _text(key) + struct.pack("<IIQ", 9, kind, len(items)) + b"".join(items)
