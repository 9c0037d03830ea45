"""Mail: its head, its text once, and what is attached, also mails."""

import base64
import struct
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


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://example.org"><img src="https://example.org/sale.png"></a>',
        "<style>p { color: red; font-family: serif }</style><!-- " + "hidden words " * 40 + "-->"
        "<p>See it in your browser.",
    ],
)
def test_a_page_that_says_nothing_leaves_the_plain_text(read_bytes: ReadBytes, html: str) -> None:
    plain = "Mending a pump will cost 12 percent less from Tuesday on, also at the weekend.\n"
    message = mail(body=plain)
    message.add_alternative(f"<html><body>{html}</body></html>", subtype="html")
    assert read_bytes(bytes(message), "a.eml").source(None).endswith(plain.strip())


def test_addresses_in_a_plain_text_do_not_count(read_bytes: ReadBytes) -> None:
    message = mail(body=f"Lime costs 20 EUR <https://example.org/{'x' * 300}>.\n")
    message.add_alternative("<h2>Lime</h2>It costs 20 EUR.", subtype="html")
    assert "## Lime" in read_bytes(bytes(message), "a.eml").source(None)


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


def ber(tag: int, *held: bytes, endless: bool = False) -> bytes:
    """An element, with its length or an end."""
    inside = b"".join(held)
    if endless:
        return bytes((tag, 0x80)) + inside + b"\0\0"
    return bytes((tag, 0x82)) + struct.pack(">H", len(inside)) + inside


def signed(content: bytes | None, *, in_pieces: bool = False, kind: int = 2) -> bytes:
    """A CMS file without signers; of another `kind` than 2 it is not signed."""
    oid = bytes.fromhex("2a864886f70d0107")
    held = b""
    if content is not None:
        pieces = [ber(0x04, content[n : n + 20]) for n in range(0, len(content), 20)]
        string = ber(0x24, *pieces, endless=True) if in_pieces else ber(0x04, content)
        held = ber(0xA0, string, endless=in_pieces)
    inner = ber(0x30, ber(0x06, oid + b"\1"), held, endless=in_pieces)
    body = ber(0x30, ber(0x02, b"\1"), ber(0x31, endless=in_pieces), inner, ber(0x31))
    return ber(0x30, ber(0x06, oid + bytes((kind,))), ber(0xA0, body), endless=in_pieces)


def sealed(data: bytes, more: str = "") -> bytes:
    head = f"Subject: Code\nContent-Type: application/pkcs7-mime{more}\n"
    return (head + "Content-Transfer-Encoding: base64\n\n").encode() + base64.encodebytes(data)


@pytest.mark.parametrize("in_pieces", [False, True])
def test_a_mail_that_is_only_signed_is_read(read_bytes: ReadBytes, in_pieces: bool) -> None:
    content = b"Content-Type: text/plain\r\n\r\nThe gate code is 4471.\r\n"
    twice = signed(sealed(signed(content, in_pieces=in_pieces)))
    for data in (signed(content, in_pieces=in_pieces), twice):
        reading = read_bytes(sealed(data, "; smime-type=signed-data"), "a.eml")
        assert reading.texts == ["# Code\n\nThe gate code is 4471."]
        assert reading.warnings == []


def test_a_signed_file_is_read_as_what_it_holds(read_bytes: ReadBytes) -> None:
    message = mail()
    message.add_attachment(signed("房间,价格\n梧桐厅,600\n".encode()), maintype="application",
                           subtype="pkcs7-mime", filename="价目.csv.p7m")  # fmt: skip
    assert "## 价目.csv\n\n| 房间 | 价格 |" in read_bytes(bytes(message), "a.eml").source(None)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (signed(b"\n\nwords")[:-30], "damaged"),
        (signed(b"x", kind=3), "encrypted"),
        (signed(sealed(signed(b"x", kind=3))), "encrypted"),
    ],
)
def test_what_is_signed_and_not_read_has_its_reason(
    read_bytes: ReadBytes, data: bytes, reason: str
) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(sealed(data, "; smime-type=signed-data"), "a.eml")
    assert caught.value.reason == reason


def test_an_encrypted_part_is_told(read_bytes: ReadBytes) -> None:
    message = mail()
    message.add_attachment(signed(b"x", kind=3), maintype="application", subtype="pkcs7-mime",
                           filename="smime.p7m")  # fmt: skip
    reading = read_bytes(bytes(message), "a.eml")
    assert "Please book early." in reading.texts[0]
    assert reading.warnings == ["a part left out: it is encrypted (S/MIME or PGP)"]


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


def test_a_head_in_an_encoding_of_seven_bits(read_bytes: ReadBytes) -> None:
    said = base64.b64encode("出張旅費".encode("iso-2022-jp"))
    data = b"Subject: =?ISO-2022-JP?B?" + said + b"?=\n\nx"
    assert read_bytes(data, "a.eml").title == "出張旅費"


def test_lines_that_a_program_broke_are_joined(read_bytes: ReadBytes) -> None:
    head = b"Subject: A\nContent-Type: text/plain; charset=utf-8; format=flowed"
    text = "One line \nof three \nparts.\n\n> Who \n> asks?\n>> Ann.\n-- \nUte\n"
    assert read_bytes(head + b"\n\n" + text.encode(), "a.eml").source(None) == (
        "# A\n\nOne line of three parts.\n\n> Who asks?\n>> Ann.\n--\nUte"
    )
    text = "会议 \n改期。\n"
    data = head + b"; delsp=yes\n\n" + text.encode()
    assert read_bytes(data, "a.eml").source(None) == "# A\n\n会议改期。"


MEETING = """BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:Budget review
 , spring
DTSTART;TZID="Asia/Shanghai":20261202T093000
DTEND:20261202T023000Z
LOCATION:Room Heron\\, floor 3
ORGANIZER;CN="Lee: Ann":mailto:ann@example.org
ATTENDEE;CN=Bob;ROLE=REQ-PARTICIPANT:MAILTO:bob@example.org
DESCRIPTION:Bring the figures.\\n\\nBring coffee.
BEGIN:VALARM
DESCRIPTION:Reminder
END:VALARM
END:VEVENT
END:VCALENDAR
"""


def test_an_invitation_is_read_once(read_bytes: ReadBytes) -> None:
    message = mail()
    message.add_alternative(MEETING, subtype="calendar")
    message.add_attachment(MEETING.encode(), maintype="text", subtype="calendar",
                           filename="invite.ics")  # fmt: skip
    text = read_bytes(bytes(message), "a.eml").source(None)
    assert text.count("Budget review, spring") == 1
    assert "Reminder" not in text
    assert text.endswith(
        "Starts: 2026-12-02 09:30 (Asia/Shanghai)\nEnds: 2026-12-02 02:30 (UTC)\n"
        "Place: Room Heron, floor 3\nOrganiser: Lee: Ann <ann@example.org>\n"
        "Participants: Bob <bob@example.org>\n\nBring the figures.\n\nBring coffee."
    )


def test_paragraphs_of_an_invitation_are_paragraphs(read_bytes: ReadBytes) -> None:
    (part,) = read_bytes(MEETING, "a.ics").parts
    said = [part.text[block.start : block.end] for block in part.blocks]
    assert said[-2:] == ["Bring the figures.", "Bring coffee."]


def test_a_calendar_alone(read_bytes: ReadBytes) -> None:
    text = "BEGIN:VEVENT\nSUMMARY:预算评审\nDTSTART;VALUE=DATE:20261202\nLOCATION:鹭厅\nEND:VEVENT"
    reading = read_bytes(text, "a.ics")
    assert (reading.title, reading.lang) == ("预算评审", "zh")
    assert reading.source(None) == "# 预算评审\n\n开始：2026-12-02\n地点：鹭厅"
    with pytest.raises(ReadError) as caught:
        read_bytes("BEGIN:VCALENDAR\nEND:VCALENDAR", "a.ics")
    assert caught.value.reason == "empty"


def test_what_else_a_meeting_says(read_bytes: ReadBytes) -> None:
    text = (
        "BEGIN:VEVENT\nSUMMARY:Stand-up\nDTSTART:20261201T090000Z\nDURATION:PT1H30M\n"
        "RRULE:FREQ=DAILY\nEXDATE;VALUE=DATE:20261224,20261225\nSTATUS:CANCELLED\n"
        "COMMENT:Bring a laptop.\nCOMMENT:It is cold.\nEND:VEVENT"
    )
    assert read_bytes(text, "a.ics").source(None) == (
        "# Stand-up\n\nStatus: cancelled\nStarts: 2026-12-01 09:00 (UTC)\nLasts: 1 h 30 min\n"
        "Repeats: FREQ=DAILY\nNot on: 2026-12-24; 2026-12-25\n\nBring a laptop.\n\nIt is cold."
    )


def test_a_mail_that_calls_a_meeting_off_says_so(read_bytes: ReadBytes) -> None:
    text = "BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nSUMMARY:预算评审\nEND:VEVENT"
    assert read_bytes(text, "a.ics").source(None) == "# 预算评审\n\n状态：已取消"


def test_people_and_meetings_that_are_too_many_are_told(read_bytes: ReadBytes) -> None:
    people = "".join(f"ATTENDEE:mailto:p{n}@example.org\n" for n in range(230))
    one = "BEGIN:VEVENT\nSUMMARY:All hands\n{}END:VEVENT\n"
    reading = read_bytes(one.format(people), "a.ics")
    assert reading.warnings == ["30 participants of All hands left out: more than 200"]
    assert "p199@example.org" in reading.source(None)
    assert "p200@" not in reading.source(None)
    reading = read_bytes(one.format("") * 10_000 + one.format(people), "a.ics")
    assert reading.warnings == ["1 event left out: more than 10,000; split it"]
    assert "p1@" not in reading.source(None)


def packed(*attributes: tuple[int, bytes]) -> bytes:
    """What Outlook calls winmail.dat."""
    data = struct.pack("<IH", 0x223E9F78, 1)
    for number, held in attributes:
        data += struct.pack("<BII", 1, number, len(held)) + held
        data += struct.pack("<H", sum(held) & 0xFFFF)
    return data


def test_what_outlook_packs_into_a_mail(read_bytes: ReadBytes) -> None:
    html = "<p>合同见附件。</p>".encode()
    body = struct.pack("<IHHII", 1, 0x0102, 0x1013, 1, len(html)) + html + bytes(-len(html) % 4)
    data = packed(
        (0x00069007, struct.pack("<II", 936, 0)),
        (0x00069003, body),
        (0x00069002, bytes(14)),
        (0x00018010, "价目.csv".encode("gbk") + b"\0"),
        (0x0006800F, "﻿品名,价\n电池,12\n".encode()),
    )
    message = mail("Contract", "\n")
    message.add_attachment(data, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    for end in (len(data), len(data) - 20, 40, 5):
        cut = mail("Contract", "\n")
        cut.add_attachment(data[:end], maintype="application", subtype="ms-tnef",
                           filename="winmail.dat")  # fmt: skip
        assert read_bytes(bytes(cut), "a.eml").title == "Contract"
    reading = read_bytes(bytes(message), "a.eml")
    assert reading.warnings == []
    text = reading.source(None)
    assert "合同见附件。" in text
    assert text.endswith("## 价目.csv\n\n| 品名 | 价 |\n|---|---|\n| 电池 | 12 |")


@pytest.mark.parametrize("name", ["a.eml", "a.txt"])
def test_a_mail_may_begin_with_a_mark_of_its_encoding(read_bytes: ReadBytes, name: str) -> None:
    reading = read_bytes(b"\xef\xbb\xbf" + bytes(mail()), name)
    assert (reading.title, reading.warnings) == ("Rooms", [])
    assert reading.properties.author == "Ute Brandl <ute@example.org>"


@pytest.mark.parametrize("name", ["a.txt", "a.msg", "letter"])
def test_a_mail_under_another_name(read_bytes: ReadBytes, name: str) -> None:
    reading = read_bytes(bytes(mail()), name)
    assert reading.title == "Rooms"
    assert "Please book early." in reading.texts[0]


def test_a_text_with_lines_like_a_head_is_no_mail(read_bytes: ReadBytes) -> None:
    text = "From: the board\nSubject: rooms\n\nMessage-ID: none"
    assert read_bytes(text, "a.txt").texts == [text]


def test_names_stand_without_their_quotes(read_bytes: ReadBytes) -> None:
    data = (
        b'From: "Ute Brandl" <ute@example.org>\r\n'
        b'To: "Koskinen, Anneli" <a@example.org>, "Bo Li" <b@example.org>\r\n'
        b"Subject: Rooms\r\n\r\nText\r\n"
    )
    reading = read_bytes(data, "a.eml")
    assert reading.properties.author == "Ute Brandl <ute@example.org>"
    assert 'To: "Koskinen, Anneli" <a@example.org>, Bo Li <b@example.org>' in reading.texts[0]


def test_a_page_of_an_attachment_is_told_below_its_headings_too(
    read_bytes: ReadBytes, make_pdf: Callable[..., bytes]
) -> None:
    """The page stands in the path over headings on it, and no section goes on without it."""
    message = mail()
    pages = (["Words before."], ["More words."], ["Last words."])
    message.add_attachment(
        make_pdf(*pages, bookmarks=[("More words.", 2)]),
        maintype="application", subtype="pdf", filename="report.pdf",
    )  # fmt: skip
    message.add_attachment("Behind it.", filename="note.txt")
    found = [
        (section.metadata["heading"], section.page_content)
        for section in read_bytes(bytes(message), "a.eml").sections
    ]
    paths = [path for path, _ in found]
    assert any(path.startswith("report.pdf > Page 1") for path in paths)
    assert any(path.startswith("report.pdf > Page 3") for path in paths)
    assert paths[-1] == "note.txt"
