"""Tables with rows that do not fit in a chunk."""

import pytest

from ingest.document import Part, PartWriter

LONG = "Whoever travels asks for leave before the journey begins. " * 12
ZH = "双方应当按照约定履行各自的义务。" * 10


def written(rows: list[list[str]], header_rows: int = 1) -> Part:
    writer = PartWriter()
    writer.table(rows, header_rows)
    return writer.part()


@pytest.mark.parametrize(
    "row", [["Term", LONG], ["期限", ZH], [f"box {n} holds {n} screws" for n in range(40)]]
)
def test_a_table_of_one_long_row_is_kept(row: list[str]) -> None:
    for header_rows in (1, 2):
        text = written([row, [""]], header_rows).text
        assert all(cell.strip() in text for cell in row)


@pytest.mark.parametrize("first", [["Scope", LONG], ["Owner", "Ann"]])
def test_labels_with_texts_stand_by_themselves(first: list[str]) -> None:
    rows = [first, ["Purpose", LONG], ["Review", "May"]]
    text = written(rows).text
    assert text.split("\n\n") == [f"- {label}: {said.strip()}" for label, said in rows]


def test_the_words_of_columns_that_each_row_repeats_are_bounded() -> None:
    question = "How content are you with the way in which the work is shared out? " * 4
    rows = [["Who", question, f"And why: {question}", "Where"]] + [
        [f"w{n}", "5", "May", "x"] for n in range(90)
    ]
    part = written(rows)
    assert question.strip() in part.text
    assert "- Who: w3\n  How content are you" in part.text
    assert len(part.text) < 90 * 420
    assert len(written([["Scope", LONG * 90], *([f"k{n}", "v"] for n in range(90))]).text) < 70_000


def test_rows_of_three_columns_below_a_long_text_get_no_names() -> None:
    part = written([["1", "Purpose", LONG], ["2", "Owner", "Ann"]])
    assert part.text == f"- 1\n  Purpose\n  {LONG.strip()}\n\n- 2\n  Owner\n  Ann"


def test_a_long_row_of_three_columns_says_what_each_cell_is() -> None:
    part = written([["No", "Topic", "Rule"], ["7", "Leave", LONG]])
    assert part.text == f"- No: 7\n  Topic: Leave\n  Rule: {LONG.strip()}"
