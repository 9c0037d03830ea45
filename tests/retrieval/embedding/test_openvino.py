"""The real model run by OpenVINO, beside the same run by torch."""

import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from app.settings import Settings
from llm.models import fingerprint, resolve
from retrieval.embedding import load_embeddings, prepare

pytestmark = pytest.mark.integration

TEXTS = [
    "年假",
    "每位员工入职满一年后，每年享有十五天带薪年假。",
    "设备每九十天保养一次。" * 80,  # more than the 512 tokens
    "",
    "\n",
    "leave",
    "Twenty-five days of leave a year, five of which may be taken over to the next one.",
    "The filter is changed every 90 days. " * 120,
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "第 3 章 HL-400 operating manual（操作手册）",
]


@pytest.fixture(scope="module")
def folder() -> Path:
    """The folder of the default model, or of its fallback."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [n for n in os.environ if n.startswith("KB_") and n != "KB_MODELS_DIR"]:
            patch.delenv(name)
        settings = Settings()
    return resolve(settings.embed_model, "embedding", settings.models_dir)


@pytest.fixture(scope="module")
def place(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where it lies converted."""
    place = tmp_path_factory.mktemp("converted") / fingerprint(folder)
    assert prepare(folder, place, "openvino")
    assert not prepare(folder, place, "openvino")  # it is there
    return place


@pytest.fixture(scope="module")
def by_openvino(folder: Path, place: Path) -> Embeddings:
    found = load_embeddings(folder, place, "openvino")
    assert type(found).__name__ == "OpenVinoEmbeddings"
    return found


@pytest.fixture(scope="module")
def by_torch(folder: Path) -> Embeddings:
    return load_embeddings(folder, wanted="torch")


def cosines(one: Any, other: Any) -> Any:
    return (np.asarray(one) * np.asarray(other)).sum(axis=1)


def test_passages_have_the_vectors_that_torch_makes(
    by_openvino: Embeddings, by_torch: Embeddings
) -> None:
    found = np.asarray(by_openvino.embed_documents(TEXTS))
    assert found.shape == (len(TEXTS), 384)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)
    assert cosines(found, by_torch.embed_documents(TEXTS)).min() >= 0.999


def test_questions_have_the_vectors_that_torch_makes(
    by_openvino: Embeddings, by_torch: Embeddings
) -> None:
    found = [by_openvino.embed_query(text) for text in TEXTS]
    assert cosines(found, [by_torch.embed_query(text) for text in TEXTS]).min() >= 0.999
    passages = by_openvino.embed_documents(TEXTS[1:2])
    assert cosines(passages, found[1:2])[0] < 0.999  # "passage: " is not "query: "


def test_vectors_come_in_the_order_of_the_texts(by_openvino: Embeddings) -> None:
    texts = [f"Room {n} is on floor {n // 10}. " * (1 + n * 7 % 23) for n in range(60)]
    found = by_openvino.embed_documents(texts)
    alone = [by_openvino.embed_documents([text])[0] for text in texts]
    assert (np.asarray(found) @ np.asarray(alone).T).argmax(axis=1).tolist() == list(range(60))
    assert by_openvino.embed_documents([]) == []


def test_threads_get_their_own_vectors(by_openvino: Embeddings) -> None:
    wanted = [by_openvino.embed_query(text) for text in TEXTS]
    gate = threading.Barrier(4)

    def ask(turn: int) -> Any:
        gate.wait(30)
        order = [(turn + n) % len(TEXTS) for n in range(len(TEXTS))]
        found = {n: by_openvino.embed_query(TEXTS[n]) for n in order}
        return cosines([found[n] for n in range(len(TEXTS))], wanted).min()

    with ThreadPoolExecutor(4) as pool:
        assert min(pool.map(ask, range(4))) >= 0.9999


WAY_THROUGH = """
import app.environment, json, sys, threading
from pathlib import Path
from app.service import build
from app.settings import Settings
kb = build(Settings(data_dir=Path(sys.argv[1]), models_dir=Path(sys.argv[2]),
                    embed_model=sys.argv[3], embed_backend="openvino",
                    model_process="off", translate_seconds=0))
report = kb.ingest([Path(sys.argv[4])])
found = kb.search("How many days of leave?", 1).passages[0].page_content
heavy = [m for m in ("torch", "transformers", "sentence_transformers") if m in sys.modules]
sent = getattr(sys.modules.get("openvino_telemetry"), "__file__", None)
print(json.dumps([report.added, found, heavy, sent, kb.status()["embed_backend"]]))
kb.close()
"""


def test_torch_is_not_imported_where_openvino_runs(
    folder: Path, place: Path, tmp_path: Path
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "leave.md").write_text("You have 25 days of leave a year.")
    models = place.parent.parent / "models"
    (models / "converted").mkdir(parents=True)
    (models / "converted" / place.name).symlink_to(place)
    arguments = [str(p) for p in (tmp_path / "library", models, folder, docs)]
    done = subprocess.run(
        [sys.executable, "-c", WAY_THROUGH, *arguments],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    said = json.loads(done.stdout.splitlines()[-1])
    assert said == [1, "You have 25 days of leave a year.", [], None, "openvino"]
