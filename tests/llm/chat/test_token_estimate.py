"""Token counts without a tokenizer stay above those of one, and not too far."""

from collections.abc import Callable
from pathlib import Path

import pytest
from langchain_core.messages import HumanMessage, SystemMessage

from app.settings import Settings
from llm.chat import EndpointChat
from llm.models import resolve

Connect = Callable[..., EndpointChat]
ROOT = Path(__file__).parents[3]
TEXTS = [ROOT / "README.md", ROOT / "README.zh.md", *(ROOT / "data" / "samples").rglob("*.md")]


def test_each_kind_of_character_counts(connect: Connect) -> None:
    counted = map(connect().get_num_tokens, ("", "tea", "2026", "差旅住宿", "| - |"))
    assert list(counted) == [0, 2, 4, 5, 4]


def test_a_prompt_has_room_for_its_template(connect: Connect) -> None:
    model = connect()
    messages = [SystemMessage("Be brief."), HumanMessage("When is tea served?")]
    alone = sum(model.get_num_tokens(str(m.text)) for m in messages)
    one, both = (model.get_num_tokens_from_messages(messages[:n]) for n in (1, 2))
    assert alone + 40 <= both <= alone + 60  # some templates write the date
    assert both - one > model.get_num_tokens("When is tea served?")


@pytest.mark.integration
def test_it_is_above_the_count_of_the_default_model_and_below_twice_that(connect: Connect) -> None:
    import llama_cpp

    settings, model = Settings(), connect()
    path = resolve(settings.chat_model, "chat", settings.models_dir)
    llama = llama_cpp.Llama(str(path), vocab_only=True, verbose=False)
    assert len(TEXTS) > 5
    for text in (file.read_text("utf-8") for file in TEXTS):
        real = len(llama.tokenize(text.encode(), False, False))
        assert real <= model.get_num_tokens(text) <= 2 * real
    llama.close()
