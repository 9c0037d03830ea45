"""Questions that bring their passages, asked of a scripted model and of a stand-in script."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.evaluation import AnswersReport, AnswersRun, Dataset, LastReport, RgbFile, read_dataset
from app.settings import Settings

REFUSAL = "The documents do not contain the answer to this question."
Given = Callable[..., Dataset]
Ask = Callable[..., AnswersReport]


@pytest.fixture
def given(folder: Callable[..., Path]) -> Given:
    """Make questions with checklists and passages, a line for each dictionary of changes."""

    def make(*changes: dict[str, object]) -> Dataset:
        usual = {
            "id": "1", "question": "Who was it?", "lang": "en", "must": [["Ann"]],
            "passages": ["It was Ann.", "It was in May."],
        }  # fmt: skip
        lines = "\n".join(json.dumps({**usual, **change}) for change in changes or ({},))
        return read_dataset(folder({"queries.jsonl": lines}, "given"))

    return make


@pytest.fixture
def checkout(folder: Callable[..., Path]) -> Path:
    """Sources that stand for ours."""
    return folder({"llm/answer/write.py": "1"}, "checkout")


@pytest.fixture
def ask(
    open_kb: Any,
    make_settings: Callable[..., Settings],
    tiny_gguf: Any,
    checkout: Path,
    tmp_path: Path,
) -> Ask:
    """Ask a source in a run of its own; `texts` are what the model writes, by default refusals."""
    settings = make_settings(llm_model=str(tiny_gguf()))

    def made(
        source: Dataset | RgbFile,
        texts: list[str] | None = None,
        *,
        plain: bool = False,
        fresh: bool = False,
        last: LastReport | None = None,
    ) -> AnswersReport:
        def open_(changed: Settings) -> Any:
            return open_kb(
                texts=[REFUSAL] * 9 if texts is None else texts,
                data_dir=changed.data_dir, llm_model=changed.llm_model,
            )  # fmt: skip

        run = AnswersRun(
            open_, settings, tmp_path / "cache",
            plain=plain, fresh=fresh, checkout=checkout, last=last,
        )  # fmt: skip
        run.ask(source, [0.0], (), None, 0)
        return run.report(None, 0)

    return made
