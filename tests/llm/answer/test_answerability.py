"""How sure it is that passages hold an answer."""

import pytest

from llm.answer.answerability import Answerability, Signals


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_certainty_grows_with_what_speaks_for_it(lang: str) -> None:
    sure = [
        Answerability((0,), Signals(stated, enough), lang).certainty
        for stated, enough in ((-99, -99), (-3, -3), (0, 0), (3, 0), (3, 3), (99, 99))
    ]
    assert sure == sorted(sure)
    assert 0 < sure[0] < 0.01
    assert 0.99 < sure[-1] < 1.001
