"""Slides, sheets and text recognised in pictures: said alike in the terminal and the app."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ingest.sandbox import ReadingPool

# A reader that says the same of every file: two slides, the second of which is a picture.
SAYS = """
import json, struct, sys
def say(value):
    told = json.dumps(value).encode()
    sys.stdout.buffer.write(struct.pack(">I", len(told)) + told)
    sys.stdout.flush()
one, two = "# Tea\\n\\nTea is served at four.\\n\\nBring a cup.", "Cake is served at five."
for line in sys.stdin:
    say({"began": True})
    say({"part": [1, "", None, None]})
    say({"text": one})
    say({"blocks": [["heading", 0, 5, 1, "Tea", "", 0]]})
    say({"part": [2, "", [100, 50], 0.934]})
    say({"text": two})
    say({"lines": [[0, 8, 1, 2, 30, 12], [8, 23, 30, 2, 90, 12]]})
    say({"chunks": [[one[7:], 1, "Tea", 7, "", None], [two, 2, "", 0, "", 0.934]]})
    say({"title": "Tea", "unit": "slide", "lang": "en", "warnings": ["a picture left out"],
         "properties": ["Ann", "2026-01-02", "2026-03-04"]})
    say({"again": True})
"""


def page(shared: object, locale: str) -> None:
    from app.pages import show_documents
    from app.texts import Words

    show_documents(shared, Words(locale))  # type: ignore[arg-type]


@pytest.fixture
def readers() -> Iterator[ReadingPool]:
    pool = ReadingPool({}, command=(sys.executable, "-c", SAYS))
    yield pool
    pool.close()


@pytest.fixture
def deck(cli: Any, folder: Callable[..., Path]) -> Any:
    """The command line over a library of one such file."""
    cli("ingest", folder({"tea.md": "any bytes"}))
    return cli


def test_show_blocks_has_what_the_reader_understood(deck: Any) -> None:
    (shown,) = deck.json("show", "tea.md", "--blocks")
    assert shown["warnings"] == ["a picture left out"]
    assert [(b["page"], b["kind"], b["level"], b["text"]) for b in shown["blocks"]] == [
        (1, "heading", 1, "# Tea"),
        (1, "paragraph", 0, "Tea is served at four."),
        (1, "paragraph", 0, "Bring a cup."),
        (2, "paragraph", 0, "Cake is served at five."),
    ]
    assert shown["blocks"][0]["boxes"] == []
    assert shown["blocks"][3]["boxes"] == [[1.0, 2.0, 30.0, 12.0], [30.0, 2.0, 90.0, 12.0]]
    assert [b["confidence"] for b in shown["blocks"]] == [None, None, None, 0.934]


def test_show_blocks_prints_them_by_slides(deck: Any) -> None:
    lines = deck("show", "tea.md", "--blocks").splitlines()
    assert "slide 1" in lines
    assert "slide 2 · recognised, 93 % sure" in lines
    assert (
        lines.index("heading 1")
        < lines.index("# Tea")
        < lines.index("slide 2 · recognised, 93 % sure")
    )
    assert "author Ann, made 2026-01-02, changed 2026-03-04" in lines


def test_json_has_the_unit_beside_the_page(deck: Any) -> None:
    (row,) = deck.json("list")
    assert (row["pages"], row["unit"], row["warnings"]) == (2, "slide", ["a picture left out"])
    assert row["confidence"] == pytest.approx(0.934)
    assert (row["author"], row["made"], row["changed"]) == ("Ann", "2026-01-02", "2026-03-04")
    hits = deck.json("search", "When is cake served?")["hits"]
    assert (hits[0]["page"], hits[0]["unit"], hits[0]["confidence"]) == (2, "slide", 0.934)
    passages = deck.json("show", "tea.md")[0]["passages"]
    assert [(p["unit"], p["confidence"]) for p in passages] == [("slide", None), ("slide", 0.934)]


def test_the_terminal_says_slide_and_how_sure(deck: Any) -> None:
    assert "tea.md · slide 2 · recognised, 93 % sure" in deck("search", "When is cake served?")
    listed = " ".join(deck("list").split())
    assert "2 slides" in listed
    assert "ready with warnings, recognised, 93 % sure" in listed
    assert "2. slide 2 (0-23), recognised, 93 % sure" in deck("show", "tea.md")


def test_a_citation_says_slide_and_how_sure(deck: Any) -> None:
    deck.texts = ["Cake is served at five [1]."] * 3
    answer = json.loads(deck("ask", "When is cake served?", "--json"))
    cited = next(c for c in answer["citations"] if c["page"] == 2)
    assert (cited["unit"], cited["confidence"]) == ("slide", 0.934)
    deck.texts = ["Cake is served at five [1]."] * 3
    assert "tea.md · slide 2 · recognised, 93 % sure" in deck("ask", "When is cake served?")


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("en", ["2 slides", "recognised, 93 % sure", "Ready with warnings"]),
        ("zh-CN", ["2 张幻灯片", "识别所得，把握 93%", "可以提问，有提示"]),
    ],
)
def test_the_app_says_the_same(
    locale: str, told: list[str], open_kb: Any, begin: Any, folder: Callable[..., Path]
) -> None:
    kb = open_kb()
    kb.ingest([folder({"tea.md": "any bytes"})])
    shared = begin(kb)

    at = AppTest.from_function(page, args=(shared, locale), default_timeout=30).run()
    drawn = [e.proto for e in at.get("bidi_component")]
    (table,) = [json.loads(p.json) for p in drawn if p.component_name == "zhiku_documents"]
    said = " ".join(str(value) for value in table["rows"][0].values())
    for words in told:
        assert words in said


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--author", "ann"], True),
        (["--author", "Bob"], False),
        (["--made", "2026-01"], True),
        (["--made", "..2025"], False),
        (["--changed", "2026-03-04..2026-03-04"], True),
        (["--changed", "2026-04.."], False),
        (["--in-force"], True),
    ],
)
def test_filters_by_what_the_file_says(deck: Any, options: list[str], found: bool) -> None:
    assert bool(deck.json("search", "When is cake served?", *options)["hits"]) is found


@pytest.mark.parametrize("span", ["", "..", "soon", "2026-13", "2026-02..2025", "2026-1-1"])
def test_a_span_that_is_none_is_refused(cli: Any, span: str) -> None:
    cli("search", "When is cake served?", "--made", span)
    assert cli.code == 2
    assert "--made" in cli.err


def chat(shared: object) -> None:
    from app.pages import show_chat
    from app.texts import Words

    show_chat(shared, Words("en"))  # type: ignore[arg-type]


def test_the_app_filters_by_them_too(open_kb: Any, begin: Any, folder: Callable[..., Path]) -> None:
    kb = open_kb()
    kb.ingest([folder({"tea.md": "any bytes", "cake.md": "other bytes"})])
    at = AppTest.from_function(chat, args=(begin(kb),), default_timeout=30).run()
    next(box for box in at.selectbox if box.key == "author-asked").set_value("Ann")
    next(box for box in at.date_input if box.key == "changed-asked").set_value(date(2026, 3, 1))
    next(box for box in at.toggle if box.key == "in-force-asked").set_value(True)
    at.run()
    assert not at.exception
    said = " ".join(c.value for c in at.caption).replace("\\", "").replace("\u2060", "")
    assert "by Ann · changed since 2026-03-01 · Only what is in force" in said
