"""The chat model over llama.cpp itself, with a model of 0.6 MB that writes the alphabet."""

import math
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_tests.unit_tests import ChatModelUnitTests

from llm.chat import LlamaChat, token_logprobs
from llm.errors import ModelError

MakeGguf = Callable[..., Path]
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
HELLO = [HumanMessage("Hello")]


@pytest.fixture
def model(tiny_gguf: MakeGguf) -> Iterator[LlamaChat]:
    model = LlamaChat.load(tiny_gguf(), context=4096, threads=1)
    yield model
    model.close()


def written(model: LlamaChat, *args: Any, **kwargs: Any) -> str:
    return "".join(str(chunk.content) for chunk in model.stream(HELLO, *args, **kwargs))


class TestStandard(ChatModelUnitTests):
    """LangChain's own checks of a chat model."""

    @property
    def chat_model_class(self) -> type[LlamaChat]:
        return LlamaChat


def test_it_streams_word_for_word_and_counts(model: LlamaChat) -> None:
    chunks = list(model.stream(HELLO))
    assert [chunk.content for chunk in chunks if chunk.content] == list(ALPHABET)
    usage = [chunk.usage_metadata for chunk in chunks if chunk.usage_metadata]
    prompt = len("user=Hello\nassistant:")
    counts = {"input_tokens": prompt, "output_tokens": 26, "total_tokens": prompt + 26}
    assert usage == [{**counts, "input_token_details": {"cache_read": 0}}]


def test_invoke_gives_the_whole_answer(model: LlamaChat) -> None:
    answer = model.invoke(HELLO)
    assert isinstance(answer, AIMessage)
    assert answer.content == ALPHABET
    assert answer.usage_metadata is not None


def test_at_most_so_many_tokens(model: LlamaChat) -> None:
    chunks = list(model.stream(HELLO, max_tokens=5))
    assert "".join(str(chunk.content) for chunk in chunks) == "abcde"
    assert [c.usage_metadata["output_tokens"] for c in chunks if c.usage_metadata] == [5]
    model.max_tokens = 3
    assert written(model) == "abc"


def test_stop_words_end_the_answer(model: LlamaChat) -> None:
    assert written(model, stop=["klm"]) == "abcdefghij"


def test_the_context_is_cut_to_what_the_model_was_trained_for(tiny_gguf: MakeGguf) -> None:
    path = tiny_gguf("small.gguf", context=256)
    for asked, given in ((4096, 256), (256, 256)):
        model = LlamaChat.load(path, context=asked, threads=1)
        assert model.context == given
        model.close()


def test_the_answer_ends_at_the_end_of_the_context(model: LlamaChat) -> None:
    room = 10
    prompt = "x" * (model.context - room - len("user=\nassistant:"))
    answer = model.invoke([HumanMessage(prompt)])
    assert answer.content == ALPHABET[:room]


def test_a_prompt_over_the_context_is_one_line(model: LlamaChat) -> None:
    with pytest.raises(ModelError) as raised:
        model.invoke([HumanMessage("x" * model.context)])
    assert f"the model's context {model.context}" in str(raised.value)
    assert "KB_CONTEXT_TOKENS" in str(raised.value)
    assert written(model) == ALPHABET  # and the model is as usable as before


def test_tokens_are_counted_with_the_template(model: LlamaChat) -> None:
    assert model.get_num_tokens("Hello") == 5
    assert model.get_num_tokens("你好") == 6
    assert model.get_num_tokens("") == 0
    assert model.get_num_tokens_from_messages(HELLO) == len("user=Hello\nassistant:")
    assert model.get_num_tokens("</s>") == 4  # text is text, never a control token
    assert len(model.get_token_ids("</s>")) == 4


def test_a_lone_surrogate_is_no_crash(model: LlamaChat) -> None:
    assert model.get_num_tokens("a\ud800b") == 3
    assert model.invoke([HumanMessage("a\ud800b")]).content == ALPHABET


def test_setting_cancel_stops_the_model_after_the_word(model: LlamaChat) -> None:
    cancel, got = threading.Event(), []
    for chunk in model.stream(HELLO, cancel=cancel):
        got.append(str(chunk.content))
        if chunk.content == "c":
            cancel.set()
    assert "".join(got) == "abc"


def test_closing_the_stream_frees_the_model(model: LlamaChat) -> None:
    stream = model.stream(HELLO)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert written(model) == ALPHABET


def test_cancelled_before_the_first_word_it_says_nothing(model: LlamaChat) -> None:
    cancel = threading.Event()
    cancel.set()
    assert written(model, cancel=cancel) == ""
    assert written(model) == ALPHABET


class Watched(threading.Event):
    """Counts how often the model looks whether it shall stop, and is set after so many times.

    While it reads a prompt it looks before each step of some hundred tokens, and at the end.
    """

    def __init__(self, patience: int = 99) -> None:
        super().__init__()
        self.patience = patience
        self.asked = 0

    def is_set(self) -> bool:
        self.asked += 1
        return self.asked > self.patience


def steps(model: LlamaChat, *messages: BaseMessage) -> int:
    """In how many steps the model reads what is new to it in a prompt."""
    watched = Watched()
    assert model.odds(messages, ["a"], ["b"], watched) > 0
    return watched.asked - 1


def test_a_long_prompt_is_not_read_to_its_end_after_a_stop(model: LlamaChat) -> None:
    long, patient = [HumanMessage("x" * 450)], Watched()
    model.odds(long, ["a"], ["b"], patient)
    whole = patient.asked - 1
    assert whole > 1
    other, impatient = [HumanMessage("y" * 450)], Watched(patience=1)
    assert "".join(str(c.content) for c in model.stream(other, cancel=impatient)) == ""
    assert impatient.asked == 2  # and then it read no more
    assert steps(model, *other) == whole - 1  # the step that it read is kept


def test_the_same_beginning_is_not_read_again(model: LlamaChat) -> None:
    passages = SystemMessage("x" * 300)
    whole = steps(model, passages, HumanMessage("one?"))
    assert whole > 1
    assert steps(model, passages, HumanMessage("and two?")) == 1
    assert steps(model, passages, HumanMessage("and two?")) == 0
    assert steps(model, SystemMessage("y" * 300), HumanMessage("one?")) == whole
    assert model.invoke([passages, HumanMessage("three?")], max_tokens=1).content == "a"
    assert steps(model, passages, HumanMessage("three?")) == 0
    assert written(model) == ALPHABET


def test_the_odds_of_how_a_reply_begins(model: LlamaChat) -> None:
    assert model.odds(HELLO, ["a"], ["b"]) > 5  # after ":" comes "a"
    assert model.odds(HELLO, ["b"], ["a"]) == pytest.approx(-model.odds(HELLO, ["a"], ["b"]))
    assert model.odds(HELLO, ["x", "a"], ["b", "y"]) > 5
    assert written(model) == ALPHABET


def test_cancelled_there_are_no_odds(model: LlamaChat) -> None:
    cancel = threading.Event()
    cancel.set()
    assert model.odds(HELLO, ["a"], ["b"], cancel) == 0


# -- what it costs


def input_tokens(model: LlamaChat, *args: Any, **kwargs: Any) -> tuple[int, int]:
    """The tokens that were given to it for an answer, and those of them that it still had."""
    whole = model.invoke(*args, **kwargs).usage_metadata
    assert whole is not None
    return whole["input_tokens"], whole["input_token_details"]["cache_read"]


def test_a_prompt_that_was_never_sent_counts_for_nothing(model: LlamaChat) -> None:
    cancel = threading.Event()
    cancel.set()
    assert input_tokens(model, HELLO, cancel=cancel) == (0, 0)
    model.odds(HELLO, ["a"], ["b"], cancel)
    assert (model.calls, model.tokens_read) == (0, 0)


def test_what_was_read_before_a_stop_counts(model: LlamaChat) -> None:
    given, kept = input_tokens(model, [HumanMessage("y" * 450)], cancel=Watched(patience=1))
    assert 0 < given < 450
    assert (kept, model.calls, model.tokens_read) == (0, 1, given)


def test_what_it_still_has_in_memory_is_counted_apart(model: LlamaChat) -> None:
    passages = SystemMessage("x" * 300)
    first = input_tokens(model, [passages, HumanMessage("one?")], max_tokens=1)
    again = input_tokens(model, [passages, HumanMessage("two?")], max_tokens=1)
    assert first[1] == 0
    assert again[0] == first[0]
    assert 300 < again[1] < again[0]
    assert (model.calls, model.tokens_read) == (2, first[0] + again[0] - again[1])


# -- replies held by a grammar, and how sure it was of them


def test_a_reply_keeps_to_its_grammar(model: LlamaChat) -> None:
    assert written(model, grammar='root ::= "abd" | "xyz"') == "abd"
    assert written(model) == ALPHABET


@pytest.mark.parametrize("grammar", [None, 'root ::= "abc" [d-m]+', "root ::= [a-m]+"])
def test_a_reply_that_was_broken_off_goes_on(model: LlamaChat, grammar: str | None) -> None:
    whole = model.invoke(HELLO, max_tokens=13, grammar=grammar).text
    assert whole == "abcdefghijklm"
    for at in (1, 4, 12):
        rest = model.invoke(HELLO, max_tokens=13 - at, grammar=grammar, begun=whole[:at])
        assert whole[:at] + rest.text == whole


def test_no_half_character_is_shown(model: LlamaChat) -> None:
    chunks = list(model.stream(HELLO, grammar='root ::= "知a识"'))
    assert [chunk.content for chunk in chunks if chunk.content] == ["知", "a", "识"]
    assert [c.usage_metadata["output_tokens"] for c in chunks if c.usage_metadata] == [7]
    assert written(model, grammar='root ::= "知a识"', max_tokens=5) == "知a\ufffd"
    assert written(model, grammar='root ::= "知a识b"', stop=["识b"]) == "知a"


def test_what_is_no_grammar_is_an_error_and_no_crash(model: LlamaChat) -> None:
    with pytest.raises(ValueError, match="no GBNF grammar: 'root ::= unknown'"):
        model.invoke(HELLO, grammar="root ::= unknown")
    assert written(model) == ALPHABET


def test_how_sure_it_was_of_each_token(model: LlamaChat) -> None:
    answer = model.invoke(HELLO, grammar='root ::= "abd"', logprobs=True)
    a, b, d = token_logprobs(answer)
    assert (a.token, b.token, d.token) == ("a", "b", "d")
    assert min(math.exp(a.logprob), math.exp(b.logprob)) > 0.9
    assert math.exp(d.logprob) < 0.1  # it would have gone on with "c"
    assert token_logprobs(model.invoke(HELLO, max_tokens=2)) == ()


def test_odds_of_a_prompt_over_the_context_are_one_line(model: LlamaChat) -> None:
    with pytest.raises(ModelError, match="KB_CONTEXT_TOKENS"):
        model.odds([HumanMessage("x" * model.context)], ["a"], ["b"])


def test_two_threads_take_turns(model: LlamaChat) -> None:
    answers: list[str] = []
    threads = [
        threading.Thread(target=lambda n=n: answers.append(written(model, max_tokens=n)))
        for n in range(5, 13)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [ALPHABET[:n] for n in range(5, 13)]


def test_callbacks_hear_each_word(model: LlamaChat) -> None:
    class Listener(BaseCallbackHandler):
        words: list[str]

        def on_llm_new_token(self, token: Any, **kwargs: Any) -> None:
            self.words.append(str(token))

    listener = Listener()
    listener.words = []
    model.invoke(HELLO, config={"callbacks": [listener]}, max_tokens=4)
    assert "".join(listener.words) == "abcd"


def test_temperature_zero_gives_the_same_answer_and_a_seed_the_same_chance(
    tiny_gguf: MakeGguf,
) -> None:
    def answers(**sampling: Any) -> list[str]:
        model = LlamaChat.load(
            tiny_gguf("unsure.gguf", sure=0.2), context=512, threads=1, **sampling
        )
        found = [written(model, max_tokens=8) for _ in range(3)]
        model.close()
        return found

    assert set(answers()) == {ALPHABET[:8]}
    hot = answers(temperature=2.0, top_p=1.0, seed=3)
    assert hot == answers(temperature=2.0, top_p=1.0, seed=3)
    assert hot != answers(temperature=2.0, top_p=1.0, seed=4)


def test_a_file_cut_short_is_one_line(tiny_gguf: MakeGguf, tmp_path: Path) -> None:
    whole = tiny_gguf().read_bytes()
    path = tmp_path / "半.gguf"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelError, match="cut short"):
        LlamaChat.load(path, context=512)


def test_a_file_that_llama_cannot_load_is_one_line(tiny_gguf: MakeGguf, tmp_path: Path) -> None:
    path = tmp_path / "odd.gguf"
    path.write_bytes(tiny_gguf().read_bytes().replace(b"llama.block_count", b"llama.block_kount"))
    with pytest.raises(ModelError) as raised:
        LlamaChat.load(path, context=512)
    assert repr(str(path)) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_model_without_a_chat_template_is_no_chat_model(tiny_gguf: MakeGguf) -> None:
    with pytest.raises(ModelError, match="no chat template"):
        LlamaChat.load(tiny_gguf("base.gguf", template=""), context=512)
