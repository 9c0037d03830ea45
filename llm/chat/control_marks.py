"""Marks that steer chat models, written in text of others, made plain text.

Between two control tokens stands who is speaking: a passage that could write them would speak as
the system or the user. Known by their looks they are broken here; that none can become a control
token, whatever it looks like, is the work of `prompt_tokens`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# ChatML, Llama 3, Phi, GLM and DeepSeek; Llama 2 and Mistral; SentencePiece; Gemma. Some models
# have these as plain text in their template, where no tokenizer can tell whose they are.
_KNOWN = (
    r"<[|｜][^<>|｜\n]{1,40}[|｜]>|\[/?INST\]|<</?SYS>>|</?s>|</?(?:start|end)_of_turn>"
    r"|\[/?(?:SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\]"
)


def without_control_marks(text: str, marks: Iterable[str] = ()) -> str:
    """Return text with a space behind the first character of each mark: `< |im_start|>`.

    `marks` are those of the model in use, beside the well known ones.
    """
    # A long mark before a short one that it begins with.
    wanted = "|".join([*map(re.escape, sorted(marks, key=len, reverse=True)), _KNOWN])
    return re.sub(wanted, lambda m: f"{m[0][0]} {m[0][1:]}", text, flags=re.IGNORECASE)
