"""Which edition a question asks for."""

import pytest

from retrieval.search import asked_edition


@pytest.mark.parametrize(
    ("question", "periods", "numbers", "earlier", "both"),
    [
        ("What was the limit in 2024?", ("2024",), (), False, False),
        ("What did we promise in March 2026, back then?", ("2026-03",), (), True, False),
        ("What does version 2.0 of the rules say?", (), ("2",), False, False),
        ("第2版手册怎么规定？", (), ("2",), False, False),
        ("旧版制度里住宿上限是多少？", (), (), True, False),
        ("以前的规定是怎样的？", (), (), True, False),
        ("舊版制度裡住宿上限是多少？", (), (), True, False),
        ("What has changed in the travel policy?", (), (), False, True),
        ("2025版和2026版有什么区别？", ("2025", "2026"), (), False, True),
        # None of these asks for an older one.
        ("How long before the trip must I apply?", (), (), False, False),
        ("出差之前要提前几天申请？", (), (), False, False),
        ("What does the HL-2000 weigh?", (), (), False, False),
        ("Wie hoch ist die Grenze?", (), (), False, False),
    ],
)
def test_what_a_question_says_of_the_edition(
    question: str, periods: tuple[str, ...], numbers: tuple[str, ...], earlier: bool, both: bool
) -> None:
    asked = asked_edition(question)
    assert (asked.periods, asked.numbers) == (periods, numbers)
    assert (asked.earlier, asked.both) == (earlier, both)
