import codecs

import pytest

from ingest.encoding import decode
from ingest.errors import ReadError

SIMPLIFIED = "出差住宿的报销上限是每晚五百元。\n超出部分由员工自己承担，特殊情况请先申请。\n"
TRADITIONAL = "出差住宿的報銷上限是每晚五百元。\n超出部分由員工自己承擔，特殊情況請先申請。\n"
ENGLISH = "The limit for a hotel is 500 a night.\nAnything above it is paid by yourself.\n"


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, ENGLISH])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "gb18030"])
def test_text_reads_right(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(mark: bytes, encoding: str) -> None:
    assert decode(mark + SIMPLIFIED.encode(encoding)) == (SIMPLIFIED, encoding)


def test_big5_is_told_from_gb18030() -> None:
    assert decode(TRADITIONAL.encode("big5")) == (TRADITIONAL, "big5hkscs")
    assert decode(SIMPLIFIED.encode("gb18030")) == (SIMPLIFIED, "gb18030")


@pytest.mark.parametrize("words", ["你好，世界", "年度报告", "差旅费用管理办法", "价格：三百元"])
def test_a_few_simplified_characters_are_enough(words: str) -> None:
    assert decode(words.encode("gb18030"))[0] == words


@pytest.mark.parametrize("words", ["你好，世界", "年度報告", "差旅費用管理辦法", "價格：三百元"])
def test_a_few_traditional_characters_are_enough(words: str) -> None:
    assert decode(words.encode("big5"))[0] == words


def test_chinese_far_behind_english_is_found() -> None:
    text = ENGLISH * 2000 + SIMPLIFIED
    assert decode(text.encode("gb18030")) == (text, "gb18030")


@pytest.mark.parametrize("text", ["Café Müller – it’s “open”", "straße", "El Niño", "£5 at most"])
def test_western_text_is_not_taken_for_chinese(text: str) -> None:
    assert decode(text.encode("cp1252")) == (text, "cp1252")


def test_newlines_become_one_kind() -> None:
    assert decode(b"one\r\ntwo\rthree\n")[0] == "one\ntwo\nthree\n"


def test_one_bad_byte_does_not_lose_the_text() -> None:
    text, encoding = decode(SIMPLIFIED.encode() * 9 + b"\xff" + SIMPLIFIED.encode())
    assert encoding == "utf-8"
    assert text == SIMPLIFIED * 9 + "\ufffd" + SIMPLIFIED


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\x00\x00", "\ufeff".encode(), "　\n".encode()])
def test_nothing_but_white_space_is_empty(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data)
    assert caught.value.reason == "empty"


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 40,
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + bytes(range(0, 256, 7)) * 30,
        b"%PDF-1.7\nnothing but ASCII follows",
        b"\x7fELF\x02\x01\x01" + b"\x00\x3e\x81\xfe" * 300,
    ],
)
def test_a_binary_is_no_text(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data)
    assert caught.value.reason == "not-text"


def test_a_log_with_a_few_stray_bytes_stays_a_text() -> None:
    assert decode(b"\x1b[31mred\x1b[0m line\n" * 50 + b"\x00end")[0].endswith("end")
