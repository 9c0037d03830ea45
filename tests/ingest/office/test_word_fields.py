"""Fields and inserted files of Word documents."""

from collections.abc import Callable

from ingest.document import Reading

ReadBytes = Callable[..., Reading]
Archive = Callable[..., bytes]


def mark(kind: str, more: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{more}</w:fldChar></w:r>'


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def form(name: str, data: str) -> str:
    return mark("begin", f"<w:ffData>{data}</w:ffData>") + code(name) + mark("end")


def said(read_bytes: ReadBytes, docx: Archive, *paragraphs: str) -> list[str]:
    body = "".join(f"<w:p>{inner}</w:p>" for inner in paragraphs)
    return read_bytes(docx(body), "a.docx").parts[0].text.split("\n\n")


def test_boxes_and_lists_of_forms_say_what_was_chosen(read_bytes: ReadBytes, docx: Archive) -> None:
    entries = '<w:listEntry w:val="Oslo"/><w:listEntry w:val="Bern"/>'
    ticked = form(" FORMCHECKBOX ", "<w:checkBox><w:checked/></w:checkBox>")
    cleared = '<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>'
    assert said(
        read_bytes, docx,
        ticked + run(" yes"),
        form("FORMCHECKBOX", cleared) + run(" no"),
        run("in ") + form("FORMDROPDOWN", f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>'),
        run("or ") + form("FORMDROPDOWN", f"<w:ddList>{entries}</w:ddList>"),
        run("and ") + form("FORMDROPDOWN", '<w:ddList><w:result w:val="9"/></w:ddList>'),
    ) == ["[x] yes", "[ ] no", "in Bern", "or Oslo", "and"]  # fmt: skip


def test_text_in_fields_without_result_or_end_is_kept(read_bytes: ReadBytes, docx: Archive) -> None:
    assert said(
        read_bytes, docx,
        mark("begin") + code("FORMTEXT") + run("no result") + mark("end") + run(", after"),
        mark("begin") + code("MERGEFIELD a") + run("no end"),
        mark("begin") + code("REF") + run("CODE") + mark("separate") + run("given") + mark("end"),
        run("Page") + mark("begin") + code("PAGE") + run("7"),
        run("Word") + mark("begin") + code('XE "Word"') + run("INDEX") + mark("end"),
    ) == ["no result, after", "no end", "given", "Page", "Word"]  # fmt: skip


def test_inserted_files_are_read_in_their_place(read_bytes: ReadBytes, docx: Archive) -> None:
    chunk = '<w:altChunk r:id="{}"/>'.format
    cells = f"<w:tc>{'<w:p>' + run('a') + '</w:p>'}</w:tc><w:tc>{chunk('b')}</w:tc>"
    body = (
        f"<w:p>{run('before')}</w:p>{chunk('a')}{chunk('a')}<w:p>{run('after')}</w:p>{chunk('c')}"
        f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
    )
    targets = {n: ("aFChunk", f"{n}.xml") for n in "abc"}
    page = "<html><body><p>{}</p></body></html>".format
    data = docx(body, targets, word__a=page("of a page"), word__b=page("in a cell"))
    reading = read_bytes(data, "a.docx")
    text = reading.parts[0].text
    assert text.startswith("before\n\nof a page\n\nafter\n\n")
    assert text.count("of a page") == text.count("in a cell") == 1
    assert reading.warnings == ["inserted file word/c.xml is missing or broken; left out"]


def test_tables_that_lie_too_deep_are_told_of(read_bytes: ReadBytes, docx: Archive) -> None:
    body = f"<w:p>{run('deep')}</w:p>"
    for _ in range(60):
        body = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
    reading = read_bytes(docx(f"<w:p>{run('top')}</w:p>{body}"), "a.docx")
    assert reading.warnings == ["what lies over 40 tables or boxes deep is left out"]
