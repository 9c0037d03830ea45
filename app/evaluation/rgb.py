"""Questions that bring their own passages, some of them beside the point or wrong.

The form and the rules are those of RGB (Chen et al., "Benchmarking Large Language Models in
Retrieval-Augmented Generation", AAAI 2024).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from app.errors import UsageError
from app.evaluation.answer_items import Item
from app.evaluation.json_lines import json_lines
from ingest.text import language

PASSAGES = 5  # of each question, as in RGB
TRUE = "true passages"
CONTRADICTION = "contradiction"

Text = tuple[str, ...]


class RgbQuery(BaseModel):
    """A line of an RGB file; fields that are not named here are ignored."""

    model_config = ConfigDict(frozen=True, strict=True)

    query: str
    answer: str | tuple[str | Text, ...]  # all of them; an inner list is alternatives
    positive: tuple[str | Text, ...]  # an inner list holds the passages of one part of the answer
    negative: Text
    positive_wrong: Text = ()  # the positive ones with another answer written into them
    fakeanswer: str | tuple[str | Text, ...] = ()
    id: int | str | None = None


@dataclass(frozen=True)
class RgbFile:
    """The questions of one RGB file."""

    name: str
    queries: tuple[RgbQuery, ...]

    @property
    def changed(self) -> bool:
        """Whether the file has wrong passages too, as RGB's `*_fact` files do."""
        return any(query.positive_wrong for query in self.queries)


def read_rgb(file: Path) -> RgbFile:
    """Read an RGB file. Raises UsageError, one line, when it is none."""
    queries = tuple(
        query if query.id is not None else query.model_copy(update={"id": number})
        for number, query in json_lines(file, RgbQuery)
        if query.query.strip()
    )
    if not queries:
        raise UsageError(f"{str(file)!r} holds no question")
    return RgbFile(file.stem, queries)


def rgb_items(file: RgbFile, noises: Sequence[float], seed: int) -> list[Item]:
    """Return the questions of a file once for each share of noise.

    A file with wrong passages is asked with the true ones instead, and with both kinds.
    """
    parts = [TRUE, CONTRADICTION] if file.changed else [f"noise {noise:g}" for noise in noises]
    lang = language("".join(query.query for query in file.queries))
    items = []
    for at, part in enumerate(parts):
        for query in file.queries:
            by_chance = random.Random(f"{seed} {file.name} {part} {query.id}")  # noqa: S311
            expected, answerable = _groups(query.answer), True
            if part == TRUE:
                passages = _true(query, PASSAGES, by_chance)
            elif part == CONTRADICTION:
                passages = _both(query, by_chance)
                expected += _groups(query.fakeanswer)
            else:
                passages = _noisy(query, noises[at], by_chance)
                answerable = noises[at] < 1
            if passages:
                items.append(
                    Item(
                        source=file.name,
                        lang=lang,
                        doc_lang=lang,
                        part=part,
                        id=str(query.id),
                        question=query.query,
                        expected=expected if answerable else (),
                        passages=tuple(by_chance.sample(passages, len(passages))),
                        answerable=answerable,
                    )
                )
    return items


def _groups(answer: str | Sequence[str | Sequence[str]]) -> tuple[Text, ...]:
    """Return what an answer must hold: one string of each tuple."""
    each = [answer] if isinstance(answer, str) else answer
    groups = (tuple([one] if isinstance(one, str) else one) for one in each)
    return tuple(kept for group in groups if (kept := tuple(s for s in group if s.strip())))


def _noisy(query: RgbQuery, noise: float, by_chance: random.Random) -> list[str]:
    """Return round(5 x noise) negative passages and positive ones for the rest.

    Where one kind runs short the other fills up, but positive ones never come into pure noise.
    """
    beside = min(int(PASSAGES * noise + 0.5), len(query.negative))
    if noise >= 1:
        return list(query.negative[:beside])
    chosen = _true(query, PASSAGES - beside, by_chance)
    return chosen + list(query.negative[: max(0, PASSAGES - len(chosen))])


def _true(query: RgbQuery, count: int, by_chance: random.Random) -> list[str]:
    """Return positive passages: one for each part of the answer at least, then others."""
    parts = [p for p in query.positive if not isinstance(p, str)]
    if not parts:
        return [p for p in query.positive if isinstance(p, str)][:count]
    mixed = [by_chance.sample(part, len(part)) for part in parts]
    longest = max(map(len, mixed))
    in_turn = [part[n] for n in range(longest) for part in mixed if n < len(part)]
    return in_turn[: max(count, sum(map(bool, mixed)))]


def _both(query: RgbQuery, by_chance: random.Random) -> list[str]:
    """Return two or three wrong passages, and true ones to make five, of others where it can."""
    true = [p for p in query.positive if isinstance(p, str)]
    if not true or not query.positive_wrong:
        return []
    order = by_chance.sample(range(len(query.positive_wrong)), len(query.positive_wrong))
    wrong = order[: by_chance.choice((2, 3))]
    others = [n for n in range(len(true)) if n not in wrong]
    again = [n for n in range(len(true)) if n in wrong]
    few = (by_chance.sample(others, len(others)) + again)[: PASSAGES - len(wrong)]
    return [query.positive_wrong[n] for n in wrong] + [true[n] for n in few]
