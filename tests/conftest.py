"""Stand-ins for the models, small enough to reason about; each subclasses the real base."""

import json
import os
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
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

from ingest.sandbox import ReadingPool
from ingest.text import script
from llm import chat
from llm.prompts import one_messages

# What tests in a browser share, as `serving`.
sys.path.insert(0, str(Path(__file__).parent / "app" / "components"))

# What it is asked to find out what a model can do: the questions without an answer, and those to be
# translated, with words that a translation has to hold.
_PROBE = json.loads((Path(chat.__file__).parent / "probe_items.json").read_text("utf-8"))
UNANSWERABLE = [
    asked["question"]
    for items in _PROBE.values()
    for text in items["texts"]
    for asked in text["questions"]
    if asked["passage"] is None
]
TRANSLATED = {
    item["question"]: " ".join(words[0] for words in item["held"])
    for items in _PROBE.values()
    for item in items["to_translate"]
}
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--dropped", type=int, default=26, help="files dropped into the app at once")


class WordEmbedding(DeterministicFakeEmbedding):
    """The sum of random vectors of a text's words (Chinese: characters), of unit length.

    Texts that share words are near each other; two models with other `salt` agree on nothing.
    """

    size: int = 256
    salt: str = ""
    embedded: list[str] = Field(default_factory=list)
    queries: list[str] = Field(default_factory=list)

    def _vector(self, text: str) -> list[float]:
        spaced = "".join(f" {c} " if c > "\u2e80" else c if c.isalnum() else " " for c in text)
        words = [f"{self.salt}{word}" for word in spaced.lower().split()] or [self.salt]
        total = np.sum([self._get_embedding(self._get_seed(word)) for word in words], axis=0)
        return list(total / np.linalg.norm(total))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += texts
        return [self._vector(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        self.queries.append(text)
        return self._vector(text)


def _ones(n: int) -> list[list[BaseMessage]]:
    return [one_messages("", [], lang, n) for lang in ("zh", "en")]


class ScriptedChat(BaseChatModel):
    """Writes the given texts, one a call, word for word; counts a token for each `per` characters.

    Like the real one it stops when `cancel` is set and after `max_tokens` words. The odds of a
    yes are always `likely`, but for prompts that hold one of the texts of `odd`. What a passage
    answers by itself is that of `briefs` whose text it holds, else nothing; shown without the
    others it is that of `alone`.
    """

    texts: list[str] = Field(default_factory=list)
    context: int = 4096
    per: float = 4.0
    likely: float = 9.0
    odd: dict[str, float] = Field(default_factory=dict)
    briefs: dict[str, str] = Field(default_factory=dict)
    alone: dict[str, str] = Field(default_factory=dict)
    checks: list[list[BaseMessage]] = Field(default_factory=list)
    prompts: list[list[BaseMessage]] = Field(default_factory=list)
    written: int = 0
    calls: int = 0
    tokens_read: int = 0
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
        self._count(messages)
        if (brief := self._brief(messages)) is not None:
            yield ChatGenerationChunk(message=AIMessageChunk(content=brief))
            return
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

    def _count(self, messages: Sequence[BaseMessage]) -> None:
        self.calls += 1
        self.tokens_read += self.get_num_tokens_from_messages(messages)

    def _brief(self, messages: Sequence[BaseMessage]) -> str | None:
        """What a passage answers in a few words, None if the prompt does not ask for that."""
        said = str(messages[-1].content)
        for n in range(1, 60):
            if any(said.endswith(str(m[-1].content).rpartition("\n\n")[2]) for m in _ones(n)):
                block = said.partition(f"[{n}] ")[2].partition("\n\n")[0]
                alone = f"[{n}] " == said[: len(f"[{n}] ")] and n > 1  # no other passage before it
                briefs = {**self.briefs, **self.alone} if alone else self.briefs
                return next((b for held, b in briefs.items() if held in block), "none")
        return None

    can_judge: bool = True
    measured: chat.Profile = Field(default_factory=chat.Profile)
    can_reword: bool = True
    gives_odds: bool = True

    def odds(
        self,
        messages: Sequence[BaseMessage],
        yes: Sequence[str],
        no: Sequence[str],
        cancel: threading.Event | None = None,
    ) -> float:
        self._count(messages)
        self.checks.append(list(messages))
        said = str(messages[-1].content)
        asked = -1.0 if not no else 1.0  # of "none", which is as unlikely as a yes likely
        return asked * max(
            (odds for text, odds in self.odd.items() if text in said), default=self.likely
        )

    def close(self) -> None:
        self.closed = True


class ModelServer(ThreadingHTTPServer):
    """A server with OpenAI's chat interface on this machine, which does as a test says.

    It writes `words`, one a part, and knows when tea is served, but not who won the chess contest.
    Of what a probe asks it can tell what is answerable, and translate. `fault` is what goes wrong
    with the answers that follow; where odds are asked for all is well, unless `fault` begins with
    "at once ". Each token that it writes has a log-probability of -0.25.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), ModelHandler)
        self.words = ["Tea", " is", " at", " four", " [1]."]
        self.key: str | None = None
        self.model = "tea-7b"
        self.fault = ""
        self.refuses: dict[str, str] = {}  # what it says of a parameter it does not take, or ""
        self.counts = True
        self.usage: Any = {
            "prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10,
        }  # fmt: skip
        self.lists_odds = True
        self.likely: dict[str, float] | None = None  # tokens and odds to list, whatever is asked
        self.pause = 0.0  # seconds before each word
        self.requests: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.dropped = threading.Event()  # set when a client went away during an answer
        self.ends = threading.Event()  # set at the end of the test: nothing is waited for any more

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        self.dropped.set()


class ModelHandler(BaseHTTPRequestHandler):
    server: ModelServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append((dict(self.headers), body))
        server, told = self.server, f"Bearer {self.server.key}"
        if server.key and self.headers.get("Authorization") != told:
            self.reply(401, {"message": f"Incorrect API key: {self.headers.get('Authorization')}"})
        elif self.path != "/v1/chat/completions":
            self.reply(404, {"message": "Not Found"})
        elif body["model"] != server.model:
            self.reply(404, {"message": f"model {body['model']!r} not found"})
        elif wrong := [server.refuses[name] for name in body if name in server.refuses]:
            self.reply(*((400, {"message": wrong[0]}) if wrong[0] else (200, "")))
        else:
            fault = server.fault.removeprefix("at once ")
            probe = "logprobs" in body and fault == server.fault
            self.answer(body, "" if probe else fault)

    def answer(self, body: dict[str, Any], fault: str) -> None:
        if fault.isdigit():
            self.reply(int(fault), {"message": "as the test\x1b[2J says"})
        elif fault == "page":
            self.reply(200, "<html>Welcome</html>")
        elif fault == "redirect":
            self.reply(307, "", Location="http://192.0.2.1/v1/chat/completions")
        elif fault == "hang up":
            self.close_connection = True
        elif fault == "silence":
            self.server.ends.wait(20)
        else:
            self.stream(body, fault)

    def stream(self, body: dict[str, Any], fault: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        asked = str(body["messages"][-1]["content"])
        words = [TRANSLATED[asked]] if asked in TRANSLATED else self.server.words
        parts = words[: body.get("max_tokens", body.get("max_completion_tokens"))]
        for at, word in enumerate(parts):
            if at == 2 and fault == "cut":
                self.close_connection = True
                return
            if at == 2 and fault == "short":
                break
            if at == 2 and fault == "garbage":
                self.send("{not json")
            if at == 2 and fault == "inner":
                self.send(json.dumps({"error": {"message": "out of memory"}}))
            if self.server.pause and self.server.ends.wait(self.server.pause):
                return
            choice: dict[str, Any] = {"index": 0, "delta": {"content": word}}
            if body.get("logprobs") and self.server.lists_odds:
                likely = self.server.likely
                top = [
                    {"token": token, "logprob": value}
                    for token, value in (_likely(asked) if likely is None else likely).items()
                ]
                listed = {"token": word, "logprob": -0.25, "top_logprobs": top}
                choice["logprobs"] = {"content": [listed]}
            self.send(self.part([choice]))
        else:
            self.send(self.part([{"index": 0, "delta": {}, "finish_reason": "stop"}]))
            if self.server.counts and "stream_options" in body:
                self.send(self.part([], usage=self.server.usage))
            self.send("[DONE]")
        self.wfile.write(b"0\r\n\r\n")

    def part(self, choices: list[Any], **more: Any) -> str:
        kind = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "tea-7b"}
        return json.dumps({**kind, "choices": choices, **more})

    def send(self, data: str) -> None:
        line = f"data: {data}\n\n".encode()
        self.wfile.write(f"{len(line):x}\r\n".encode() + line + b"\r\n")
        self.wfile.flush()

    def reply(self, status: int, body: Any, **headers: str) -> None:
        is_text = isinstance(body, str)
        data = body.encode() if is_text else json.dumps({"error": body}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html" if is_text else "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


def _likely(asked: str) -> dict[str, float]:
    """What the server may begin with: a yes where the question has an answer, else a no."""
    unknown = any(question in asked for question in ("chess", "象棋", *UNANSWERABLE))
    yes, no = (-9.0, -0.1) if unknown else (-0.1, -9.0)
    words = (("有", "没有"), ("能", "不能")) if script(asked) == "zh" else (("yes", "no"),)
    return {"Tea": -9.5} | {word: odds for y, n in words for word, odds in ((y, yes), (n, no))}


@pytest.fixture
def model_server() -> Iterator[ModelServer]:
    with ModelServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.ends.set()
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
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
def readers() -> Iterator[ReadingPool]:
    """The processes that read documents, started once for all tests."""
    pool = ReadingPool({"PATH": os.environ["PATH"]})
    yield pool
    pool.close()


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
