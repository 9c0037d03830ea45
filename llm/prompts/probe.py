"""What only the probe of a model asks; everything else it asks as an answer would."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.messages import BaseMessage, HumanMessage

from llm.prompts.answer import enough_messages

# One word, as it is read from the odds of the first token. Asked behind the question whether the
# excerpts are enough, of which all but the task is then in the model's memory.
_WHICH = {
    "zh": "上面哪一条资料写了这个问题的答案？只回答它的编号，例如 2。",
    "en": "Which of the excerpts above states the answer? Reply only with its number, such as 2.",
}


def which_messages(question: str, blocks: Sequence[str], lang: str) -> list[BaseMessage]:
    """Return the prompt that asks which of the numbered passages states the answer."""
    system, asked = enough_messages(question, blocks, lang)
    before, _, _task = str(asked.text).rpartition("\n\n")
    return [system, HumanMessage(f"{before}\n\n{_WHICH[lang]}")]
