import pytest

from ingest.characters import clean, visible


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\x1b[1;31mBROKEN\x1b[0m pump \x1b[38;5;12mP-4\x1b[m", "BROKEN pump P-4"),
        ("\x9b32mfine\x9b0m", "fine"),
        (
            "see \x1b]8;;https://example.org/a\x1b\\the notes\x1b]8;;\x1b\\ there",
            "see the notes there",
        ),
        ("\x1b]0;window\x07ready\x1b(B", "ready"),
        ("a bare [31m and [0K stay", "a bare [31m and [0K stay"),
        ("never closed: \x1b]8;;x", "never closed: 8;;x"),
        ("N\bNA\bAM\bME\bE and _\bo_\bf", "NAME and of"),
        ("wrog\bng, \b\b.", "wrong."),
        ("\b\bstart", "start"),
        ("in\u00advisible zero\u200bwidth\ufeff join\u2060er", "invisible zerowidth joiner"),
        ("abc\u202edef\u202c \u2066x\u2069", "abcdef x"),
        ("page\x0cbreak", "page\nbreak"),
        ("one\r\ntwo\r\r\nthree", "one\ntwo\nthree"),
        ("tag\U000e0041\U000e0042ged", "tagged"),
    ],
)
def test_a_text_is_what_one_sees(text: str, seen: str) -> None:
    assert clean(text) == seen


@pytest.mark.parametrize("text", ["می\u200cخواهم", "क्\u200dष", "👩\u200d🔧 👨🏽\u200d⚕\ufe0f"])
def test_joiners_stay_where_they_mean_something(text: str) -> None:
    assert clean(text) == text


def test_joiners_go_elsewhere() -> None:
    assert clean("par\u200dcel 合\u200c同") == "parcel 合同"


def test_progress_is_shown_in_its_last_state() -> None:
    log = "start\nLoading 5%\rLoading 70%\rLoading 100%\n 10%|█   | 1/9\r 99%|████| 9/9\nend\n"
    assert clean(log) == "start\nLoading 100%\n 99%|████| 9/9\nend\n"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("bolts 10\rbolts 20\rnuts 30\n", "bolts 10\nbolts 20\nnuts 30\n"),
        ("rate 5%\rrate 7%\r", "rate 5%\nrate 7%\n"),  # no other newline: an old Mac's file
        ("load 100%\rdone, 100% fine\n", "load 100%\ndone, 100% fine\n"),
    ],
)
def test_other_returns_end_lines_and_lose_nothing(text: str, seen: str) -> None:
    assert clean(text) == seen


def test_a_flag_keeps_the_tags_that_name_its_region_and_other_tags_go() -> None:
    flag = "\U0001f3f4" + "".join(chr(0xE0000 + ord(char)) for char in "gbeng") + "\U000e007f"
    assert visible(f"a {flag} b\U000e0041\U000e0042 c \U0001f3f4\U000e0067") == (
        f"a {flag} b c \U0001f3f4"
    )
