"""Threads and steps measured with a model, and which of them are taken."""

from collections.abc import Callable
from pathlib import Path

import pytest
from langchain_core.messages import HumanMessage

from llm.chat import LlamaChat, Pace, Suits, measure_pace, what_suits
from llm.errors import ModelError

USUAL = Pace(8, 128, read=100, written=10)


def test_the_fastest_to_write_and_to_read_are_taken_each_for_itself() -> None:
    paces = [USUAL, Pace(6, 128, 90, 12), Pace(4, 128, 120, 9)]
    assert what_suits(paces) == Suits(threads=6, read_threads=4, step=128)


def test_what_gains_next_to_nothing_stays_as_it_is() -> None:
    paces = [USUAL, Pace(7, 128, 104, 10.4), Pace(8, 256, 104, None)]
    assert what_suits(paces) == Suits(8, 8, 128)
    assert what_suits([USUAL]) == Suits(8, 8, 128)


def test_a_longer_step_is_taken_where_a_stop_is_still_noticed_within_a_second() -> None:
    assert what_suits([USUAL, Pace(8, 256, 200, None)]).step == 128
    assert what_suits([USUAL, Pace(8, 256, 256, None)]).step == 256
    assert what_suits([USUAL, Pace(8, 64, 150, None), Pace(8, 512, 900, None)]).step == 512
    assert what_suits([USUAL, Pace(8, 64, 150, None)]).step == 64


def test_a_step_counts_only_with_the_threads_that_read() -> None:
    paces = [USUAL, Pace(4, 128, 120, 9), Pace(8, 256, 900, None), Pace(4, 256, 300, None)]
    assert what_suits(paces) == Suits(8, 4, 256)


@pytest.mark.parametrize("context", [512, 2048])
def test_a_model_is_measured_the_usual_way_first_and_told(
    tiny_gguf: Callable[..., Path], context: int
) -> None:
    told: list[str] = []
    paces = measure_pace(tiny_gguf("pace.gguf", context=context), 2, report=told.append)
    assert (paces[0].threads, paces[0].step) == (2, 128)
    assert {p.threads for p in paces if p.written} == {1, 2}
    assert {p.step for p in paces} >= {64, 128, 256}
    assert all(p.read > 0 for p in paces)
    assert "2 threads" in told
    assert what_suits(paces).threads in (1, 2)


def test_without_time_only_the_usual_way_is_measured_whole(tiny_gguf: Callable[..., Path]) -> None:
    paces = measure_pace(tiny_gguf("short.gguf", context=1024), 2, seconds=0)
    assert [(p.threads, p.step) for p in paces if p.written] == [(2, 128), (1, 128)]
    assert {p.step for p in paces} == {128}


def test_a_file_that_cannot_be_loaded_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "no.gguf").write_bytes(b"nothing")
    with pytest.raises(ModelError):
        measure_pace(tmp_path / "no.gguf", 2)


@pytest.mark.parametrize("step", [7, 128, 512])
def test_the_text_is_the_same_whatever_the_pace(tiny_gguf: Callable[..., Path], step: int) -> None:
    model = LlamaChat.load(
        tiny_gguf("same.gguf"), context=512, threads=1, read_threads=2, step=step
    )
    try:
        reply = model.invoke([HumanMessage("Say the alphabet." * 10)])
        assert reply.text == "abcdefghijklmnopqrstuvwxyz"
        assert reply.usage_metadata is not None
        assert reply.usage_metadata["input_tokens"] > 170
    finally:
        model.close()
