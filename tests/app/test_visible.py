"""Text of others that is shown: nothing obeys it, and all of a name is seen."""

import unicodedata

import pytest

from app.control_characters import is_valid, isolated, line, lines
from app.results import Hit
from app.terminal import complain, output, print_json
from app.web import answer_html, label, passage_html, text_html

STEERING = [chr(n) for n in (*range(9), *range(11, 32), *range(0x7F, 0xA0), 0x202D, 0x202E)]
UNSEEN = [*"\u200b\u200e\u200f\u061c\u2060\ufeff\u2066\u2069\u202a\u202c\u2028\u2029", "\U000e0041"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("差旅与报销制度 (v2).md", "差旅与报销制度 (v2).md"),
        ("esc\x1b[31mred.md", "esc␛[31mred.md"),
        ("new\nline.txt", "new⏎line.txt"),
        ("tab\tname.txt", "tab␉name.txt"),
        ("\u202etxt.exe", "\\u202etxt.exe"),
        ("a\x9b31mb\x7f", "a\\x9b31mb␡"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("half \ud800", "half \\ud800"),
        ("👨\u200d👩\u200d👧 می\u200cخواهم", "👨\u200d👩\u200d👧 می\u200cخواهم"),
    ],
)
def test_a_name_is_one_line_in_which_all_is_seen(name: str, shown: str) -> None:
    assert line(name) == shown


@pytest.mark.parametrize("letter", [*STEERING, *UNSEEN, "\n", "\t", "\ud800"])
def test_no_letter_of_a_name_steers(letter: str) -> None:
    shown = line(f"a{letter}b")
    assert shown not in ("ab", f"a{letter}b")
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize("letter", [*STEERING, "\ud800"])
def test_no_letter_of_a_passage_steers(letter: str) -> None:
    text = f"one\ttwo\n{letter}three"
    for shown in (lines(text), isolated(text), text_html(text), passage_html("a.md", text)):
        assert letter not in shown
        assert "\n" in shown
    assert letter not in answer_html(text) + label(text)


def test_a_passage_keeps_its_lines() -> None:
    assert lines("one\r\n\ttwo\nthree") == "one\n\ttwo\nthree"


@pytest.mark.parametrize("path", ["a.txt", "a.md"])
def test_a_quote_with_controls_is_marked_where_it_stands(path: str) -> None:
    shown = passage_html(path, "first \x1b[1mthe limit\x1b[0m is 600", "the limit\x1b[0m is")
    assert "<mark>the limit␛[0m is</mark>" in shown


def test_what_turns_letters_round_ends_with_its_line() -> None:
    shown = isolated("plain\nleft \u2067right\n\u2069 end \u202ax")
    first, second, third = shown.split("\n")
    assert first == "plain"
    assert second == "\u2068left \u2067right\u2069\u2069"
    assert third == "\u2068 end \u202ax\u2069"


def test_on_a_terminal_and_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    odd = "a\x1b[2J\u202eb\nc\ud800"
    output.print_hits([Hit(1, 0.5, "d", odd, 3, odd, odd, "c")], ["q", odd])
    complain(odd)
    out, err = capsys.readouterr()
    assert not set(out + err) & {"\x1b", "\u202e", "\ud800"}
    assert err == "kb: a␛[2J\\u202eb⏎c\\ud800\n"
    print_json({"path": odd})
    assert capsys.readouterr().out == '{"path": "a\\u001b[2J\\u202eb\\nc\\ud800"}\n'


def test_half_a_character_is_no_valid_text() -> None:
    assert is_valid("a\x00 \U0001f4ca 中")
    assert not is_valid("a\udc80")
