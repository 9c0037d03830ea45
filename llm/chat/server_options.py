"""What a request says to a model server beside the messages, without what that server refuses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# Parameters that some servers or models refuse and that an answer can do without.
# Of `max_tokens` OpenAI has a newer name, which it wants for some models and others do not know.
_OPTIONAL = ("temperature", "top_p", "seed", "stream_options", "max_tokens")
_EXTRA = {"grammar", "logprobs"}
_QUOTED = re.compile(r"['\"`](\w+)['\"`]")
_HEAD = 400  # characters of a refusal that are about it; a prompt repeated below may name anything


class ServerOptions:
    """The parameters of requests to one server; one that it refused is left out from then on."""

    def __init__(self) -> None:
        self._refused: set[str] = set()

    def of(self, most: int, sampling: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
        """Return what ChatOpenAI is called with for a reply of at most `most` tokens."""
        options = {"stream_usage": "stream_options" not in self._refused, **sampling, **more}
        options = {k: v for k, v in options.items() if k not in self._refused}
        # What OpenAI does not have, or has under another name, and its client does not know.
        body = {"grammar": options.pop("grammar")} if "grammar" in options else {}
        if "max_tokens" in self._refused:
            options["max_tokens"] = most  # which ChatOpenAI sends under its newer name
        else:
            body["max_tokens"] = most
        return options | {"extra_body": body}

    def leave_out(self, told: str, more: Mapping[str, Any]) -> bool:
        """Note which parameter a refusal is about; tell whether it is worth another request.

        `more` is what was asked for beside the usual. Of it a grammar can be done without, and the
        odds of what is written; where the refusal names nothing, they are taken for its cause.
        """
        # With `top_logprobs` the odds are all that is wanted.
        extra = set[str]() if "top_logprobs" in more else _EXTRA & more.keys()
        quoted = set(_QUOTED.findall(told[:_HEAD]))
        named = {p for p in (*_OPTIONAL, *extra) if p in quoted} - self._refused
        named = named or extra - self._refused
        self._refused |= named
        return bool(named)
