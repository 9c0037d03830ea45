"""A process beside this one: it gets what it needs to run, and no key."""

import json
from pathlib import Path

import pytest

from retrieval import child_process as child

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
