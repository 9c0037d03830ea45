import pytest

from ingest.text import clean, visible


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


@pytest.mark.parametrize(
    ("drawn", "last"),
    [
        ("Loading 5%\rLoading 70%\rLoading 100%", "Loading 100%"),
        (" 10%|█   | 1/9\r 99%|████| 9/9", " 99%|████| 9/9"),
        ("5%\r60%\r100% ready", "100% ready"),
        ("get:  40% (2/5)\rget: 100% (5/5), 3 KiB | 9 KiB/s, done.",
         "get: 100% (5/5), 3 KiB | 9 KiB/s, done."),
        ("12%[==>   ] 1,234 2.5MB/s\r40%[====> ] 9,876 1.5MB/s", "40%[====> ] 9,876 1.5MB/s"),
        ("20%\r    \r100%\rchecked", "100%\nchecked"),
    ],
)  # fmt: skip
def test_progress_is_shown_in_its_last_state(drawn: str, last: str) -> None:
    assert clean(f"start\n{drawn}\nend\n") == f"start\n{last}\nend\n"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("bolts 10\rbolts 20\rnuts 30\n", "bolts 10\nbolts 20\nnuts 30\n"),
        ("rate 5%\rrate 7%\r", "rate 5%\nrate 7%\n"),  # no other newline: an old Mac's file
        ("load 100%\rdone, 100% fine\n", "load 100%\ndone, 100% fine\n"),
        (
            "Month,Part\r2019,15%\r2020,25%\r2021,100%\n",
            "Month,Part\n2019,15%\n2020,25%\n2021,100%\n",
        ),
        (
            "02/03 Gas 70\r03/03 Gas 71\r04/03 Gas 72\r\nend",
            "02/03 Gas 70\n03/03 Gas 71\n04/03 Gas 72\nend",
        ),
        ("head\ntax 5%\rtax 7%\rtax 9%\nend", "head\ntax 5%\ntax 7%\ntax 9%\nend"),
        ("one\r\rtwo\rthree 5%\rthree 100%\n", "one\n\ntwo\nthree 5%\nthree 100%\n"),
        ("9%\r5%\r100%\nend", "9%\n100%\nend"),
    ],
)
def test_other_returns_end_lines_and_lose_nothing(text: str, seen: str) -> None:
    assert clean(text) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("name\x1fvalue\x1enext", "name value next"),
        ("8=FIX\x0135=D\x01\x0255=EURX\x01\n", "8=FIX 35=D 55=EURX\n"),
        ("wide \x01gap\x02 here\x03", "wide gap here"),
        ("plain\x0f\u200btext", "plaintext"),
    ],
)
def test_controls_between_words_part_them(text: str, seen: str) -> None:
    assert clean(text) == seen


def test_a_flag_keeps_the_tags_that_name_its_region_and_other_tags_go() -> None:
    flag = "\U0001f3f4" + "".join(chr(0xE0000 + ord(char)) for char in "gbeng") + "\U000e007f"
    assert visible(f"a {flag} b\U000e0041\U000e0042 c \U0001f3f4\U000e0067") == (
        f"a {flag} b c \U0001f3f4"
    )
