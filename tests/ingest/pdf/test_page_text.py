"""The text of a PDF's pages as people would write it down."""

from collections.abc import Callable

import pytest

from ingest.document import Reading

ReadPages = Callable[..., Reading]
GARBAGE = "\x03$FW\x03\x14\x1d\x03*R\x03WR\x03"


@pytest.fixture
def clean(read_pages: ReadPages) -> Callable[[str], str]:
    """What is made of a page."""
    return lambda text: read_pages(text).texts[0]


@pytest.fixture
def join(clean: Callable[[str], str]) -> Callable[..., str]:
    """What is made of the lines of a page."""
    return lambda *lines: clean("\n".join(lines))


def test_look_alikes_become_what_people_type(clean: Callable[[str], str]) -> None:
    assert clean("⼀致的ﬁnal ⻚数，⻓度（全角）") == "一致的final 页数，长度（全角）"


def test_a_gap_after_a_ligature_is_closed_within_a_word(clean: Callable[[str], str]) -> None:
    assert clean("a signi\ufb01 cant in\ufb02  ammation, sci-\ufb01 too") == (
        "a significant inflammation, sci-fi too"
    )


def test_what_is_no_character_goes(clean: Callable[[str], str]) -> None:
    assert clean("a\x00b\u00adc\u200bd words and more words") == "abcd words and more words"


def test_a_symbol_of_a_private_font_is_a_bullet(clean: Callable[[str], str]) -> None:
    assert clean("\uf06c first item") == "• first item"


def test_signs_of_the_symbol_font_are_what_they_are(read_pages: ReadPages) -> None:
    reading = read_pages("t\uf0a318\uf0b0F, \uf06d and \uf061\n\uf0b3 7 kg\n\uf0b7 oil")
    assert (reading.texts, reading.warnings) == (["t≤18°F, μ and α\n≥ 7 kg\n• oil"], [])


def test_a_line_is_kept_for_what_can_be_read_and_the_rest_is_told(
    read_pages: ReadPages, join: Callable[..., str]
) -> None:
    lines = [
        "Fee \ufffd\ufffd\ufffd\ufffd 19",
        "\uf0f1ab\U000f0854cd",
        "plain words",
        "\ufffd\ufffd",
    ]
    reading = read_pages("\n".join(lines), "more words")
    assert reading.texts[0] == "Fee ���� 19\n�ab�cd\nplain words"
    assert reading.warnings == [
        "1 line that cannot be decoded left out",
        "6 characters could not be decoded",
    ]


def test_lone_surrogates_go(clean: Callable[[str], str]) -> None:
    assert clean("text with \ud83d half a character") == "text with � half a character"


def test_bold_drawn_four_times_is_read_once(clean: Callable[[str], str]) -> None:
    assert (
        clean("股票代码股票代码股票代码股票代码：：：：300218300218300218300218")
        == "股票代码：300218"
    )
    assert clean("2000 0000") == "2000 0000"


@pytest.mark.parametrize(
    "row", ["通过通过通过通过", "n/a n/a n/a n/a n/a n/a n/a n/a n/a", "noneNonenonenonenonenone"]
)
def test_equal_cells_stay(clean: Callable[[str], str], row: str) -> None:
    assert clean(row) == row


def test_chinese_bytes_shown_as_accents_are_put_right(
    clean: Callable[[str], str], join: Callable[..., str]
) -> None:
    shown = " ".join("关于报销制度的规定".encode("gb18030").decode("latin-1"))
    assert clean(shown) == "关于报销制度的规定"
    assert clean("déjà vu à Genève") == "déjà vu à Genève"


def test_lines_in_a_font_without_characters_go_and_are_told(read_pages: ReadPages) -> None:
    reading = read_pages(f"A line to read here.\n{GARBAGE}", GARBAGE, None, "")
    assert reading.texts == ["A line to read here.", "", "", ""]
    assert reading.warnings == [
        "no text on page 4",
        "text that cannot be decoded on pages 2-3",
        "1 line that cannot be decoded left out",
    ]


def test_warnings_name_pages_in_spans(read_pages: ReadPages) -> None:
    reading = read_pages(GARBAGE, GARBAGE, "words", GARBAGE, "words", None)
    assert reading.warnings == ["text that cannot be decoded on pages 1-2, 4, 6"]


def test_running_heads_and_page_numbers_stay_only_once(read_pages: ReadPages) -> None:
    texts = [
        f"Acme Handbook\nThis is what page {word} says.\n- {n} -" for n, word in enumerate("abcd")
    ]
    reading = read_pages(*texts)
    assert reading.texts[0] == "Acme Handbook\nThis is what page a says.\n- 0 -"
    assert reading.texts[1:] == [f"This is what page {word} says." for word in "bcd"]


def test_three_pages_are_too_few_to_tell_a_running_head(read_pages: ReadPages) -> None:
    reading = read_pages("Head\none.", "Head\ntwo.", "Head\nthree.")
    assert reading.texts == ["Head\none.", "Head\ntwo.", "Head\nthree."]


def test_chinese_lines_are_joined_without_a_space(join: Callable[..., str]) -> None:
    assert (
        join("员工出差住宿的费用应当在规定的标", "准以内凭发票报销，超出的部分由员", "工自己承担。")
        == "员工出差住宿的费用应当在规定的标准以内凭发票报销，超出的部分由员工自己承担。"
    )


def test_english_lines_are_joined_with_a_space(join: Callable[..., str]) -> None:
    joined = join(
        "The costs of a hotel are paid up to the", "limit, and anything above it is not", "paid."
    )
    assert (
        joined
        == "The costs of a hotel are paid up to the limit, and anything above it is not paid."
    )


def test_a_word_broken_by_the_line_is_made_whole(join: Callable[..., str]) -> None:
    joined = join(
        "Every employee must ask for reimburse-", "ment within thirty days of the journey."
    )
    assert "reimbursement within" in joined


def test_a_hyphen_that_the_text_uses_elsewhere_stays(join: Callable[..., str]) -> None:
    joined = join(
        "A follow-up is due.",
        "Every journey of a manager needs a follow-",
        "up within thirty days of the journey.",
    )
    assert "needs a follow-up within" in joined


@pytest.mark.parametrize(
    "lines",
    [
        ["一个完整的句子在这里结束了。", "下一段从这里开始，也有这么长。"],
        ["短标题", "这一行比上面的标题长得多，是正文的第一行"],
        ["第一项：住宿费用按照标准凭票报销", "二、交通费用按照标准凭票报销的规定"],
        ["The first item of this list is long", "- the second item of this list is long"],
        ["Alabama 18,870 23,022 22,650 859", "Alaska 209 3,062 3,209 191"],
        ["Name        Place       Rooms", "Lee         Shanghai    long"],
    ],
)
def test_lines_that_the_writer_ended_stay(join: Callable[..., str], lines: list[str]) -> None:
    assert join(*lines).count("\n") == 1


def test_a_number_at_the_start_of_a_line_is_no_list_item(join: Callable[..., str]) -> None:
    joined = join("项目一期计划建设年产能预计总投资额约", "6.66 亿元，后续存在不确定性。")
    assert joined == "项目一期计划建设年产能预计总投资额约6.66 亿元，后续存在不确定性。"


def test_a_space_at_the_end_of_paragraphs_tells_them_apart(join: Callable[..., str]) -> None:
    page = [
        "一、差旅费用的报销应当在三十天内提出申请并",
        "附上发票。 ",
        "二、超出标准的费用由员工自己承担但是特殊情",
        "况除外。 ",
        "三、本办法由财务部负责解释并自发布的那一天",
        "起执行。 ",
        "附注：标准每年调整一次并在年初予以公布的 ",
        "执行日期另行通知",
    ]
    assert join(*page).split("\n") == [
        "一、差旅费用的报销应当在三十天内提出申请并附上发票。",
        "二、超出标准的费用由员工自己承担但是特殊情况除外。",
        "三、本办法由财务部负责解释并自发布的那一天起执行。",
        "附注：标准每年调整一次并在年初予以公布的",
        "执行日期另行通知",
    ]


def test_blank_lines_shrink_to_one_and_gaps_to_two_spaces(join: Callable[..., str]) -> None:
    assert join("", "a", " ", "", "b      c", "") == "a\n\nb  c"
