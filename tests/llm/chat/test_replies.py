"""Replies that a program reads: held by a grammar where that works, checked where it does not."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from llm.chat import EndpointChat, LlamaChat, choose, lines

HELLO = [HumanMessage("Hello")]


@pytest.fixture
def model(tiny_gguf: Callable[..., Path]) -> Iterator[LlamaChat]:
    model = LlamaChat.load(tiny_gguf(), context=512, threads=1)
    yield model
    model.close()


def test_a_model_in_memory_can_only_say_what_it_may(model: LlamaChat) -> None:
    """It would write the alphabet."""
    assert choose(model, HELLO, ["list", "abacus", "表格"]) == "abacus"
    assert choose(model, HELLO, ['say "x"', "zebra\\n"]) in ('say "x"', "zebra\\n")
    assert model.calls == 2


def test_its_lines_are_lines(model: LlamaChat) -> None:
    assert lines(model, HELLO, 1) == ("abcdefghijklmnopqrstuvwxyz",)
    assert lines(model, HELLO, 2, max_tokens=3) == ("abc",)


def test_a_choice_is_known_with_marks_around_it(scripted_chat: Any) -> None:
    assert choose(scripted_chat(texts=["“Table.”\n"]), HELLO, ["table", "list"]) == "table"


def test_another_reply_is_asked_for_once_more(scripted_chat: Any) -> None:
    model = scripted_chat(texts=["I think a table", "table"])
    assert choose(model, HELLO, ["table", "list"]) == "table"
    wrong, demand = model.prompts[1][1:]
    assert wrong.content == "I think a table"
    assert "table / list" in demand.content


def test_after_two_other_replies_there_is_none(scripted_chat: Any) -> None:
    model = scripted_chat(texts=["perhaps", "who knows"])
    assert choose(model, HELLO, ["table", "list"]) is None
    assert model.calls == 2


def test_lines_have_to_match(scripted_chat: Any) -> None:
    model = scripted_chat(texts=["Sure!\nOne?", " One?\n\nTwo?\nThree?"])
    assert lines(model, HELLO, 2, r".+\?") == ("One?", "Two?")
    assert lines(scripted_chat(texts=["no", "none"]), HELLO, 2, r".+\?") == ()


def test_a_stopped_model_has_said_nothing(scripted_chat: Any) -> None:
    cancel = threading.Event()
    cancel.set()
    model = scripted_chat(texts=["table", "table"])
    assert choose(model, HELLO, ["table"], cancel) is None
    assert lines(model, HELLO, 2, cancel=cancel) == ()


def test_a_server_gets_the_grammar(connect: Callable[..., EndpointChat], model_server: Any) -> None:
    model = connect()
    model_server.words = ["table"]
    assert choose(model, HELLO, ["table", "list"]) == "table"
    assert model_server.requests[-1][1]["grammar"] == 'root ::= "table" | "list"'


@pytest.mark.parametrize("told", ["Unknown parameter: 'grammar'.", "no such thing here"])
def test_a_server_that_refuses_a_grammar_is_asked_without(
    connect: Callable[..., EndpointChat], model_server: Any, told: str
) -> None:
    model = connect()
    model_server.words, model_server.refuses = ["list"], {"grammar": told}
    model_server.requests.clear()
    for _ in range(2):
        assert choose(model, HELLO, ["table", "list"]) == "list"
    sent = ["grammar" in body for _, body in model_server.requests]
    assert sent == [True, False, False]  # it was remembered
    assert "max_tokens" in model_server.requests[-1][1]
