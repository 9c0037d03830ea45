import codecs
import hashlib
import unicodedata

import pytest

from ingest.encoding import decode
from ingest.errors import ReadError

SIMPLIFIED = "出差住宿的报销上限是每晚五百元。\n超出部分由员工自己承担，特殊情况请先申请。\n"
TRADITIONAL = "出差住宿的報銷上限是每晚五百元。\n超出部分由員工自己承擔，特殊情況請先申請。\n"
ENGLISH = "A hotel may cost 500 a night.\nAnything above it is paid by yourself.\n"


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
    assert decode(mark + SIMPLIFIED.encode(encoding))[:2] == (SIMPLIFIED, encoding)


def test_big5_is_told_from_gb18030() -> None:
    assert decode(TRADITIONAL.encode("big5")) == (TRADITIONAL, "big5hkscs", [])
    assert decode(SIMPLIFIED.encode("gb18030")) == (SIMPLIFIED, "gb18030", [])


@pytest.mark.parametrize("words", ["你好，世界", "年度报告", "差旅费用管理办法", "价格：三百元"])
def test_a_few_simplified_characters_are_enough(words: str) -> None:
    assert decode(words.encode("gb18030"))[0] == words


@pytest.mark.parametrize("words", ["你好，世界", "年度報告", "差旅費用管理辦法", "價格：三百元"])
def test_a_few_traditional_characters_are_enough(words: str) -> None:
    assert decode(words.encode("big5"))[0] == words


def test_chinese_far_behind_english_is_found() -> None:
    text = ENGLISH * 2000 + SIMPLIFIED
    assert decode(text.encode("gb18030")) == (text, "gb18030", [])


@pytest.mark.parametrize("text", ["Café Müller – it’s “open”", "straße", "El Niño", "£5 at most"])
def test_western_text_is_not_taken_for_chinese(text: str) -> None:
    assert decode(text.encode("cp1252"))[:2] == (text, "cp1252")


def test_newlines_become_one_kind() -> None:
    assert decode(b"one\r\ntwo\rthree\n")[0] == "one\ntwo\nthree\n"


def test_one_bad_byte_does_not_lose_the_text() -> None:
    text, encoding, warnings = decode(SIMPLIFIED.encode() * 9 + b"\xff" + SIMPLIFIED.encode())
    assert encoding == "utf-8"
    assert text == SIMPLIFIED * 9 + "\ufffd" + SIMPLIFIED
    assert warnings == ["1 character could not be read as utf-8"]


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t", b"\x00\x00", "\ufeff".encode(), b"\xff\xfe", "　\n".encode()]
)
def test_nothing_but_white_space_is_empty(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data)
    assert caught.value.reason == "empty"


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 40,
        b"\x00\x01\x02" * 100,
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + bytes(range(0, 256, 7)) * 30,
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"GIF89a\x10\x00\x10\x00\x80\x00\x00" + bytes(range(256)),
        b"\x7fELF\x02\x01\x01" + b"\x00\x3e\x81\xfe" * 300,
    ],
)
def test_a_binary_is_no_text(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data)
    assert caught.value.reason == "not-text"


@pytest.mark.parametrize("word", ["GIF87a", "GIF89a", "BZh", "Rar!", "%PDF-", "%PDF-1.7", "MZ"])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_note_may_begin_with_the_mark_of_a_binary(word: str, codec: str) -> None:
    note = f"{word} 是这种文件开头的标记，说明在后面。\n"
    assert decode(note.encode(codec))[:2] == (note, codec)


def test_a_nul_between_two_words_parts_them() -> None:
    assert decode(b"name\0value\0next\n" * 3).text.startswith("name value next\n")
    assert decode("仓库\0北京\n电话\0三号\n".encode() * 3).text.startswith("仓库 北京\n电话 三号\n")
    assert decode("one\0two three\0four".encode("utf-16")).text == "one two three four"


def test_a_log_with_a_few_stray_bytes_stays_a_text() -> None:
    assert decode(b"red line\n" * 50 + b"\x02\x00end").text.endswith("red line\nend")


@pytest.mark.parametrize(
    ("record", "tail"),
    [
        ("8=FIX.4.2\x019=178\x0135=8\x0149=ALFA\x0111=7990900\x01", "=7990900"),
        ("8=FIX.4.2\x019=178\x0158=已成交\x01\n", "58=已成交"),
        ("id1\x1fBob\x1f12\x1e", "12"),
        ("N\bNA\bA _\bz_\be", "NA ze"),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_controls_that_separate_or_strike_over_are_in_texts(
    record: str, tail: str, codec: str
) -> None:
    for count in (1, 2, 90):
        text, _, warnings = decode((record * count).encode(codec))
        assert text.rstrip().endswith(tail)
        assert not warnings


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF16_LE + "费用：三百元".encode("utf-16-le") + b"\n",
        "费用：三百元".encode()[:-2],
        SIMPLIFIED.encode()[1:-3],
    ],
)
def test_a_short_text_with_broken_ends_is_read_and_they_are_told(data: bytes) -> None:
    text, _, warnings = decode(data)
    assert "三百元" in text or "三百" in text or "报销上限" in text
    assert len(warnings) == 1
    assert "could not be read as" in warnings[0]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_of_alphabets_of_india_needs_no_mark(codec: str) -> None:
    text = "कर्मचारी को तीन दिन पहले आवेदन करना होगा\nरसीदें जमा करें\n"
    assert decode(text.encode(codec)) == (text, codec, [])


def test_a_few_characters_of_utf_16_without_a_mark_are_read_and_told() -> None:
    text, _, warnings = decode("好的你在".encode("utf-16-le"))
    assert text == "好的你在"
    assert "not certain" in warnings[0]


JAPANESE = "会議室の予約は総務部へ三日前までにお願いします。\n鍵は受付で受け取ってください。\n"
KOREAN = "출장비는 다음 달 십일까지 신청해야 합니다.\n영수증을 꼭 첨부하여 주십시오.\n"
RUSSIAN = "Отчёт о командировке сдаётся в течение трёх дней.\nБилеты нужно приложить.\n"
GREEK = "Η αίτηση άδειας υποβάλλεται δύο εβδομάδες νωρίτερα στο τμήμα προσωπικού.\n"
THAI = "พนักงานต้องยื่นใบลาล่วงหน้าอย่างน้อยสามวันทำการ\n"
GERMAN = "Die Schlüssel müssen täglich zurückgegeben werden, außer für längere Einsätze.\n"
POLISH = "Wniosek należy złożyć najpóźniej trzy dni wcześniej, załączając rachunki i paragony.\n"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        *((JAPANESE, codec) for codec in ("shift_jis", "euc_jp", "iso2022_jp", "utf-16-le")),
        *((KOREAN, codec) for codec in ("euc_kr", "utf-16-be")),
        *((RUSSIAN, codec) for codec in ("cp1251", "koi8_r", "cp866", "iso8859_5", "utf-16-le")),
        (GREEK, "cp1253"),
        (THAI, "cp874"),
        *((GERMAN, codec) for codec in ("cp1252", "iso8859_15", "cp850", "utf-32-be")),
        *((POLISH, codec) for codec in ("cp1250", "iso8859_2")),
    ],
)
def test_other_writings_read_right_and_surely(text: str, codec: str) -> None:
    assert decode(text.encode(codec))[::2] == (text, [])


def test_what_is_too_short_to_be_sure_of_is_told() -> None:
    text, _, warnings = decode("Кофе".encode("koi8_r"))
    assert text == "Кофе" or ["the encoding is not certain" in line for line in warnings] == [True]


def test_bytes_that_fit_no_writing_are_refused_with_what_to_do() -> None:
    data = b"".join(hashlib.sha256(bytes((n,))).digest() for n in range(40)).translate(
        bytes(range(128, 256)) * 2
    )
    with pytest.raises(ReadError, match="save it as UTF-8") as caught:
        decode(data)
    assert caught.value.reason == "not-text"


@pytest.mark.parametrize(("foreign", "codec"), [(SIMPLIFIED, "gb18030"), (GERMAN, "cp1252")])
def test_a_line_of_another_encoding_is_read_in_it(foreign: str, codec: str) -> None:
    line = foreign.split("\n")[0]
    log = "仓库值班：一切正常，无人进出。\n"
    data = log.encode() * 7 + line.encode(codec) + b"\n" + log.encode() * 4
    text, encoding, warnings = decode(data)
    assert text == log * 7 + line + "\n" + log * 4
    assert encoding == "utf-8"
    assert warnings[0] == f"1 line was read as {codec}, the rest as utf-8"


def test_lines_of_utf8_in_a_gb18030_log_are_read_as_that() -> None:
    log = "车间巡检完成，设备运行正常，没有发现漏油的情况。\n"
    text, encoding, warnings = decode(log.encode("gb18030") * 9 + SIMPLIFIED.encode())
    assert text == log * 9 + SIMPLIFIED
    assert encoding == "gb18030"
    assert warnings == ["2 lines were read as utf-8, the rest as gb18030"]


def test_words_that_are_utf8_by_chance_stay_in_the_encoding_of_their_log() -> None:
    # 模式 and 目录 in GB18030 are letters of other alphabets in UTF-8.
    log = "启动服务，读取配置文件。\nmode=模式\nfolder <目录> --\nmode=模式，目录：空\n已经就绪。\n"
    assert decode(log.encode("gb18030")) == (log, "gb18030", [])


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_nuls_are_left_out_and_counted(codec: str) -> None:
    line = "10:04 泵停止运行，值班员已经到场。\n"
    data = bytes(640) + line.encode(codec) * 30 + b"\x00".join([line.encode(codec)] * 3)
    text, _, warnings = decode(data)
    assert text == line * 33
    assert warnings == ["642 NUL characters left out"]


def test_columns_padded_with_nuls_stay_apart() -> None:
    rows = b"".join(word.ljust(14, b"\x00") + b"77\n" for word in (b"Screws", b"Hinges", b"Glue"))
    assert decode(rows).text == "Screws 77\nHinges 77\nGlue 77\n"


def test_a_long_line_is_no_trouble() -> None:
    text = "启动完成，等待连接。\n" + "x" * 300_000 + "\n已经结束。\n"
    assert decode(text.encode("gb18030")).text == text


def test_vietnamese_is_read_with_its_tones() -> None:
    text = "Người lao động phải nộp đơn trước ba ngày.\nMọi chi phí được trả hằng tháng.\n" * 5
    tones = "\u0300\u0301\u0303\u0309\u0323"  # these stand apart in cp1258
    apart = ""
    for char in text:
        pieces = unicodedata.normalize("NFD", char)
        base = "".join(piece for piece in pieces if piece not in tones)
        apart += unicodedata.normalize("NFC", base) + "".join(
            piece for piece in pieces if piece in tones
        )
    assert decode(apart.encode("cp1258")) == (text, "cp1258", [])


def test_lines_of_a_third_encoding_are_told() -> None:
    log = "车间巡检完成，设备运行正常，没有发现漏油的情况。\n"
    line = JAPANESE.split("\n")[0] + "\n"
    for above in (0, 900):
        data = (log * above).encode("gb18030") + line.encode("cp932") + (log * 9).encode("gb18030")
        text, _, warnings = decode(data)
        assert text.endswith(log * 9)
        assert ["not certain" in warning for warning in warnings] == [True]
    assert decode((log * 99).encode("gb18030")).warnings == []
