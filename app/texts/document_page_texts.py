"""What a document's own page says, in Chinese and in English."""

from __future__ import annotations

# key: (Chinese, English). A key with `_one` is the English for exactly one `n`.
DOCUMENT_PAGE_TEXTS: dict[str, tuple[str, str]] = {
    "document_page": ("文档详情", "Document"),
    "to_list": ("全部文档", "All documents"),
    "document_unknown": (
        "知识库里没有这份文档，可能已被删除。",
        "This document is not in the library. It may have been deleted.",
    ),
    "document_deleted": ("已删除“{name}”。", "“{name}” was deleted."),
    # what is known of it
    "made": ("创建日期", "Made"),
    "source_kind": ("来源", "Came from"),
    "all_facts": ("全部信息", "all details"),
    "uploaded": ("上传", "An upload"),
    "of_folder": ("文件夹 {name}", "Folder {name}"),
    "passages_count": ("段落", "Passages"),
    "recognised_all": (
        "从图像识别，把握 {n}%",
        "recognised in pictures, {n} % sure",
    ),
    "recognised_some": (
        "{share}% 从图像识别（把握 {n}%），其余取自文件",
        "{share} % recognised in pictures ({n} % sure), the rest as it stands in the file",
    ),
    "twins": (
        "同样内容的文件在知识库里还有 {n} 份：",
        "The same file is in the library {n} more times:",
    ),
    "twins_one": ("", "The same file is in the library once more:"),
    "twin_at": ("{name}（{source}）", "{name} ({source})"),
    # its state
    "older_found": (
        "新版本未能读取：{reason} 目前回答仍以 {day} 读取的旧版本为准。",
        "A newer version could not be read: {reason} "
        "Answers still come from the older one, read on {day}.",
    ),
    "older_meanwhile": (
        "读完之前，回答仍以旧版本为准。",
        "Until that is done, answers come from the older version.",
    ),
    "not_read_yet": (
        "读完之后，这里会显示它的内容。",
        "What is in it is shown here as soon as it is read.",
    ),
    "nothing_read": (
        "还没有读到它的内容，所以没有可以显示的。",
        "Nothing could be read of it, so there is nothing to show.",
    ),
    # what can be done
    "ask_about": ("就这份文档提问", "Ask about it"),
    "ask_about_help": ("只在“{name}”里找答案", "Answers come from “{name}” alone"),
    "again_help": ("重新读取“{name}”", "Read “{name}” again"),
    "delete_help": ("删除“{name}”（可以撤销）", "Delete “{name}”; this can be undone"),
    "move": ("移动", "Move"),
    "move_help": ("把“{name}”移到另一个文档集", "Move “{name}” to another collection"),
    "enter_password": ("输入密码", "Enter the password"),
    # its views
    "view_pages": ("页面", "Pages"),
    "view_preview": ("预览", "Preview"),
    "view_passages": ("段落（{n}）", "Passages ({n})"),
    "view_warnings": ("提示（{n}）", "Warnings ({n})"),
    "view_text": ("文字", "Text"),
    "go_page": ("转到页", "Go to page"),
    "go_slide": ("转到幻灯片", "Go to slide"),
    "go_sheet": ("转到工作表", "Go to sheet"),
    "read_here": ("这一页读到的文字", "What was read of it"),
    "nothing_here": ("这里没有读到文字。", "No text was read here."),
    # passages
    "passages_hint": (
        "文档按这些段落查找和引用。点击一段，看它在原文的位置。",
        "Answers are found in these passages and cite them. Click one to see where it stands.",
    ),
    "passages_find": ("筛选段落", "Filter passages"),
    "passages_none": ("没有符合的段落。", "No passage has these words."),
    "passages_range": ("第 {first}–{last} 段，共 {n} 段", "{first}–{last} of {n}"),
    "passages_some": (
        "{total} 段中有 {n} 段符合，显示第 {first}–{last} 段",
        "{n} of {total} passages match; {first}–{last} shown",
    ),
    "passages_only_off": ("只看已停用（{n}）", "Only switched off ({n})"),
    "passages_off": ("{all}（{n} 段已停用）", "{all}, {n} of them switched off"),
    "passage_off": ("已停用", "Switched off"),
    "switch_off": ("停用第 {n} 段", "Switch passage {n} off"),
    "switch_on": ("重新启用第 {n} 段", "Switch passage {n} on again"),
    "switch_off_help": (
        "停用后查找不到这一段，新的回答也不再用它；重新读取文档后仍然停用。可以随时重新启用。",
        "No search finds it then and no new answer uses it, also after the document is read again. "
        "You can switch it on again at any time.",
    ),
    "switch_on_help": (
        "启用后可以再查找到这一段，回答也会用它。",
        "Searches find it again, and answers use it.",
    ),
    "passages_before": ("前面的段落", "Earlier passages"),
    "passages_behind": ("后面的段落", "Later passages"),
    "show_passage": ("显示段落 {n} 的位置：{where}", "Show where passage {n} stands: {where}"),
    "passage_gone": (
        "文档重新读取过，这一段已不存在。请从列表里选择。",
        "The document was read anew and this passage is not there any more. Choose one here.",
    ),
    # text
    "text_hint": (
        "这是从文件里读到的全部文字，按类型逐块显示。",
        "All that was read of the file, block by block.",
    ),
    "text_page": ("第 {n} / {all} 部分", "Part {n} of {all}"),
    "text_before": ("前一部分", "Previous part"),
    "text_behind": ("后一部分", "Next part"),
    "text_cut": (
        "内容很长，这里没有全部显示。请下载原文件查看。",
        "There is more than is shown here. Download the original to see all of it.",
    ),
    "text_damaged": (
        "读到的文字已损坏，无法显示。请重新读取这份文档。",
        "What was read is damaged and cannot be shown. Read the document again.",
    ),
    "block_caption": ("图表标题", "caption"),
    "block_footnote": ("脚注", "footnote"),
    "block_note": ("批注", "note"),
    # warnings
    "warnings_none": ("读取时没有提示。", "There are no warnings: it was read whole."),
    "warnings_hint": (
        "读取时省略、替换或不确定的内容：",
        "What was left out, replaced or unsure when it was read:",
    ),
    "go_to_page": ("打开第 {n} 页", "Open page {n}"),
    "on_page": ("第 {n} 页", "page {n}"),
    "on_pages": ("第 {n} 页", "pages {n}"),
    "warned_blank": ("{pages}上没有文字。", "There is no text on {pages}."),
    "warned_unrecognised": (
        "{pages}是图像，没有识别出文字。",
        "No text was recognised on {pages}.",
    ),
    "warned_needs_ocr": (
        "{pages}是图像。要读取其中的文字，请在设置里打开文字识别，再重新读取。",
        "The text on {pages} is a picture. Switch text recognition on under Settings "
        "and read it again.",
    ),
    "warned_heads": (
        "页眉或页脚未收入（{where}）：“{first}”",
        "Left out as head or foot of {where}: “{first}”",
    ),
    "warned_heads_from": (
        "页眉或页脚未收入（{where}）：从“{first}”到“{last}”",
        "Left out as head or foot of {where}: “{first}” to “{last}”",
    ),
    "warned_undecodable": (
        "{pages}上有无法解码的文字。",
        "There is text that cannot be decoded on {pages}.",
    ),
    "warned_lines": ("{n} 行无法解码，未收入。", "{n} lines cannot be decoded and were left out."),
    "warned_lines_one": ("", "1 line cannot be decoded and was left out."),
    "warned_characters": ("{n} 个字符无法解码。", "{n} characters could not be decoded."),
    "warned_characters_one": ("", "1 character could not be decoded."),
    "warned_unseen": (
        "{pages}上隐藏的文字与看到的不同，已按图像重新识别。",
        "Hidden text on {pages} was another than one sees, so the page was recognised anew.",
    ),
    "warned_hard": (
        "{pages}上的文字难以识别，可能有错。",
        "Text on {pages} was hard to recognise and may be wrong.",
    ),
    "warned_damaged_page": (
        "{pages}已损坏，未收入。",
        "The file is damaged at {pages}, which was left out.",
    ),
    "warned_pictures_over": (
        "图片太多，有 {n} 张没有读取。",
        "{n} pictures were not read, as there are too many.",
    ),
    "warned_pictures_over_one": ("", "1 picture was not read, as there are too many."),
    "warned_pictures": ("{n} 张图片无法打开。", "{n} pictures could not be opened."),
    "warned_pictures_one": ("", "1 picture could not be opened."),
    "warned_drawings": (
        "{n} 个图形（EMF、WMF、SVG）没有读取。",
        "{n} drawings (EMF, WMF, SVG) were not read.",
    ),
    "warned_drawings_one": ("", "1 drawing (EMF, WMF, SVG) was not read."),
    "warned_embedded": ("{n} 个嵌入的文件未收入。", "{n} embedded files were left out."),
    "warned_embedded_one": ("", "1 embedded file was left out."),
    "warned_slide_hidden": (
        "第 {n} 张幻灯片在放映时隐藏，仍已读取。",
        "Slide {n} is hidden in the show; it was read all the same.",
    ),
    "warned_slide_broken": (
        "第 {n} 张幻灯片已损坏，未收入。",
        "Slide {n} is broken and was left out.",
    ),
    "warned_sheet_hidden": (
        "工作表“{name}”是隐藏的，仍已读取。",
        "The sheet “{name}” is hidden; it was read all the same.",
    ),
    "warned_sheet_broken": (
        "工作表“{name}”已损坏，未收入。",
        "The sheet “{name}” is broken and was left out.",
    ),
    "warned_part_broken": (
        "文件里的 {name} 已损坏，未收入。",
        "{name} in the file is broken and was left out.",
    ),
    "warned_inner": ("{name} 未收入：{why}", "{name} was left out: {why}"),
}
