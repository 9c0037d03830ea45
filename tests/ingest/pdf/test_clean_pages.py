import pytest

from ingest.pdf.clean_pages import clean_pages


def clean(text: str | None) -> str:
    return clean_pages([text])[0][0]


def test_look_alikes_become_what_people_type() -> None:
    assert clean("⼀致的ﬁnal ⻚数，⻓度（全角）") == "一致的final 页数，长度（全角）"


def test_a_gap_after_a_ligature_is_closed_within_a_word() -> None:
    assert clean("a signi\ufb01 cant in\ufb02  ammation, sci-\ufb01 too") == (
        "a significant inflammation, sci-fi too"
    )


def test_what_is_no_character_goes() -> None:
    assert clean("a\x00b\u00adc\u200bd words and more words") == "abcd words and more words"


def test_a_symbol_of_a_private_font_is_a_bullet() -> None:
    assert clean("\uf06c first item") == "• first item"


def test_signs_of_the_symbol_font_are_what_they_are() -> None:
    pages, warnings = clean_pages(["t\uf0a318\uf0b0F, \uf06d and \uf061\n\uf0b3 7 kg\n\uf0b7 oil"])
    assert (pages, warnings) == (["t≤18°F, μ and α\n≥ 7 kg\n• oil"], [])


def test_a_line_is_kept_for_what_can_be_read_and_the_rest_is_told() -> None:
    lines = [
        "Fee \ufffd\ufffd\ufffd\ufffd 19",
        "\uf0f1ab\U000f0854cd",
        "plain words",
        "\ufffd\ufffd",
    ]
    pages, warnings = clean_pages(["\n".join(lines), "more words"])
    assert pages[0] == "Fee ���� 19\n�ab�cd\nplain words"
    assert warnings == [
        "1 line that cannot be decoded left out",
        "6 characters could not be decoded",
    ]


def test_lone_surrogates_go() -> None:
    clean("text with \ud83d half a character").encode()


def test_bold_drawn_four_times_is_read_once() -> None:
    assert (
        clean("股票代码股票代码股票代码股票代码：：：：300218300218300218300218")
        == "股票代码：300218"
    )
    assert clean("2000 0000") == "2000 0000"


@pytest.mark.parametrize(
    "row", ["通过通过通过通过", "n/a n/a n/a n/a n/a n/a n/a n/a n/a", "noneNonenonenonenonenone"]
)
def test_equal_cells_stay(row: str) -> None:
    assert clean(row) == row


def test_chinese_bytes_shown_as_accents_are_put_right() -> None:
    shown = " ".join("关于报销制度的规定".encode("gb18030").decode("latin-1"))
    assert clean(shown) == "关于报销制度的规定"
    assert clean("déjà vu à Genève") == "déjà vu à Genève"


def test_lines_in_a_font_without_characters_go_and_are_told() -> None:
    garbage = "\x03$FW\x03\x14\x1d\x03*R\x03WR\x03"
    pages, warnings = clean_pages([f"A line to read here.\n{garbage}", garbage, None, ""])
    assert pages == ["A line to read here.", "", "", ""]
    assert warnings == [
        "no text on page 4",
        "text that cannot be decoded on pages 2-3",
        "1 line that cannot be decoded left out",
    ]


def test_warnings_name_pages_in_spans() -> None:
    _, warnings = clean_pages([None, None, "words", None, "words", None])
    assert warnings == ["text that cannot be decoded on pages 1-2, 4, 6"]


def test_running_heads_and_page_numbers_stay_only_once() -> None:
    texts = [
        f"Acme Handbook\nThis is what page {word} says.\n- {n} -" for n, word in enumerate("abcd")
    ]
    pages, _ = clean_pages(texts)
    assert pages[0] == "Acme Handbook\nThis is what page a says.\n- 0 -"
    assert pages[1:] == [f"This is what page {word} says." for word in "bcd"]


def test_three_pages_are_too_few_to_tell_a_running_head() -> None:
    pages, _ = clean_pages(["Head\none.", "Head\ntwo.", "Head\nthree."])
    assert pages == ["Head\none.", "Head\ntwo.", "Head\nthree."]
