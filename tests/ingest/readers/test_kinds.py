import pytest

from ingest.readers import begins_as_known, is_supported, kind_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.md", "markdown"),
        ("README.Markdown", "markdown"),
        ("手册.TXT", "text"),
        ("server.log", "text"),
        ("a.b.pdf", "pdf"),
        ("a.docx", "docx"),
        ("a.dwg", None),
        ("a.pdf. ", "pdf"),
        ("a.docx ", "docx"),
        ("pdf", "text"),
        ("LICENCE", "text"),
        (".md", None),
        ("a.HTM", "html"),
        ("a.mht", "mhtml"),
        ("a.epub", "epub"),
        ("a.eml", "eml"),
        ("a.msg", "msg"),
        ("a.tsv", "csv"),
        ("a.jsonl", "json"),
        ("a.xml", "xml"),
        ("a.zip", "zip"),
        ("报价.et", "xls"),
        ("汇报.dps", "ppt"),
        ("a.potx", "pptx"),
        ("a.tab", "csv"),
    ],
)
def test_the_suffix_gives_the_kind_and_a_name_without_one_may_be_a_text(
    name: str, kind: str | None
) -> None:
    assert kind_of(name) == kind
    assert is_supported(name) == (kind is not None)


LINE = "10:04 泵停止运行，值班员已经到场。\n"


@pytest.mark.parametrize(
    "data",
    [
        LINE.encode() * 400,
        LINE.encode("gb18030"),
        LINE.encode("utf-16") * 400,
        LINE.encode("utf-16-le"),
        bytes(640) + LINE.encode(),
        b"8=FIX.4.2\x019=178\x0135=8\x01",
        b"N\bNA\bAM\bME\bE\n",
        b"GIF89a is a mark\n",
        b" \n",
    ],
)
def test_what_is_read_with_a_suffix_begins_as_known_without_one(data: bytes) -> None:
    assert begins_as_known(data)


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n1 0 obj\n", b"PK\x03\x04\x14\x00", b"\x89PNG\r\n\x1a\n\x00"]
)
def test_known_kinds_are_known_without_a_suffix(data: bytes) -> None:
    assert begins_as_known(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(5000),
        b"\x7fELF\x02\x01\x01" + b"\x00\x3e\x81\xfe" * 300,
        b"a.txt".ljust(100, b"\x00") + b"0000644".ljust(8, b"\x00") + b"ustar  words in it" * 9,
        bytes(range(256)) * 16,
    ],
)
def test_what_is_neither_text_nor_of_a_known_kind_does_not_begin_as_one(data: bytes) -> None:
    assert not begins_as_known(data)
