"""A process beside this one: it gets what it needs to run, and no key."""

import json
from pathlib import Path

import pytest

from retrieval import child_process as child
from retrieval.errors import LibraryError

TELLS = "import json, os\ndef main(_): print(json.dumps(dict(os.environ)))\n"


def test_a_child_is_told_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tells_its_environment.py").write_text(TELLS)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    for name in ("KB_LLM_API_KEY", "HF_TOKEN", "OPENAI_API_KEY", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "sk-secret")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    told = json.loads(child.run("tells_its_environment", seconds=60))
    assert "sk-secret" not in told.values()
    assert (told["PYTHONPATH"], told["OMP_NUM_THREADS"]) == (str(tmp_path), "1")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("import time; time.sleep(60)", "it did not answer in 1 s"),
        ("import os; os._exit(3)", "it crashed the process that opened it (exit code 3)"),
        ("raise ValueError", "it crashed the process that opened it (exit code 1)"),
        ("pass", "it crashed the process that opened it (exit code 0)"),  # it says nothing
    ],
)
def test_a_child_that_fails_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, said: str
) -> None:
    (tmp_path / "fails_at_once.py").write_text(f"def main(_):\n    {body}\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(LibraryError) as raised:
        child.run("fails_at_once", seconds=1 if "sleep" in body else 60)
    assert str(raised.value) == said
