"""What the web app says of slides, sheets and recognised text, in Chinese and in English."""

from __future__ import annotations

PLACE_TEXTS: dict[str, tuple[str, str]] = {
    "slide": ("第 {n} 张幻灯片", "slide {n}"),
    "sheet": ("第 {n} 个工作表", "sheet {n}"),
    "recognised": ("识别所得，把握 {n}%", "recognised, {n} % sure"),
    "slides": ("{n} 张幻灯片", "{n} slides"),
    "slides_one": ("", "1 slide"),
    "sheets": ("{n} 个工作表", "{n} sheets"),
    "sheets_one": ("", "1 sheet"),
    "ready_warned": ("可以提问，有提示", "Ready with warnings"),
}
