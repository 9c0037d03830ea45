import pytest

from ingest.pdf.lines import join_lines


def join(*lines: str) -> str:
    return join_lines(["\n".join(lines)])[0]


def test_chinese_lines_are_joined_without_a_space() -> None:
    assert (
        join("员工出差住宿的费用应当在规定的标", "准以内凭发票报销，超出的部分由员", "工自己承担。")
        == "员工出差住宿的费用应当在规定的标准以内凭发票报销，超出的部分由员工自己承担。"
    )


def test_english_lines_are_joined_with_a_space() -> None:
    joined = join(
        "The costs of a hotel are paid up to the", "limit, and anything above it is not", "paid."
    )
    assert (
        joined
        == "The costs of a hotel are paid up to the limit, and anything above it is not paid."
    )


def test_a_word_broken_by_the_line_is_made_whole() -> None:
    joined = join(
        "Every employee must ask for reimburse-", "ment within thirty days of the journey."
    )
    assert "reimbursement within" in joined


def test_a_hyphen_that_the_text_uses_elsewhere_stays() -> None:
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
def test_lines_that_the_writer_ended_stay(lines: list[str]) -> None:
    assert join(*lines).count("\n") == 1


def test_a_number_at_the_start_of_a_line_is_no_list_item() -> None:
    joined = join("项目一期计划建设年产能预计总投资额约", "6.66 亿元，后续存在不确定性。")
    assert joined == "项目一期计划建设年产能预计总投资额约6.66 亿元，后续存在不确定性。"


def test_a_space_at_the_end_of_paragraphs_tells_them_apart() -> None:
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


def test_blank_lines_shrink_to_one_and_gaps_to_two_spaces() -> None:
    assert join("", "a", " ", "", "b      c", "") == "a\n\nb  c"
