"""Fit when an answer is given, and show what each signal brings and what a threshold costs.

    python bench/fit_presence.py DIR|FILE… --signals FILE [--limit N] [--seed S] [--picture FILE]

DIR and FILE are what `kb eval answers` takes. For a seeded sample of each cell the model is asked
all that it is asked before an answer; that is kept in the file of signals, a line a question, so
that a run that was stopped goes on and the fit can be done again. The weights are a logistic
regression for each language, and for questions whose answer is asked for in a few words apart from
those that are told in one piece, with answerable and unanswerable questions weighing alike; the
bias is moved so that the default threshold refuses 5 % of the answerable ones. Rates are of
questions that were not in the fit: they are left out in ten parts, by question. Beside them are the
weights in use, with the bias that would do the same for them; the picture is theirs. Questions
about several things are left out, as each of their parts is asked by itself, and those of which it
is not known what the answer is.
"""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import platformdirs
from langchain_core.documents import Document
from refusal_curve import Numbers, picture  # in this folder
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from app.evaluation import (
    Item,
    dataset_items,
    lay_out,
    read_dataset,
    read_rgb,
    rgb_items,
    sample,
)
from app.service import KnowledgeBase, build
from app.settings import load_settings
from ingest.text import language
from llm.answer import AnswerModel, Question, brief_of
from llm.answer.answerability import WEIGHTS, Answerability, Signals
from llm.answer.select import select_passages
from llm.question import question_parts

NOISES = (0.4, 0.8, 1.0)
_FEW = 5  # questions with an answer, and without one: with fewer there is nothing to fit
FALSELY = 0.05  # share of the answerable questions that may be refused
ALL = {True: ("stated", "enough", "told", "absent"), False: ("stated", "enough", "absent")}


@dataclass(frozen=True)
class Case:
    """The signals of a question, and whether its passages, asked in `lang`, hold the answer."""

    key: str
    lang: str
    question: str
    answerable: bool
    signals: Signals


def cases(file: Path) -> list[Case]:
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    read = [json.loads(line) for line in lines]
    return [Case(**line | {"signals": Signals(**line["signals"])}) for line in read]


def libraries(given: list[Path], limit: int, seed: int) -> Iterator[tuple[KnowledgeBase, Item]]:
    """Give the questions of each folder or file, with a library to ask."""
    settings = load_settings()[0]
    for path in given:
        if path.is_dir():
            dataset = read_dataset(path)
            corpus = lay_out([dataset], settings, platformdirs.user_cache_path("zhiku") / "eval")
            kb = build(settings.model_copy(update={"data_dir": corpus.library}))
            kb.ingest([corpus.docs])
            kb.own()
            kb.sync()
            items = dataset_items(dataset)
        else:
            kb = build(settings)
            items = rgb_items(read_rgb(path), NOISES, seed)
        try:
            yield from ((kb, item) for item in sample(items, limit, seed))
        finally:
            kb.close()


def gather(given: list[Path], limit: int, seed: int, file: Path) -> None:
    """Ask for the signals of the questions that the file does not have."""
    known = {case.key for case in cases(file)}
    for kb, item in libraries(given, limit, seed):
        key = f"{item.source} {item.part} {item.id}"
        if item.answerable and not item.expected:
            continue
        if key in known or len(question_parts(item.question, kb.models.chat())) > 1:
            continue
        if presence := asked(kb, item):
            case = Case(key, presence.lang, item.question, item.answerable, presence.signals)
            with file.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(asdict(case), ensure_ascii=False) + "\n")
            print(f"\r{key}   ", end="", flush=True)
    print()


def asked(kb: KnowledgeBase, item: Item) -> Answerability | None:
    """Return what the model says before it answers, None where nothing was found."""
    chat, settings = kb.models.chat(), load_settings()[0]
    question = Question(item.question, language(item.question))
    if item.passages is None:
        kb.finder.read(question, settings.passages)
    else:
        question.passages = [Document(text, metadata={"heading": ""}) for text in item.passages]
    model = AnswerModel(
        chat, chat.context, settings.answer_tokens, odds=chat.odds, brief=brief_of(chat)
    )
    return next(select_passages([question], model)).answerability


def table(found: list[Case], names: tuple[str, ...]) -> tuple[Numbers, Numbers]:
    """Return the signals, a row a case, and 1 for those that are answerable."""
    rows = [[getattr(case.signals, name) for name in names] for case in found]
    return np.array(rows, float), np.array([case.answerable for case in found], float)


def fitted(x: Numbers, y: Numbers) -> LogisticRegression:
    """Return a fit whose weights are those of the signals as they are.

    They are brought to one scale for it: all are then kept small in the same way.
    """
    scale, middle = np.where(x.std(axis=0) > 0, x.std(axis=0), 1.0), x.mean(axis=0)
    fit_ = LogisticRegression(C=1.0, class_weight="balanced").fit((x - middle) / scale, y)
    fit_.coef_ = fit_.coef_ / scale
    fit_.intercept_ = fit_.intercept_ - fit_.coef_ @ middle
    return fit_


def left_out(found: list[Case], names: tuple[str, ...]) -> tuple[Numbers, Numbers]:
    """Return the certainty of each case by a fit without its question, and `table`'s second."""
    x, y = table(found, names)
    questions = np.unique([case.question for case in found], return_inverse=True)[1]
    result = np.zeros(len(y))
    for rest, part in GroupKFold(min(10, len(set(questions)))).split(x, y, questions):
        result[part] = fitted(x[rest], y[rest]).predict_proba(x[part])[:, 1]
    return result, y


def refused_at(certainty: Numbers, y: Numbers, falsely: float) -> float:
    """Return the share of unanswerable questions refused where so many others are, too."""
    return float(np.mean(certainty[y == 0] < np.quantile(certainty[y == 1], falsely)))


def area(certainty: Numbers, y: Numbers) -> float:
    """Return the chance that an answerable question has a higher certainty than one that is not."""
    yes, no = certainty[y == 1][:, None], certainty[y == 0][None, :]
    return float(np.mean((yes > no) + 0.5 * (yes == no)))


def in_use(found: list[Case], lang: str) -> Numbers:
    """Return the certainty of each case by the weights of `llm.answer.answerability`."""
    return np.array([Answerability((0,), case.signals, lang).certainty for case in found])


def moved(certainty: Numbers, y: Numbers) -> float:
    """Return what the bias must be moved by so that as many are falsely refused as should be."""
    quantile = float(np.quantile(certainty[y == 1], FALSELY))
    return logit(load_settings()[0].certainty) - logit(quantile)


def logit(share: float) -> float:
    return math.log(share / (1 - share))


def report(found: list[Case], lang: str, *, told: bool) -> tuple[Numbers, Numbers]:
    kind = "in a few words" if told else "told in one piece"
    print(
        f"\n{lang}, {kind}: {len(found)} questions, "
        f"{sum(c.answerable for c in found)} of them answerable"
    )
    print(f"\n| signals | area | refused at {FALSELY:.0%} falsely refused |\n|---|---|---|")
    names = ALL[told]
    less = [tuple(n for n in names if n != name) for name in names]
    for signals in dict.fromkeys([names, *less, *((name,) for name in names)]):
        certainty, y = left_out(found, signals)
        shown = ", ".join(f"`{name}`" for name in signals)
        print(f"| {shown} | {area(certainty, y):.3f} | {refused_at(certainty, y, FALSELY):.2f} |")
    used, y = in_use(found, lang), table(found, names)[1]
    print(f"| those in use | {area(used, y):.3f} | {refused_at(used, y, FALSELY):.2f} |")
    fit_ = fitted(*table(found, names))
    weights = ", ".join(f"{n} {w:.2f}" for n, w in zip(names, fit_.coef_[0], strict=True))
    # So that the default threshold refuses as many falsely in each language.
    certainty, _ = left_out(found, names)
    print(f"weights: {weights}, bias {fit_.intercept_[0] + moved(certainty, y):.2f}")
    bias = WEIGHTS[lang, told].bias
    print(f"bias of those in use: {bias:.2f}, {bias + moved(used, y):.2f} would do the same")
    for least in (0.1, 0.2, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7):
        right, wrong = np.mean(used[y == 0] < least), np.mean(used[y == 1] < least)
        print(f"in use, least certainty {least}: refused {right:.2f}, falsely {wrong:.2f}")
    return used, y


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("given", nargs="*", type=Path, metavar="DIR|FILE")
    parser.add_argument("--signals", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--picture", type=Path)
    told = parser.parse_args()
    gather(told.given, told.limit, told.seed, told.signals)
    curves = {}
    for lang in ("zh", "en"):
        both = []
        for asked_briefly in (True, False):
            found = [
                case
                for case in cases(told.signals)
                if case.lang == lang and (case.signals.told is not None) == asked_briefly
            ]
            of_each = Counter(case.answerable for case in found)
            if len(of_each) == 2 and min(of_each.values()) >= _FEW:
                both.append(report(found, lang, told=asked_briefly))
        if both:
            certainty, answerable = zip(*both, strict=True)
            curves[lang] = np.concatenate(certainty), np.concatenate(answerable)
    if told.picture:
        told.picture.write_text(picture(curves, load_settings()[0].certainty), "utf-8")


if __name__ == "__main__":
    main()
