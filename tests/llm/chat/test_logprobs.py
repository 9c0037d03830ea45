"""The odds of a yes against a no, from the tokens that a server lists."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from llm.chat import EndpointChat

ZH, EN = (["有"], ["没有"]), (["yes", "Yes"], ["no", "No"])
NONE = (["none"], list[str]())


@pytest.mark.parametrize(
    ("listed", "words", "odds"),
    [
        # the likelier spelling of each side counts
        ({"Yes": -0.5, " yes": -2.0, "No": -1.5, "Maybe": -0.1}, EN, 1.0),
        # a part of a word counts for it
        ({"没": -0.2, "有": -1.2}, ZH, -1.0),
        # a side that is not listed is at most as likely as the last
        ({"Yes": -0.1, "Tea": -4.0, "It": -6.1}, EN, 6.0),
        ({"No": -0.1, "Tea": -4.1}, EN, -4.0),
        # what may begin both says nothing
        ({"n": -0.1, "no": -1.0, "nu": -2.0}, (["no"], ["nu"]), 1.0),
        # without either there are none
        ({"Tea": -0.1}, EN, 0.0),
        ({}, EN, 0.0),
        # without a no all else is one
        ({"none": -0.5, "Paris": -1.0, "Rome": -4.0}, NONE, 0.5),
        ({"Paris": -0.1, "Rome": -3.0}, NONE, -2.9),
    ],
)
def test_the_odds_of_what_is_listed(
    connect: Callable[..., EndpointChat],
    model_server: Any,
    listed: dict[str, float],
    words: tuple[Sequence[str], Sequence[str]],
    odds: float,
) -> None:
    model = connect()
    model_server.likely = listed
    assert model.odds([HumanMessage("Is it?")], *words) == pytest.approx(odds)
