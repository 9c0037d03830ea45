"""Markdown: headings and front matter, as they come out of reading."""

from collections.abc import Callable

import pytest

from ingest.document import Reading

ReadBytes = Callable[..., Reading]


@pytest.fixture
def headings(read_bytes: ReadBytes) -> Callable[[str], list[str]]:
    """The path of each section of a text, which a sentence is put below."""

    def make(text: str) -> list[str]:
        reading = read_bytes(f"{text}\n\nWords below it.\n")
        return [part.metadata["heading"] for part in reading.sections]

    return make


def test_headings_of_both_kinds_are_found(headings: Callable[[str], list[str]]) -> None:
    text = "# One\n\ntext\n\nTwo\n---\n\ntext\n\n### Three ###\n"
    assert headings(text) == ["", "Two", "Two > Three"]


@pytest.mark.parametrize(
    "text",
    [
        "```\n# code\n```\n",
        "    # code\n",
        "> # quoted\n",
        "- # in a list\n",
        "<!--\n# comment\n-->\n",
        "#no space\n",
        "| # | a |\n|---|---|\n| 1 | b |\n",
        "#\n",
    ],
)
def test_what_only_looks_like_a_heading_is_none(read_bytes: ReadBytes, text: str) -> None:
    reading = read_bytes(f"{text}\nWords below it.\n")
    assert reading.title is None
    assert [part.metadata["heading"] for part in reading.sections] == [""]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("**Bold** and `code`", "Bold and code"),
        ("[Link](https://example.org/a_b)", "Link"),
        ("Title {#anchor}", "Title"),
        ("第一章 总则", "第一章 总则"),
    ],
)
def test_a_heading_is_given_as_one_reads_it(
    headings: Callable[[str], list[str]], line: str, said: str
) -> None:
    assert headings(f"## {line}\n") == [said]


def test_the_text_of_a_section_begins_behind_the_heading_lines(read_bytes: ReadBytes) -> None:
    reading = read_bytes("intro\n\n## 二\nbody\n\nSet\next\n===\nlast")
    assert [part.page_content for part in reading.sections] == ["intro", "body", "last"]
    assert read_bytes("body\n\n# End").sections[-1].page_content == "# End"


@pytest.mark.parametrize(
    ("block", "title"),
    [
        ("---\ntitle: Handbook\nlang: en\n---\n", "Handbook"),
        ('---\ntitle: "差旅: 规定"\n---\n', "差旅: 规定"),
        ("+++\ntitle = 'Toml'\n+++\n", "Toml"),
        ("---\nslug: x\n---\n", None),
        ("---\n---\n", None),
    ],
)
def test_front_matter_gives_the_title(read_bytes: ReadBytes, block: str, title: str | None) -> None:
    reading = read_bytes(f"{block}Text of it.\n")
    assert reading.title == title
    assert [part.page_content for part in reading.sections] == ["Text of it."]


@pytest.mark.parametrize(
    ("block", "lines", "title"),
    [
        (
            "---\ntitle: Access\nowner: Ute\n\nvalid_until: 2027-05-31\ntags: [a, b]\n---\n",
            "owner: Ute\nvalid_until: 2027-05-31\ntags: a, b",
            "Access",
        ),
        ("---\ntags:\n  - a\n  - b\nby:\n  name: Ute\n---\n", "tags: a, b\nby.name: Ute", None),
        ("---\napproved by: Ute\nopen: yes\n---\n", "approved by: Ute\nopen: yes", None),
        ("---\n负责人: 王芳\n编号: 0042\n...\n", "负责人: 王芳\n编号: 0042", None),
        ('+++\ntitle = "T"\n\n[by]\nname = "Ute"\n+++\n', "by.name: Ute", "T"),
        ("---\nowner: [never closed\nno: 7\n---\n", "owner: [never closed\nno: 7", None),
        ("---\na: &x [1]\nb: *x\n---\n", "a: &x [1]\nb: *x", None),
        ("---\ntext: |\n  one\n  two\n---\n", "text: one\ntwo", None),
    ],
)
def test_properties_above_a_text_can_be_asked_for(
    read_bytes: ReadBytes, block: str, lines: str, title: str | None
) -> None:
    reading = read_bytes(f"{block}\n# Rooms\n\nText of it.\n")
    assert [s.page_content for s in reading.sections] == [lines, "Text of it."]
    assert reading.title == (title or "Rooms")
    # A card of properties only is read, too.
    assert read_bytes(block).source(None) == f"{lines}\n"


def test_properties_tell_who_and_when(read_bytes: ReadBytes) -> None:
    properties = read_bytes(
        "---\nauthor: Ute\ndate: 2026-01-02\nupdated: 2026-03-04T10:00\n---\ntext\n"
    ).properties
    assert (properties.author, properties.made, properties.changed) == (
        "Ute", "2026-01-02", "2026-03-04",
    )  # fmt: skip


TABLE = "| Name | EUR |\n|---|---|\n| Lime | 20 |\n| Oak | 30 |"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Name | EUR\n--- | ---\nLime | 20\nOak | 30\n\nEnd | x",
         "| Name | EUR |\n| --- | --- |\n| Lime | 20 |\n| Oak | 30 |\n\nEnd | x"),
        ("<table><tr><th>Name<th>EUR<tr><td>Lime<td>20<tr><td>Oak<td>30</table>", TABLE),
        ("Before\n<TABLE border=1>\n\n<tr><th>Name<th>EUR\n\n<tr><td>Lime<td>20<tr><td>Oak<td>30"
         "</TABLE>\nAfter", f"Before\n\n{TABLE}\n\nAfter"),
        ("<table><tr><th>A<th>B<tr><td rowspan=2>x<td>1<tr><td>2</table>",
         "| A | B |\n|---|---|\n| x | 1 |\n| x | 2 |"),
        ("| A | B |\n|---|---|\n| x<br>y<br/>z,<br>w | 1 |",
         "| A | B |\n|---|---|\n| x; y; z, w | 1 |"),
    ],
)  # fmt: skip
def test_tables_get_bars_around_their_rows(read_bytes: ReadBytes, text: str, shown: str) -> None:
    reading = read_bytes(text)
    assert reading.source(None).rstrip() == shown
    assert any(block.kind == "table" and block.header for block in reading.parts[0].blocks)


@pytest.mark.parametrize(
    "text",
    [
        "```\na | b\n--- | ---\n1 | 2\n```\n",
        "```html\n<table><tr><td>a</table>\n```\n",
        "Write `<table>` for it, and `</table>` behind it.\n",
        "    <table><tr><td>a</table>\n",
        "a | b\n---\nc | d\n",
        "one<br>two | three\n",
        "> a | b\n> --- | ---\n> 1 | 2\n",
        "<table> that nobody closed\n",
        "<!--\n<table><tr><td>a</table>\n-->\n",
        "<table>...</table>: a table\n",
        "<div>\n<p>text<br>text</p>\n</div>\n",
        TABLE,
    ],
)
def test_all_else_stays_as_it_is(read_bytes: ReadBytes, text: str) -> None:
    assert read_bytes(text).source(None) == text


@pytest.mark.parametrize(
    "text",
    [
        "---\nJust a rule above text\n---\n",
        "---\ntitle: never closed\n\ntext\n---\n",
        "text",
        "---\nNote: this is text.\n\nAnd more.\n\n---\n",
        "---\n- a\n- b\n---\ntext\n",
    ],
)
def test_a_rule_above_text_is_no_front_matter(read_bytes: ReadBytes, text: str) -> None:
    reading = read_bytes(text)
    said = "".join(part.page_content + part.metadata["heading"] for part in reading.sections)
    assert "text" in said
    assert reading.source(None) == text
    assert reading.title is None


@pytest.mark.parametrize("length", [190, 20_000])
def test_a_heading_has_a_bound(read_bytes: ReadBytes, length: int) -> None:
    word = ("a's " * (length // 4)).strip()
    assert (read_bytes(f"# {word}\n\ntext\n").title is not None) == (length < 200)
    title = read_bytes(f"---\ntitle: {word}\n---\ntext\n").title
    assert title is not None
    assert title == word if length < 200 else title.endswith("…")


@pytest.mark.parametrize(
    "text",
    [
        "# A" + " " * 100_000 + "b\n",
        "[x](" + " " * 100_000 + "\n",
        "# " + "`" * 100_000 + "\n",
        "---\ntitle: " + "a " * 50_000 + "\n---\n",
        "---\na" + " " * 100_000,
    ],
)
def test_long_lines_end(headings: Callable[[str], list[str]], text: str) -> None:
    assert set(headings(text)) <= {"", "A b"}
