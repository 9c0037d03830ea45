"""A LangChain chat model over llama.cpp."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import InputTokenDetails, UsageMetadata
from langchain_core.outputs import ChatGenerationChunk
from pydantic import PrivateAttr

from llm.chat.decoding import Written, decode
from llm.chat.kept_prompts import KEPT_BYTES, KeptPrompts
from llm.chat.logits import odds
from llm.chat.logprobs import as_metadata
from llm.chat.prompt_tokens import PromptTokens
from llm.chat.streamed import StreamedChat
from llm.chat.template import ChatTemplate
from llm.errors import ModelError
from llm.machine import this_machine
from llm.models import check_adapter, check_complete, context_length, misfit

# The prompt is read in steps, so that a stop is noticed within about a second on two cores
# (150 tokens/s) and not after a prompt of several thousand tokens.
READ_STEP = 128


class LlamaChat(StreamedChat):
    """Chat with a GGUF model; one request at a time, as llama.cpp is not safe for two threads.

    `stream` and `invoke` also take `cancel=threading.Event()`, which stops the model between two
    tokens when it is set, `max_tokens`, `grammar` (GBNF, to which every reply keeps; ValueError if
    it is none) and `logprobs=True`, after which `token_logprobs` tells how sure it was of each
    token, and `begun`, the text of a reply that was broken off, behind which it goes on. The usage
    counts as `cache_read` what it had in memory of the prompt, of the one before or of others.

    Example:
        model = LlamaChat.load(Path("model.gguf"), context=4096)
        for chunk in model.stream([("user", "Hello")]):
            print(chunk.content, end="")
    """

    model: str = "model.gguf"

    _llama: Any = PrivateAttr()
    _template: ChatTemplate = PrivateAttr()
    _prompt_tokens: PromptTokens = PrivateAttr()
    _kept: KeptPrompts = PrivateAttr()
    _step: int = PrivateAttr(READ_STEP)
    _lock: threading.Lock = PrivateAttr(default_factory=threading.Lock)

    @classmethod
    def load(
        cls,
        path: Path,
        *,
        context: int,
        threads: int = 0,
        read_threads: int = 0,
        step: int = READ_STEP,
        gpu_layers: int = -1,
        lora: Path | None = None,
        kept_bytes: int = KEPT_BYTES,
        **sampling: Any,
    ) -> LlamaChat:
        """Load a GGUF file with its own chat template, and the adapter `lora` on top of it.

        `context` is in tokens and cut to what the model was trained for; `threads` 0 takes all
        cores, `read_threads`, for prompts, 0 as many; prompts are read in steps of `step` tokens.
        Of those read before, `kept_bytes` stay in memory at most.
        Raises ModelError if llama.cpp cannot load the file or it has no chat template, or
        if the adapter is not one for this model.
        """
        import llama_cpp

        metadata = check_complete(path)
        if lora is not None:
            check_adapter(lora, path, metadata)
        gpu = gpu_layers != 0 and llama_cpp.llama_supports_gpu_offload()
        trained = context_length(metadata) or context
        try:
            llama = llama_cpp.Llama(
                str(path),
                n_ctx=min(context, trained),
                n_batch=512,
                n_threads=threads or os.cpu_count(),
                n_threads_batch=read_threads or threads or os.cpu_count(),
                n_gpu_layers=gpu_layers,
                use_mmap=this_machine().maps_weights(path.stat().st_size, on_card=gpu),
                lora_path=None if lora is None else str(lora),
                verbose=False,
            )
        except (ValueError, RuntimeError, OSError) as error:
            raise ModelError(
                f"llama.cpp cannot load {str(path)!r} ({error}): it may be damaged, of a kind "
                "this version does not know, or need more memory; try `kb models verify` or "
                "another model",
                "model-unloadable",
                file=str(path),
            ) from error
        # llama-cpp-python 0.3.36 looks for None, gets a null pointer, and would crash with it.
        if lora is not None and not llama._lora_adapter:
            llama.close()
            raise misfit(lora, path)
        # One token, so that the weights are read from the disk now and not with the first question.
        llama.eval(llama.tokenize(b"\n", False, False))
        llama.reset()  # type: ignore[no-untyped-call]
        model = cls(model=path.name, context=int(llama.n_ctx()), **sampling)
        model._llama = llama
        model._template = ChatTemplate.from_llama(llama, path)
        model._prompt_tokens = PromptTokens(llama)
        model._kept = KeptPrompts(llama, kept_bytes)
        model._step = step
        return model

    @property
    def loaded(self) -> Any:
        """The `llama_cpp.Llama` behind it, for what measures it."""
        return self._llama

    @property
    def _llm_type(self) -> str:
        return "llama.cpp"

    def get_token_ids(self, text: str) -> list[int]:
        """Return the tokens of a text by the model's own tokenizer."""
        return list(self._llama.tokenize(text.encode("utf-8", "replace"), False, False))

    def get_num_tokens_from_messages(
        self, messages: Sequence[BaseMessage], tools: Sequence[Any] | None = None
    ) -> int:
        """Return the number of tokens of a whole prompt, the chat template's own included."""
        return len(self.prompt_tokens(messages))

    def prompt_tokens(self, messages: Sequence[BaseMessage]) -> list[int]:
        """Return the tokens of a whole prompt; a control token is of the chat template alone."""
        return self._prompt_tokens(self._template.render(messages))

    def _fitting(self, messages: Sequence[BaseMessage], begun: Sequence[int] = ()) -> list[int]:
        """Return the tokens of a prompt, and of a reply begun, that leave room for one more."""
        tokens = [*self.prompt_tokens(messages), *begun]
        if len(tokens) >= self.context:
            raise ModelError(
                f"the prompt has {len(tokens)} tokens and the model's context {self.context}; "
                "ask a shorter question or raise KB_CONTEXT_TOKENS",
                "question-too-long",
                tokens=self.context,
            )
        return tokens

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        *,
        cancel: threading.Event | None = None,
        max_tokens: int | None = None,
        grammar: str | None = None,
        logprobs: bool = False,
        begun: str = "",
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        cancel = cancel or threading.Event()
        with self._lock:
            before = self.get_token_ids(begun) if begun else []
            tokens = self._fitting(messages, before)
            read, kept = self._read(tokens, cancel)
            pieces: Iterable[Written] = ()  # stopped while it read, it writes nothing
            if read == len(tokens):
                pieces = decode(
                    self._llama,
                    tokens,
                    begun=before,
                    most=min(max_tokens or self.max_tokens, self.context - len(tokens)),
                    stops=[*(stop or []), *self._template.stops],
                    grammar=grammar,
                    logprobs=logprobs,
                    temperature=self.temperature,
                    top_p=self.top_p,
                    seed=self.seed,
                )
            written = 0
            for piece in pieces:
                written += piece.count
                told = as_metadata(piece.tokens) if logprobs else {}
                message = AIMessageChunk(content=piece.text, response_metadata=told)
                chunk = ChatGenerationChunk(message=message)
                if run_manager:
                    run_manager.on_llm_new_token(piece.text, chunk=chunk)
                yield chunk
                if cancel.is_set():
                    break
            usage = UsageMetadata(
                input_tokens=read,
                output_tokens=written,
                total_tokens=read + written,
                input_token_details=InputTokenDetails(cache_read=kept),
            )
            yield ChatGenerationChunk(message=AIMessageChunk(content="", usage_metadata=usage))

    def odds(
        self,
        messages: Sequence[BaseMessage],
        yes: Sequence[str],
        no: Sequence[str],
        cancel: threading.Event | None = None,
    ) -> float:
        """Return the odds as `StreamedChat.odds` says."""
        with self._lock:
            return odds(self._llama, yes, no) if self._read_whole(messages, cancel) else 0.0

    def _read_whole(self, messages: Sequence[BaseMessage], cancel: threading.Event | None) -> bool:
        """Read the prompt to its last token; tell whether it was not stopped before."""
        tokens = self._fitting(messages)
        read, _ = self._read(tokens, cancel or threading.Event())
        if read < len(tokens):
            return False
        self._llama.eval(tokens[-1:])
        return True

    def _read(self, tokens: list[int], cancel: threading.Event) -> tuple[int, int]:
        """Read the prompt but its last token, without the beginning that was read already.

        Returns how many tokens were given to the model, and how many of these it had in memory. The
        last one, which is read by whoever asked, counts as given unless the reading was stopped;
        stopped before anything was read, nothing was given.
        """
        llama = self._llama
        if cancel.is_set():
            return 0, 0
        kept = self._kept.begin(tokens)
        self._calls += 1
        for at in range(kept, len(tokens) - 1, self._step):
            if at > kept and cancel.is_set():
                return at, kept
            step = tokens[at : min(at + self._step, len(tokens) - 1)]
            llama.eval(step)
            self._tokens_read += len(step)
        if len(tokens) - 1 > kept and cancel.is_set():
            return len(tokens) - 1, kept
        self._tokens_read += 1
        return len(tokens), kept

    def close(self) -> None:
        """Free the model's memory."""
        with self._lock:
            self._llama.close()
