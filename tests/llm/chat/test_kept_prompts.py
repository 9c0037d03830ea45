"""Prompts that were read before others: their beginnings are not read again."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from app.settings import Settings
from llm.chat import LlamaChat
from llm.models import resolve

Load = Callable[..., LlamaChat]
TRANSLATE = SystemMessage("t" * 120)
PASSAGES, OTHERS = SystemMessage("p" * 300), SystemMessage("o" * 300)
_TOKEN = 512  # bytes of a token's state in the tiny model, 128 keys and values of two bytes each


@pytest.fixture
def load(tiny_gguf: Callable[..., Path]) -> Iterator[Load]:
    """Load the model that writes the alphabet; a token is a byte."""
    made: list[LlamaChat] = []

    def make(**more: Any) -> LlamaChat:
        made.append(LlamaChat.load(tiny_gguf(), context=512, threads=1, **more))
        return made[-1]

    yield make
    for model in made:
        model.close()


def read(model: LlamaChat, *messages: BaseMessage, cancel: threading.Event | None = None) -> int:
    """How many tokens it reads of a prompt."""
    before = model.tokens_read
    model.odds(messages, ["a"], ["b"], cancel)
    return model.tokens_read - before


def test_a_translation_between_two_questions_makes_neither_read_again(load: Load) -> None:
    model = load()
    whole = [read(model, one, HumanMessage("one?")) for one in (TRANSLATE, PASSAGES)]
    assert whole[0] > 120
    assert whole[1] > 300
    for n in range(3):
        for one in (TRANSLATE, PASSAGES):
            assert read(model, one, HumanMessage(f"two, {n}?")) < 40


def test_what_was_written_does_not_change_what_is_kept(load: Load) -> None:
    model = load()
    first = model.invoke([PASSAGES, HumanMessage("one?")])
    model.invoke([OTHERS, HumanMessage("two?")])
    assert model.invoke([PASSAGES, HumanMessage("one?")]).content == first.content
    assert read(model, OTHERS, HumanMessage("two?")) == 1  # the last one, for the odds


def test_without_room_only_the_last_prompt_is_there(load: Load) -> None:
    for room in (0, 200 * _TOKEN):
        model = load(kept_bytes=room)
        whole = read(model, PASSAGES, HumanMessage("one?"))
        assert read(model, PASSAGES, HumanMessage("two?")) < 40
        assert read(model, OTHERS, HumanMessage("one?")) > 300
        assert read(model, PASSAGES, HumanMessage("one?")) == whole - len("system=")


def test_the_one_used_longest_ago_makes_room(load: Load) -> None:
    prompts = [SystemMessage(letter * 300) for letter in "pqr"]
    model = load(kept_bytes=800 * _TOKEN)  # two of them, beside the one it is at
    for prompt in (*prompts, prompts[0]):
        read(model, prompt, HumanMessage("?"))
    read(model, SystemMessage("s" * 300), HumanMessage("?"))
    assert read(model, prompts[0], HumanMessage("?")) == 1
    assert read(model, prompts[1], HumanMessage("?")) > 300


def test_what_was_read_before_a_stop_is_kept(load: Load) -> None:
    class Impatient(threading.Event):
        asked = 0

        def is_set(self) -> bool:
            self.asked += 1
            return self.asked > 2  # after two steps of 128 tokens

    model = load()
    assert read(model, PASSAGES, HumanMessage("one?"), cancel=Impatient()) == 256
    read(model, OTHERS, HumanMessage("one?"))
    assert read(model, PASSAGES, HumanMessage("one?")) < 100


@pytest.mark.integration
def test_the_replies_are_those_of_a_model_that_keeps_nothing() -> None:
    settings = Settings()
    path = resolve(settings.chat_model, "chat", settings.models_dir)
    leave = SystemMessage("Employees have 26 days of leave. Unused days end on 31 March. " * 8)
    trips = SystemMessage("差旅住宿每晚上限为600元，须在30日内报销。" * 12)
    asked = [
        (leave, "How many days of leave are there?"),
        (trips, "住宿每晚上限是多少？"),
        (leave, "When do unused days end?"),
        (trips, "多少天内报销？"),
        (leave, "How many days of leave are there?"),
    ]
    told = []
    for room in (0, 64 << 20):
        model = LlamaChat.load(path, context=1024, kept_bytes=room)
        replies = [
            str(model.invoke([about, HumanMessage(text)], max_tokens=24).text)
            for about, text in asked
        ]
        told.append((replies, model.tokens_read))
        model.close()
    assert told[0][0] == told[1][0]
    assert told[1][1] < 0.6 * told[0][1]
