"""Chat models behind a server on this machine."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from llm.address import Address
from llm.chat import EndpointChat

Connect = Callable[..., EndpointChat]


@pytest.fixture
def connect(model_server: Any) -> Iterator[Connect]:
    """Connect to the server; what was connected is closed with the test."""
    made: list[EndpointChat] = []

    def make(url: str = model_server.url, key: str | None = None, **more: Any) -> EndpointChat:
        secret = None if key is None else SecretStr(key)
        more = {"model": "tea-7b", "context": 4096, **more}
        made.append(EndpointChat.connect(Address.parse(url), key=secret, **more))
        return made[-1]

    yield make
    for model in made:
        model.close()
