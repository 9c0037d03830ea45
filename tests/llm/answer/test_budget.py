"""The prompt never outgrows the room, whatever the passages and however tokens are counted."""

import random
import re
from collections.abc import Sequence
from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_core.messages import BaseMessage

from llm.answer import AnswerModel, Question, answer
from llm.errors import ModelError
from llm.prompts import answer_messages, passage_blocks
from llm.question import kind_of

WORDS = ["差旅住宿上限为每晚六百元", "Hotels", "cost", "at", "most", "90", "euros", "v3.5"]
ENDS = ["。", ". ", "\n", " ", "；", "! "]


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  # no secret


def fit(question: str, passages: Sequence[Document], lang: str, model: Any, room: int) -> list[str]:
    """The texts of the passages in a prompt of at most so many tokens: one is kept to answer."""
    model.texts = ["?"] * (len(model.prompts) + 1)
    list(answer(Question(question, lang, passages), AnswerModel(model, room + 1, 1)))
    around = [*passage_blocks(passages, [""] * len(passages)), "\n\nQuestion:", "\n\n问题："]
    shown = str(model.prompts[-1][-1].content)
    texts = [text.strip() for text in re.split("|".join(map(re.escape, around)), shown)[1:-1]]
    assert model.prompts[-1] == prompt_of(question, passages, texts, lang)
    return texts


def prompt_of(
    question: str, passages: Sequence[Document], texts: Sequence[str], lang: str
) -> list[BaseMessage]:
    blocks = passage_blocks(passages, texts)
    return answer_messages(question, blocks, lang, kind_of(question), may_refuse=True)


def passage(rng: random.Random, length: int) -> Document:
    text = ""
    while len(text) < length:
        text += rng.choice(WORDS) + rng.choice(ENDS)
    return Document(
        page_content=text[:length],
        metadata={"path": "p" * rng.randint(0, 40), "heading": "标题" * rng.randint(0, 9)},
    )


@pytest.fixture
def models(scripted_chat: type) -> dict[str, Any]:
    """Models that count tokens differently, one of them not at all evenly."""

    class Bytes(scripted_chat):  # type: ignore[misc, valid-type]
        def get_num_tokens(self, text: str) -> int:
            return len(text.encode())

    class Uneven(scripted_chat):  # type: ignore[misc, valid-type]
        """A Chinese character costs three tokens, a word one; the template a hundred."""

        def get_num_tokens(self, text: str) -> int:
            return sum(3 if char > "\u2e80" else char == " " for char in text)

        def get_num_tokens_from_messages(
            self, messages: Sequence[BaseMessage], tools: Any = None
        ) -> int:
            return 100 + super().get_num_tokens_from_messages(messages)

    return {
        "coarse": scripted_chat(per=4.0),
        "fine": scripted_chat(per=0.7),
        "bytes": Bytes(),
        "uneven": Uneven(),
    }


@pytest.mark.parametrize("name", ["coarse", "fine", "bytes", "uneven"])
@pytest.mark.parametrize("seed", range(8))
def test_never_over_the_room(models: dict[str, Any], name: str, seed: int) -> None:
    rng, model = dice(seed), models[name]
    lang = rng.choice(["zh", "en"])
    lengths = [rng.choice([0, 1, 30, 200, 900, 4000]) for _ in range(rng.randint(1, 8))]
    passages = [passage(rng, length) for length in lengths]
    least = model.get_num_tokens_from_messages(prompt_of("问题 question?", [], [], lang))
    for room in (least, least + 100, least + 500, least + 2500, least + 20_000):
        try:
            texts = fit("问题 question?", passages, lang, model, room)
        except ModelError:
            assert room <= least + 500  # a heading and the least of a passage, in bytes
            continue
        prompt = prompt_of("问题 question?", passages, texts, lang)
        assert model.get_num_tokens_from_messages(prompt) <= room
        assert len(texts) <= len(passages)
        for text, given in zip(texts, passages, strict=False):
            assert given.page_content.strip().startswith(text)
            assert text in str(prompt[-1].content)
        assert "问题 question?" in str(prompt[-1].content)


def test_what_fits_is_left_alone(models: dict[str, Any]) -> None:
    passages = [passage(dice(n), 300) for n in range(4)]
    texts = fit("q?", passages, "en", models["coarse"], 4000)
    assert texts == [p.page_content.strip() for p in passages]


def test_the_longest_is_cut_and_the_short_ones_stay_whole(models: dict[str, Any]) -> None:
    passages = [passage(dice(n), length) for n, length in enumerate((400, 6000, 500))]
    texts = fit("q?", passages, "en", models["coarse"], 1200)
    assert texts[0] == passages[0].page_content.strip()
    assert texts[2] == passages[2].page_content.strip()
    assert 600 < len(texts[1]) < 6000


def test_two_long_ones_are_cut_to_about_the_same_length(models: dict[str, Any]) -> None:
    passages = [passage(dice(n), length) for n, length in enumerate((9000, 4000))]
    texts = fit("q?", passages, "en", models["coarse"], 1200)
    assert min(map(len, texts)) > 0.6 * max(map(len, texts)) > 0


def test_a_cut_falls_on_a_sentence_end(models: dict[str, Any]) -> None:
    text = "Hotels cost at most 90 euros a night. " * 100
    (cut,) = fit("q?", [Document(page_content=text)], "en", models["coarse"], 700)
    assert cut.endswith("a night.")
    assert len(cut) > 500


def test_much_of_the_room_is_used(models: dict[str, Any]) -> None:
    passages = [passage(dice(n), 4000) for n in range(5)]
    texts = fit("q?", passages, "zh", models["coarse"], 3000)
    prompt = prompt_of("q?", passages, texts, "zh")
    assert models["coarse"].get_num_tokens_from_messages(prompt) > 0.7 * 3000
    assert len(texts) == 5


def test_many_short_ones_lose_the_last(models: dict[str, Any]) -> None:
    passages = [Document(page_content=f"Passage {n} is short.") for n in range(200)]
    texts = fit("q?", passages, "en", models["coarse"], 1000)
    assert 10 < len(texts) < 200
    assert texts == [p.page_content for p in passages[: len(texts)]]


def test_a_question_that_does_not_fit_is_one_line(models: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match=r"ask a shorter one or raise KB_CONTEXT_TOKENS"):
        fit("why " * 5000, [passage(dice(0), 100)], "en", models["coarse"], 2000)


def test_a_room_too_small_for_any_passage_is_one_line(models: dict[str, Any]) -> None:
    least = models["coarse"].get_num_tokens_from_messages(prompt_of("q?", [], [], "en"))
    with pytest.raises(ModelError, match="KB_CONTEXT_TOKENS"):
        fit("q?", [passage(dice(0), 4000)], "en", models["coarse"], least + 5)


@pytest.mark.parametrize(
    "question",
    ["Translate it.", "Wie viele Urlaubstage habe ich?", "請假流程是什麼？", "帮我写一份通知。"],
)
def test_every_prompt_of_a_question_fits(models: dict[str, Any], question: str) -> None:
    """Also those that ask whether the answer is there, and the second form of an answer."""
    passages = [passage(dice(n), 3000) for n in range(4)]
    for model in models.values():
        room, read = 2000, len(model.prompts)
        model.texts = ["?"] * (read + 2)
        lang = "en" if question.isascii() else "zh"
        asked = Question(question, lang, passages)
        list(answer(asked, AnswerModel(model, room + 1, 1, odds=model.odds)))
        prompts = [*model.prompts[read:], *model.checks]
        assert len(prompts) >= 3
        for prompt in prompts:
            assert model.get_num_tokens_from_messages(prompt) <= room
