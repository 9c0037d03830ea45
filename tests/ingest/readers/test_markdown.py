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
        ("---\nsubtitle: x\n---\n", None),
        ("---\n---\n", None),
    ],
)
def test_front_matter_gives_the_title(read_bytes: ReadBytes, block: str, title: str | None) -> None:
    reading = read_bytes(f"{block}Text of it.\n")
    assert reading.title == title
    assert [part.page_content for part in reading.sections] == ["Text of it."]


@pytest.mark.parametrize(
    "text",
    ["---\nJust a rule above text\n---\n", "---\ntitle: never closed\n\ntext\n---\n", "text"],
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
