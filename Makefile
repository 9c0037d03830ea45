# run    the web app, with everything it needs installed and the sample documents in the library
# test   all tests, the real models and a real browser among them
# check  format, lint, types
# bench  speed, as ratios
PYTHON ?= python3
BIN := .venv/bin
STEP := .ci/step

.PHONY: run test check bench clean

run: .venv/installed
	@$(STEP) "models: 1.6 GB the first time, minutes; then nothing" $(BIN)/kb models pull
	@$(STEP) "sample documents: a minute the first time" $(BIN)/kb ingest data/samples/docs
	@exec $(BIN)/kb serve

test: .venv/installed .venv/browser
	@$(STEP) "models: 2.2 GB the first time, minutes; then nothing" \
		sh -c '$(BIN)/kb models pull && $(BIN)/kb models pull qwen2.5-coder-0.5b smollm2-135m'
	@$(STEP) "tests: about ten minutes" $(BIN)/python -m pytest

check: .venv/installed
	@$(STEP) "format" $(BIN)/ruff format --check .
	@$(STEP) "lint" $(BIN)/ruff check .
	@$(STEP) "types: a minute the first time" $(BIN)/mypy

bench: .venv/installed
	@$(STEP) "models" $(BIN)/kb models pull
	@$(STEP) "embedding: batch sizes and number formats" $(BIN)/python bench/embedding.py
	@$(STEP) "ingestion: the first time, again, one edited, one renamed" $(BIN)/python bench/ingestion.py

.venv/installed: pyproject.toml constraints.txt .ci/install
	@$(STEP) "packages into .venv: two minutes, and five more the first time, while llama.cpp compiles" \
		.ci/install $(PYTHON)
	@touch $@

.venv/browser: .ci/browser .venv/installed
	@$(STEP) "a browser for the tests" .ci/browser
	@touch $@

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache
