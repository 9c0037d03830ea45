"""A question put into the other language, so that documents in it are found."""

from __future__ import annotations

import threading

from langchain_core.language_models.chat_models import BaseChatModel

from ingest.text import collapsed, digit_runs, numbers, script
from llm.chat import one_line
from llm.prompts import TRANSLATE, TRANSLATE_EXAMPLES, example_messages

_LONGEST_QUESTION = 300  # characters; a longer one is a text, and its own words find enough
_MOST_TOKENS = 96


def translated_question(
    question: str, to: str, model: BaseChatModel, cancel: threading.Event | None = None
) -> str | None:
    """Return a question in the language `to`, "zh" or "en"; None when that did not succeed.

    What the model writes is taken only if it is one line in that language that keeps the numbers.
    """
    if len(question) > _LONGEST_QUESTION:
        return None
    prompt = example_messages(TRANSLATE[to], TRANSLATE_EXAMPLES[to], collapsed(question))
    said = one_line(model, prompt, _MOST_TOKENS, cancel)
    return said if _is_sound(question, said, to) else None


def _is_sound(question: str, written: str, to: str) -> bool:
    if not written or script(written) != to or len(written) > 8 * len(question) + 40:
        return False
    said = {value for number in numbers(written) for value in number.values}
    kept = [number.text for number in numbers(question) if number.values & said]
    return digit_runs(question) <= digit_runs(" ".join([*kept, written.replace(",", "")]))
