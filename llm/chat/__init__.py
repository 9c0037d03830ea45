"""A model one can talk to: llama.cpp in this process, or a server."""

from llm.chat.address import Address
from llm.chat.counted import CountedChat
from llm.chat.llama import LlamaChat
from llm.chat.logprobs import TokenLogprob, token_logprobs
from llm.chat.server import EndpointChat
from llm.chat.streamed import complete

__all__ = [
    "Address",
    "CountedChat",
    "EndpointChat",
    "LlamaChat",
    "TokenLogprob",
    "complete",
    "token_logprobs",
]
