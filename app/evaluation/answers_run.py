"""One run of `kb eval answers`: its sources one after the other, each asked of both programs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from app.errors import EXPECTED, one_line
from app.evaluation.answer_items import Item, checklist_items, dataset_items
from app.evaluation.answers_report import Answered, AnswersReport, measure_answers
from app.evaluation.ask_in_turn import Program, ask_library, load_models, plain_setup, setup
from app.evaluation.changes import LastReport
from app.evaluation.checkout import CHECKOUT, all_code, code
from app.evaluation.corpus import Corpus, lay_out
from app.evaluation.dataset import Dataset
from app.evaluation.grouping import PLAIN, ZHIKU, sample
from app.evaluation.library import Open, library_of
from app.evaluation.plain_answers import PlainScript
from app.evaluation.plain_search import plain_hits
from app.evaluation.replies import Replies, Reply
from app.evaluation.rgb import RgbFile, rgb_items
from app.service import KnowledgeBase
from app.settings import Settings
from app.terminal import eval_progress, output
from llm.models import resolve

PLAIN_PASSAGES = 4  # as many as the tutorial's retriever returns
# Seconds of an answer with the default model on two cores: a first guess of how long a run takes.
_USUAL = {ZHIKU: 35.0, PLAIN: 15.0}

Texts = Mapping[str, Sequence[str]]  # texts by the id of a question


class AnswersRun:
    """Asks the sources it is given, and reports of all; the plain scripts lie in `checkout`.

    `last` is an earlier report to compare with. `incomplete` tells whether something that was
    asked for could not be done.
    """

    def __init__(
        self,
        open_: Open,
        settings: Settings,
        cache: Path,
        *,
        plain: bool = True,
        fresh: bool = False,
        checkout: Path = CHECKOUT,
        last: LastReport | None = None,
    ) -> None:
        self._open = open_
        self._settings = settings
        self._cache = cache
        self._plain = plain
        self._fresh = fresh
        self._checkout = checkout
        self._code = code(checkout)
        self._last = last
        self._usual = {**_USUAL, **(last.seconds if last else {})}
        self._began = datetime.now(UTC).isoformat(timespec="seconds")
        self._replies: list[Replies] = []
        self._answers: dict[str, list[Answered]] = {ZHIKU: [], PLAIN: []}
        self.incomplete = False

    def ask(
        self,
        source: Dataset | RgbFile,
        noises: Sequence[float],
        types: Collection[str],
        limit: int | None,
        seed: int,
    ) -> None:
        """Ask a sample of the questions of a folder or an RGB file."""
        if isinstance(source, RgbFile):
            self._ask_given(source.name, sample(rgb_items(source, noises, seed), limit, seed))
            return
        lists = sample(checklist_items(source, types), limit, seed)
        searched = [item for item in lists if item.passages is None]
        self._ask_folder(source, sample(dataset_items(source, types), limit, seed), searched)
        self._ask_given(source.name, [item for item in lists if item.passages is not None])

    def report(self, limit: int | None, seed: int) -> AnswersReport:
        """Return what was measured on all sources."""
        return measure_answers(
            self._answers, self._settings, run=self._began, limit=limit, seed=seed,
            replies=self._replies, last=self._last,
        )  # fmt: skip

    def _ask_given(self, name: str, items: Sequence[Item]) -> None:
        """Ask questions that bring their passages; the library beside them stays empty."""
        if not items:
            return
        empty = self._settings.model_copy(update={"data_dir": self._cache / "no-documents"})
        kb = self._open(empty)
        try:
            self._ask_both(kb, name, items, "given passages", {})
        finally:
            kb.close()

    def _ask_folder(self, dataset: Dataset, *groups: Sequence[Item]) -> None:
        if not any(groups):
            return
        corpus = lay_out([dataset], self._settings, self._cache)
        with library_of(corpus, self._settings, self._open, self._complain) as (kb, _):
            place = f"{corpus.library.parent.name} {kb.models.fingerprint}"
            found = self._hits(dataset, corpus, kb.models.embedding_folder) if self._plain else None
            for items in filter(None, groups):
                self._ask_both(kb, dataset.name, items, place, found)

    def _ask_both(
        self,
        kb: KnowledgeBase,
        name: str,
        items: Sequence[Item],
        place: str,
        found: Texts | None,
    ) -> None:
        """Ask each question of both programs, one after the other, so that times can be compared.

        When the plain script fails, its rows are left out.
        """
        lists = items[0].checklist is not None
        versions = [place, all_code(self._checkout)] if lists else [place]
        ours = Program(
            ZHIKU,
            self._kept(f"{ZHIKU}-{name}", setup(self._settings, *versions)),
            lambda item: item.passages or (),
            lambda item, _: ask_library(kb, item),
        )
        with ExitStack() as stack:
            programs = [ours]
            if self._plain and found is not None:
                programs += self._script_program(name, found, stack)
            if lists:
                self._say_how_long(programs, items)
            show = stack.enter_context(eval_progress())
            if not all(map(ours.knows, items)):
                show("loading the models", 0, 0)
                load_models(kb, items)
            answered: dict[str, list[Answered]] = {program.method: [] for program in programs}
            for done, item in enumerate(items):
                show("answering", done, len(items))
                for program in list(programs):
                    try:
                        reply = program.answer(item, self._began)
                    except EXPECTED as error:
                        if program is ours:
                            raise
                        self._no_plain(error)
                        programs.remove(program)
                        del answered[program.method]
                    else:
                        answered[program.method].append((item, reply))
        for method, pairs in answered.items():
            self._answers[method] += pairs

    def _script_program(self, name: str, found: Texts, stack: ExitStack) -> Iterator[Program]:
        """Yield the plain script as a program, if it and the model are here."""
        if (script := self._script("reference_answers.py")) is None:
            return
        try:
            model = resolve(self._settings.chat_model, "chat", self._settings.models_dir)
        except EXPECTED as error:
            self._no_plain(error)
            return
        running = stack.enter_context(closing(PlainScript(script, model)))

        def ask(item: Item, passages: tuple[str, ...]) -> Reply:
            return running.ask(item.question, passages)

        replies = self._kept(f"{PLAIN}-{name}", plain_setup(script, model))
        yield Program(PLAIN, replies, partial(_laid_before, found), ask)

    def _say_how_long(self, programs: Sequence[Program], items: Sequence[Item]) -> None:
        new = {p: sum(not p.knows(item) for item in items) for p in programs}
        if not any(new.values()):
            return
        seconds = sum(n * (p.replies.seconds or self._usual[p.method]) for p, n in new.items())
        asked = ", ".join(f"{n} of {p.method}" for p, n in new.items())
        questions = "1 question" if len(items) == 1 else f"{len(items)} questions"
        minutes = max(1, round(seconds / 60))
        output.say(
            f"{questions}; answers to be written: {asked}; about "
            f"{minutes} {'minute' if minutes == 1 else 'minutes'}"
        )

    def _hits(
        self, dataset: Dataset, corpus: Corpus, embedding: Path
    ) -> dict[str, list[str]] | None:
        """Return the texts that the plain script finds for each question of the folder."""
        script = self._script("reference.py")
        if script is None:
            return None
        asked = {q.id: q.question for q in dataset.queries} | {
            q.id: q.question for q in dataset.checklists if q.passages is None
        }
        asked = {id_: question for id_, question in asked.items() if question.strip()}
        try:
            with eval_progress() as show:
                show("the plain script searches", 0, 0)
                found = plain_hits(script, [dataset], corpus, asked, embedding, self._cache)
        except EXPECTED as error:
            self._no_plain(error)
            return None
        return {id_: [hit.text for hit in hits] for id_, hits in found.items()}

    def _script(self, name: str) -> Path | None:
        if (script := self._checkout / "bench" / name).is_file():
            return script
        output.complain(f"bench/{name} is not here, so there are no `plain` rows")
        return None

    def _kept(self, name: str, setup: str) -> Replies:
        self._replies.append(Replies(self._cache, name, setup, self._code, fresh=self._fresh))
        return self._replies[-1]

    def _no_plain(self, error: Exception) -> None:
        self._complain(f"{one_line(error)}; there are no `plain` rows")

    def _complain(self, line: str) -> None:
        output.complain(line)
        self.incomplete = True


def _laid_before(found: Texts, item: Item) -> tuple[str, ...]:
    """Return the passages that the plain script is given with a question."""
    return item.passages or tuple(found.get(item.id, ())[:PLAIN_PASSAGES])
