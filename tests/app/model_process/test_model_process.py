"""What programs get of the model process: vectors, replies, turns; and when it ends."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from langchain_core.messages import AIMessageChunk, BaseMessage, HumanMessage, SystemMessage
from langchain_core.outputs import ChatGenerationChunk
from pydantic import Field

from app.model_process import (
    Channel,
    ModelClient,
    ModelSet,
    ProcessFiles,
    ProcessLostError,
    RemoteChat,
    RemoteEmbeddings,
    RemoteTurn,
    listen,
)
from llm.chat import StreamedChat
from llm.errors import ModelError

ASKED = [SystemMessage("Be short."), HumanMessage("How many days?")]


class SlowChat(StreamedChat):
    """Writes `words`, each once `go` is set, and notes what it was asked."""

    words: list[str] = Field(default_factory=lambda: ["You ", "have ", "25."])
    asked: list[Any] = Field(default_factory=list)
    error: Exception | None = None
    go: Any = Field(default_factory=threading.Event)
    begun: Any = Field(default_factory=threading.Event)

    @property
    def _llm_type(self) -> str:
        return "slow"

    def get_token_ids(self, text: str) -> list[int]:
        return list(text.encode())

    def prompt_tokens(self, messages: Sequence[BaseMessage]) -> list[int]:
        return [n for m in messages for n in self.get_token_ids(str(m.text))]

    def odds(self, messages: Any, yes: Any, no: Any, cancel: Any = None) -> float:
        self._calls += 1
        self._tokens_read += 7
        self.asked.append((list(yes), list(no)))
        return -1.5

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: Any = None,
        **more: Any,
    ) -> Iterator[ChatGenerationChunk]:
        if self.error is not None:
            raise self.error
        self._calls += 1
        self._tokens_read += 5
        self.asked.append((messages, {**more, "temperature": self.temperature}))
        self.begun.set()
        cancel = more["cancel"]
        for word in self.words:
            while not self.go.wait(0.005) and not cancel.is_set():
                continue
            if cancel.is_set():
                break
            yield ChatGenerationChunk(message=AIMessageChunk(content=word))
        usage = {"input_tokens": 5, "output_tokens": 3, "total_tokens": 8}
        told = {**usage, "input_token_details": {"cache_read": 2}}
        yield ChatGenerationChunk(message=AIMessageChunk(content="", usage_metadata=told))


@pytest.fixture
def chat() -> SlowChat:
    made = SlowChat(model="slow.gguf", context=2048)
    made.go.set()
    return made


def turn_of(model: RemoteChat, asker: str, cancel: threading.Event | None = None) -> RemoteTurn:
    """Return a turn that has begun, or that nobody waits for any more."""
    turn = model.turn(asker, cancel or threading.Event())
    for _ in turn.positions():
        continue
    return turn


def test_vectors_are_those_of_the_model_itself(
    in_thread: Callable[..., Any], word_embedding: Any
) -> None:
    model = word_embedding()
    remote = RemoteEmbeddings(in_thread(model).client())
    texts = [f"text {n} 假期" for n in range(300)]
    found, own = remote.embed_documents(texts), model.embed_documents(texts)
    np.testing.assert_allclose(found, own, atol=1e-7)
    np.testing.assert_allclose(remote.embed_query("假期"), model.embed_query("假期"), atol=1e-7)
    assert model.queries == ["假期", "假期"]
    assert remote.embed_documents([]) == []
    assert len(remote.embed_query("half a character \ud800")) == 256


def test_a_reply_comes_as_the_model_writes_it(
    in_thread: Callable[..., Any], chat: SlowChat
) -> None:
    remote = RemoteChat.connect(in_thread(chat=chat).client(), temperature=0.5, max_tokens=9)
    assert (remote.model, remote.context) == ("slow.gguf", 2048)
    chunks = list(remote.stream(ASKED, stop=["\n"], grammar="root ::= .*"))
    assert [text for chunk in chunks if (text := chunk.text)] == ["You ", "have ", "25."]
    (usage,) = (u for chunk in chunks if (u := getattr(chunk, "usage_metadata", None)))
    assert usage["input_token_details"] == {"cache_read": 2}
    ((messages, more),) = chat.asked
    assert [(m.type, m.text) for m in messages] == [(m.type, m.text) for m in ASKED]
    assert (more["max_tokens"], more["temperature"]) == (9, 0.5)
    assert (more["grammar"], more["begun"], more["logprobs"]) == ("root ::= .*", "", False)
    assert remote.odds(ASKED, ["yes"], ["no"]) == -1.5
    assert chat.asked[-1] == (["yes"], ["no"])
    assert (remote.calls, remote.tokens_read) == (2, 12)
    assert remote.get_num_tokens("25 天") == 6
    assert remote.get_num_tokens_from_messages(ASKED) == 23


def test_a_turn_counts_what_was_asked_in_it(in_thread: Callable[..., Any], chat: SlowChat) -> None:
    remote = RemoteChat.connect(in_thread(chat=chat).client())
    for _ in range(2):
        with turn_of(remote, "me") as turn:
            turn.chat.invoke(ASKED)  # type: ignore[attr-defined]
            turn.chat.odds(ASKED, ["yes"], ["no"])  # type: ignore[attr-defined]
            assert (turn.calls, turn.tokens_read) == (2, 12)
    assert (remote.calls, remote.tokens_read) == (0, 0)


def test_what_the_model_complains_of_is_raised_again(
    in_thread: Callable[..., Any], chat: SlowChat, caplog: pytest.LogCaptureFixture
) -> None:
    remote = RemoteChat.connect(in_thread(chat=chat).client())
    chat.error = ModelError("too long", "question-too-long", tokens=4096)
    with pytest.raises(ModelError, match="too long") as told:
        remote.invoke(ASKED)
    assert (told.value.reason, told.value.values) == ("question-too-long", {"tokens": 4096})
    chat.error = ValueError("no GBNF grammar: 'x'")
    with pytest.raises(ValueError, match="no GBNF"):
        remote.invoke(ASKED)
    chat.error = RuntimeError("a defect beside the text SECRET")
    with pytest.raises(RuntimeError, match="RuntimeError"):
        remote.invoke(ASKED)
    assert "RuntimeError at" in caplog.text
    assert "SECRET" not in caplog.text
    chat.error = None
    assert remote.invoke(ASKED).text == "You have 25."


def test_what_nobody_asks_in_order_is_refused(
    in_thread: Callable[..., Any], chat: SlowChat
) -> None:
    client = in_thread(chat=chat).client()
    for wrong in ({"do": "fly"}, {"do": "embed"}, {"do": "stream", "messages": []}, {}):
        with pytest.raises(ValueError, match=r"no such request|lacks|has no turn"):
            client.request(**wrong)
    assert RemoteChat.connect(client).invoke(ASKED).text == "You have 25."


def test_a_second_person_hears_how_many_are_before(
    in_thread: Callable[..., Any], chat: SlowChat
) -> None:
    process = in_thread(chat=chat)
    mine, other = (RemoteChat.connect(process.client()) for _ in range(2))
    heard: list[int] = []
    with turn_of(mine, "me") as turn:
        assert turn.begun
        later = other.turn("other", threading.Event())
        positions = later.positions()
        heard.append(next(positions).ahead)
    heard += [position.ahead for position in positions]
    assert heard == [1]
    assert later.begun
    later.end()


def test_a_stopped_reply_frees_the_model(in_thread: Callable[..., Any], chat: SlowChat) -> None:
    chat.go.clear()
    remote = RemoteChat.connect(in_thread(chat=chat).client())
    cancel, written = threading.Event(), list[str]()

    def write() -> None:
        written.extend(str(c.text) for c in remote.stream(ASKED, cancel=cancel))

    writing = threading.Thread(target=write)
    writing.start()
    assert chat.begun.wait(10)
    cancel.set()
    writing.join(10)
    assert "".join(written) == ""
    chat.go.set()
    assert remote.invoke(ASKED).text == "You have 25."


def test_what_is_stopped_before_it_begins_does_not_begin(
    in_thread: Callable[..., Any], chat: SlowChat
) -> None:
    chat.go.clear()
    remote = RemoteChat.connect(in_thread(chat=chat).client())
    stopped = threading.Event()
    with turn_of(remote, "me") as turn:
        stopped.set()
        for _ in range(20):
            assert turn.chat.invoke(ASKED, cancel=stopped).text == ""  # type: ignore[attr-defined]


def test_a_reply_that_nobody_reads_to_its_end_spoils_no_other(
    in_thread: Callable[..., Any], chat: SlowChat
) -> None:
    remote = RemoteChat.connect(in_thread(chat=chat).client())
    with turn_of(remote, "me") as turn:
        for _ in range(3):
            for chunk in turn.chat.stream(ASKED):  # type: ignore[attr-defined]
                assert chunk.text == "You "
                break
            assert turn.chat.odds(ASKED, ["yes"], []) == -1.5  # type: ignore[attr-defined]


def test_whoever_goes_away_frees_the_model(in_thread: Callable[..., Any], chat: SlowChat) -> None:
    """As with Ctrl+C: what is under way is not waited for, the connection is closed."""
    chat.go.clear()
    process = in_thread(chat=chat)
    gone, mine = (RemoteChat.connect(process.client()) for _ in range(2))
    turn = gone.turn("gone", threading.Event())
    assert list(turn.positions()) == []
    call = {"do": "stream", "messages": [["human", "?"]], "max_tokens": 3}
    replies = turn.call({**call, "temperature": 0.0, "top_p": 1.0, "seed": 0}, threading.Event())
    waiting = threading.Thread(target=lost, args=(replies,))
    waiting.start()
    assert chat.begun.wait(10)
    turn.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    chat.go.set()
    assert mine.invoke(ASKED).text == "You have 25."
    waiting.join(10)
    assert not waiting.is_alive()


def lost(replies: Iterator[Any]) -> None:
    with pytest.raises(ProcessLostError):
        list(replies)


def test_a_call_that_ends_the_process_each_time_is_given_up(runtime: Path) -> None:
    wanted = ModelSet(embedding=None, chat=None)
    files = ProcessFiles(runtime, wanted.name)
    token, calls = files.new_token(), list[str]()
    with listen(files) as link:

        def crash() -> None:
            for _ in range(3):
                channel = Channel(link.accept()[0])
                channel.greet(token)
                message = channel.receive(10)
                assert message is not None
                calls.append(message.values["do"])
                channel.close()

        crashing = threading.Thread(target=crash)
        crashing.start()
        client = ModelClient(wanted, runtime)
        with pytest.raises(ModelError, match="ended 3 times in a row") as told:
            client.request(do="count", text="abc")
        crashing.join(10)
        client.close()
    assert told.value.reason == "model-process-crashes"
    assert calls == ["count"] * 3


def test_a_reply_that_breaks_off_goes_on_behind_its_text(runtime: Path) -> None:
    """What has come is told to the next process; the turn comes before those of others."""
    wanted = ModelSet(embedding=None, chat=None)
    files = ProcessFiles(runtime, wanted.name)
    token, heard = files.new_token(), list[dict[str, Any]]()
    parts = iter([["You ", "have "], ["25", " days."]])

    def serve(link: Any) -> None:
        for last in (False, True):
            channel = Channel(link.accept()[0])
            channel.greet(token)
            while (message := channel.receive(10)) is not None:
                heard.append(message.values)
                match message.values["do"]:
                    case "load":
                        channel.send({"model": "m", "context": 512})
                    case "turn":
                        channel.send({"done": True, "begun": True})
                    case "stream":
                        for text in next(parts):
                            channel.send({"text": text, "logprobs": []})
                        if not last:
                            break
                        channel.send({"done": True, "usage": None, "calls": 1, "read": 5})
                    case "end":
                        channel.send({})
                        break
            channel.close()

    with listen(files) as link:
        serving = threading.Thread(target=serve, args=(link,))
        serving.start()
        client = ModelClient(wanted, runtime)
        remote = RemoteChat.connect(client)
        with turn_of(remote, "me") as turn:
            assert turn.chat.invoke(ASKED, max_tokens=9).text == "You have 25 days."
        serving.join(10)
        client.close()
    turns = [values for values in heard if values["do"] == "turn"]
    assert [values["first"] for values in turns] == [False, True]
    asked = [(v["begun"], v["max_tokens"]) for v in heard if v["do"] == "stream"]
    assert asked == [("", 9), ("You have ", 7)]


def test_background_work_ends_when_somebody_asks(
    in_thread: Callable[..., Any], chat: SlowChat
) -> None:
    chat.go.clear()
    process = in_thread(chat=chat)
    idle, mine = (RemoteChat.connect(process.client()) for _ in range(2))
    cancel = threading.Event()

    def work() -> None:
        with idle.turn("suggestions", cancel, background=True) as turn:
            for _ in turn.positions():
                continue
            turn.chat.invoke(ASKED)

    working = threading.Thread(target=work)
    working.start()
    assert chat.begun.wait(10)
    with turn_of(mine, "me") as turn:
        assert turn.begun
        assert cancel.wait(10)
    working.join(10)
    assert not working.is_alive()


def test_vectors_do_not_wait_behind_a_reply(
    in_thread: Callable[..., Any], chat: SlowChat, word_embedding: Any
) -> None:
    chat.go.clear()
    process = in_thread(word_embedding(), chat)
    remote = RemoteChat.connect(process.client())
    writing = threading.Thread(target=remote.invoke, args=(ASKED,))
    writing.start()
    assert chat.begun.wait(10)
    assert len(RemoteEmbeddings(process.client()).embed_query("25 days")) == 256
    assert remote.get_num_tokens("text") == 4
    assert writing.is_alive()
    chat.go.set()
    writing.join(10)


def test_it_ends_when_nobody_has_been_connected_for_a_while(
    in_thread: Callable[..., Any], chat: SlowChat
) -> None:
    process = in_thread(chat=chat, idle_seconds=0.2)
    client = process.client()
    RemoteChat.connect(client)
    assert not process.ended.wait(1.0)
    client.close()
    assert process.ended.wait(10)


def test_other_models_end_it_at_once(in_thread: Callable[..., Any], chat: SlowChat) -> None:
    process = in_thread(chat=chat, idle_seconds=600.0)
    RemoteChat.connect(process.client()).close(retire=True)
    assert process.ended.wait(10)
