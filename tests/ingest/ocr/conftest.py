"""Pictures with known words, drawn by the tests themselves."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

HAN = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")  # apt: fonts-noto-cjk

Word = tuple[float, float, str]
Draw = Callable[..., Image.Image]


def font(text: str, size: float) -> ImageFont.FreeTypeFont:
    if text.isascii():
        return ImageFont.load_default(size)  # type: ignore[return-value]
    if not HAN.exists():
        pytest.skip("no font with Chinese characters")
    return ImageFont.truetype(str(HAN), size, index=2)


@pytest.fixture(scope="session")
def draw() -> Draw:
    """Draw words at places; the sizes are pixels."""

    def make(
        words: Sequence[Word], size: tuple[int, int] = (700, 300), height: float = 22
    ) -> Image.Image:
        picture = Image.new("L", size, 255)
        pen = ImageDraw.Draw(picture)
        for x, y, text in words:
            pen.text((x, y), text, 0, font(text, height))
        return picture

    return make
