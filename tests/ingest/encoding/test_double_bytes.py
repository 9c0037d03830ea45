"""Logs to which two programs wrote, one in UTF-16 and one in bytes."""

import codecs

import pytest

from ingest.encoding import decode

ENGLISH = "".join(f"{n:02} the pump was started by hand\n" for n in range(50))
CHINESE = "".join(f"第{n}号泵站一切正常，没有人进出\n" for n in range(50))
JAPANESE = "ここはどこですか、わたしはだれ\n" * 50


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, b""])
@pytest.mark.parametrize("first", [ENGLISH, CHINESE, JAPANESE])
@pytest.mark.parametrize(
    ("then", "codec"), [(ENGLISH, "utf-8"), (CHINESE, "utf-8"), (CHINESE, "gb18030")]
)
def test_lines_of_bytes_below_utf_16_are_read_as_that(
    mark: bytes, first: str, then: str, codec: str
) -> None:
    data = mark + first.replace("\n", "\r\n").encode("utf-16-le") + then.encode(codec)
    text, _, warnings = decode(data)
    assert text == first + then
    assert len(warnings) == 1
    assert warnings[0].startswith("50 lines were read as ")


@pytest.mark.parametrize("first", [ENGLISH, CHINESE])
@pytest.mark.parametrize("then", [ENGLISH, CHINESE])
def test_utf_16_below_lines_of_bytes_is_read_as_that(first: str, then: str) -> None:
    data = first.encode() + then.replace("\n", "\r\n").encode("utf-16-le") + first.encode()
    assert decode(data) == (
        first + then + first,
        "utf-8",
        ["50 lines were read as utf-16-le, the rest as utf-8"],
    )


@pytest.mark.parametrize("word", ["done", "完成了。", "ok"])
def test_one_line_of_bytes_is_enough(word: str) -> None:
    for text in (ENGLISH, CHINESE):
        data = codecs.BOM_UTF16_BE + text.encode("utf-16-be") + word.encode() + b"\n"
        assert decode(data).text == text + word + "\n"
        assert decode(data).warnings == ["1 line was read as utf-8, the rest as utf-16-be"]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "line", ["上\n", "上海\n", "好上\n", "北京上海上\n", "きみの上\n", "\n上\n"]
)
def test_characters_with_the_byte_of_a_newline_end_no_line(line: str, codec: str) -> None:
    text = CHINESE + line * 9
    assert decode(text.encode(codec)) == (text, codec, [])
