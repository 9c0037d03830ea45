"""The plain script of the evaluation, on three files and the real embedding model."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.loaded_models import Models
from app.settings import load_settings

pytestmark = pytest.mark.integration
SCRIPT = Path(__file__).parent.parent / "bench" / "reference.py"


def test_the_plain_script_finds_the_passage(tmp_path: Path) -> None:
    for name, text in (("one", "Bicycles stand in the yard."), ("two", "一晚住宿不超过六百元。")):
        (tmp_path / name / "docs" / "sub").mkdir(parents=True)
        (tmp_path / name / "docs" / "sub" / "a.md").write_text(text, "utf-8")
    long = "A sentence about nothing in particular. " * 60  # three pieces of 1,000 characters
    (tmp_path / "one" / "docs" / "long.md").write_text(long, "utf-8")
    queries = tmp_path / "queries.jsonl"
    asked = [("x", "Where do the bicycles stand?"), ("y", "住宿一晚最多多少钱？")]
    lines = [json.dumps({"id": id_, "question": question}) for id_, question in asked]
    queries.write_text("\n".join(lines), "utf-8")
    embedding = Models(load_settings()[0]).embedding_folder
    ended = subprocess.run(
        [
            sys.executable, SCRIPT, "--embedding", embedding, "--queries", queries,
            tmp_path / "one", tmp_path / "two",
        ],
        capture_output=True, check=True,
    )  # fmt: skip
    found = [json.loads(line) for line in ended.stdout.decode("utf-8").splitlines()]
    assert [line["id"] for line in found] == ["x", "y"]
    assert [line["hits"][0]["path"] for line in found] == ["one/sub/a.md", "two/sub/a.md"]
    assert found[0]["hits"][0]["text"] == "Bicycles stand in the yard."
    assert len(found[0]["hits"]) == 5
