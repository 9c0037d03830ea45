"""Small embedding models made for a test, and the real one."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers, processors

Make = Callable[..., Path]
WORDS = [f"word{n}" for n in range(40)]


@pytest.fixture
def files(tmp_path: Path) -> Make:
    """Write the small files of an embedding model; some of them changed, by name."""

    def make(name: str = "model", **changed: Any) -> Path:
        folder = tmp_path / name
        steps = ("Transformer", "Pooling", "Normalize")
        paths = ("", "1_Pooling", "2_Normalize")
        contents = {
            "config.json": {"model_type": "bert", "max_position_embeddings": 64, "pad_token_id": 0},
            "modules.json": [
                {
                    "idx": n,
                    "name": str(n),
                    "path": path,
                    "type": f"sentence_transformers.models.{s}",
                }
                for n, (s, path) in enumerate(zip(steps, paths, strict=True))
            ],
            "sentence_bert_config.json": {"max_seq_length": 48},
            "config_sentence_transformers.json": {"prompts": {"query": "Q: ", "passage": "P: "}},
            "tokenizer_config.json": {"model_max_length": 56},
            "1_Pooling/config.json": {
                "word_embedding_dimension": 32,
                "pooling_mode_mean_tokens": True,
            },
        }
        for file, content in {**contents, **changed}.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            if content is not None:
                (folder / file).write_text(json.dumps(content), "utf-8")
        return folder

    return make


@pytest.fixture
def tiny(files: Make) -> Make:
    """Make a model of two layers with random weights, which sentence-transformers loads.

    `kind` is the name of its configuration's class, less "Config"; `spoilt` weights are no numbers.
    """

    def make(kind: str = "Bert", *, spoilt: bool = False, **changed: Any) -> Path:
        import torch
        import transformers

        words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS]
        tokenizer = Tokenizer(models.WordLevel({w: n for n, w in enumerate(words)}, "[UNK]"))
        tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
        ends = (("[CLS]", 2), ("[SEP]", 3))
        tokenizer.post_processor = processors.TemplateProcessing("[CLS] $A [SEP]", None, ends)
        sizes = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
        if kind == "DistilBert":
            sizes = {"dim": 32, "n_layers": 2, "n_heads": 2}
        config = getattr(transformers, f"{kind}Config")(
            vocab_size=len(words), intermediate_size=64, max_position_embeddings=64,
            pad_token_id=0, **sizes,
        )  # fmt: skip
        torch.manual_seed(7)
        model = getattr(transformers, f"{kind}Model")(config)
        if spoilt:
            model.embeddings.LayerNorm.weight.data[:] = torch.nan
        names = {
            "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 56,
            "pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]",
        }  # fmt: skip
        usual = {"config.json": None, "tokenizer_config.json": names, "2_Normalize/config.json": {}}
        folder = files(kind, **{**usual, **changed})
        model.save_pretrained(folder)
        tokenizer.save(str(folder / "tokenizer.json"))
        return folder

    return make
