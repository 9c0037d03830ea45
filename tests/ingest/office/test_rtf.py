"""Rich text, in whatever encoding its fonts name."""

from collections.abc import Callable

import pytest

from ingest.document import Properties, Reading
from ingest.errors import ReadError

ReadBytes = Callable[..., Reading]


def escaped(text: str, encoding: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


def rtf(body: str, head: str = "") -> str:
    return "{\\rtf1\\ansi\\ansicpg1252\\deff0" + head + body + "}"


def text_of(reading: Reading) -> str:
    return reading.parts[0].text


@pytest.mark.parametrize(("charset", "encoding", "text"), [
    (134, "gbk", "差旅费用：每晚600元"), (136, "big5", "差旅費用"), (128, "cp932", "出張費"),
    (204, "cp1251", "Расходы"), (0, "cp1252", "Übernachtung"),
])  # fmt: skip
def test_the_font_names_the_encoding(
    read_bytes: ReadBytes, charset: int, encoding: str, text: str
) -> None:
    fonts = f"{{\\fonttbl{{\\f0\\fcharset0 Arial;}}{{\\f1\\fcharset{charset} Font;}}}}"
    body = f"\\pard\\f1 {escaped(text, encoding)}\\par"
    assert text_of(read_bytes(rtf(body, fonts), "a.rtf")) == text


def test_signs_of_two_bytes_may_end_with_a_letter(read_bytes: ReadBytes) -> None:
    """The second byte of 乗 in GBK is a backslash-free letter that some programs leave as it is."""
    data = b"{\\rtf1\\ansi\\ansicpg936 " + b"\\'81A\\'b9\\'fe}"
    assert text_of(read_bytes(data, "a.rtf")) == (b"\x81A" + b"\xb9\xfe").decode("gbk")


def test_unicode_signs_hide_their_substitutes(read_bytes: ReadBytes) -> None:
    body = "\\uc1\\u24046?\\u26053\\'3f {\\uc2\\u36153\\'b7\\'d1}\\u-10179?\\u-8704?!\\par"
    assert text_of(read_bytes(rtf(body), "a.rtf")) == "差旅 费😀!"


def test_headings_lists_and_properties(read_bytes: ReadBytes) -> None:
    head = (
        "{\\stylesheet{\\s0 Normal;}{\\s1 heading 1;}{\\s2\\outlinelevel1 Mine;}}"
        "{\\info{\\title Travel rules}{\\author Ann}{\\creatim\\yr2026\\mo3\\dy1}"
        "{\\revtim\\yr2026\\mo11\\dy30}}"
    )
    body = (
        "\\pard\\s1 Travel\\par\\pard\\s2 Hotels\\par\\pard {\\listtext 1.\\tab}Ask first\\par"
        "{\\listtext\\'b7\\tab}Keep bills\\par\\pard\\s0 Pay {\\v SECRET}{\\deleted GONE}"
        "{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt here}}{\\super 2}\\par"
    )
    reading = read_bytes(rtf(body, head), "a.rtf")
    assert text_of(reading).split("\n\n") == [
        "# Travel", "## Hotels", "1. Ask first\n- Keep bills", "Pay here²",
    ]  # fmt: skip
    assert reading.title == "Travel rules"
    assert reading.properties == Properties("Ann", "2026-03-01", "2026-11-30")


def test_tables_notes_headers(read_bytes: ReadBytes) -> None:
    body = (
        "{\\header No. 7, page \\chpgn\\par Page \\chpgn\\par}"
        "\\trowd\\clvmgf\\cellx1000\\clmgf\\cellx2000\\clmrg\\cellx3000\\intbl City\\cell "
        "Limit\\cell\\cell\\row"
        "\\trowd\\clvmrg\\cellx1000\\cellx2000\\cellx3000\\intbl\\cell a\\cell b\\cell\\row"
        "\\trowd\\cellx1000\\cellx2000\\cellx3000\\intbl Rome\\cell 60{\\footnote net}\\cell 80"
        "\\cell\\row\\pard After{\\*\\annotation Check}\\par"
    )
    assert text_of(read_bytes(rtf(body), "a.rtf")).split("\n\n") == [
        "No. 7, page",
        "| City | Limit · a | Limit · b |\n|---|---|---|\n| Rome | 60[^1] | 80 |",
        "[^1]: net",
        "After",
        "Check",
    ]


def test_pictures_and_unknown_groups_are_left_out(read_bytes: ReadBytes) -> None:
    body = "{\\pict\\pngblip 89504e47}{\\*\\unknown words}{\\object{\\objdata 00}}Text\\bin4 abcd!"
    assert text_of(read_bytes(rtf(body), "a.rtf")) == "Text!"
    with pytest.raises(ReadError) as caught:
        read_bytes(rtf("{\\pict\\pngblip 89504e47}"), "a.rtf", ocr=False)
    assert caught.value.reason == "needs-ocr"


def test_a_picture_says_its_text_behind_its_paragraph(
    read_bytes: ReadBytes, screenshot: Callable[..., bytes]
) -> None:
    said = "The gate opens at nine"
    picture = screenshot(said)
    digits = picture.hex()
    body = f"Above{{\\*\\shppict{{\\pict{{\\*\\blipuid 00ff}}\\pngblip {digits}}}}}\\par Below"
    assert text_of(read_bytes(rtf(body), "a.rtf")) == f"Above\n\n{said}\n\nBelow"
    raw = rtf("Above{\\pict\\pngblip\\bin%d %s}\\par Below").encode()
    held = raw.replace(b"%d", b"%d" % len(picture)).replace(b"%s", picture)
    assert text_of(read_bytes(held, "a.rtf")) == f"Above\n\n{said}\n\nBelow"


def test_groups_without_end(read_bytes: ReadBytes) -> None:
    assert text_of(read_bytes("{\\rtf1 " + "{" * 50_000 + "deep", "a.rtf")) == "deep"
    assert text_of(read_bytes("{\\rtf1 a}}}} b", "a.rtf")) == "a b"


def test_what_a_mac_writes(read_bytes: ReadBytes) -> None:
    """Its paragraphs end with a backslash at the end of the line; font charset 0 is its own."""
    data = (
        b"{\\rtf1\\mac\\ansicpg10000\\cocoartf102{\\fonttbl\\f0\\fswiss\\fcharset0 Helvetica;}\n"
        b"\\f0\\fs24 \\cf0 Caf\\'8e list\\\nSecond paragraph\\\n}"
    )
    assert text_of(read_bytes(data, "a.rtf")) == "Café list\n\nSecond paragraph"


def test_a_text_that_is_cut_short_is_told_of(read_bytes: ReadBytes) -> None:
    whole = rtf(r"first\par second {\b third}")
    assert read_bytes(whole.encode(), "a.rtf").warnings == []
    cut = read_bytes(whole[:-9].encode(), "a.rtf")
    assert text_of(cut).startswith("first")
    assert cut.warnings == ["it is cut short; what stands behind its last words is missing"]
