"""Office files that are made to hurt: refused, or read within limits; nothing is fetched."""

import io
import socket
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from ingest.document import Given, Reading
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.readers import read_bytes as read_given

ReadBytes = Callable[..., Reading]
Archive = Callable[..., bytes]
MIB = 1024 * 1024
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    assert socket.getaddrinfo is refuse


def reason(read: Callable[[], object]) -> str:
    with pytest.raises(ReadError) as caught:
        read()
    return caught.value.reason


def test_a_zip_bomb_is_refused_by_what_it_says(read_bytes: ReadBytes, docx: Archive) -> None:
    data = docx(P.format("x"), word__more="0" * 20 * MIB)
    assert len(data) < MIB
    assert reason(lambda: read_bytes(data, "a.docx", max_unpacked_bytes=10 * MIB)) == "too-large"


def test_a_zip_bomb_that_lies_is_bounded(read_bytes: ReadBytes, archive: Archive) -> None:
    body = f'<w:document xmlns:w="{WORD}"><w:body>{P.format("x" * 5_000_000)}'
    data = archive({"[Content_Types].xml": "", "word/document.xml": body})
    lying = data.replace(len(body).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert reason(lambda: read_bytes(lying, "a.docx")) == "damaged"


def test_a_huge_document_is_refused_before_it_is_unpacked(read_bytes: ReadBytes) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        with archive.open("word/document.xml", "w") as member:
            for _ in range(100):
                member.write(b"<w:p/>" * 174_000)  # 100 MB
    assert reason(lambda: read_bytes(data.getvalue(), "a.docx")) == "too-large"


@pytest.mark.parametrize(
    "entities",
    [
        "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
        + '<!ENTITY a0 "lol">',
        '<!ENTITY a11 SYSTEM "file:///etc/passwd">',
        '<!ENTITY a11 SYSTEM "http://127.0.0.1:9/x">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;',
    ],
)
def test_entities_are_not_put_in(read_bytes: ReadBytes, archive: Archive, entities: str) -> None:
    body = (
        f"<!DOCTYPE d [{entities}]>"
        f'<w:document xmlns:w="{WORD}"><w:body>{P.format("a&a11;b")}{P.format("kept")}</w:body>'
        "</w:document>"
    )
    data = archive({"[Content_Types].xml": "", "word/document.xml": body})
    reading = read_bytes(data, "a.docx")
    text = reading.parts[0].text
    assert "kept" in text or reading.warnings
    assert "lol" not in text
    assert "root" not in text


def test_what_lies_outside_is_not_fetched(
    read_bytes: ReadBytes, docx: Archive, rels: Callable[..., str]
) -> None:
    body = (
        P.format("Text") + '<w:p><w:r><w:drawing><a:blip r:embed="i" r:link="i"/></w:drawing>'
        '<w:object/></w:r></w:p><w:p><w:hyperlink r:id="h"><w:r><w:t>link</w:t></w:r>'
        "</w:hyperlink></w:p>"
    )
    targets = {
        "i": ("image", "http://127.0.0.1:9/i.png"),
        "h": ("hyperlink", "http://127.0.0.1:9/"),
        "x": ("footnotes", "../../../etc/passwd"),
    }
    template = rels({"t": ("attachedTemplate", "http://127.0.0.1:9/t.dotm")})
    settings = {"word___rels__settings.xml": template}
    reading = read_bytes(docx(body, targets, **settings), "a.docx")
    assert reading.parts[0].text == "Text\n\nlink"


def test_depth_is_bounded(read_bytes: ReadBytes, docx: Archive) -> None:
    open_, close = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    body = open_ * 60 + P.format("deep") + close * 60 + P.format("kept")
    assert "kept" in read_bytes(docx(body), "a.docx").parts[0].text
    body = P.format("kept") + "<w:sdt><w:sdtContent>" * 50_000
    assert read_bytes(docx(body), "a.docx").parts[0].text == "kept"


def test_styles_that_take_from_each_other(read_bytes: ReadBytes, docx: Archive) -> None:
    styles = "".join(
        f'<w:style w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/></w:style>'
        for a, b in ("xy", "yx")
    )
    body = '<w:p><w:pPr><w:pStyle w:val="x"/></w:pPr><w:r><w:t>Text</w:t></w:r></w:p>'
    assert read_bytes(docx(body, styles=styles), "a.docx").parts[0].text == "Text"


def test_a_table_that_claims_a_million_columns(read_bytes: ReadBytes, docx: Archive) -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="1000000"/></w:tcPr>{P.format("a")}</w:tc>'
    row = f"<w:tr>{wide * 3}</w:tr>"
    assert "a" in read_bytes(docx(f"<w:tbl>{row * 50}</w:tbl>"), "a.docx").parts[0].text


def test_a_locked_file_is_opened_with_its_password(docx: Archive) -> None:
    locked = io.BytesIO()
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    words = "".join(P.format(n * n * 7919) for n in range(1, 2000))  # it needs over 4 KB
    plain = docx(P.format("Text") + words, **{"[Content_Types]": types})
    OOXMLFile(io.BytesIO(plain)).encrypt("geheim 密码", locked)
    given = Given(locked.getvalue(), "a.docx", Limits())
    for password in (None, "other"):
        wrong = replace(given, password=password)
        assert reason(lambda wrong=wrong: read_given(wrong)) == "encrypted"  # type: ignore[misc]
    assert read_given(replace(given, password="geheim 密码")).parts[0].text.startswith("Text")  # noqa: S106
