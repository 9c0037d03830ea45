"""A short examination of a chat model: what it can be relied on for."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable

from llm.chat.probe_tasks import Judge, Respond, Reword, tasks
from llm.chat.profile import Calibration, Profile, Told, calibrate
from llm.chat.streamed import StreamedChat, complete
from llm.prompts import ENOUGH_WORDS, NONE_WORDS

# A model of 7B on two cores needs three minutes for all that is asked, and somebody waits. What was
# asked by then tells enough: the order is by what tells most.
_LONGEST = 90.0  # seconds
_LEAST = 10  # questions in a language, below which nothing is said of its odds
PROBE_CONTEXT = 1024  # tokens in which every question has room
_REPLY = 64  # tokens


def probe(
    model: StreamedChat,
    told: Callable[[int, int], None] = lambda done, of: None,
    seconds: float = _LONGEST,
    clock: Callable[[], float] = time.monotonic,
) -> Profile:
    """Ask a model what is in probe_tasks and return what it can do; takes at most `seconds`.

    `told` hears how many of how many questions are answered. The 1.5B model reads about 6,000
    tokens and writes 350, 55 seconds on two cores. A prompt over the model's context is left out.
    """
    ends = clock() + seconds
    odds: dict[tuple[str, str], list[Told]] = defaultdict(list)
    answered: dict[int, list[bool]] = defaultdict(list)
    cited: list[bool] = []
    reworded: list[bool] = []
    asked = tasks()
    for done, task in enumerate(asked):
        told(done, len(asked))
        if clock() > ends:
            break
        if model.get_num_tokens_from_messages(task.messages) + _REPLY > model.context:
            continue
        match task:
            case Judge(lang=lang) if model.gives_odds:
                signals = {
                    "enough": model.odds(task.enough, *ENOUGH_WORDS[lang]),
                    "told": -model.odds(task.told, NONE_WORDS[lang], ()),
                }
                for name, signal in signals.items():
                    odds[lang, name].append((signal, task.answerable))
            case Respond():
                written = complete(model, task.messages, _REPLY)
                answered[task.of].append(task.is_right(written))
                cited.append(task.is_cited(written))
            case Reword():
                reworded.append(task.is_right(complete(model, task.messages, _REPLY)))
    told(len(asked), len(asked))
    calibrations: dict[str, dict[str, Calibration]] = defaultdict(dict)
    for (lang, name), found in odds.items():
        if len(found) >= _LEAST and len({answerable for _, answerable in found}) == 2:
            calibrations[lang][name] = calibrate(found)
    return Profile(
        calibrations=calibrations,
        answered={of: sum(found) / len(found) for of, found in answered.items()},
        cited=_share(cited),
        reworded=_share(reworded),
    )


def _share(found: list[bool]) -> float | None:
    return sum(found) / len(found) if found else None
