"""Passages cut so that the whole prompt fits the model's context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from langchain_core.language_models.chat_models import BaseChatModel

from ingest.text import is_foreign, sentences
from llm.answer.question import Question
from llm.errors import ModelError
from llm.prompts import Manner, answer_messages, passage_blocks
from llm.question import Kind

_LONGEST_LABEL = 200  # tokens of what stands above a passage
_LEAST = 32  # tokens; a shorter rest of a passage tells nothing
_SHARE = 4  # a part in so many of a prompt may say how answers are to be given


def fit_passages(question: Question, model: BaseChatModel, room: int) -> list[str]:
    """Return the text of each passage as it stands in a prompt of at most `room` tokens.

    The longest passage is cut first, at a sentence end; the last one is dropped when all are
    short. Tokens are counted by the model, its chat template included. Raises ModelError if the
    question leaves no room for any of them.
    """
    question.manner = fit_manner(question.manner, model, room // _SHARE)
    passages, forms = question.passages, {question.form, Kind.FACT}  # maybe written in either
    texts = [p.page_content.strip() for p in passages]
    sizes = [model.get_num_tokens(text) for text in texts]
    while True:
        blocks = passage_blocks(passages, texts)
        over = max(_tokens(question, blocks, form, model) for form in forms) - room
        if over <= 0 and (texts or not passages):
            return texts
        if not texts:
            raise ModelError(
                f"the question leaves no room for a passage in the {room} tokens that the model's "
                "context has for both; ask a shorter one or raise KB_CONTEXT_TOKENS",
                "question-too-long",
                tokens=room,
            )
        longest = sizes.index(max(sizes))
        rest = sorted(sizes)[-2] if len(sizes) > 1 else 0
        # Down to the second longest at most, so that no passage pays for all of them.
        goal = max(sizes[longest] - over, min(rest, sizes[longest] - 8))
        if goal < _LEAST:
            # As many as are too many, whatever their labels take: of hundreds, one a round is slow.
            kept = len(texts) - max(1, over // (sizes[longest] + _LONGEST_LABEL))
            del texts[kept:], sizes[kept:]
        else:
            texts[longest] = _cut(texts[longest], goal / sizes[longest])
            sizes[longest] = model.get_num_tokens(texts[longest])


def fit_manner(manner: Manner, model: BaseChatModel, room: int) -> Manner:
    """Return how answers are to be given with as many of the examples as `room` tokens hold.

    Instructions stay whole: half of one may say the contrary.
    """
    sizes = [model.get_num_tokens(f"{asked}\n{said}\n") for asked, said in manner.examples]
    left = room - (model.get_num_tokens(manner.instructions) if manner.instructions else 0)
    kept = 0
    while kept < len(sizes) and (left := left - sizes[kept]) >= 0:
        kept += 1
    return replace(manner, examples=manner.examples[:kept])


def _tokens(question: Question, blocks: Sequence[str], form: Kind, model: BaseChatModel) -> int:
    prompt = answer_messages(
        question.in_prompt,
        blocks,
        question.lang,
        form,
        wish=question.wish,
        foreign=is_foreign(question.text),
        may_refuse=True,
        manner=question.manner,
    )
    return model.get_num_tokens_from_messages(prompt)


def _cut(text: str, share: float) -> str:
    """Return the beginning of a text, about this share of it, to a sentence end if one is near."""
    limit = max(1, int(len(text) * share * 0.98))
    ends = [s.end for s in sentences(text) if limit // 2 <= s.end <= limit]
    return text[: ends[-1] if ends else limit].rstrip()
