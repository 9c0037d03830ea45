"""Files from before 2007. These five were made with LibreOffice from texts of our own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.document import Reading
from ingest.errors import ReadError

ReadBytes = Callable[..., Reading]
HERE = Path(__file__).parent


def test_word(read_bytes: ReadBytes) -> None:
    reading = read_bytes((HERE / "travel.doc").read_bytes(), "差旅.doc")
    assert (reading.title, reading.lang, reading.unit) == ("差旅制度", "zh", None)
    assert reading.parts[0].text.split("\n\n") == [
        "# 差旅制度",
        "# 住宿",
        "每晚不超过上限[^1]。面积10 m²",
        "[^1]: 不含税。",
        "1. 凭发票报销\n   1.1 电子发票\n2. 超出部分自付",
        "| 城市 | 上限（元） · 员工 | 上限（元） · 经理 |\n|---|---|---|\n| 北京 | 600 | 750 |",
        "以上。",
    ]


def test_powerpoint(read_bytes: ReadBytes) -> None:
    reading = read_bytes((HERE / "deck.ppt").read_bytes(), "启动.ppt")
    assert (reading.lang, reading.unit, reading.pages) == ("zh", "slide", 1)
    assert reading.parts[0].text.split("\n\n") == [
        "启动会", "左边 Left", "右边", "- 目标\n   - 八月上线",
        "| 城市 | 上限 · 员工 | 上限 · 经理 |\n|---|---|---|\n| 北京 | 600 | 750 |",
    ]  # fmt: skip


def test_boxes_comments_and_changes(read_bytes: ReadBytes) -> None:
    text = read_bytes((HERE / "handbook.doc").read_bytes(), "手册.doc").parts[0].text
    assert "m²\n\n王敏: 请再核对此数\n\n# 收货步骤" in text
    assert "\n\n堆放不得超过五箱\n\n保持应急出口畅通\n\n## 冷藏间" in text  # a box in its place
    assert "自 二〇二六年三月" in text
    assert not any(gone in text for gone in ("二〇一九年", "悄悄不说"))  # deleted, hidden


def test_numbers_and_comments_on_slides(read_bytes: ReadBytes) -> None:
    """PowerPoint 2000 and later keep them in lists beside what PowerPoint 97 knew."""
    reading = read_bytes((HERE / "plan.ppt").read_bytes(), "启动.ppt")
    assert reading.warnings == ["slide 4 is hidden in the show; it was read all the same"]
    second = reading.parts[1].text
    assert "1. 先招人\n2. 再培训\n3. 最后开业" in second
    assert second.endswith("王敏: 请再核对此数")


@pytest.mark.parametrize(
    "name", ["travel.doc", "handbook.doc", "deck.ppt", "plan.ppt", "price-list.xls"]
)
def test_what_is_cut_short_is_read_in_part_or_refused(read_bytes: ReadBytes, name: str) -> None:
    data = (HERE / name).read_bytes()
    for part in range(1, 10):
        try:
            reading = read_bytes(data[: len(data) * part // 10], name)
        except ReadError as error:
            assert error.reason in ("damaged", "empty", "needs-ocr", "unsupported")  # noqa: PT017
        else:
            assert reading.sections


def test_the_name_does_not_decide(read_bytes: ReadBytes) -> None:
    """A file of rich text, or of the new kind, is often called .doc."""
    assert read_bytes(b"{\\rtf1\\ansi Hello}", "a.doc").parts[0].text == "Hello"
    assert "北京" in read_bytes((HERE / "travel.doc").read_bytes(), "a.docx").parts[0].text
