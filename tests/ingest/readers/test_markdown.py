import pytest

from ingest.readers.markdown import find_headings, front_matter


def words(text: str) -> list[tuple[int, str]]:
    return [(heading.level, heading.words) for heading in find_headings(text)]


def test_headings_of_both_kinds_are_found() -> None:
    text = "# One\n\ntext\n\nTwo\n---\n\n### Three ###\n"
    assert words(text) == [(1, "One"), (2, "Two"), (3, "Three")]


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
def test_what_only_looks_like_a_heading_is_none(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("# **Bold** and `code`", "Bold and code"),
        ("# [Link](https://example.org/a_b)", "Link"),
        ("# Title {#anchor}", "Title"),
        ("# 第一章 总则", "第一章 总则"),
    ],
)
def test_a_heading_is_given_as_one_reads_it(line: str, said: str) -> None:
    assert words(line + "\n") == [(1, said)]


def test_the_span_is_that_of_the_heading_lines() -> None:
    text = "intro\n\n## 二\nbody\n\nSet\next\n===\nlast"
    spans = [text[heading.start : heading.end] for heading in find_headings(text)]
    assert spans == ["## 二\n", "Set\next\n===\n"]


def test_a_heading_may_end_the_file() -> None:
    text = "body\n\n# End"
    (heading,) = find_headings(text)
    assert text[heading.start : heading.end] == "# End"


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
def test_front_matter_gives_the_title(block: str, title: str | None) -> None:
    assert front_matter(block + "# Text\n") == (title, len(block))


@pytest.mark.parametrize(
    "text",
    ["---\nJust a rule above text\n---\n", "---\ntitle: never closed\n\ntext\n---\n", "text"],
)
def test_a_rule_above_text_is_no_front_matter(text: str) -> None:
    assert front_matter(text) == (None, 0)


@pytest.mark.parametrize("length", [190, 20_000])
def test_a_heading_has_a_bound(length: int) -> None:
    word = ("a's " * (length // 4)).strip()
    assert bool(words(f"# {word}\n\ntext\n")) == (length < 200)
    title = front_matter(f"---\ntitle: {word}\n---\n")[0]
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
def test_long_lines_end(text: str) -> None:
    assert words(text) in ([], [(1, "A b")])
    assert len(front_matter(text)[0] or "") <= 200
