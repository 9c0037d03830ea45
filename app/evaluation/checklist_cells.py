"""The verdicts on answers to checklists, and their means: by kind, by language and over all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from app.evaluation.answer_items import Item
from app.evaluation.answer_metrics import says_no, without_marks
from app.evaluation.checklist import LONG_KINDS, Checklist, Outcome, Verdict, judge
from app.evaluation.grouping import PLAIN, ZHIKU, mean, middle
from app.evaluation.replies import Reply

ALL = "all"  # sources, languages or kinds together

Judged = tuple[Item, Reply, Verdict]
Group = tuple[str, str, str]  # source, language, kind


@dataclass(frozen=True)
class ChecklistCell:
    """What one program did with the questions of a kind; null where nothing was measured.

    `complete` to `not_found` are shares, `unanswered` to `wrong` are numbers of questions, the
    others medians. The ratios are medians of ours over those of the plain script, for questions
    that both answered; `same_run` says how many of these were asked of both in one run.
    """

    source: str
    lang: str
    kind: str
    method: str
    n: int
    complete: float
    short: float
    facts: float | None
    cited: float | None
    answered: float
    unsure: float
    not_found: float
    unanswered: int
    unfounded: int
    wrong: int
    length: float
    calls: float | None
    prompt_tokens: float | None
    first_token_s: float | None
    total_s: float
    first_token_ratio: float | None
    total_ratio: float | None
    same_run: int | None


def verdict(item: Item, reply: Reply) -> Verdict:
    """Hold the answer to a question against its checklist."""
    return judge(
        item.checklist or Checklist(),
        reply.answer,
        _outcome(reply),
        None if reply.refused is None else reply.paths,
        answerable=item.answerable,
        lang=item.lang,
        long=item.part in LONG_KINDS,
    )


def checklist_cells(judged: Mapping[str, Sequence[Judged]]) -> list[ChecklistCell]:
    """Return the cells of each method, side by side, each language's sum behind its kinds."""
    groups: dict[Group, None] = {}
    items = [item for answers in judged.values() for item, _, _ in answers]
    for source in _each(item.source for item in items):
        of_source = [item for item in items if item.source == source]
        for lang in _each(item.lang for item in of_source):
            for kind in _each(item.part for item in of_source if item.lang == lang):
                groups[source, lang, kind] = None
            groups[source, lang, ALL] = None
        groups[source, ALL, ALL] = None
    if len(_each(item.source for item in items)) > 1:
        for lang in _each(item.lang for item in items):
            groups[ALL, lang, ALL] = None
        groups[ALL, ALL, ALL] = None
    return [
        _cell(group, method, members, theirs if method == ZHIKU else [])
        for group in groups
        for theirs in [_members(judged.get(PLAIN, ()), group)]
        for method, answers in judged.items()
        if (members := _members(answers, group))
    ]


def _cell(
    group: Group, method: str, members: Sequence[Judged], theirs: Sequence[Judged]
) -> ChecklistCell:
    source, lang, kind = group
    verdicts = [v for _, _, v in members]
    replies = [reply for _, reply, _ in members]
    beside = {(i.source, i.id): reply for i, reply, _ in theirs}
    pairs = [(r, beside[i.source, i.id]) for i, r, _ in members if (i.source, i.id) in beside]

    def share(of: Callable[[Verdict], float | None]) -> float | None:
        return mean(map(of, verdicts))

    def count(of: Callable[[Item, Verdict], bool]) -> int:
        return sum(of(item, v) for item, _, v in members)

    return ChecklistCell(
        source=source,
        lang=lang,
        kind=kind,
        method=method,
        n=len(members),
        complete=share(lambda v: v.complete) or 0.0,
        short=share(lambda v: v.short) or 0.0,
        facts=share(lambda v: v.facts),
        cited=share(lambda v: v.cited),
        answered=share(lambda v: v.outcome == "answered") or 0.0,
        unsure=share(lambda v: v.outcome == "unsure") or 0.0,
        not_found=share(lambda v: v.outcome == "not_found") or 0.0,
        unanswered=count(lambda item, v: item.answerable and v.outcome == "not_found"),
        unfounded=count(lambda item, v: not item.answerable and v.outcome == "answered"),
        wrong=count(lambda _, v: v.wrong),
        length=float(median(v.length for v in verdicts)),
        calls=middle(reply.calls for reply in replies),
        prompt_tokens=middle(reply.prompt_tokens for reply in replies),
        first_token_s=middle(reply.first_token_s for reply in replies),
        total_s=round(median(reply.total_s for reply in replies), 3),
        first_token_ratio=_ratio([(a.first_token_s, b.first_token_s) for a, b in pairs]),
        total_ratio=_ratio([(a.total_s, b.total_s) for a, b in pairs]),
        same_run=sum(a.run == b.run != "" for a, b in pairs) if pairs else None,
    )


def _outcome(reply: Reply) -> Outcome:
    """Return what became of a question; a program that does not say so says it in its answer."""
    if reply.outcome is not None:
        return reply.outcome
    refused = reply.refused
    if refused is None:
        refused = says_no(without_marks(reply.answer))
    return "not_found" if refused else "answered"


def _members(answers: Iterable[Judged], group: Group) -> list[Judged]:
    return [
        one
        for one in answers
        for mine in [(one[0].source, one[0].lang, one[0].part)]
        if all(wanted in (ALL, have) for wanted, have in zip(group, mine, strict=True))
    ]


def _each(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _ratio(pairs: Iterable[tuple[float | None, float | None]]) -> float | None:
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    if not both or not (theirs := median(b for _, b in both)):
        return None
    return round(median(a for a, _ in both) / theirs, 3)
