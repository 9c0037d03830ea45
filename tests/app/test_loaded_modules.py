"""What `kb` loads before it answers: libraries that take long stay out of the quick commands."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Runs `kb`, and writes what was loaded into the file of which MODULES tells.
RUN = """
import os, sys
from pathlib import Path
from app.start import main
try:
    main()
finally:
    Path(os.environ["MODULES"]).write_text(" ".join(sys.modules))
"""
# Each takes 0.02 s or more to load, some of them seconds.
SLOW = {
    "chromadb", "cv2", "httpx", "langchain_core", "langsmith", "llama_cpp", "lxml", "numpy",
    "onnxruntime", "openai", "opencc", "openvino", "pypdf", "rapidocr", "requests", "rjieba",
    "streamlit", "tokenizers", "torch", "transformers",
}  # fmt: skip
# Of our own: hundreds of patterns to compile, data to read.
SLOW_OF_OURS = {
    "app.asking", "app.evaluation", "app.web", "ingest.readers", "ingest.sandbox", "ingest.text",
    "llm.answer", "llm.chat", "llm.prompts", "llm.question", "retrieval.index",
    "retrieval.keywords", "retrieval.search",
}  # fmt: skip
OF_SETTINGS = {"app.service", "app.settings", "asyncio", "pydantic_settings"}


def loaded(home: Path, *arguments: str) -> set[str]:
    """The modules in memory when a `kb` with these arguments ends."""
    told = home / "modules"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KB_")}
    subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        env={**kept, "KB_DATA_DIR": str(home / "library"), "MODULES": str(told)},
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return set(told.read_text().split())


@pytest.mark.parametrize("arguments", [("--help",), ("ask", "--help"), ("--version",)])
def test_help_loads_neither_settings_nor_a_library(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    modules = loaded(tmp_path, *arguments)
    assert "app.cli.commands" in modules
    assert modules & (SLOW | SLOW_OF_OURS | OF_SETTINGS) == set()
    assert "pydantic" not in modules or arguments != ("--help",)  # Typer's own, for arguments


@pytest.mark.parametrize(
    "arguments", [("list",), ("list", "--json"), ("status",), ("jobs", "list"), ("settings",)]
)
def test_what_only_reads_the_ledger_loads_nothing_that_takes_long(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    modules = loaded(tmp_path, *arguments)
    assert "app.settings" in modules
    assert modules & (SLOW | SLOW_OF_OURS) == set()


def test_what_a_search_needs_is_named_as_it_is() -> None:
    """A name in the lists above that nothing has would hold nothing up."""
    code = (
        "import app.web, app.asking, app.evaluation, ingest.readers, ingest.sandbox, sys;"
        "print(' '.join(sys.modules))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    modules = set(told.stdout.split())
    assert modules >= SLOW_OF_OURS
    assert {"langchain_core", "numpy", "streamlit"} <= modules
