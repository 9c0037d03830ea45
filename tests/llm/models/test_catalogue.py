"""The catalogue says of each model what is needed to fetch and check it."""

import re
from pathlib import PurePosixPath

import pytest

from app.settings import Settings
from llm.errors import ModelError
from llm.models import FLOOR, find, models

FAMILIES = {"Qwen", "LLaMA", "GLM", "Mistral", "Baichuan", "Gemma", "DeepSeek"}
COMMIT_OR_BRANCH = re.compile(r"[0-9a-f]{40}|main|master")

every_model = pytest.mark.parametrize("model", models(), ids=lambda model: model.id)


def test_ids_are_unique():
    ids = [model.id for model in models()]
    assert len(ids) == len(set(ids))


def test_the_families_that_people_ask_for_are_there():
    assert {model.family for model in models() if model.kind == "chat"} >= FAMILIES


def test_the_defaults_are_there_and_were_run_by_us():
    names = {name: field.default for name, field in Settings.model_fields.items()}
    assert names["llm_model"] == "auto"
    chat, embedding = find(FLOOR), find(names["embed_model"])
    assert chat.wheels
    assert (chat.kind, chat.tested) == ("chat", True)
    assert embedding.kind == "embedding"
    assert find(embedding.fallback or "").tested


@every_model
def test_files_can_be_checked(model):
    for file in model.files:
        assert file.sha256 is None or re.fullmatch("[0-9a-f]{64}", file.sha256)
        assert file.sha256 or not model.tested
        assert file.bytes or not model.tested
    hashes = [file.sha256 for file in model.files if file.sha256]
    assert len(hashes) == len(set(hashes))


@every_model
def test_only_formats_that_cannot_run_code_are_listed(model):
    suffixes = {PurePosixPath(file.name).suffix for file in model.files}
    wanted = {"chat": {".gguf"}, "embedding": {".safetensors", ".json"}}
    assert suffixes == wanted[model.kind]


@every_model
def test_there_is_a_source_and_its_revision_is_named(model):
    assert model.hub or model.wheels
    for repository in filter(None, (model.hub, model.modelscope)):
        assert COMMIT_OR_BRANCH.fullmatch(repository.revision)
        assert repository.repo.count("/") == 1


@every_model
def test_wheels_make_files_of_the_model(model):
    names = {file.name for file in model.files}
    for wheel in model.wheels:
        assert wheel.into in names
        assert re.fullmatch("[0-9a-f]{64}", wheel.sha256)
    if model.wheels:
        assert {wheel.into for wheel in model.wheels} == names


@every_model
def test_numbers_are_sensible(model):
    assert 0 < model.max_tokens <= model.context
    assert 0.1 <= model.memory_gib <= 64
    if model.bytes:
        assert model.memory_gib > 0.9 * model.bytes / 2**30


@every_model
def test_a_fallback_computes_in_the_same_way(model):
    if model.fallback:
        other = find(model.fallback)
        assert (other.kind, other.query_prefix, other.passage_prefix, other.max_tokens) == (
            *(model.kind, model.query_prefix, model.passage_prefix, model.max_tokens),
        )


def test_an_unknown_id_names_those_that_are_near():
    with pytest.raises(ModelError, match=r"no model 'qwen2\.5-code-1\.5b'.*qwen2\.5-coder-1\.5b"):
        find("qwen2.5-code-1.5b")
    with pytest.raises(ModelError, match="kb models list"):
        find("???")
