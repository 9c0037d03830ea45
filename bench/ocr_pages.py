"""Pages whose text is known, printed to pictures: what `bench/ocr.py` measures with."""

from __future__ import annotations

import random
import re
from functools import lru_cache
from pathlib import Path

import opencc
from PIL import Image, ImageDraw, ImageFilter, ImageFont

TEXTS = Path(__file__).with_name("ocr_texts")
FONTS = Path("/usr/share/fonts")  # Debian: apt install fonts-noto-cjk fonts-liberation
SERIF, SANS = "opentype/noto/NotoSerifCJK-Regular.ttc", "opentype/noto/NotoSansCJK-Regular.ttc"
LATIN = "truetype/liberation/LiberationSerif-Regular.ttf"
# The font and its face: a file of Noto holds JP, KR, SC, TC.
FACES = {"zh": (SERIF, 2), "zh-Hant": (SANS, 3), "en": (LATIN, 0), "mixed": (SANS, 2)}
PAGE = (595, 842)  # points
MARGIN, SIZE, LEADING = 62, 10.5, 1.55
WAYS = ("upright", "90°", "180°", "skew 3°", "noise")


@lru_cache
def text(kind: str) -> str:
    """Return the text of a page."""
    if kind == "zh-Hant":
        return str(opencc.OpenCC("s2tw").convert(text("zh")))
    return (TEXTS / f"{kind}.txt").read_text("utf-8").rstrip()


def page(kind: str, dpi: int, way: str = "upright", seed: int = 1) -> Image.Image:
    """Print a page of A4, then turn, tilt or spoil it as `way` says."""
    picture = _printed(kind, dpi)
    chance = random.Random(seed)  # noqa: S311  # a bench, no secret
    if way == "90°":
        return picture.transpose(Image.Transpose.ROTATE_90)
    if way == "180°":
        return picture.transpose(Image.Transpose.ROTATE_180)
    if way == "skew 3°":
        angle = chance.choice((-3, 3))
        return picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    if way == "noise":
        return _noisy(picture, seed)
    return picture


def _noisy(picture: Image.Image, seed: int) -> Image.Image:
    """Return the page as a poor copier gives it: blurred, grey, grainy, with specks."""
    blurred = picture.filter(ImageFilter.GaussianBlur(picture.width / 2400))
    grey = blurred.point(lambda value: 40 + value * 185 // 255)
    grain = Image.effect_noise(picture.size, 40)
    spoilt = Image.blend(grey, grain, 0.22)
    draw, chance = ImageDraw.Draw(spoilt), random.Random(seed)  # noqa: S311
    for _ in range(400):
        x, y = chance.randrange(picture.width), chance.randrange(picture.height)
        draw.ellipse((x, y, x + chance.randint(0, 2), y + chance.randint(0, 2)), fill=70)
    return spoilt


@lru_cache(maxsize=4)
def _printed(kind: str, dpi: int) -> Image.Image:
    scale = dpi / 72
    picture = Image.new("L", (round(PAGE[0] * scale), round(PAGE[1] * scale)), 255)
    draw = ImageDraw.Draw(picture)
    file, face = FACES[kind]
    font = ImageFont.truetype(str(FONTS / file), SIZE * scale, index=face)
    large = ImageFont.truetype(str(FONTS / file), SIZE * scale * 1.25, index=face)
    width, y = (PAGE[0] - 2 * MARGIN) * scale, MARGIN * 0.8 * scale
    for paragraph in text(kind).split("\n"):
        used = large if len(paragraph) < 40 else font
        for line in _wrapped(paragraph, used, width):
            draw.text((MARGIN * scale, y), line, 0, used)
            y += used.size * LEADING
        y += 0.25 * SIZE * scale
    assert y < picture.height, f"{kind}: the text is too long for a page"  # noqa: S101
    return picture


def _wrapped(paragraph: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    # Words of letters, spaces, and single Chinese characters, with the marks that close them.
    words = re.findall(r"[!-~]+|\s+|[^\s!-~][，。、；：！？》）]*", paragraph)
    lines = [""]
    for word in words:
        if font.getlength((lines[-1] + word).rstrip()) > width:
            lines.append("")
        if lines[-1] or not word.isspace():
            lines[-1] += word
    return [line.rstrip() for line in lines]
