"""Pictures as files: their formats, pages and sizes, and how they end."""

import io
import struct
import time
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.document import Given, Reading
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.ocr import Pictures
from ingest.readers import is_supported, read_bytes

WORDS = "The boiler is checked on Monday"


def drawn(*lines: str, size: tuple[int, int] = (520, 120)) -> Image.Image:
    picture = Image.new("L", size, 255)
    pen = ImageDraw.Draw(picture)
    for n, line in enumerate(lines):
        pen.text((30, 30 + 40 * n), line, 0, ImageFont.load_default(24))
    return picture


def saved(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    data = io.BytesIO()
    picture.save(data, kind, **options)
    return data.getvalue()


def opened(data: bytes, name: str = "a.png", **options: object) -> Reading:
    return read_bytes(Given(data, name, Limits(), **options))  # type: ignore[arg-type]


def failure(data: bytes, name: str = "a.png", **options: object) -> ReadError:
    with pytest.raises(ReadError) as caught:
        opened(data, name, **options)
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [
        ("PNG", "png"),
        ("JPEG", "JPG"),
        ("TIFF", "tif"),
        ("WEBP", "webp"),
        ("BMP", "bmp"),
        ("GIF", "gif"),
    ],
)
def test_each_format_is_read(kind: str, suffix: str) -> None:
    assert is_supported(f"a.{suffix}")
    reading = opened(saved(drawn(WORDS), kind, dpi=(144, 144)), f"a.{suffix}")
    (part,) = reading.parts
    assert (part.text, part.number, reading.unit) == (WORDS, 1, "page")
    assert part.confidence
    assert part.confidence > 0.9
    if kind in ("PNG", "JPEG", "TIFF", "BMP"):
        assert part.size == pytest.approx((260, 60), abs=1)


def test_the_pages_of_a_tiff_are_parts_and_blank_ones_are_told() -> None:
    told: list[tuple[int, int]] = []
    started: list[None] = []
    pages = [drawn(WORDS), drawn(), drawn("Page three.", "It has two lines.")]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    reading = opened(
        data,
        "scan.tiff",
        report=lambda *n: told.append(n),
        recognising=lambda: started.append(None),
    )
    assert [part.number for part in reading.parts] == [1, 2, 3]
    assert reading.texts[:2] == [WORDS, ""]
    assert reading.texts[2].split() == ["Page", "three.", "It", "has", "two", "lines."]
    assert reading.warnings == ["no text was recognised on page 2"]
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert len(started) == 3


def test_a_photo_is_read_the_way_up_that_the_camera_noted() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = drawn(WORDS).rotate(90, expand=True)
    (part,) = opened(saved(photo, "JPEG", exif=exif), "a.jpg").parts
    assert part.text == WORDS
    assert part.size
    assert part.size[0] > part.size[1]


def test_a_fax_with_uneven_pixels_is_read() -> None:
    large = drawn(WORDS).resize((1040, 240), Image.Resampling.BICUBIC)
    fax = large.resize((1040, 120)).convert("1")
    (part,) = opened(saved(fax, "TIFF", dpi=(204, 102), compression="group4"), "fax.tif").parts
    assert part.text == WORDS


@pytest.mark.parametrize(
    "inks", [["white"], ["black"], ["#ffe066"], ["black", "white"], ["#1040c0", "white"]]
)
def test_letters_on_nothing_are_read_in_any_colour(inks: list[str]) -> None:
    picture = Image.new("RGBA", (520, 160), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    for n, ink in enumerate(inks):
        pen.text((30, 30 + 60 * n), WORDS, ink, ImageFont.load_default(24))
    (part,) = opened(saved(picture)).parts
    assert part.text.count(WORDS) == len(inks)


def test_pictures_without_text_and_broken_ones_have_a_reason() -> None:
    whole = saved(drawn(WORDS))
    assert failure(saved(drawn())).reason == "empty"
    assert failure(whole[: len(whole) // 2]).reason == "damaged"
    assert failure(whole[:40]).reason == "damaged"
    assert failure(saved(drawn(WORDS), "JPEG")[:300], "a.jpg").reason == "damaged"


def test_with_recognition_off_a_picture_is_said_to_need_it() -> None:
    assert failure(saved(drawn(WORDS)), ocr=False).reason == "needs-ocr"


@pytest.mark.parametrize("side", [8_000, 12_000, 60_000])
def test_a_huge_picture_is_refused_before_it_is_unpacked(side: int) -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100_000)))
    assert failure(b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")).reason == "too-large"


def test_a_tiff_of_too_many_pages_is_refused() -> None:
    data = saved(drawn(), "TIFF", save_all=True, append_images=[drawn()] * 3)
    with pytest.raises(ReadError) as caught:
        read_bytes(Given(data, "a.tif", Limits(max_pages=3)))
    assert caught.value.reason == "too-large"


@pytest.fixture
def pictures() -> Callable[..., Pictures]:
    def make(clock: Callable[[], float] = time.monotonic, **options: bool) -> Pictures:
        return Pictures(Given(b"", "a.docx", Limits(), **options), clock)

    return make


def test_pictures_within_a_document_are_read_once(pictures: Callable[..., Pictures]) -> None:
    found = pictures()
    part = found.within(saved(drawn(WORDS)))
    assert part
    assert part.text == WORDS
    assert found.within(saved(drawn(WORDS))) is None
    assert found.within(saved(drawn())) is None
    assert found.warnings() == []


def test_pictures_cost_only_so_much(pictures: Callable[..., Pictures]) -> None:
    times = iter((0.0, 599.0, 599.0, 601.0))
    found = pictures(clock=lambda: next(times))
    said = [found.within(saved(drawn(f"{word} is served"))) for word in ("Tea", "Cake", "Soup")]
    assert [part and part.text for part in said] == ["Tea is served", "Cake is served", None]
    assert found.warnings() == ["1 more picture not read: there are too many"]


def test_a_logo_in_two_sizes_is_said_once(pictures: Callable[..., Pictures]) -> None:
    found, logo = pictures(), drawn(WORDS)
    assert found.within(saved(logo)) is not None
    assert found.within(saved(logo.resize((logo.width * 3 // 2, logo.height * 3 // 2)))) is None


def test_icons_and_broken_pictures_are_left_out(pictures: Callable[..., Pictures]) -> None:
    found = pictures()
    assert found.within(saved(drawn(WORDS).crop((0, 0, 500, 30)))) is None
    assert found.within(b"\xd7\xcd\xc6\x9a no picture of ours") is None
    assert found.within(saved(drawn(WORDS))[:300]) is None
    assert found.warnings() == [
        "1 picture could not be opened",
        "1 drawing (EMF, WMF, SVG) not read",
    ]
    off = pictures(ocr=False)
    assert off.within(saved(drawn(WORDS))) is None
    assert not off.is_on
