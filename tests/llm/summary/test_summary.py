"""Summaries of short, long and very long documents, with a model whose words are given."""

import re
import threading
from collections.abc import Callable
from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_core.messages import BaseMessage

from llm.answer import Answer, AnswerModel, Question, ReadingPart, Text
from llm.errors import ModelError
from llm.prompts import NO_SUMMARY, SUMMARY_CUT_SHORT
from llm.summary import summarise

COLOURS = ("red", "green", "blue", "black", "white", "brown", "violet", "yellow", "golden")
FACT = re.compile(r"The \w+ machine number \d+ weighs \d+ pounds\.")
JOINED = "Here are the main points"


def fact(n: int) -> str:
    return f"The {COLOURS[n % 9]} machine number {n} weighs {1000 + n} pounds."


def document(chunks: int, lang: str = "en", filler: int = 30) -> list[Document]:
    return [
        Document(
            id=f"c{n}",
            page_content=f"{fact(n)} {'It is kept in the hall. ' * filler}",
            metadata={
                "title": "Machines", "path": "m.txt", "heading": f"H{n}", "header": "",
                "page": n + 1, "lang": lang, "document": "d", "ordinal": n,
            },
        )
        for n in range(chunks)
    ]  # fmt: skip


@pytest.fixture
def reader(scripted_chat: Any) -> Callable[..., Any]:
    """Make a model that writes the first fact of its prompt, or `ending` of the points."""

    class Reader(scripted_chat):  # type: ignore[misc]
        ending: str = ""

        def _stream(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> Any:
            prompt = str(messages[-1].content)
            first = FACT.search(prompt)
            text = self.ending if self.ending and JOINED in prompt else first and first[0]
            self.texts.append(text or "Nothing.")
            yield from super()._stream(messages, *args, **kwargs)

    return Reader


def run(
    model: Any,
    chunks: list[Document],
    lang: str = "en",
    most: int = 100_000,
    count: int | None = None,
    cancel: threading.Event | None = None,
) -> tuple[list[ReadingPart], str, Answer]:
    """The steps, the streamed text and the last item."""
    question = Question("Summarise it", lang, chunks, cancel=cancel or threading.Event())
    *parts, last = summarise(question, AnswerModel(model, model.context, 200), most, count)
    assert isinstance(last, Answer)
    steps = [p for p in parts if isinstance(p, ReadingPart)]
    return steps, "".join(p.text for p in parts if isinstance(p, Text)), last


def points(model: Any, parts: int) -> list[str]:
    """The first fact in each of the parts, as the model was shown them."""
    return [FACT.findall(str(model.prompts[n][-1].content))[0] for n in range(parts)]


def asked(model: Any, call: int) -> str:
    return "\n".join(str(message.content) for message in model.prompts[call])


def test_what_fits_is_summarised_in_one_go(scripted_chat: Any) -> None:
    model = scripted_chat(texts=[f"{fact(0)} {fact(1)} Elephants are grey animals."])
    steps, streamed, last = run(model, document(2))
    assert steps == [ReadingPart(1, 1)]
    assert streamed == last.answer == f"{fact(0)}[1] {fact(1)}[2]"
    assert [(c.n, c.chunk_id, c.page, c.quote) for c in last.citations] == [
        (1, "c0", 1, fact(0)), (2, "c1", 2, fact(1)),
    ]  # fmt: skip
    assert (last.grounded, last.refused) == (True, False)
    assert last.usage.prompt_tokens == model.get_num_tokens_from_messages(model.prompts[0])
    assert 0 <= (last.timings.first_token_s or -1) <= last.timings.total_s


def test_what_is_longer_is_read_in_parts_whose_points_follow_each_other(
    reader: Callable[..., Any],
) -> None:
    model = reader()
    steps, streamed, last = run(model, document(6, filler=60))
    total = steps[-1].total
    assert steps == [ReadingPart(n, total) for n in range(1, total + 1)]
    assert 2 <= total == len(model.prompts) <= 6
    firsts = points(model, total)
    assert streamed == last.answer == " ".join(f"{text}[{n}]" for n, text in enumerate(firsts, 1))
    assert last.usage.prompt_tokens == sum(map(model.get_num_tokens_from_messages, model.prompts))


def test_the_points_of_many_parts_are_joined_to_one_summary(reader: Callable[..., Any]) -> None:
    model = reader(ending=f"{fact(20)} {fact(0)}")
    steps, streamed, last = run(model, document(21, filler=100))
    assert steps[-1].total > 8
    assert streamed == last.answer == f"{fact(20)}[1] {fact(0)}[2]"
    assert [(c.n, c.chunk_id) for c in last.citations] == [(1, "c20"), (2, "c0")]
    joining = asked(model, -1)
    assert fact(0) in joining
    assert "hall" not in joining  # the parts' points alone


@pytest.mark.parametrize("context", [512, 1024, 4096])
def test_every_prompt_leaves_room_for_what_is_written(
    reader: Callable[..., Any], context: int
) -> None:
    model = reader(context=context)
    run(model, document(30))
    for prompt in model.prompts:
        assert model.get_num_tokens_from_messages(prompt) <= context - min(200, context // 4)


def test_points_that_no_part_bears_out_reach_no_summary(scripted_chat: Any) -> None:
    model = scripted_chat(context=1024, texts=["Elephants weigh 77 tons."] * 9)
    steps, _, last = run(model, document(4, filler=60))
    assert len(steps) == len(model.prompts)  # nothing is left to be joined
    assert (last.answer, last.refused, last.citations) == (NO_SUMMARY["en"], True, ())


def test_many_points_are_joined_in_several_levels(reader: Callable[..., Any]) -> None:
    steps, _, last = run(reader(context=600), document(100, filler=50))
    read = [step for step in steps if not step.joining]
    joined = [step for step in steps if step.joining]
    assert steps == [*read, *joined]
    assert joined == [ReadingPart(n, joined[0].total, True) for n in range(1, joined[0].total + 1)]
    assert 2 <= len(joined) <= len(read) // 2
    assert last.answer.startswith(f"{fact(0)}[1]")
    assert len(last.citations) == len(joined)  # one sentence is no summary: the joined points are


def test_a_summary_of_little_worth_gives_way_to_the_points(reader: Callable[..., Any]) -> None:
    model = reader(ending="This is a nice document.")
    steps, _, last = run(model, document(21, filler=100))
    firsts = points(model, len(steps))[:8]
    assert last.answer == " ".join(f"{text}[{n}]" for n, text in enumerate(firsts, 1))


def test_stopped_between_parts_it_gives_what_it_has_and_says_so(scripted_chat: Any) -> None:
    cancel = threading.Event()
    model = scripted_chat(context=1024, texts=[fact(0)] * 9)
    parts: list[Any] = []
    question = Question("Summarise it", "en", document(8), cancel=cancel)
    for part in summarise(question, AnswerModel(model, 1024, 200), 100_000):
        parts.append(part)
        if isinstance(part, ReadingPart) and part.part == 2:
            cancel.set()
    last, total = parts[-1], parts[0].total
    assert last.answer == (
        f"{fact(0)}[1]\n\n(Stopped: this covers the first 1 of {total} parts of the document.)"
    )
    assert (last.grounded, [c.chunk_id for c in last.citations]) == (True, ["c0"])
    assert len(model.prompts) == 2
    assert model.written == len(fact(0).split())


def test_stopped_while_it_is_written_it_keeps_whole_sentences(reader: Callable[..., Any]) -> None:
    cancel = threading.Event()
    model = reader(ending=f"{fact(0)} {fact(1)} {fact(2)}")
    text, last = "", None
    question = Question("Summarise it", "en", document(21, filler=100), cancel=cancel)
    for part in summarise(question, AnswerModel(model, 4096, 200), 100_000):
        text, last = text + part.text if isinstance(part, Text) else text, part
        if text.endswith(f"{fact(1)}[2]"):
            cancel.set()
    assert isinstance(last, Answer)
    assert last.answer == f"{fact(0)}[1] {fact(1)}[2]\n\n{SUMMARY_CUT_SHORT['en']}"


def test_stopped_before_anything_is_known_it_says_that(scripted_chat: Any) -> None:
    cancel = threading.Event()
    cancel.set()
    _, streamed, last = run(scripted_chat(context=1024, texts=["x"]), document(8), cancel=cancel)
    assert (streamed, last.outcome) == (last.answer, "not_found")
    assert "first 0 of" in last.answer


def test_of_a_very_long_document_it_says_how_much_was_read(scripted_chat: Any) -> None:
    model = scripted_chat(context=1024, texts=[fact(0)] * 20)
    steps, _, last = run(model, document(100), most=2000)
    assert len(steps) <= 5
    assert f"from {len(steps)} places" in last.answer
    assert "% of it was read" in last.answer


def test_in_another_language_it_is_proven_first_and_then_translated(scripted_chat: Any) -> None:
    wrong, right = "第一台机器重999磅。", "红色的0号机器重1000磅。"
    model = scripted_chat(texts=[f"{fact(0)} {fact(1)}", right, wrong])
    _, streamed, last = run(model, document(2), "zh")
    assert streamed == last.answer == f"{right}[1]"
    assert last.citations[0].quote == fact(0)
    assert "机器" not in asked(model, 0)  # the document is asked about in its own language
    assert asked(model, 1).endswith(fact(0))


def test_the_number_of_sentences_can_be_asked_for(scripted_chat: Any) -> None:
    model = scripted_chat(texts=[" ".join(fact(n) for n in range(4))])
    _, _, last = run(model, document(4, filler=1), count=2)
    assert last.answer == f"{fact(0)}[1] {fact(1)}[2]"


def test_parts_of_more_number_than_sentences_wanted_are_joined(reader: Callable[..., Any]) -> None:
    model = reader(ending=f"{fact(0)} {fact(1)} {fact(2)}")
    _, _, last = run(model, document(9, filler=100), count=2)
    assert "In 2 English sentences" in asked(model, -1)
    assert last.answer == f"{fact(0)}[1] {fact(1)}[2]"


def test_a_context_without_room_is_one_line(scripted_chat: Any) -> None:
    with pytest.raises(ModelError, match="raise KB_CONTEXT_TOKENS"):
        run(scripted_chat(context=200), document(1))
