"""Which of several causes it was that a file could not be read, in Chinese and in English.

The keys are the details of `ReadError`.
"""

from __future__ import annotations

DETAIL_TEXTS: dict[str, tuple[str, str]] = {
    # too large
    "detail_size": (
        "文件超过 {size}。请拆分，或在设置中提高上限。",
        "It is larger than {size}. Split it, or raise the limit in the settings.",
    ),
    "detail_unpacked": (
        "展开后超过 {size}。请拆分。",
        "Unpacked it is larger than {size}. Split it.",
    ),
    "detail_files": (
        "里面有 {n} 个以上的文件。请拆分。",
        "More than {n} files lie in it. Split it.",
    ),
    "detail_nested": (
        "文件里又套着文件，超过 {n} 层。请把里面的文件单独添加。",
        "Files lie in it over {n} deep. Add those inside by themselves.",
    ),
    "detail_deep": (
        "内容嵌套得太深。请另存为较简单的结构。",
        "It is nested too deeply. Save it flatter.",
    ),
    "detail_pages": ("页数超过 {n}。请拆分。", "It has more than {n} pages. Split it."),
    "detail_slides": ("幻灯片超过 {n} 张。请拆分。", "It has more than {n} slides. Split it."),
    "detail_sheets": ("工作表超过 {n} 张。请拆分。", "It has more than {n} sheets. Split it."),
    "detail_cells": ("单元格超过 {n} 个。请拆分。", "It has over {n} cells. Split it."),
    "detail_table": ("表格的单元格太多。请拆分。", "The table has too many cells. Split it."),
    "detail_text": ("文字太多。请拆分。", "It holds too much text. Split it."),
    "detail_pictures": (
        "含文字的图片太多。请拆分。",
        "It has too many pictures of text. Split it.",
    ),
    "detail_pixels": (
        "有一张图片为 {x} × {y} 像素，超过 {n} 百万像素。请缩小。",
        "A picture of it has {x} x {y} pixels, over {n} million. Make it smaller.",
    ),
    "detail_pixels-side": (
        "有一张图片为 {x} × {y} 像素，一边超过 {n}。请裁开。",
        "A picture of it has {x} x {y} pixels, over {n} along a side. Cut it up.",
    ),
    "detail_million-pixels": (
        "图片远超过 {n} 百万像素。请缩小。",
        "It has far more than {n} million pixels. Make it smaller.",
    ),
    "detail_memory": (
        "读取它需要的内存超过允许的范围。请拆分。",
        "Reading it needs more memory than there is. Split it.",
    ),
    "detail_overlap": (
        "里面的内容互相重叠，像是恶意压缩包。请重新打包或另存。",
        "Parts of it overlap, as in a bomb. Pack or save it anew.",
    ),
    # damaged
    "detail_save-anew": (
        "请用制作它的程序打开并另存，或换一份完好的文件。",
        "Open it in its program and save it anew, or get a sound copy.",
    ),
    "detail_save-docx": (
        "读不出文字。请用 Word 打开，另存为 DOCX。",
        "Its text cannot be read. Open it in Word and save it as DOCX.",
    ),
    "detail_save-pptx": (
        "读不出幻灯片。请用 PowerPoint 打开，另存为 PPTX。",
        "Its slides cannot be read. Open it in PowerPoint and save it as PPTX.",
    ),
    "detail_save-xlsx": (
        "读不出工作表。请用 Excel 打开，另存为 XLSX。",
        "Its sheets cannot be read. Open it in Excel and save it as XLSX.",
    ),
    "detail_no-pdf": (
        "无法作为 PDF 打开。请另存，或换一份完好的文件。",
        "It cannot be opened as a PDF. Save it anew, or get a sound copy.",
    ),
    "detail_no-pages": ("里面没有页面。请另存。", "It has no pages. Save it anew."),
    "detail_no-page-read": (
        "所有页面都无法读取。请另存。",
        "None of its pages can be read. Save it anew.",
    ),
    "detail_broken-page": ("这一页已损坏。", "This page of it is damaged."),
    "detail_no-picture": (
        "无法作为图片打开。请另存，或换一份完好的文件。",
        "It cannot be opened as a picture. Save it anew, or get a sound copy.",
    ),
    "detail_no-xml": ("不是 XML，或不完整。请另存。", "It is no XML, or cut short. Save it anew."),
    "detail_no-chapters": (
        "章节目录缺失或损坏。请另存。",
        "The list of its chapters is missing or broken. Save it anew.",
    ),
    "detail_broken-mail": (
        "邮件不完整或已损坏。请重新保存邮件。",
        "It is cut short or broken. Save the mail anew.",
    ),
    "detail_broken-archive": (
        "压缩包不完整或已损坏。请重新打包。",
        "It is cut short or broken. Pack it anew, or get a sound copy.",
    ),
    "detail_reader-crashed": (
        "读取时意外中止。请用制作它的程序打开并另存。",
        "Reading it crashed. Open it in its program and save it anew.",
    ),
    # text recognition
    "detail_ocr-off": (
        "文字识别没有打开。请在设置中打开后重新读取。",
        "Text recognition is switched off. Switch it on in the settings and read it again.",
    ),
    "detail_pictures-docx": (
        "里面只有图片。请另存为 DOCX，其中的图片可以识别。",
        "It holds pictures only. Save it as DOCX, whose pictures are recognised.",
    ),
    "detail_pictures-pptx": (
        "幻灯片里只有图片。请另存为 PPTX，其中的图片可以识别。",
        "Its slides hold pictures only. Save it as PPTX, whose pictures are recognised.",
    ),
    # no text
    "detail_is-pdf": (
        "它其实是 PDF。请把扩展名改为 .pdf。",
        "This is a PDF. Give it the suffix .pdf.",
    ),
    "detail_other-kind": (
        "它不是文本文件。请改用正确的扩展名。",
        "This is not a text file. Give it the suffix of its kind.",
    ),
    "detail_encoding": (
        "无法判断文字编码。请另存为 UTF-8。",
        "Its encoding cannot be told. Save it as UTF-8.",
    ),
    # gone
    "detail_gone": ("原处没有这个文件。请检查路径。", "It is not there any more. Check the path."),
    "detail_disk": (
        "磁盘无法读取它（{why}）。请再试一次。",
        "The disk could not read it ({why}). Try again.",
    ),
    "detail_linked": (
        "查看文件夹之后，原处换成了一个链接。请再试一次。",
        "A link was put in its place after the folder was looked at. Try again.",
    ),
    "detail_bytes-lost": (
        "知识库里的原文件丢失或损坏。请再添加一次。",
        "Its file in the library is lost or damaged. Add it again.",
    ),
    "detail_member-missing": ("里面缺少 {name}。", "There is no {name} in it."),
    "detail_folder-gone": (
        "文件夹已经不在了，其中的文档没有删除。",
        "The folder is not there; nothing of it was removed.",
    ),
    "detail_folder-empty": (
        "文件夹是空的，而且不在原来的磁盘上。磁盘是否已连接？",
        "The folder is empty and on another disk than before. Is it mounted?",
    ),
}
