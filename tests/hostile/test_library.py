"""A folder of files made to hurt among good ones: `kb ingest` reads the good ones, and says why.

Through the real command and the real library; only the embedding model is a stand-in.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from made.table import READ, Case

from app.cli import run
from app.loaded_models import Models
from app.service import KnowledgeBase
from app.settings import Settings
from ingest.reasons import REASONS
from retrieval.ledger import Ledger

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits memory")
GOOD = ("0 first.md", "m middle.txt", "zz last.html")


def test_the_rest_of_the_batch_is_ingested(
    cases: list[Case],
    tmp_path: Path,
    server: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tokenizer_file: Path,
    word_embedding: Any,
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    outcomes: dict[str, tuple[str, ...]] = {}
    for case in cases:
        (docs / case.name).write_bytes(case.data(server.url))
        outcomes[case.name] = case.outcomes
    for n, name in enumerate(GOOD):
        (docs / name).write_text(f"The pump of hall {n} is checked on Mondays.\n", "utf-8")
    (docs / "link.txt").symlink_to("/etc/passwd")
    (docs / "device.txt").symlink_to("/dev/zero")
    os.mkfifo(docs / "pipe.txt")
    model = tmp_path / "models" / "a"
    model.mkdir(parents=True)
    (model / "model.safetensors").write_bytes(b"a")
    (model / "config.json").write_text("{}")
    (model / "tokenizer.json").write_bytes(tokenizer_file.read_bytes())
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path / "library"))
    monkeypatch.setenv("KB_EMBED_MODEL", str(model))

    class Words(Models):
        def embeddings(self) -> Any:
            return word_embedding()

    def open_library(settings: Settings) -> KnowledgeBase:
        return KnowledgeBase(settings, Ledger(settings.ledger_path), Words(settings))

    assert run(["ingest", str(docs)], open_library) == 1, "some were refused"
    said = capsys.readouterr()
    run(["list", "--json"], open_library)
    listed = {row["path"]: row for row in json.loads(capsys.readouterr().out)}
    assert {name for name in GOOD if listed[name]["status"].startswith("ready")} == set(GOOD)
    for name, allowed in outcomes.items():
        row = listed.get(name)
        if row is None or not row["status"].startswith("ready"):
            reason = (row["error"] or "").partition(":")[0] if row else "unsupported"
            assert reason in REASONS, (name, row)
            assert reason in allowed, (name, reason)
        else:
            assert READ in allowed, name
    for name in ("link.txt", "device.txt", "pipe.txt"):
        assert name not in listed
        assert f"skipped {name}: " in said.out + said.err
    assert server.came == 0
