"""Which passage each sentence comes from, and with which words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from langchain_core.documents import Document

from ingest.text import sentences
from llm.answer import MARK, Citation, Citer

TEXTS = [
    "年假每年二十五天。病假需要医院证明。",
    "出差住宿的上限为每晚600元。餐费补贴每天120元。",
    "Hotels cost at most 90 euros a night. Trains are second class, 2.5 hours at most.",
    "Dogs may come to the office on Fridays.",
]


@dataclass
class CitedText:
    text: str
    citations: tuple[Citation, ...]


def cite(text: str, question: str, passages: Sequence[Document], texts: Sequence[str]) -> CitedText:
    """A text with the numbers that its sentences get, and the citations of these."""
    citer, parts, end = Citer(question, passages, texts), list[str](), 0
    for span in sentences(text):
        marks = "".join(f"[{n}]" for n in citer.cite(span.text))
        parts.append(text[end : span.start] + MARK.sub("", span.text) + marks)
        end = span.end
    return CitedText("".join(parts), citer.citations())


def passage(n: int, text: str) -> Document:
    metadata = {"document": f"d{n}", "path": f"{n}.pdf", "page": n, "heading": f"H{n}"}
    return Document(id=f"chunk{n}", page_content=text, metadata=metadata)


def cited(answer: str, texts: Sequence[str] = TEXTS, question: str = "?") -> CitedText:
    result = cite(answer, question, [passage(n, t) for n, t in enumerate(texts, 1)], texts)
    numbers = [int(n) for n in re.findall(r"\[(\d+)\]", result.text)]
    # Each number has its source, and no other; they begin at 1 and have no holes, as one reads.
    counted = list(range(1, len(result.citations) + 1))
    assert list(dict.fromkeys(numbers)) == counted
    assert [c.n for c in result.citations] == counted
    for citation in result.citations:
        assert citation.quote
        assert citation.quote in texts[place(citation) - 1]
    return result


def place(citation: Citation) -> int:
    """The place of a citation's passage among those that the model was shown."""
    return int(citation.chunk_id.removeprefix("chunk"))


def places(result: CitedText) -> list[int]:
    return [place(c) for c in result.citations]


def test_a_number_of_the_model_names_the_place() -> None:
    result = cited("出差住宿的上限为每晚600元[2]。")
    (citation,) = result.citations
    assert (citation.n, citation.document, citation.path) == (1, "d2", "2.pdf")
    assert (citation.page, citation.heading, citation.chunk_id) == (2, "H2", "chunk2")
    assert citation.quote == "出差住宿的上限为每晚600元。"
    assert result.text.replace("[1]", "") == "出差住宿的上限为每晚600元。"


@pytest.mark.parametrize("mark", ["[9]", "[0]", "[77, 78]", "【12】"])
def test_a_number_that_no_passage_has_is_dropped(mark: str) -> None:
    result = cited(f"Unicorns are allowed on the moon {mark}.")
    assert result.citations == ()
    assert result.text.strip(" .") == "Unicorns are allowed on the moon"


def test_a_made_up_number_gives_way_to_the_right_one() -> None:
    assert places(cited("Hotels cost at most 90 euros a night [9].")) == [3]


def test_a_sentence_without_a_number_gets_that_of_its_source() -> None:
    result = cited("Hotels cost at most 90 euros a night. 餐费补贴每天120元。")
    assert places(result) == [3, 2]
    assert result.text.index("[1]") < result.text.index("餐费") < result.text.index("[2]")


def test_small_words_alone_are_of_the_passage_that_has_them() -> None:
    texts = ["It is closed in June.", "It may open. It opens in May."]
    assert places(cited("In May.", texts, "When does it open?")) == [2]
    assert places(cited("It is so.", texts, "Is it?")) == []


@pytest.mark.parametrize("answer", ["Yes.", "可以", "No, never!"])
def test_a_bare_yes_has_no_source_of_its_own(answer: str) -> None:
    assert places(cited(answer, question="Is a hotel at most 90 euros a night?")) == []


def test_a_sentence_that_no_passage_supports_gets_none() -> None:
    assert cited("Unicorns may fly to the moon.").citations == ()


@pytest.mark.parametrize("mark", ["[2]", " [2]", "［2］", "【2】", "[ 2 ]"])
@pytest.mark.parametrize("full_stop_first", [True, False])
def test_marks_in_every_shape_belong_to_the_sentence_they_end(
    mark: str, full_stop_first: bool
) -> None:
    ending = f"。{mark}" if full_stop_first else f"{mark}。"
    result = cited(f"餐费补贴每天120元{ending}年假每年二十五天[1]。")
    assert places(result) == [2, 1]
    assert result.text.index("120元") < result.text.index("[1]") < result.text.index("年假")
    assert not re.search(r"[【［]|\[ ", result.text)


def test_several_numbers_of_one_sentence() -> None:
    result = cited("年假每年二十五天，餐费补贴每天120元[1, 2]。")
    assert places(result) == [1, 2]
    assert places(cited("年假每年二十五天，餐费补贴每天120元[1][2]。")) == [1, 2]


def test_each_source_is_named_once_however_often_it_is_cited() -> None:
    result = cited("出差住宿的上限为每晚600元[2]。餐费补贴每天120元[2]。")
    assert places(result) == [2]
    assert result.text.count("[1]") == 2


def test_lines_and_lists_stay_as_they_are() -> None:
    answer = "- 年假每年二十五天[1]\n- 餐费补贴每天120元[2]\n\n1. Dogs may come on Fridays [4]"
    bare = re.sub(r"\s*\[\d\]", "", answer)
    assert re.sub(r"\s*\[\d\]", "", cited(answer).text) == bare


def test_the_quote_is_the_sentence_that_says_it() -> None:
    (citation,) = cited("Trains: 2.5 hours at most, second class [3].").citations
    assert citation.quote == "Trains are second class, 2.5 hours at most."


def test_a_passage_of_one_endless_sentence_gives_a_short_quote() -> None:
    text = "Hotels cost at most 90 euros a night, " * 60
    (citation,) = cited("Hotels cost at most 90 euros a night [1].", [text]).citations
    assert len(citation.quote) < 500


@pytest.mark.parametrize(
    "text", ["", "   \n", "[1]", "[1][2]", "。", "[1] [", "[[1]]", "1]", "[a]"]
)
def test_odd_answers_are_no_crash(text: str) -> None:
    cited(text)


def test_of_a_long_sentence_the_part_with_the_answer_is_quoted() -> None:
    text = "The firm sold 300 tons of tea, " * 12 + "and its debt ratio was 30 % in all."
    (citation,) = cited("30 %", [text], "How high is the debt ratio?").citations
    assert citation.quote.endswith("debt ratio was 30 % in all.")
    assert citation.quote.startswith(("The ", "firm ", "sold ", "300 ", "tons ", "of ", "tea, "))
    assert len(citation.quote) <= 300
    text = "该公司卖出了三百吨茶叶" * 40 + "次品占30%。"  # no place to begin at
    (citation,) = cited("30%", [text], "次品占多少？").citations
    assert citation.quote.endswith("次品占30%。")


def test_a_figure_without_words_is_quoted_from_where_it_stands() -> None:
    text = "2031年5月，剧院修好了旋转舞台。据统计，上座率从72%提高到78%。剧院花掉了78万元。"
    (citation,) = cited("78%", [text], "剧院在2031年的上座率是多少？").citations
    assert citation.quote == "据统计，上座率从72%提高到78%。"


@pytest.mark.parametrize("answer", ["400万元", "松堤影院2032年的场租收入是400万元。"])
def test_the_year_of_the_question_does_not_draw_the_quote(answer: str) -> None:
    text = (
        "2032年度，松堤影院的成绩亮眼。总开支为700万元，场租收入为400万元。"
        "在2032年10月，影院减少了400万元开支。"
    )
    (citation,) = cited(answer, [text], "松堤影院在2032年的场租收入是多少？").citations
    assert citation.quote == "总开支为700万元，场租收入为400万元。"


def test_passages_of_a_batch_have_no_place() -> None:
    passages = [Document(id="1", page_content=TEXTS[3], metadata={"heading": ""})]
    result = cite("Dogs may come to the office on Fridays [1].", "?", passages, TEXTS[3:])
    (citation,) = result.citations
    assert (citation.document, citation.path, citation.page) == ("", "", None)


def test_a_passage_of_several_chunks_is_cited_by_the_one_that_holds_the_quote() -> None:
    document = passage(1, TEXTS[0])
    one, two = "年假每年二十五天。", "病假需要医院证明。"
    document.metadata["parts"] = {"before": one, "chunk1": two}
    for text, chunk in ((one, "before"), (two, "chunk1")):
        (citation,) = cite(f"{text}[1]", "?", [document], [TEXTS[0]]).citations
        assert (citation.quote, citation.chunk_id) == (text, chunk)


def test_of_passages_that_say_the_same_the_one_about_what_was_asked_is_cited() -> None:
    texts = ["Satisfaction of guests was 80 %.", "Satisfaction of employees was 80 %."]
    passages = [Document(id=str(n), page_content=text) for n, text in enumerate(texts)]
    cited = cite("80 %", "How high was the satisfaction of employees?", passages, texts)
    assert cited.text == "80 %[1]"
    cited = cite("80 %", "How high was the satisfaction of guests?", passages, texts)
    assert cited.text == "80 %[1]"


def test_a_short_answer_is_quoted_from_where_it_answers_the_question() -> None:
    text = (
        "明舫茶社是城北于2034年6月开张的铺子。鹭沚第二茶社是城南开张于2034年的临街铺子。"
        "茶社在2036年6月决定添置炉灶。街坊会的决议是在2036年6月做出的。"
    )
    passages = [Document(id="1", page_content=text)]
    for question, says, quote in (
        (
            "鹭沚第二茶社开张于哪一年？",
            "2034年",
            "鹭沚第二茶社是城南开张于2034年的临街铺子。",
        ),
        ("街坊会决议是何时做出的？", "2036年6月", "街坊会的决议是在2036年6月做出的。"),
    ):
        (citation,) = cite(says, question, passages, [text]).citations
        assert citation.quote == quote


def test_an_answer_in_another_language_is_cited_by_its_figures_and_names() -> None:
    german = ["Das Hotel kostet 90 Euro.", "Die Bahn kostet 45 Euro, sagt Otto Kern."]
    assert places(cited("45 euros by train.", german, "What is the fare?")) == [2]
    chinese = "餐费补贴每天120元。年假每年二十五天。"
    result = cited("There are 120 yuan a day for meals.", [TEXTS[0], chinese], "How much?")
    assert [(place(c), c.quote) for c in result.citations] == [(2, "餐费补贴每天120元。")]


def test_where_passages_are_in_its_language_nothing_is_cited_that_is_not_there() -> None:
    assert places(cited("独角兽可以飞到月球上去。", [TEXTS[1], TEXTS[2]], "谁会飞？")) == []


@pytest.mark.parametrize(
    ("statement", "texts"),
    [
        (
            "The north gate closes at 8 pm, and the south gate at 9 pm.",
            [
                "The north gate closes at 8 pm.",
                "Gates are green.",
                "The south gate closes at 9 pm.",
            ],
        ),
        (
            "北门有120个车位，南门有90个车位。",
            ["北门有120个车位。", "门是绿的。", "南门有90个车位。"],
        ),
    ],
)
def test_a_statement_that_joins_passages_cites_each(statement: str, texts: list[str]) -> None:
    passages = [passage(n, text) for n, text in enumerate(texts, 1)]
    found = cite(statement, "?", passages, texts)
    assert [place(c) for c in found.citations] == [1, 3]
    assert found.text == f"{statement}[1][2]"
    only = cite(statement.replace("9", "7"), "?", passages, texts)
    assert [c.n for c in only.citations] == [1]


def test_numbers_are_counted_as_one_reads_and_stay_what_they_were() -> None:
    said = (
        "Dogs may come to the office on Fridays[4]. 年假每年二十五天[1]。Dogs come on Fridays[4]."
    )
    result = cited(said)
    assert places(result) == [4, 1]
    assert re.findall(r"\[\d\]", result.text) == ["[1]", "[2]", "[1]"]
    both = cited("Dogs come on Fridays[4]. 年假每年二十五天，Dogs may come on Fridays[1][4]。")
    assert re.findall(r"\[\d\]", both.text) == ["[1]", "[1]", "[2]"]  # smallest first


def test_a_passage_quoted_behind_the_answer_gets_the_next_number() -> None:
    citer = Citer("?", [passage(n, t) for n, t in enumerate(TEXTS, 1)], TEXTS)
    assert citer.cite("Dogs may come to the office on Fridays.") == (1,)
    assert citer.quote(2, "餐费补贴每天120元。") == 2
    assert (citer.number(4), citer.cited) == (1, [2, 4])
    assert [(c.n, place(c)) for c in citer.citations()] == [(1, 4), (2, 2)]
