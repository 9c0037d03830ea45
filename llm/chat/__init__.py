"""A model one can talk to: llama.cpp in this process, or a server."""

from llm.chat.address import Address
from llm.chat.counted import Counted
from llm.chat.llama import LlamaChat
from llm.chat.server import EndpointChat
from llm.chat.streamed import written

__all__ = ["Address", "Counted", "EndpointChat", "LlamaChat", "written"]
