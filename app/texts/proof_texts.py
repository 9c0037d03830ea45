"""What the app says of sources and the pages they stand on, in Chinese and in English."""

from __future__ import annotations

PROOF_TEXTS: dict[str, tuple[str, str]] = {
    "sources": ("出处", "Sources"),
    "source": ("出处", "Source"),
    "open_source": ("打开出处 {number}：{where}", "Open source {number}: {where}"),
    "open_passage": ("打开段落：{where}", "Open the passage: {where}"),
    "source_gone": ("这个出处已经不在了。", "This source is not there any more."),
    "source_removed": (
        "这份文档后来已从知识库中删除。",
        "This document has been removed from the library since.",
    ),
    "source_changed": (
        "这份文档后来有改动，当时引用的这段文字已不在其中。",
        "This document has changed since: the passage that was cited is not in it any more.",
    ),
    "source_before": ("上一个出处", "Previous source"),
    "source_behind": ("下一个出处", "Next source"),
    "source_of": ("{at} / {total}", "{at} of {total}"),
    "passage": ("原文段落", "Passage"),
    "section": ("章节", "Section"),
    "read_as": ("文字来源", "Text"),
    "read_text": ("取自文件中的文字", "as it stands in the file"),
    "read_slide": ("取自幻灯片", "from a slide"),
    "read_sheet": ("取自工作表", "from a sheet"),
    "file_changed": ("文件修改于", "File changed"),
    "open_document": ("打开文档", "Open the document"),
    "download_original": ("下载原文件", "Download the original"),
    "no_original": (
        "知识库里已没有原文件。",
        "The library does not have the original file any more.",
    ),
    "page_of": ("第 {n} / {total} 页", "Page {n} of {total}"),
    "slide_of": ("第 {n} / {total} 张幻灯片", "Slide {n} of {total}"),
    "sheet_of": ("第 {n} / {total} 个工作表", "Sheet {n} of {total}"),
    "page_before": ("上一页", "Previous page"),
    "page_behind": ("下一页", "Next page"),
    "also_on": ("另见 {n}", "also on {n}"),
    "also_on_help": ("引文也在第 {n} 页", "The quote is also on page {n}"),
    "smaller": ("缩小", "Smaller"),
    "larger": ("放大", "Larger"),
    "page_alt": ("{name}，标出 {n} 处", "{name}, {n} places marked"),
    "page_alt_one": ("", "{name}, 1 place marked"),
    "page_waiting": ("正在准备页面……", "Preparing the page…"),
    "no_picture_encrypted": (
        "文件有密码，而密码不会保存，因此只显示文字。",
        "The file is locked and its password is not kept, so this is its text.",
    ),
    "no_picture_failed": (
        "页面图像无法生成，因此只显示文字。",
        "The page could not be drawn, so this is its text.",
    ),
    "no_picture_lost": (
        "知识库里已没有原文件，因此只显示文字。",
        "The library does not have the original file any more, so this is its text.",
    ),
    "no_picture_no_office": (
        "运行知库的电脑上没有安装 LibreOffice，因此只显示文字。",
        "LibreOffice is not installed where Zhiku runs, so this is its text.",
    ),
    "no_page_text": ("没有可以显示的页面。", "There is no page to show."),
}
