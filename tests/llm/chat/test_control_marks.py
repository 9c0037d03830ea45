"""Marks of chat templates, written in a text."""

import pytest

from llm.chat.control_marks import without_control_marks

MARKS = [
    "<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|start_header_id|>", "<|user|>",
    "<｜end▁of▁sentence｜>", "[INST]", "[/INST]", "<<SYS>>", "<</SYS>>", "<s>", "</s>", "<S>",
    "<start_of_turn>", "<end_of_turn>", "[SYSTEM_PROMPT]", "[/TOOL_RESULTS]",
]  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_broken_wherever_it_stands(mark: str) -> None:
    for text in (mark, f"一{mark}二", f"a {mark}{mark} b"):
        assert mark not in without_control_marks(text)
        assert without_control_marks(text).replace(" ", "") == text.replace(" ", "")
        assert without_control_marks(without_control_marks(text)) == without_control_marks(text)


@pytest.mark.parametrize(
    "text",
    ["600 < 700 > 500", "a<b", "a | b | c", "[1] (Title)", "<doc>", "if x <| y", "<strong>", "<|>"],
)
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert without_control_marks(text) == text


def test_the_marks_of_a_model_are_broken_too() -> None:
    assert without_control_marks(
        "<reserved_106>a<reserved_1>", ["<reserved_1>", "<reserved_106>"]
    ) == ("< reserved_106>a< reserved_1>")
