"""Straight lines of a page are put together: those that go on, and those that cross."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pdf.frame import Corners

NEAR = 2.0
"""Points: rules that are closer to each other are one."""
_JOINT = 3.0  # points that rules may miss each other by


@dataclass(frozen=True)
class Rule:
    """A straight line: where it is, and from where to where it goes."""

    at: float
    start: float
    end: float


def merged_rules(rules: Sequence[Corners]) -> tuple[list[Rule], list[Rule]]:
    """Return horizontal and vertical rules, those that continue each other as one."""
    across: list[Rule] = []
    down: list[Rule] = []
    for left, top, right, bottom in rules:
        if right - left > bottom - top:
            across.append(Rule((top + bottom) / 2, left, right))
        else:
            down.append(Rule((left + right) / 2, top, bottom))
    return _joined(across), _joined(down)


def _joined(rules: list[Rule]) -> list[Rule]:
    joined: list[Rule] = []
    rules.sort(key=lambda rule: rule.at)
    at = 0
    while at < len(rules):
        end = at + 1
        while end < len(rules) and rules[end].at - rules[at].at <= NEAR:
            end += 1
        same = sorted(rules[at:end], key=lambda rule: rule.start)
        place = sum(rule.at for rule in same) / len(same)
        start, stop = same[0].start, same[0].end
        for rule in same[1:]:
            if rule.start > stop + _JOINT:
                joined.append(Rule(place, start, stop))
                start, stop = rule.start, rule.end
            stop = max(stop, rule.end)
        joined.append(Rule(place, start, stop))
        at = end
    return joined


def rule_groups(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Return rules that cross or touch each other, group by group."""
    group = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while group[n] != n:
            group[n] = group[group[n]]
            n = group[n]
        return n

    for n, horizontal in enumerate(across):
        for m, vertical in enumerate(down, start=len(across)):
            if (
                horizontal.start - _JOINT <= vertical.at <= horizontal.end + _JOINT
                and vertical.start - _JOINT <= horizontal.at <= vertical.end + _JOINT
            ):
                group[root(m)] = root(n)
    found: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for n, rule in enumerate((*across, *down)):
        found.setdefault(root(n), ([], []))[n >= len(across)].append(rule)
    return [pair for pair in found.values() if len(pair[0]) >= 2 and pair[1]]


def within(rules: Sequence[Rule], start: float, end: float) -> list[Rule]:
    """Return what lies between two places of the rules that cross these."""
    cut = (Rule(rule.at, max(rule.start, start), min(rule.end, end)) for rule in rules)
    return [rule for rule in cut if rule.end - rule.start > NEAR]


def between(rules: Sequence[Rule], start: float, end: float) -> list[Rule]:
    """Return the rules that stand between two places."""
    return [rule for rule in rules if start - NEAR <= rule.at <= end + NEAR]
