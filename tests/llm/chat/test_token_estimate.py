"""Token counts without a tokenizer stay above those of one, and not too far."""

from pathlib import Path

import pytest
from langchain_core.messages import HumanMessage, SystemMessage

from llm.chat.token_estimate import most_tokens, most_tokens_of

ROOT = Path(__file__).parents[3]
TEXTS = [ROOT / "README.md", ROOT / "README.zh.md", *(ROOT / "data" / "samples").rglob("*.md")]


def test_each_kind_of_character_counts() -> None:
    assert most_tokens("") == 0
    assert most_tokens("tea") == 2
    assert most_tokens("2026") == 4
    assert most_tokens("差旅住宿") == 5
    assert most_tokens("| - |") == 4


def test_a_prompt_has_room_for_its_template() -> None:
    messages = [SystemMessage("Be brief."), HumanMessage("When is tea served?")]
    alone = sum(most_tokens(str(m.text)) for m in messages)
    assert most_tokens_of(messages) == alone + 2 * 8 + 32


@pytest.mark.integration
def test_it_is_above_the_count_of_the_default_model_and_below_twice_that() -> None:
    import llama_cpp

    from app.settings import Settings
    from llm.models import resolve

    settings = Settings()
    path = resolve(settings.llm_model, "chat", settings.models_dir)
    llama = llama_cpp.Llama(str(path), vocab_only=True, verbose=False)
    assert len(TEXTS) > 5
    for text in (file.read_text("utf-8") for file in TEXTS):
        real = len(llama.tokenize(text.encode(), False, False))
        assert real <= most_tokens(text) <= 2 * real
    llama.close()
