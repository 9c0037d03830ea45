"""What only the probe of a model asks; everything else it asks as an answer would."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.messages import BaseMessage, HumanMessage

from llm.prompts.answer import enough_messages

# Short, as it is written for nobody: a small model writes twenty tokens a second.
_WRITE = {
    "zh": "请用一句话简短回答，句末注明资料编号，例如 [1]。",
    "en": "Answer in one short sentence and end it with the number of its excerpt, like [1].",
}


def short_answer_messages(question: str, blocks: Sequence[str], lang: str) -> list[BaseMessage]:
    """Return the prompt that has a question answered from numbered passages, with the number.

    Up to the task it is that of `enough_messages`, which is then in the model's memory.
    """
    system, asked = enough_messages(question, blocks, lang)
    before, _, _ = str(asked.text).rpartition("\n\n")
    return [system, HumanMessage(f"{before}\n\n{_WRITE[lang]}")]
