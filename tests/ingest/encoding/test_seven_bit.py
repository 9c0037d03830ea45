"""Encodings that are plain ASCII until one knows them."""

import pytest

from ingest.encoding import decode

CHINESE = "夜间值班的人要检查水泵。\n结果写在本子上。\n"
JAPANESE = "夜の当番はポンプを見てください。\n結果はノートに書きます。\n"
KOREAN = "밤에는 펌프를 살펴 주십시오.\n결과는 공책에 적습니다.\n"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (JAPANESE, "iso2022_jp"),
        ("ﾎﾟﾝﾌﾟ " + JAPANESE, "iso2022_jp_ext"),
        (KOREAN, "iso2022_kr"),
    ],
)
def test_escapes_tell_of_iso_2022(text: str, codec: str) -> None:
    assert decode(text.encode(codec)) == (text, codec, [])


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_lines_with_these_escapes_stand_beside_others(codec: str) -> None:
    data = (CHINESE * 9).encode(codec) + JAPANESE.encode("iso2022_jp") + CHINESE.encode(codec)
    text, encoding, warnings = decode(data)
    assert (text, encoding) == (CHINESE * 9 + JAPANESE + CHINESE, codec)
    assert warnings[0] == "2 lines in ISO 2022 read as that"


@pytest.mark.parametrize("codec", ["hz", "utf-7"])
def test_hz_and_utf_7_are_read_and_told(codec: str) -> None:
    text, encoding, warnings = decode(CHINESE.encode(codec))
    assert (text, encoding) == (CHINESE, codec)
    assert "not certain" in warnings[0]


@pytest.mark.parametrize(
    "text",
    [
        "1+abcdef-2 +AAAAAA- C+Classes-x\n",
        "~{home}~ and ~{x~} and ~{abcd~}\n",
        "call +8613800000000 or +4915112345678\n",
        "+" + "QmFzZTY0" * 20 + "\n",
        "\x1b[31mred\x1b[0m $B\n",
    ],
)
def test_other_texts_with_their_marks_stay(text: str) -> None:
    assert decode(text.encode())[1:] == ("utf-8", [])
    assert decode(text.encode()).text == text.replace("\x1b[31m", "").replace("\x1b[0m", "")
