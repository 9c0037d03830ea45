"""The time to read and split grows with the size of a file, whatever it repeats.

The one place where time is asserted: of the reading process, in CPU seconds, as a ratio.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from tokenizers import Regex, Tokenizer, models, pre_tokenizers

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.sandbox import ReadingPool, Request

SMALL, LARGE = 128 * 1024, 1024 * 1024
MOST = 12.0  # eight times the size
TRIES = 3
REFUSED = ("empty", "needs-ocr", "not-text")  # as it should be: these hold no words
LEAST = 0.05  # seconds that a small file is taken to need at least: the clock ticks in hundredths

REPEATED = [
    *"a.#|-_[(中。 \n\u0301",
    *("a ", "a.", "a'", ". ", ".)", "| ", "# ", "#\n", "> ", "](", "<!"),
    *("\n\x0b", "\n|", "\x1b[", "a\b", "[x](", "data:", "Aa1+", "\r", "a\n"),
    "lines that the layout of the page has broken\n",
]


def plain(text: str) -> bytes:
    return text.encode()


def pdf(text: str) -> bytes:
    """A PDF of one page that shows the text in one string, line by line."""
    shown = text.encode("latin-1", "replace")
    for mark in (b"\\", b"(", b")"):
        shown = shown.replace(mark, b"\\" + mark)
    lines = b") Tj T* (".join(shown.split(b"\n"))
    stream = b"BT /F 8 Tf 10 TL 40 780 Td (" + lines + b") Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, entry in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%sendobj\n" % (number, entry)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\n" % (
        size, table, size,
    ) + b"startxref\n%d\n%%%%EOF\n" % len(body)  # fmt: skip


def shown_in_pdf(text: str) -> bool:
    """Whether the font has the characters, and pypdf the patience for its lines: 100,000 or so."""
    return text.encode("latin-1", "replace") == text.encode() and len(text) // 10 >= text.count(
        "\n"
    )


@pytest.fixture(scope="module")
def tokenizer_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tokenizer that gives a token for some characters, as real ones do."""
    tokenizer = Tokenizer(models.WordLevel({"?": 0}, "?"))
    runs = Regex(r"\w{1,8}|[^\w\s]{1,8}")
    tokenizer.pre_tokenizer = pre_tokenizers.Split(runs, "removed", invert=True)
    file = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    tokenizer.save(str(file))
    return file


@pytest.fixture(scope="module")
def seconds(tokenizer_file: Path) -> Iterator[Callable[[Path, str], float]]:
    """Read a file in a process of its own; return the CPU seconds that it took of that."""
    pool = ReadingPool({}, files=10_000)
    before = set(psutil.Process().children())

    def measure(path: Path, name: str) -> float:
        spent = {child: sum(child.cpu_times()[:2]) for child in children()}
        limits = Limits(max_seconds=120)
        try:
            pool.parse(Request(str(path), name, str(tokenizer_file), 128, limits))
        except ReadError as error:
            if error.reason not in REFUSED:
                raise
        return sum(sum(child.cpu_times()[:2]) - spent.get(child, 0.0) for child in children())

    def children() -> set[psutil.Process]:
        return set(psutil.Process().children()) - before

    warm = tokenizer_file.with_name("warm")
    warm.write_text("The process is started, and the tokenizer loaded.")
    measure(warm, "warm.txt")
    yield measure
    pool.close()


@pytest.mark.parametrize("kind", ["txt", "md", "pdf"])
def test_time_grows_with_size(
    kind: str, seconds: Callable[[Path, str], float], tmp_path: Path
) -> None:
    make = pdf if kind == "pdf" else plain
    steep = {}
    for repeated in filter(shown_in_pdf, REPEATED) if kind == "pdf" else REPEATED:
        ratios = []
        for size in (SMALL, LARGE):
            text = "x\n" + repeated * (size // len(repeated.encode())) + "b\n"
            (tmp_path / str(size)).write_bytes(make(text))
        for _ in range(TRIES):
            small, large = (seconds(tmp_path / str(n), f"a.{kind}") for n in (SMALL, LARGE))
            ratios.append(large / max(small, LEAST))
            if ratios[-1] <= MOST:
                break
        else:
            steep[repeated] = min(ratios)
    assert steep == {}
