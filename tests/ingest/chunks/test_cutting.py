import pytest
from tokenizers import Tokenizer

from ingest.chunks.cutting import Cutter
from ingest.chunks.tokens import TokenMap


def cut(text: str, tokenizer: Tokenizer, most: int, overlap: int = 0) -> list[str]:
    cutter = Cutter(text, TokenMap(text, tokenizer), most, overlap)
    return [text[start:end] for start, end in cutter.cut(0, len(text))]


def test_a_short_text_stays_whole(tokenizer: Tokenizer) -> None:
    assert cut("一二三。", tokenizer, 4) == ["一二三。"]


def test_the_furthest_sentence_end_wins(tokenizer: Tokenizer) -> None:
    text = "一二。三四五。六七。八九十一二三四五。"
    assert cut(text, tokenizer, 10) == ["一二。三四五。六七。", "八九十一二三四五。"]


def test_a_better_break_in_the_last_half_wins(tokenizer: Tokenizer) -> None:
    text = "一二三四五。\n六七。八九十一二三四五六七八九十。一二三四。"
    assert cut(text, tokenizer, 10)[0] == "一二三四五。\n"


def test_without_a_sentence_end_a_comma_then_a_space_then_anything(tokenizer: Tokenizer) -> None:
    assert cut("一二三四五六，七八九十" * 2, tokenizer, 8)[0] == "一二三四五六，"
    assert cut("aa bb cc dd ee ff gg hh", tokenizer, 4)[0] == "aa bb cc dd "
    assert cut("一" * 20, tokenizer, 8)[0] == "一" * 8


def test_no_tiny_tail_remains(tokenizer: Tokenizer) -> None:
    parts = cut("一二三四。" * 11, tokenizer, 50)
    assert [len(part) for part in parts] == [30, 25]


@pytest.mark.parametrize("most", [1, 2, 3, 7, 20])
@pytest.mark.parametrize("overlap", [0, 1, 3, 10])
def test_nothing_is_lost_and_nothing_too_long(
    tokenizer: Tokenizer, most: int, overlap: int
) -> None:
    if overlap > most // 2:
        return
    text = "One two. 三四五，六七八。\n\n- nine ten, 11\n" * 7
    tokens = TokenMap(text, tokenizer)
    end = 0
    for start, stop in Cutter(text, tokens, most, overlap).cut(0, len(text)):
        assert start <= end < stop
        assert tokens.count(start, stop) <= most
        assert overlap or start == end
        end = stop
    assert end == len(text)


def test_pieces_overlap_by_whole_sentences(tokenizer: Tokenizer) -> None:
    parts = cut("一二。三四。五六。七八。九十。一二。三四。", tokenizer, 9, 3)
    assert parts[0] == "一二。三四。五六。"
    assert parts[1].startswith("五六。七八。")


@pytest.mark.parametrize("run", [" ", "\u200b", "x"])
def test_a_run_that_is_one_token_or_none_does_not_make_a_boundless_piece(
    tokenizer: Tokenizer, run: str
) -> None:
    text = "One two. " + run * 100_000 + " Three four."
    parts = cut(text, tokenizer, 20)
    assert "".join(parts) == text
    assert max(map(len, parts)) <= 20 * 64
