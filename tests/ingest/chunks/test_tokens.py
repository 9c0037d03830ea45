from tokenizers import Tokenizer

from ingest.chunks.tokens import TokenMap, counting_copy

TEXT = "差旅 policy，第 12 条\nHotel costs"
TOKENS = ["差", "旅", "policy", "，", "第", "12", "条", "Hotel", "costs"]


def test_tokens_are_counted_in_spans(tokenizer: Tokenizer) -> None:
    tokens = TokenMap(TEXT, tokenizer)
    assert tokens.count(0, len(TEXT)) == len(TOKENS)
    assert tokens.count(TEXT.index("，"), TEXT.index("条")) == 3
    assert tokens.count(5, 5) == 0


def test_reach_is_the_longest_span_of_so_many_tokens(tokenizer: Tokenizer) -> None:
    tokens = TokenMap(TEXT, tokenizer)
    assert TEXT[: tokens.reach(0, 3)] == "差旅 policy"
    assert tokens.reach(0, 100) == len(TEXT)
    assert TEXT[tokens.reach_back(len(TEXT), 2) :] == "Hotel costs"
    assert tokens.reach_back(4, 100) == 0


def test_a_long_text_is_counted_as_one(tokenizer: Tokenizer) -> None:
    text = "word " * 30_000
    tokens = TokenMap(text, tokenizer)
    assert tokens.count(0, len(text)) == 30_000
    assert tokens.reach(0, 10_001) == 50_005


def test_the_tokenizers_own_settings_do_not_count(tokenizer: Tokenizer) -> None:
    cutting = Tokenizer.from_str(tokenizer.to_str())
    cutting.enable_truncation(4)
    cutting.enable_padding(length=50)
    copy = counting_copy(cutting)
    assert TokenMap(TEXT, copy).count(0, len(TEXT)) == len(TOKENS)
    assert cutting.truncation is not None
    assert cutting.padding is not None
    assert counting_copy(tokenizer) is tokenizer
