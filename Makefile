# run    the web app, with everything it needs installed and the sample documents in the library
# test   all tests, the real models and a real browser among them
# faults the long run of the fault suite: kills, full disks, damaged files; 200 files dropped at once
# hostile the long run of the files made to hurt, and what each of them costs
# fuzz   the long run of the fuzz tests: files, backups, model headers, settings made at random
# check  format, lint, types
# bench  speed and memory beside the plain script, as one report in docs/measured/report.md
# compare methods beside each other: the index, follow-ups, what is found
PYTHON ?= python3
BIN := .venv/bin
STEP := .ci/step

.PHONY: run test faults hostile fuzz check bench compare clean

run: .venv/installed
	@$(STEP) "models: 1.6 GB the first time, minutes; then nothing" $(BIN)/kb models pull
	@$(STEP) "sample documents: a minute the first time" $(BIN)/kb ingest data/samples/docs
	@exec $(BIN)/kb serve

test: .venv/installed .venv/browser
	@$(STEP) "models: 2.2 GB the first time, minutes; then nothing" \
		sh -c '$(BIN)/kb models pull && $(BIN)/kb models pull qwen2.5-coder-0.5b smollm2-135m'
	@$(STEP) "tests: about half an hour" $(BIN)/python -m pytest

faults: .venv/installed .venv/browser
	@$(STEP) "faults: 50 kills at each stage, two minutes of asking; about 25 minutes" \
		$(BIN)/python -m pytest tests/faults --rounds 50 --crowd-seconds 120
	@$(STEP) "200 files dropped into the app at once: ten minutes" \
		$(BIN)/python -m pytest tests/browser -k dropped_at_once --dropped 200

hostile: .venv/installed
	@$(STEP) "files made to hurt: some are read until the clock ends it; about a quarter of an hour" \
		$(BIN)/python -m pytest tests/hostile --all-hostile

fuzz: .venv/installed
	@$(STEP) "fuzz: 3,000 examples of each kind; about half an hour" \
		$(BIN)/python -m pytest tests/fuzz --fuzz 3000

check: .venv/installed
	@$(STEP) "format" $(BIN)/ruff format --check .
	@$(STEP) "lint" $(BIN)/ruff check .
	@$(STEP) "types: a minute the first time" $(BIN)/mypy

bench: .venv/installed .venv/browser
	@$(STEP) "models" $(BIN)/kb models pull
	@$(STEP) "the report: half an hour on a quiet machine" $(BIN)/python bench/report.py

compare: .venv/installed
	@$(STEP) "models" $(BIN)/kb models pull
	@$(STEP) "ingestion: the first time, again, one edited, one renamed" $(BIN)/python bench/ingestion.py
	@$(STEP) "the vector index beside plain Chroma, 100,000 chunks: ten minutes" \
		$(BIN)/python bench/vector_index.py
	@$(STEP) "ways to run Chroma: half an hour" $(BIN)/python bench/chroma_modes.py
	@$(STEP) "follow-up questions: five minutes" $(BIN)/python bench/followups.py
	@$(STEP) "documents that try to steer the model: five minutes" $(BIN)/python bench/injection.py
	@$(STEP) "retrieval on the samples, method beside method" $(BIN)/kb eval retrieval data/samples

.venv/installed: pyproject.toml constraints.txt .ci/install
	@$(STEP) "packages into .venv: two minutes, and five more the first time, while llama.cpp compiles" \
		.ci/install $(PYTHON)
	@touch $@

.venv/browser: .ci/browser .venv/installed
	@$(STEP) "a browser for the tests" .ci/browser
	@touch $@

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache
