"""One run of `kb eval answers`: its sources one after the other, each asked of both programs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from app.errors import EXPECTED, one_line
from app.evaluation.answers_eval import ask_library, ask_plain, plain_setup, setup
from app.evaluation.answers_report import PLAIN, ZHIKU, Answered, AnswersReport, report
from app.evaluation.cells import sample
from app.evaluation.corpus import Corpus, lay_out
from app.evaluation.dataset import Dataset, Question
from app.evaluation.items import Item, dataset_items
from app.evaluation.library import Open, library_of
from app.evaluation.plain import plain_hits
from app.evaluation.replies import Replies
from app.evaluation.rgb import RgbFile, rgb_items
from app.service import KnowledgeBase
from app.settings import Settings
from app.terminal import eval_progress, output
from llm.models import resolve

_BENCH = Path(__file__).resolve().parents[2] / "bench"  # in a checkout only


class AnswersRun:
    """Asks the sources it is given, and reports of all; `scripts` holds the plain scripts.

    `incomplete` tells whether something that was asked for could not be done.
    """

    def __init__(
        self,
        open_: Open,
        settings: Settings,
        cache: Path,
        *,
        plain: bool = True,
        fresh: bool = False,
        scripts: Path = _BENCH,
    ) -> None:
        self._open = open_
        self._settings = settings
        self._cache = cache
        self._plain = plain
        self._fresh = fresh
        self._scripts = scripts
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
        else:
            self._ask_folder(source, sample(dataset_items(source, types), limit, seed))

    def report(self, limit: int | None, seed: int) -> AnswersReport:
        """Return what was measured on all sources."""
        return report(self._settings, limit, seed, self._replies, self._answers)

    def _ask_given(self, name: str, items: Sequence[Item]) -> None:
        """Ask questions that bring their passages; the library beside them stays empty."""
        empty = self._settings.model_copy(update={"data_dir": self._cache / "no-documents"})
        kb = self._open(empty)
        try:
            self._ours(kb, name, items, "given passages")
        finally:
            kb.close()
        if self._plain:
            self._theirs(name, items, {})

    def _ask_folder(self, dataset: Dataset, items: Sequence[Item]) -> None:
        corpus = lay_out([dataset], self._settings, self._cache)
        with library_of(corpus, self._settings, self._open, self._complain) as (kb, _):
            place = f"{corpus.library.parent.name} {kb.models.fingerprint}"
            self._ours(kb, dataset.name, items, place)
            embedding = kb.models.embedding_folder
        if self._plain:
            self._theirs(dataset.name, items, self._hits(dataset, corpus, embedding))

    def _ours(self, kb: KnowledgeBase, name: str, items: Sequence[Item], place: str) -> None:
        replies = self._kept(f"{ZHIKU}-{name}", setup(self._settings, place))
        with eval_progress() as show:
            self._answers[ZHIKU] += ask_library(kb, items, replies, show)

    def _theirs(self, name: str, items: Sequence[Item], found: dict[str, list[str]] | None) -> None:
        """Have the plain script answer; without it, or when it fails, its rows are left out."""
        if found is None or (script := self._script("reference_answers.py")) is None:
            return
        try:
            model = resolve(self._settings.llm_model, "chat", self._settings.models_dir)
            replies = self._kept(f"{PLAIN}-{name}", plain_setup(script, model))
            with eval_progress() as show:
                answered = ask_plain(script, model, items, found, replies, show)
        except EXPECTED as error:
            self._complain(f"{one_line(error)}; there are no `plain` rows")
        else:
            self._answers[PLAIN] += answered

    def _hits(
        self, dataset: Dataset, corpus: Corpus, embedding: Path
    ) -> dict[str, list[str]] | None:
        """Return the texts that the plain script finds for each question of the folder."""
        script = self._script("reference.py")
        if script is None:
            return None
        asked = [Question(dataset.name, query) for query in dataset.queries if query.question]
        try:
            with eval_progress() as show:
                show("the plain script searches", 0, 0)
                found = plain_hits(script, [dataset], corpus, asked, embedding, self._cache)
        except EXPECTED as error:
            self._complain(f"{one_line(error)}; there are no `plain` rows")
            return None
        return {id_: [hit.text for hit in hits] for id_, hits in found.items()}

    def _script(self, name: str) -> Path | None:
        if (script := self._scripts / name).is_file():
            return script
        output.complain(f"bench/{name} is not here, so there are no `plain` rows")
        return None

    def _kept(self, name: str, setup: str) -> Replies:
        self._replies.append(Replies(self._cache, name, setup, fresh=self._fresh))
        return self._replies[-1]

    def _complain(self, line: str) -> None:
        output.complain(line)
        self.incomplete = True
