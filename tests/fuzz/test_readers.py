"""Whatever the bytes of a file are: it is read, or refused in one line, and no word is lost."""

import io
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from tokenizers import Tokenizer

from ingest.chunks import split
from ingest.document import Reading
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.readers import read
from ingest.reasons import REASONS

Watch = Callable[[], AbstractContextManager[None]]
LIMITS = Limits(max_bytes=1 << 20, max_seconds=15.0)
MOST_TOKENS = 64

# What documents are made of, and what has tripped readers: marks of Markdown and tables,
# controls, escapes of terminals, marks that nobody sees.
PIECES = [
    "a", "B", "7", " ", "\t", "\n", "\n\n", "\r", "\r\n", "\x00", "\x0b", "\x0c", "\x08", "\x7f",
    "\x85", "\x1b[31m", "\x1b]8;;", "\u2028", "\u2029", "\u00ad", "\u200b", "\u200d", "\u202e",
    "\u2066", "\ufeff", "\ufffd", ".", "...", "…", "!", "?", "。", "！", "，", "、", "：", ":",
    ";", "'", "’", '"', "”", "-", "--", "---\n", "+++\n", "...\n", "title: x\n", "# ", "## ",
    "###### ", "=\n", "===\n", "> ", "* ", "1. ", "1) ", "- [ ] ", "```\n", "~~~\n", "`", "    ",
    "|", "| a | b |\n", "|---|---|\n", "|:-:|", "[x](", "![", "](", "[a]: data:image/png;base64,",
    "iVBORw0KGgo", "A" * 80, '<img src="data:', "<", ">", "<!--", "-->", "&amp;", "&#0;", "\\",
    "*", "**", "_", "~~", "$", "{#a}", "中", "文", "一", "第三章", "（", "）", "《", "》", "é", "ß",
    "ﬁ", "Я", "か", "한", "😀", "e\u0301", "1,234.5%", "ISO 27001", "a's", "http://x.y", "No. 7",
    "Mr. ", "i.e. ",
]  # fmt: skip
RUNS = st.builds(
    lambda piece, times: piece * times, st.sampled_from(PIECES), st.sampled_from([2, 9, 80, 700])
)
TEXTS = st.lists(st.sampled_from(PIECES) | RUNS | st.text(max_size=20), max_size=60).map("".join)
ENCODINGS = st.sampled_from(
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "big5hkscs",
     "shift_jis", "euc-jp", "euc-kr", "cp1251", "koi8-r", "cp1252", "latin-1"]
)  # fmt: skip


def encoded(text: str, encoding: str) -> bytes:
    return text.encode(encoding, errors="ignore")


LINES = st.builds(encoded, TEXTS, ENCODINGS)
FILES = st.one_of(
    LINES,
    st.lists(LINES, min_size=2, max_size=4).map(b"\n".join),  # lines of several encodings
    st.binary(max_size=400),
    st.builds(
        lambda head, nuls, tail: head + b"\0" * nuls + tail, LINES, st.integers(0, 300), LINES
    ),
)


def checked(reading: Reading, tokenizer: Tokenizer) -> str:
    """Hold a reading and its chunks against what others rely on; return the text of the chunks."""
    assert reading.lang in ("zh", "en")
    said = [reading.title or "", *reading.warnings, *(part.text for part in reading.parts)]
    for section in reading.sections:
        text, start = section.page_content, section.metadata["start"]
        source = reading.source(section.metadata["page"])
        assert source[start : start + len(text)] == text
        said += [section.metadata["heading"]]
    for text in said:
        text.encode()  # SQLite and JSON take no halves of pairs
        assert "\x00" not in text
    assert all("\n" not in warning for warning in reading.warnings)
    chunks = split(reading, tokenizer, MOST_TOKENS)
    assert [chunk.metadata["ordinal"] for chunk in chunks] == list(range(len(chunks)))
    for chunk in chunks:
        m = chunk.metadata
        assert chunk.page_content == reading.source(m["page"])[m["start"] : m["end"]]
        # One more where a word of thousands of characters, one token here, was cut in its middle.
        assert len(tokenizer.encode(chunk.page_content).ids) <= MOST_TOKENS + 1
    return "\n".join(chunk.page_content for chunk in chunks)


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def readable(path: Path, data: bytes, watch: Watch) -> Reading | None:
    path.write_bytes(data)
    refused = None
    with watch():
        try:
            reading = read(path, path.name, LIMITS)
        except ReadError as error:
            refused = error
    event(f"refused: {refused.reason}" if refused else "read")
    if refused is None:
        return reading
    assert refused.reason in REASONS
    assert "\n" not in str(refused)
    return None


@pytest.fixture
def place(tmp_path: Path) -> Callable[[str], Path]:
    return lambda name: tmp_path / name


@given(data=FILES)
@example(data=b"a" + b"." * 30_000 + b"b\n")
@example(data=("启动\n" + "x" * 30_000 + "\n结束\n").encode("gb18030"))
@example(data=b"\0" * 64 + b"one line\n" * 9)
def test_text(
    place: Callable[[str], Path], watch: Watch, tokenizer: Tokenizer, data: bytes
) -> None:
    reading = readable(place("a.txt"), data, watch)
    if reading is not None:
        with watch():
            chunks = checked(reading, tokenizer)
        assert letters(chunks) == letters(reading.source(None))


@given(data=FILES)
@example(data=b"# A" + b" " * 30_000 + b"b\n\n[x](" + b" " * 30_000)
@example(data=b"# " + b"a's" * 9_000 + b"\n\nText.\n")
@example(data=b"|" + b"c|" * 9_000 + b"\n|" + b"-|" * 9_000 + b"\n" + b"|" + b"1|" * 9_000 + b"\n")
def test_markdown(
    place: Callable[[str], Path], watch: Watch, tokenizer: Tokenizer, data: bytes
) -> None:
    reading = readable(place("a.md"), data, watch)
    if reading is not None:
        with watch():
            checked(reading, tokenizer)


# What pages, mails and data files are made of.
MARKS = [
    "<p>", "</p>", "<div>", "</div>", "<ul>", "<li>", "<dl><dt>", "<dd>", "<table>", "</table>",
    "<tr>", "<td>", "<th rowspan=2 colspan=3>", "<h1>", "</h1>", "<pre>", "<b>", "</b>", "<br>",
    "<main>", "<nav>", "<p hidden>", "<script>", "</script>", "<!--", "-->", "<![CDATA[", "]]>",
    "<a b='c'>", "</a>", "<x/>", "<!DOCTYPE a [", "&x;", "{", "}", "[", "]", '"a": ', '"b"', "1.50",
    "null", ",", ";", "\t", '"', '""', "Subject: ", "Content-Type: multipart/mixed; boundary=b\n",
    "Content-Type: text/html\n", "Content-Type: message/rfc822\n", "--b\n", "--b--\n", "=?utf-8?b?",
    "Content-Transfer-Encoding: base64\n", "Content-Disposition: attachment; filename=a.csv\n",
]  # fmt: skip
MARKED = st.lists(st.sampled_from(MARKS) | st.sampled_from(PIECES), max_size=60).map("".join)


@given(
    name=st.sampled_from(["a.html", "a.csv", "a.json", "a.jsonl", "a.xml", "a.eml", "a.mhtml"]),
    data=st.builds(encoded, MARKED, ENCODINGS) | st.builds(encoded, MARKED, st.just("utf-8")),
)
@example(name="a.html", data=b"<div>" * 9_000 + b"x")
@example(name="a.xml", data=b"<a>" * 9_000 + b"x")
@example(name="a.json", data=b"[" * 30_000)
def test_marked_texts(
    place: Callable[[str], Path], watch: Watch, tokenizer: Tokenizer, name: str, data: bytes
) -> None:
    reading = readable(place(name), data, watch)
    if reading is not None:
        with watch():
            checked(reading, tokenizer)


def pdf(stream: bytes) -> bytes:
    """One page that a content stream draws, in a font without a table of characters."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F"): font})}
    )
    content = DecodedStreamObject()
    content.set_data(stream)
    page[NameObject("/Contents")] = content
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


OPERATORS = st.sampled_from(
    [b"BT ", b"ET ", b"/F 12 Tf ", b"50 700 Td ", b"0 -14 Td ", b"T* ", b"(Leave) Tj ",
     b"(25 days) Tj ",
     b"[(A)-9000(b)] TJ ", b"<feff> Tj ", b"(\\000\\777) Tj ", b"1e99 0 0 1 0 0 Tm ", b"q ",
     b"Q ", b"Do ",
     b"(((", b")", b"<<", b"[", b"/X ", b"BI ID EI ", b"% ", b"\n"]
)  # fmt: skip
EDITS = st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=12)), max_size=6)


@given(stream=st.lists(OPERATORS, max_size=40).map(b"".join), edits=EDITS)
def test_pdf(
    place: Callable[[str], Path],
    watch: Watch,
    tokenizer: Tokenizer,
    stream: bytes,
    edits: list[tuple[int, bytes]],
) -> None:
    data = bytearray(pdf(stream))
    for at, new in edits:
        at %= len(data)
        data[at : at + len(new) // 2] = new
    reading = readable(place("a.pdf"), bytes(data), watch)
    if reading is not None:
        with watch():
            checked(reading, tokenizer)


OLD_FILES = Path(__file__).parents[1] / "ingest" / "office"
RICH = st.sampled_from(
    ["{", "}", "\\par ", "\\pard ", "\\cell ", "\\row ", "\\trowd ", "\\cellx900 ", "\\intbl ",
     "\\clvmgf ", "\\clvmrg ", "{\\footnote ", "{\\header ", "{\\*\\annotation ", "\\u-10179?",
     "\\u0?", "\\u55357 ", "\\'d6", "\\'00", "\\f1 ", "\\bin3 ", "\\s1 ", "{\\stylesheet", "\\v ",
     "{\\field{\\*\\fldinst PAGE}", "{\\fldrslt 3}", "{\\listtext 1.}", "\\", "words ", "中文"]
)  # fmt: skip
MARKUP = st.sampled_from(
    ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>words</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>",
     "</w:tr>", "<w:tc>", "</w:tc>", '<w:tcPr><w:gridSpan w:val="3"/></w:tcPr>', "<w:del>",
     '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', "<w:tcPr><w:vMerge/></w:tcPr>", "</w:del>",
     '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="separate"/>', "<w:drawing>",
     '<w:fldChar w:fldCharType="end"/>', "<w:txbxContent>", "</w:txbxContent>", "</w:drawing>",
     '<w:pPr><w:outlineLvl w:val="-5"/></w:pPr>', '<w:sym w:char="F0FC" w:font="Wingdings"/>',
     '<w:br/>', "<w:sdt>", "</w:sdt>", "&#x1F600;", "<w:pPr><w:numPr/></w:pPr>", "&unknown;"]
)  # fmt: skip


@given(
    name=st.sampled_from(["travel.doc", "deck.ppt", "price-list.xls"]),
    edits=st.lists(st.tuples(st.integers(0, 1 << 20), st.binary(max_size=8)), max_size=12),
)
def test_old_office(
    place: Callable[[str], Path],
    watch: Watch,
    tokenizer: Tokenizer,
    name: str,
    edits: list[tuple[int, bytes]],
) -> None:
    data = bytearray((OLD_FILES / name).read_bytes())
    for at, new in edits:
        at %= len(data)
        data[at : at + len(new)] = new
    if (reading := readable(place(name), bytes(data), watch)) is not None:
        checked(reading, tokenizer)


@given(pieces=st.lists(RICH, max_size=60))
def test_rich_text(
    place: Callable[[str], Path], watch: Watch, tokenizer: Tokenizer, pieces: list[str]
) -> None:
    data = ("{\\rtf1\\ansi\\ansicpg936 Begin " + "".join(pieces)).encode("gbk")
    if (reading := readable(place("a.rtf"), data, watch)) is not None:
        checked(reading, tokenizer)


@given(pieces=st.lists(MARKUP, max_size=60))
def test_word(
    place: Callable[[str], Path], watch: Watch, tokenizer: Tokenizer, pieces: list[str]
) -> None:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        body = f"<w:document {names}><w:body>{''.join(pieces)}</w:body></w:document>"
        archive.writestr("word/document.xml", body)
    if (reading := readable(place("a.docx"), data.getvalue(), watch)) is not None:
        checked(reading, tokenizer)
