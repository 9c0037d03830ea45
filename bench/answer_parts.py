"""What each part of an answer brings: questions with checklists, asked with one part off at a time.

    python bench/answer_parts.py FOLDER

FOLDER has docs/ and queries.jsonl or questions.jsonl with checklists. Passages are searched once
for each question, so that only what comes behind the search differs. Needs both models; a question
takes about a minute on two cores. Off are in turn: the form that the question wants (all are asked
as for a fact), whether the answer is there (all are answered surely), verifying (what is not borne
out stays, marked).
"""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401

import argparse
import statistics
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.evaluation import Checklist, Verdict, judge, lay_out, library_of, read_dataset
from app.service import build
from app.settings import load_settings
from ingest.text import language
from llm.answer import Answer, AnswerModel, Question, answer
from llm.question import Kind

Part = Callable[[Question, AnswerModel], tuple[Question, AnswerModel]]

PARTS: dict[str, Part] = {
    "all": lambda question, model: (question, model),
    "one form for all": lambda question, model: (replace(question, kind=Kind.FACT), model),
    "always sure": lambda question, model: (question, replace(model, least_certainty=0.0)),
    "not verified": lambda question, model: (question, replace(model, strict=False)),
}


def main() -> None:
    """Ask, and print a line for each part."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    settings = load_settings()[0]
    dataset = read_dataset(given.folder)
    cache = Path.home() / ".cache" / "zhiku" / "eval"
    verdicts: dict[str, list[tuple[bool, Verdict, float]]] = defaultdict(list)
    with library_of(lay_out([dataset], settings, cache), settings, build, print) as (kb, _):
        chat = kb.models.chat()
        model = AnswerModel(
            chat,
            chat.context,
            settings.answer_tokens,
            odds=chat.odds if chat.can_judge else None,
            calibrations=chat.measured.calibrations,
            least_certainty=settings.certainty,
        )
        for query in dataset.checklists:
            question = Question(query.question, language(query.question))
            kb.finder.read(question, kb.finder.look(question.text, settings.passages))
            for name, part in PARTS.items():
                asked, how = part(question, model)
                asked.began = Question("", "en").began
                *_, last = answer(asked, how)
                assert isinstance(last, Answer)  # noqa: S101  # the last event is one
                verdict = judge(
                    Checklist(query.must, query.must_not, query.docs),
                    last.answer,
                    last.outcome,
                    [citation.path for citation in last.citations],
                    answerable=query.answerable,
                    lang=query.lang,
                )
                verdicts[name].append((query.answerable, verdict, last.timings.total_s))
    print(f"{'off':18}{'n':>4} complete facts unsure notfound wrong unfounded total s")
    for name, found in verdicts.items():
        print(name.ljust(18) + row(found))


def row(found: list[tuple[bool, Verdict, float]]) -> str:
    """Return the shares and counts of one part as a line."""
    asked = [verdict for answerable, verdict, _ in found if answerable]
    other = [verdict for answerable, verdict, _ in found if not answerable]

    def share(values: list[float]) -> str:
        return f"{statistics.mean(values):.2f}" if values else "-"

    return (
        f"{len(found):4}{share([v.complete for v in asked]):>9}"
        f"{share([v.facts or 0.0 for v in asked]):>6}"
        f"{share([v.outcome == 'unsure' for v in asked]):>7}"
        f"{share([v.outcome == 'not_found' for v in asked]):>9}"
        f"{sum(v.wrong for v in asked):6}{sum(v.outcome == 'answered' for v in other):10}"
        f"{statistics.median(s for *_, s in found):8.1f}"
    )


if __name__ == "__main__":
    main()
