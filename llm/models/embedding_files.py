"""The small JSON files that make a folder of weights one that sentence-transformers loads.

We write them ourselves, for the official model too: what they say (mean pooling, the prefixes, the
longest text) is then pinned by this program and not by a file that a hub may change.
"""

import json
from pathlib import Path
from typing import Any

from llm.models.catalogue import Model


def write_embedding_files(model: Model, folder: Path) -> None:
    """Write config.json, modules.json and the others beside the model's weights in `folder`."""
    for name, content in _contents(model).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        temporary = path.with_name(path.name + ".tmp")
        temporary.write_text(json.dumps(content, indent=2) + "\n", "utf-8")
        temporary.replace(path)


def missing_embedding_files(model: Model, folder: Path) -> bool:
    """Whether one of the small files is not there."""
    return not all((folder / name).is_file() for name in _contents(model))


def _contents(model: Model) -> dict[str, Any]:
    config = dict(model.transformer)
    # Not a key of config.json: an argument of BertModel. Without it, weights that have no pooler
    # make transformers initialise one at random and warn.
    pooler = config.pop("add_pooling_layer", True)
    module = "sentence_transformers.models"
    return {
        "config.json": config,
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": model.max_tokens,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "unk_token": "<unk>",
            "pad_token": "<pad>",
            "mask_token": "<mask>",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{module}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{module}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{module}.Normalize"},
        ],
        "sentence_bert_config.json": {
            "max_seq_length": model.max_tokens,
            "do_lower_case": False,
            **({} if pooler else {"model_kwargs": {"add_pooling_layer": False}}),
        },
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {"query": model.query_prefix, "passage": model.passage_prefix},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": config["hidden_size"],
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
    }
