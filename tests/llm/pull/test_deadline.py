"""A call is waited for no longer than said."""

import threading

import pytest

from llm.pull.deadline import within


def test_a_quick_call_gives_its_value():
    assert within(5, lambda: "done") == "done"


def test_a_late_call_gives_none():
    release = threading.Event()
    assert within(0.01, release.wait) is None
    release.set()


def test_what_a_call_raises_is_raised_here():
    with pytest.raises(ZeroDivisionError):
        within(5, lambda: 1 / 0)
