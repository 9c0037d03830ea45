"""Mail: its head, its text once, and what is attached, also mails."""

import base64
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from ingest.document import Reading
from ingest.errors import ReadError

ReadBytes = Callable[..., Reading]


def mail(subject: str = "Rooms", body: str = "Please book early.\n") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ute Brandl <ute@example.org>"
    message["To"] = "Team <team@example.org>"
    message["Date"] = "Mon, 30 Nov 2026 09:12:00 +0800"
    message["Subject"] = subject
    message.set_content(body)
    return message


def test_the_head_stands_above_the_text(read_bytes: ReadBytes) -> None:
    message = mail(body="One.\n\n> quoted\n> twice\n")
    message["Cc"] = "Theo Wenz <theo@example.org>"
    reading = read_bytes(bytes(message), "a.eml")
    assert (reading.title, reading.lang, reading.unit) == ("Rooms", "en", None)
    assert reading.properties.made == "2026-11-30"
    assert reading.properties.author == "Ute Brandl <ute@example.org>"
    assert reading.source(None) == (
        "# Rooms\n\nFrom: Ute Brandl <ute@example.org>\nTo: Team <team@example.org>\n"
        "Cc: Theo Wenz <theo@example.org>\n"
        "Date: 2026-11-30 09:12+08:00 (Mon, 30 Nov 2026 09:12:00 +0800)\n\n"
        "One.\n\n> quoted\n> twice"
    )


def test_a_text_in_two_writings_is_read_once(read_bytes: ReadBytes) -> None:
    message = mail(body="Lime costs 20 EUR.\n")
    html = "<table><tr><th>Room<th>EUR<tr><td>Lime<td>20</table>"
    message.add_alternative(f"<html><body>{html}</body></html>", subtype="html")
    text = read_bytes(bytes(message), "a.eml").source(None)
    assert "| Room | EUR |\n|---|---|\n| Lime | 20 |" in text
    assert "costs" not in text


def test_attachments_are_read_below_their_names(read_bytes: ReadBytes) -> None:
    message = mail()
    rows = "房间,价格\n梧桐厅,600\n".encode("gb18030")
    message.add_attachment(rows, maintype="text", subtype="csv", filename="价目表.csv")
    message.add_attachment("# Plan\n\nNext week.\n", subtype="markdown", filename="plan.md")
    message.add_attachment(b"\1\2", maintype="application", subtype="x-y", filename="a.exe")
    message.add_attachment(mail("Inner", "It is inside.\n"))
    reading = read_bytes(bytes(message), "a.eml")
    found = [(s.metadata["heading"], s.page_content) for s in reading.sections]
    assert ("价目表.csv", "| 房间 | 价格 |\n|---|---|\n| 梧桐厅 | 600 |") in found
    assert ("plan.md > Plan", "Next week.") in found
    assert any(h.endswith("> Inner") and t.endswith("It is inside.") for h, t in found)
    assert len(reading.warnings) == 1
    assert reading.warnings[0].startswith("a.exe left out: ")
    (table,) = [b for b in reading.parts[0].blocks if b.kind == "table"]
    assert reading.source(None)[table.body : table.end] == "| 梧桐厅 | 600 |"


@pytest.mark.parametrize(
    "head",
    [
        b"Subject: =?gb2312?B?" + base64.b64encode("镕基的房间".encode("gb18030")) + b"?=",
        "Subject: 镕基的房间".encode("gb18030"),
        "Subject: 镕基的房间".encode(),
        b"Subject: =?utf-8?Q?=E9=95=95=E5=9F=BA?=\r\n =?utf-8?Q?=E7=9A=84=E6=88=BF=E9=97=B4?=",
    ],
)
def test_heads_in_many_writings(read_bytes: ReadBytes, head: bytes) -> None:
    body = "正文在这里：镕基。".encode("gb18030")
    data = head + b"\r\nContent-Type: text/plain; charset=gb2312\r\n\r\n" + body
    reading = read_bytes(data, "a.eml")
    assert reading.title == "镕基的房间"
    assert reading.source(None) == "# 镕基的房间\n\n正文在这里：镕基。"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Subject: A\n\n", "# A"),
        (b"Subject: A\nDate: yesterday\n\nx", "# A\n\nDate: yesterday\n\nx"),
        (b"Subject: A\nContent-Type: text/plain; charset=nonsense\n\nx", "# A\n\nx"),
        (b"Subject: A\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n", "# A\n\nx"),
        (b"Subject: A\nContent-Transfer-Encoding: base64\n\n%%%", "# A"),
        (b"From: " + b"(" * 5000 + b"\n\nx", "From: " + "(" * 2000 + "…\n\nx"),
    ],
)
def test_mails_against_the_rules(read_bytes: ReadBytes, data: bytes, text: str) -> None:
    assert read_bytes(data, "a.eml").source(None) == text


def test_what_is_no_mail_is_read_as_text(read_bytes: ReadBytes) -> None:
    reading = read_bytes("Only words here.", "a.eml")
    assert reading.source(None) == "Only words here."
    assert reading.warnings == ["it is no mail; read as plain text"]


def test_an_encrypted_mail_has_its_reason(read_bytes: ReadBytes) -> None:
    data = b"Subject: A\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nx"
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "a.eml")
    assert caught.value.reason == "encrypted"


def test_mail_in_mail_is_read_as_deep_as_allowed(read_bytes: ReadBytes) -> None:
    message = mail("Level 0", "Text 0.\n")
    for level in range(1, 4):
        outer = mail(f"Level {level}", f"Text {level}.\n")
        outer.add_attachment(message)
        message = outer
    reading = read_bytes(bytes(message), "a.eml", max_depth=2)
    text = reading.source(None)
    assert [f"Text {n}." in text for n in range(4)] == [False, True, True, True]
    assert any("over 2 deep" in warning for warning in reading.warnings)
