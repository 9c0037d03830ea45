"""What can go wrong with a model server, each as one line that says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.text import collapsed
from llm.address import Address
from llm.errors import ModelError

_LONGEST = 200  # characters of what a server says that are repeated
_OVERFLOW = ("context length", "context window", "context size", "context_length", "too long")


class UnsupportedError(ModelError):
    """The server understood, and will not do what was asked: a parameter, a size, a feature."""


class LimitError(Exception):
    """The server sends too much or for too long; the message says what it did."""


@dataclass(frozen=True)
class Explainer:
    """Puts what the client library raises into words; `key` is never part of them."""

    address: Address
    model: str
    key: str | None = field(repr=False)

    def explain(self, error: BaseException, *, begun: bool, waited: float) -> ModelError:
        """Return the line for an error.

        `begun` says whether part of the answer had come, `waited` how many seconds a server may be
        silent.
        """
        import openai

        if isinstance(error, openai.APIStatusError):
            return self._of_status(error.status_code, self._told(error))
        below = (error, *_causes(error))  # the library takes what fails for a lost connection
        if broken := next((e for e in below if isinstance(e, LimitError)), None):
            return self.beyond(str(broken))
        if any(isinstance(e, openai.APITimeoutError | TimeoutError) for e in below):
            return self._of_silence(error, waited)
        if isinstance(error, openai.APIConnectionError):
            if begun:
                return self.cut_off()
            why = self._clean(" ".join(str(e) for e in list(_causes(error))[-1:]))
            return ModelError(
                f"the model server {self._host} cannot be reached"
                f"{f' ({why})' if why else ''}: start it, or correct KB_LLM_BASE_URL",
                "server-unreachable",
                host=self._host,
                why=f" ({why})" if why else "",
            )
        if isinstance(error, openai.APIError):  # an error that comes inside a stream
            return self._of_status(500, self._told(error))
        return self.no_answer()

    def beyond(self, what: str) -> ModelError:
        """Return the line for a server that breaks a limit; `what` says what it did."""
        return ModelError(
            f"the model server {self._host} {what}: see whether KB_LLM_BASE_URL is the right "
            "address, and look into its log",
            "server-beyond",
            host=self._host,
        )

    def cut_off(self) -> ModelError:
        """Return the line for an answer that ended in its middle."""
        return ModelError(
            f"the model server {self._host} broke off in the middle of its answer: ask again, and "
            "look into its log if that goes on",
            "server-broke-off",
            host=self._host,
        )

    def no_answer(self) -> ModelError:
        """Return the line for an empty reply, or one that makes no sense.

        llama_cpp.server ends a stream without a word whatever went wrong, a long prompt as well.
        """
        return UnsupportedError(
            f"{self._host} sent nothing that is an answer: look into its log; KB_LLM_BASE_URL must "
            "be the address of an OpenAI-compatible server, often ending in /v1, and "
            "KB_CONTEXT_TOKENS no more than it takes",
            "server-no-answer",
            host=self._host,
        )

    @property
    def _host(self) -> str:
        return self.address.url

    def _of_status(self, status: int, told: str) -> ModelError:
        said = f": {told}" if told else ""
        if status in (401, 403):  # what is said then may repeat a part of the key
            missing = "wants a key: set KB_LLM_API_KEY"
            refused = f"refuses the key of KB_LLM_API_KEY ({status}): correct it"
            return ModelError(
                f"the model server {self._host} {refused if self.key else missing}",
                "server-key-refused" if self.key else "server-key-missing",
                host=self._host,
            )
        if status == 404:
            return ModelError(
                f"the model server {self._host} has no model {self.model!r} (404{said}): correct "
                "KB_LLM_MODEL, or KB_LLM_BASE_URL if there is no such address",
                "server-no-model",
                host=self._host,
                model=self.model,
                said=said,
            )
        if 300 <= status < 400:
            return ModelError(
                f"{self._host} sends to another address ({status}), where nothing is sent: put "
                "the final address into KB_LLM_BASE_URL",
                "server-redirects",
                host=self._host,
                status=status,
            )
        if status == 429:
            return ModelError(
                f"the model server {self._host} takes no more questions now (429{said}): wait, or "
                "look at the limits of the account",
                "server-busy",
                host=self._host,
                said=said,
            )
        if any(mark in told.lower() for mark in _OVERFLOW):
            return UnsupportedError(
                f"the prompt is too long for the model server {self._host} ({status}{said}): set "
                "KB_CONTEXT_TOKENS to what it takes",
                "server-prompt-long",
                host=self._host,
                status=status,
                said=said,
            )
        kind = UnsupportedError if status in (400, 422, 500, 501) else ModelError
        return kind(
            f"the model server {self._host} failed ({status}{said}): look into its log, and ask "
            "again",
            "server-failed",
            host=self._host,
            status=status,
            said=said,
        )

    def _of_silence(self, error: BaseException, waited: float) -> ModelError:
        if any("ConnectTimeout" in type(e).__name__ for e in _causes(error)):
            return ModelError(
                f"the model server {self._host} cannot be reached (no connection in time): start "
                "it, or correct KB_LLM_BASE_URL",
                "server-unreachable",
                host=self._host,
                why="",
            )
        return ModelError(
            f"the model server {self._host} said nothing for {waited:.0f} seconds: see "
            "whether it is busy, ask again, or take a smaller model",
            "server-silent",
            host=self._host,
            seconds=round(waited),
        )

    def _told(self, error: BaseException) -> str:
        """Return what the server said of an error; nothing of a page made for a browser."""
        body = getattr(error, "body", None)
        if isinstance(body, dict):
            body = body.get("message") or body.get("detail") or body.get("error") or ""
        text = str(body or "")
        return "" if text.lstrip().startswith("<") else self._clean(text)

    def _clean(self, text: str) -> str:
        """Return a server's words as one short line, without the key or what moves a cursor."""
        if self.key:
            text = text.replace(self.key, "…")
        shown = "".join(c if c.isprintable() else " " for c in text)
        shown = collapsed(shown)
        return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield what an error came from, the nearest first."""
    below = error.__cause__
    while below is not None:
        yield below
        below = below.__cause__
