"""A short examination of a chat model: what it can be relied on for."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

from llm.chat.probe_tasks import Judge, Point, Reword, Task, tasks
from llm.chat.profile import Profile, calibrate
from llm.chat.streamed import complete
from llm.prompts import ENOUGH_WORDS

if TYPE_CHECKING:
    from llm.chat.streamed import StreamedChat

# A model of 7B on two cores needs three minutes for all that is asked, and somebody waits. What was
# asked by then tells enough: the order is by what tells most.
_LONGEST = 90.0  # seconds
PROBE_CONTEXT = 1024  # tokens in which every question has room
_REPLY = 64  # tokens
_LEAST = 10  # questions in a language, below which nothing is said of its odds


def probe(
    model: StreamedChat,
    told: Callable[[int, int], None] = lambda done, of: None,
    seconds: float = _LONGEST,
    clock: Callable[[], float] = time.monotonic,
) -> Profile:
    """Ask a model what is in probe_tasks and return what it can do; takes at most `seconds`.

    `told` hears how many of how many questions are answered. The 1.5B model reads about 6,500
    tokens and writes 120, 40 seconds on two cores. A prompt over the model's context is left out.
    """
    ends = clock() + seconds
    odds: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    pointed: dict[int, list[bool]] = defaultdict(list)
    reworded: list[bool] = []
    asked = tasks()
    for done, task in enumerate(asked):
        told(done, len(asked))
        if clock() > ends:
            break
        if not _fits(model, task):
            continue
        match task:
            case Judge(lang, messages, answerable) if model.gives_odds:
                odds[lang].append((model.odds(messages, *ENOUGH_WORDS[lang]), answerable))
            case Point():
                pointed[task.of].append(_points_right(model, task))
            case Reword():
                reworded.append(task.is_right(complete(model, task.messages, _REPLY)))
    told(len(asked), len(asked))
    return Profile(
        calibrations={
            lang: calibrate(found)
            for lang, found in odds.items()
            if len(found) >= _LEAST and len({answerable for _, answerable in found}) == 2
        },
        pointed={of: _share(found) for of, found in pointed.items()},
        reworded=_share(reworded) if reworded else None,
    )


def _fits(model: StreamedChat, task: Task) -> bool:
    room = _REPLY if isinstance(task, Reword) else 1
    return model.get_num_tokens_from_messages(task.messages) + room < model.context


def _points_right(model: StreamedChat, task: Point) -> bool:
    """Tell whether the model names the right passage: by its odds, or else in what it writes."""
    numbers = [str(n) for n in range(1, task.of + 1)]
    if model.gives_odds:
        found = model.first(task.messages, [[number] for number in numbers])
        return found is not None and found.index(max(found)) == task.right - 1
    written = complete(model, task.messages, 8)
    return [char for char in written if char in numbers][:1] == [str(task.right)]


def _share(found: list[bool]) -> float:
    return round(sum(found) / len(found), 4)
