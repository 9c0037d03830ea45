"""Folders of embedding models: what they may load, and what is refused in one line."""

import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from llm.errors import ModelError
from llm.models import resolve

STEPS = [
    ("", "sentence_transformers.models.Transformer"),
    ("1_Pooling", "sentence_transformers.sentence_transformer.modules.pooling.Pooling"),
    ("2_Dense", "sentence_transformers.models.Dense"),
    ("3_Normalize", "sentence_transformers.models.Normalize"),
]
Make = Callable[..., Path]


def listed(steps: list[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"idx": n, "path": path, "type": kind} for n, (path, kind) in enumerate(steps)]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write a whole folder, in which the given files are others; None takes one away."""

    def write(**changed: object) -> Path:
        files: dict[str, object] = {
            "config.json": {},
            "tokenizer.json": {},
            "model.safetensors": "weights",
            "modules.json": listed(STEPS),
            "2_Dense/model.safetensors": "weights",
            "sentence_bert_config.json": {"max_seq_length": 512, "do_lower_case": False},
            "pytorch_model.bin": "a pickle beside",
            **{name.replace("__", "/"): content for name, content in changed.items()},
        }
        for name, content in files.items():
            file = tmp_path / "model" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if content is not None:
                text = content if isinstance(content, str) else json.dumps(content)
                file.write_text(text, "utf-8")
        return tmp_path / "model"

    return write


def refused(folder: Path) -> str:
    with pytest.raises(ModelError) as raised:
        resolve(str(folder), "embedding", folder.parent, [])
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_a_whole_folder_is_taken_though_a_pickle_lies_beside(make: Make) -> None:
    folder = make()
    assert resolve(str(folder), "embedding", folder.parent, []) == folder


def test_arguments_that_a_model_needs_are_taken(make: Make) -> None:
    arguments = {"max_seq_length": 512, "model_kwargs": {"add_pooling_layer": False}}
    folder = make(**{"sentence_bert_config.json": arguments})
    assert resolve(str(folder), "embedding", folder.parent, []) == folder


@pytest.mark.parametrize(
    "kind",
    [
        "subprocess.Popen",
        "custom.Model",
        "sentence_transformers.base.modules.dense.torch",
        "sentence_transformers.util.misc.importlib",
        "sentence_transformers.models.CNN",
        "sentence_transformers.models.Transformer.load",
        "",
        None,
    ],
)
def test_another_class_is_refused(make: Make, kind: Any) -> None:
    assert "is no known step" in refused(make(**{"modules.json": listed([*STEPS, ("x", kind)])}))


@pytest.mark.parametrize("path", ["../other", "/var/other", "a/../../b", "..\\other"])
def test_a_step_elsewhere_is_refused(make: Make, path: str) -> None:
    steps = [*STEPS, (path, "sentence_transformers.models.Dense")]
    assert "is not in the folder" in refused(make(**{"modules.json": listed(steps)}))


@pytest.mark.parametrize(
    "changed",
    [
        {"model.safetensors": None, "other.safetensors": "weights"},
        {"2_Dense/model.safetensors": None, "2_Dense/pytorch_model.bin": "a pickle"},
    ],
)
def test_where_only_a_pickle_would_be_loaded_it_is_refused(make: Make, changed: Any) -> None:
    assert "pickled weights" in refused(make(**changed))


def test_an_index_of_pickles_is_refused(make: Make) -> None:
    for name in ("part.bin", "../part.safetensors", 7):
        index = {"weight_map": {"layer": name}}
        changed: Any = {
            "model.safetensors": None,
            "x.safetensors": "weights",
            "model.safetensors.index.json": index,
        }
        assert "names other files than .safetensors" in refused(make(**changed))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"config.json": {"transformers_weights": "pytorch_model.bin"}}, "its weights are"),
        ({"adapter_config.json": {"base_model_name_or_path": "x"}}, "names another model"),
        ({"sentence_bert_config.json": {"model_args": {"gguf_file": "x"}}}, "sets 'gguf_file'"),
        ({"sentence_xlnet_config.json": {"model_kwargs": {"use_safetensors": 0}}}, "sets 'use_"),
        ({"modules.json": {"0": "x"}}, "does not list the steps"),
        ({"modules.json": "[" * 99_999}, "cannot be read"),
        ({"modules.json": '"' + "x" * 2_000_000 + '"'}, "is too large"),
        ({"sentence_bert_config.json": "["}, "cannot be read"),
        ({"sentence_bert_config.json": []}, "is no object"),
    ],
)
def test_files_that_load_more_are_refused(make: Make, changed: Any, told: str) -> None:
    assert told in refused(make(**changed))


@pytest.mark.integration
@pytest.mark.parametrize("length", [(1 << 63) - 1, (1 << 64) - 1, 1 << 40, 0])
def test_weights_whose_header_claims_too_much_are_one_line(make: Make, length: int) -> None:
    from retrieval.embedding import load_embeddings
    from retrieval.errors import LibraryError

    folder = make(**{"modules.json": listed(STEPS[:2]), "config.json": {"model_type": "bert"}})
    (folder / "model.safetensors").write_bytes(length.to_bytes(8, "little") + b"{}")
    resolve(str(folder), "embedding", folder.parent, [])
    with pytest.raises(LibraryError, match="cannot be loaded") as raised:
        load_embeddings(folder)
    assert "\n" not in str(raised.value)


@pytest.mark.integration
def test_no_pickle_is_opened_even_if_the_check_were_not_there(make: Make, tmp_path: Path) -> None:
    from retrieval.embedding import load_embeddings
    from retrieval.errors import LibraryError

    class Runs:
        def __reduce__(self) -> Any:
            return (Path.touch, (tmp_path / "ran",))

    folder = make(**{"modules.json": listed(STEPS[:1]), "config.json": {"model_type": "bert"}})
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Runs()))
    with pytest.raises(LibraryError, match=r"safetensors") as raised:
        load_embeddings(folder)
    assert not (tmp_path / "ran").exists()
    assert "\n" not in str(raised.value)
