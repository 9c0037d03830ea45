"""A model's own chat template, applied to LangChain's messages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from llm.chat import LlamaChat
from llm.errors import ModelError

MakeGguf = Callable[..., Path]
PLAIN = "{% for m in messages %}[{{ m.role }}]{{ m.content }}{% endfor %}[assistant]"
NO_SYSTEM = (
    "{% if messages[0].role == 'system' %}{{ raise_exception('no system role') }}{% endif %}"
) + PLAIN
TALK = [SystemMessage("Be brief."), HumanMessage("Hi"), AIMessage("Hello"), HumanMessage("Bye")]


def text(tokens: list[int]) -> str:
    """What tokens of the tiny model stand for: two of them are marks, the others bytes."""
    marks = {1: b"<s>", 2: b"</s>"}
    said = b"".join(marks.get(token) or bytes([token - 3]) for token in tokens)
    return said.decode().replace("▁", " ")


@pytest.fixture
def render(tiny_gguf: MakeGguf) -> Callable[[str, list[BaseMessage]], str]:
    """Render messages with a template that a real file carries."""

    def make(template: str, messages: list[BaseMessage]) -> str:
        model = LlamaChat.load(tiny_gguf("template.gguf", template), context=256, threads=1)
        try:
            return text(model.prompt_tokens(messages))
        finally:
            model.close()

    return make


def test_roles_and_text_come_in_order(render: Any) -> None:
    expected = "[system]Be brief.[user]Hi[assistant]Hello[user]Bye[assistant]"
    assert render(PLAIN, TALK) == expected


def test_a_template_without_system_role_gets_it_in_the_first_question(render: Any) -> None:
    expected = "[user]Be brief.\n\nHi[assistant]Hello[user]Bye[assistant]"
    assert render(NO_SYSTEM, TALK) == expected


def test_a_template_that_refuses_everything_is_one_line(render: Any) -> None:
    with pytest.raises(ModelError, match="chat template refused the messages: no way"):
        render("{{ raise_exception('no way') }}", [HumanMessage("Hi")])


def test_a_model_that_can_think_first_is_told_not_to(render: Any) -> None:
    thinking = (
        PLAIN + "{% if enable_thinking is defined and not enable_thinking %}(quick){% endif %}"
    )
    assert render(thinking, [HumanMessage("Hi")]) == "[user]Hi[assistant](quick)"


def test_it_knows_the_model_s_own_begin_and_end(render: Any) -> None:
    assert render("{{ bos_token }}|{{ eos_token }}", [HumanMessage("Hi")]) == "<s>|</s>"


def test_a_template_cannot_reach_the_system(render: Any) -> None:
    escape = "{{ messages.__class__.__mro__[-1].__subclasses__() }}"
    with pytest.raises(ModelError, match="refused"):
        render(escape, [HumanMessage("Hi")])


def test_message_parts_of_text_are_joined(render: Any) -> None:
    parts = HumanMessage([{"type": "text", "text": "one "}, {"type": "text", "text": "two"}])
    assert render(PLAIN, [parts]) == "[user]one two[assistant]"


def test_what_stands_for_a_text_stands_for_none_when_a_text_has_it(render: Any) -> None:
    for odd in ("\ufdd00\ufdd1", "\ufdd01\ufdd1", "{{ messages }}"):
        talk = [HumanMessage(odd), HumanMessage("two")]
        assert render(PLAIN, talk) == f"[user]{odd}[user]two[assistant]"
