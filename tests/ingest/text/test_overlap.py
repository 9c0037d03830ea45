"""How much of one text stands in another."""

import pytest

from ingest.text import features, support


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The cost is 1,200.50 euros.", {"cost", "1200.50", "euros"}),
        ("reimbursement Reimburse", {"reimbu"}),
        ("上限为６００元", {"上限", "限为", "600", "元"}),
        ("v3.5 in 2026.", {"v", "3.5", "2026"}),
        ("of the and", set()),
        ("！？ — …", set()),
    ],
)
def test_features(text: str, found: set[str]) -> None:
    assert set(features(text)) == found


def test_a_text_supports_itself_and_nothing_supports_silence() -> None:
    text = "Hotels in Berlin cost at most 90 euros; 住宿上限六百元。"
    assert support(text, text) == 1
    assert support("", text) == support("……", text) == 0
    assert support(text, "") == 0


def test_support_is_the_share_that_stands_in_the_source() -> None:
    source = "Hotels cost at most 90 euros."
    assert support("Hotels cost 90 euros", source) == 1
    assert 0 < support("Hotels cost 95 euros", source) < 0.7  # the wrong figure weighs most
    assert support("Trains are free", source) == 0
    assert support("Hotels cost 90 euros and trains are free", source) < 0.8


def test_a_wrong_figure_costs_more_than_a_wrong_word() -> None:
    source = "The limit is 600 yuan a night."
    assert support("The limit is 700 yuan a night", source) < support(
        "The maximum is 600 yuan a night", source
    )


def test_figures_match_however_they_are_written() -> None:
    assert support("12000", "about 12,000 units") == 1
    assert support("６００", "600元") == 1
