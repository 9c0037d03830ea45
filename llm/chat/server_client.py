"""The client of a model server: LangChain's, kept from saying more than the question."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from llm.address import Address

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI
    from openai import Timeout

_CONNECT = 10.0  # seconds for a connection
_MOST_TOKENS = 1 << 53  # a larger number is no count
_NO_KEY = "none"  # the library wants one; it is taken out again before anything is sent


def timeout(patience: float) -> Timeout:
    """Return what lets a server be silent for `patience` seconds."""
    import openai

    return openai.Timeout(patience, connect=min(_CONNECT, patience))


def client(address: Address, model: str, key: SecretStr | None) -> ChatOpenAI:
    """Return the client; how long it waits is said with each request.

    No redirect is followed, so that what is sent stays with the host that was named, and no proxy
    comes between this machine and itself. The library's report of the operating system, processor
    and Python version is not sent, nor an organisation that its own variables name. What comes back
    is bounded, and not packed, as a few bytes may unpack to gigabytes.
    """
    from langchain_openai import ChatOpenAI

    from llm.chat.server_limits import BoundedClient

    class CountedChat(ChatOpenAI):
        """LangChain's, which takes a count of tokens that is none for an error of the answer."""

        def _convert_chunk_to_generation_chunk(self, chunk: dict[str, Any], *more: Any) -> Any:
            usage = _counted(chunk.get("usage"))
            return super()._convert_chunk_to_generation_chunk({**chunk, "usage": usage}, *more)

    async def strip(request: Any) -> None:
        for name in list(request.headers):
            if name.lower().startswith(("x-stainless-", "openai-")):
                del request.headers[name]
        request.headers["User-Agent"] = "zhiku"
        request.headers["Accept-Encoding"] = "identity"
        if key is None:
            del request.headers["Authorization"]

    return CountedChat(
        model=model,
        base_url=address.url,
        api_key=key or SecretStr(_NO_KEY),
        max_retries=0,  # a person sees at once what is wrong, and asks again
        stream_chunk_timeout=None,  # the timeout of the connection is enough
        use_responses_api=False,  # other servers do not have it
        openai_proxy=None,
        http_socket_options=(),
        http_async_client=BoundedClient(
            follow_redirects=False,
            trust_env=not address.local,
            event_hooks={"request": [strip]},
        ),
    )


async def closed(chat: ChatOpenAI) -> AsyncGenerator[None, None]:
    """Close the connections of a client, in the loop that they belong to."""
    await chat.root_async_client.close()
    yield


def _counted(usage: object) -> dict[str, Any] | None:
    """Return the tokens that a server says it read and wrote, None where these are no counts.

    Those that it had in memory are kept apart, where it tells them.
    """
    if not isinstance(usage, dict):
        return None
    read, written = (_count(usage.get(name)) for name in ("prompt_tokens", "completion_tokens"))
    if read is None or written is None:
        return None
    details = usage.get("prompt_tokens_details")
    kept = _count(details.get("cached_tokens")) if isinstance(details, dict) else None
    counted: dict[str, Any] = {"prompt_tokens": read, "completion_tokens": written}
    if kept is not None and kept <= read:
        counted["prompt_tokens_details"] = {"cached_tokens": kept}
    return counted


def _count(value: object) -> int | None:
    return value if type(value) is int and 0 <= value < _MOST_TOKENS else None
