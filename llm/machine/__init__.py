"""What this machine has, how fast it reads its memory, and which chat model that suits."""

from llm.machine.bandwidth import Bandwidth, measure_bandwidth
from llm.machine.choice import (
    EFFICIENCY,
    LEAST_SPEED,
    Choice,
    Obstacle,
    Verdict,
    choose,
    tokens_a_second,
)
from llm.machine.facts import Machine, this_machine

__all__ = [
    "EFFICIENCY",
    "LEAST_SPEED",
    "Bandwidth",
    "Choice",
    "Machine",
    "Obstacle",
    "Verdict",
    "choose",
    "measure_bandwidth",
    "this_machine",
    "tokens_a_second",
]
