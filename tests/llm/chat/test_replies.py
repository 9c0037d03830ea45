"""Replies of one line: held by a grammar where that works, checked where it does not."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from llm.chat import EndpointChat, LlamaChat, one_line

HELLO = [HumanMessage("Hello")]


def test_a_model_in_memory_writes_one_line(tiny_gguf: Callable[..., Path]) -> None:
    model = LlamaChat.load(tiny_gguf(), context=512, threads=1)
    assert one_line(model, HELLO, 64) == "abcdefghijklmnopqrstuvwxyz"
    assert one_line(model, HELLO, 3) == "abc"
    model.close()


@pytest.mark.parametrize(
    ("reply", "line"), [(" One?\n\n", "One?"), ("Sure!\nOne?", ""), ("", ""), ("\n \n", "")]
)
def test_a_reply_of_several_lines_is_none(scripted_chat: Any, reply: str, line: str) -> None:
    assert one_line(scripted_chat(texts=[reply]), HELLO, 64) == line


def test_a_stopped_model_has_said_nothing(scripted_chat: Any) -> None:
    cancel = threading.Event()
    cancel.set()
    assert one_line(scripted_chat(texts=["table"]), HELLO, 64, cancel) == ""


def test_a_server_gets_the_grammar(connect: Callable[..., EndpointChat], model_server: Any) -> None:
    model = connect()
    model_server.words = ["table"]
    assert one_line(model, HELLO, 64) == "table"
    assert model_server.requests[-1][1]["grammar"].startswith("root ::= ")


@pytest.mark.parametrize("told", ["Unknown parameter: 'grammar'.", "no such thing here"])
def test_a_server_that_refuses_a_grammar_is_asked_without(
    connect: Callable[..., EndpointChat], model_server: Any, told: str
) -> None:
    model = connect()
    model_server.words, model_server.refuses = ["list"], {"grammar": told}
    model_server.requests.clear()
    for _ in range(2):
        assert one_line(model, HELLO, 64) == "list"
    sent = ["grammar" in body for _, body in model_server.requests]
    assert sent == [True, False, False]  # it was remembered
    assert "max_tokens" in model_server.requests[-1][1]
