"""Real processes with a tiny model: found or started, killed in the middle, and shared."""

import os
import stat
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from app.model_process import ModelClient, ModelSet, RemoteChat
from llm.chat import LlamaChat, token_logprobs
from llm.errors import ModelError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")

ASKED = [HumanMessage("Letters")]
ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def wanted(tiny_gguf: Callable[..., Path]) -> ModelSet:
    return ModelSet(embedding=None, chat=tiny_gguf(), context=512)


def until(happens: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not happens():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.01)


def test_several_programs_share_one_process(real: Any, wanted: ModelSet) -> None:
    written: list[str] = []

    def ask() -> None:
        written.append(str(RemoteChat.connect(real.client(wanted)).invoke(ASKED).text))

    asking = [threading.Thread(target=ask) for _ in range(4)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join(60)
    assert written == [ALPHABET] * 4
    assert len(real.pids()) == 1


def test_what_it_needs_to_be_reached_is_its_owners_alone(real: Any, wanted: ModelSet) -> None:
    RemoteChat.connect(real.client(wanted))
    modes = {f.suffix: stat.S_IMODE(f.stat().st_mode) for f in real.folder.iterdir()}
    assert {modes[kind] for kind in (".token", ".log", ".lock")} == {0o600}
    assert os.getpid() not in real.pids()


def test_a_folder_that_others_may_enter_is_not_used(runtime: Path, wanted: ModelSet) -> None:
    runtime.chmod(0o750)
    with pytest.raises(ModelError, match="others may enter it") as told:
        ModelClient(wanted, runtime)
    assert told.value.reason == "model-process-folder"
    linked = runtime.with_name("linked")
    linked.symlink_to(runtime)
    with pytest.raises(ModelError, match="no folder"):
        ModelClient(wanted, linked)


def test_another_context_is_another_process(real: Any, wanted: ModelSet) -> None:
    other = ModelSet(embedding=None, chat=wanted.chat, context=256)
    assert [RemoteChat.connect(real.client(w)).context for w in (wanted, other)] == [512, 256]
    assert len(real.pids()) == 2


def test_it_says_what_the_model_in_this_process_would(real: Any, wanted: ModelSet) -> None:
    assert wanted.chat is not None
    own = LlamaChat.load(wanted.chat, context=512)
    remote = RemoteChat.connect(real.client(wanted))
    try:
        for options in ({"max_tokens": 5}, {"grammar": 'root ::= "ab" "c"'}, {"stop": ["k"]}):
            assert remote.invoke(ASKED, **options).text == own.invoke(ASKED, **options).text
        assert remote.odds(ASKED, ["a"], ["b"]) == own.odds(ASKED, ["a"], ["b"])
        told = [token_logprobs(m.invoke(ASKED, logprobs=True)) for m in (remote, own)]
        assert told[0] == told[1] != ()
        assert remote.prompt_tokens(ASKED) == own.prompt_tokens(ASKED)
        assert remote.get_token_ids("abc") == own.get_token_ids("abc")
    finally:
        own.close()


@pytest.mark.parametrize("grammar", [None, "root ::= [a-z]+"])
def test_a_reply_goes_on_when_the_process_is_killed(
    real: Any, wanted: ModelSet, grammar: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    remote = RemoteChat.connect(real.client(wanted))
    written, killed = "", 0
    with remote.turn("me", threading.Event()) as turn:
        assert list(turn.positions()) == []
        for chunk in turn.chat.stream(ASKED, grammar=grammar, max_tokens=26):
            written += str(chunk.text)
            if len(written) in (3, 9) and killed < 2:
                killed += 1
                real.kill()
                until(lambda: not real.pids())
        assert turn.chat.odds(ASKED, ["a"], ["b"]) > 0  # the turn goes on
    assert written == ALPHABET
    said = {r.getMessage() for r in caplog.records if r.levelname == "WARNING"}
    assert said == {"the model process ended unexpectedly; another one is started"}


def test_a_process_that_is_killed_between_two_calls_is_started_again(
    real: Any, wanted: ModelSet
) -> None:
    remote = RemoteChat.connect(real.client(wanted))
    for _ in range(2):
        real.kill()
        until(lambda: not real.pids())
        assert remote.get_num_tokens("abc") == 3
        assert remote.invoke(ASKED).text == ALPHABET


def test_those_who_wait_keep_waiting_when_it_is_killed(real: Any, wanted: ModelSet) -> None:
    first, other = (RemoteChat.connect(real.client(wanted)) for _ in range(2))
    written: list[str] = []

    def ask() -> None:
        written.append(str(other.invoke(ASKED).text))

    with first.turn("me", threading.Event()) as turn:
        assert list(turn.positions()) == []
        waiting = threading.Thread(target=ask)
        waiting.start()
        real.kill()
        until(lambda: not real.pids())
        assert turn.chat.invoke(ASKED).text == ALPHABET
    waiting.join(60)
    assert written == [ALPHABET]


def test_a_model_that_cannot_be_loaded_is_told_as_ever(
    real: Any, tiny_gguf: Callable[..., Path]
) -> None:
    without = ModelSet(embedding=None, chat=tiny_gguf("none.gguf", template=""))
    with pytest.raises(ModelError, match="no chat template") as told:
        RemoteChat.connect(real.client(without))
    assert told.value.reason == "no-chat-model"
    assert told.value.values == {"file": str(without.chat)}


def test_a_token_that_others_may_read_is_not_used(real: Any, wanted: ModelSet) -> None:
    RemoteChat.connect(real.client(wanted))
    (token,) = real.folder.glob("*.token")
    token.chmod(0o644)
    with pytest.raises(ModelError, match="others may read it"):
        RemoteChat.connect(real.client(wanted))
    token.chmod(0o600)
