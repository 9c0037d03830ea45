"""Marks of chat templates, written in a text: no server gets one that a text of others has."""

from collections.abc import Callable
from typing import Any

from langchain_core.messages import HumanMessage

from llm.chat import EndpointChat

Connect = Callable[..., EndpointChat]
MARKS = [
    "<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|start_header_id|>", "<|user|>",
    "<｜end▁of▁sentence｜>", "[INST]", "[/INST]", "<<SYS>>", "<</SYS>>", "<s>", "</s>", "<S>",
    "<start_of_turn>", "<end_of_turn>", "[SYSTEM_PROMPT]", "[/TOOL_RESULTS]",
]  # fmt: skip
OTHERS = [
    "600 < 700 > 500", "a<b", "a | b | c", "[1] (Title)", "<doc>", "if x <| y", "<strong>", "<|>",
]  # fmt: skip


def sent(model: EndpointChat, server: Any, text: str) -> str:
    model.invoke([HumanMessage(text)])
    return str(server.requests[-1][1]["messages"][0]["content"])


def test_a_mark_is_broken_wherever_it_stands(connect: Connect, model_server: Any) -> None:
    model = connect()
    for mark in MARKS:
        for text in (mark, f"一{mark}二", f"a {mark}{mark} b"):
            left = sent(model, model_server, text)
            assert mark not in left
            assert left.replace(" ", "") == text.replace(" ", "")


def test_other_text_is_left_as_it_is(connect: Connect, model_server: Any) -> None:
    model = connect()
    assert [sent(model, model_server, text) for text in OTHERS] == OTHERS
