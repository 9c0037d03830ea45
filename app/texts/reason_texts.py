"""Why a file is not in the library and what to do, in Chinese and in English."""

from __future__ import annotations

REASON_TEXTS: dict[str, tuple[str, str]] = {
    # why a file is not in the library, and what to do; the keys of ingest.reasons and `disk`
    "reason_disk": (
        "文件无法保存到磁盘。请检查剩余空间后再上传。",
        "could not be saved on the disk. Check the free space and add again.",
    ),
    "reason_changed": (
        "读取时文件正在被修改。请在写入结束后再试。",
        "it was written to while it was read. Try again when that has ended.",
    ),
    "reason_crashed": (
        "处理这份文件时程序多次意外中止。请换一种格式再试。",
        "Zhiku was ended several times while reading it. Try another format.",
    ),
    "reason_damaged": (
        "文件已损坏或不完整。请换一份完好的文件。",
        "the file is broken or cut short. Get a sound copy.",
    ),
    "reason_emptied": (
        "来源里一大半文档不见了，未作删除。请检查文件夹，或运行 `kb ingest --yes`。",
        "more than half of it has gone; nothing was removed. Look whether the folder is whole, "
        "or run `kb ingest --yes`.",
    ),
    "reason_empty": (
        "文件里没有文字。请检查是否选错了文件。",
        "the file holds no text. Check that it is the right one.",
    ),
    "reason_encrypted": (
        "文件有密码保护。请点击钥匙图标输入密码，或另存一份没有密码的文件。",
        "the file is locked with a password. Click the key to enter it, "
        "or save a copy without one.",
    ),
    "reason_internal": (
        "程序读取它时出错，详情见服务日志。请再上传一次，或换一种格式。",
        "the program failed on it; see the server's log. Try again, or another format.",
    ),
    "reason_needs-ocr": (
        "内容是图片，而文字识别没有开启或不适用。请设置 KB_OCR=true 后重试，或另存为 PDF。",
        "its pages are pictures, and text recognition is off or not done for this kind. "
        "Set KB_OCR=true and retry, or save it as PDF.",
    ),
    "reason_no-permission": (
        "没有读取权限。请修改文件权限。",
        "this program may not read it. Change its permissions.",
    ),
    "reason_not-text": (
        "扩展名是文本，内容却不是。请检查文件类型，或另存为 UTF-8。",
        "its name says text, but it holds something else. Check its kind, or save it as UTF-8.",
    ),
    "reason_outside": (
        "它是指向文件夹之外的链接。请直接添加那个文件。",
        "it is a link to a place outside the folder. Add that file itself.",
    ),
    "reason_restored": (
        "它来自备份。要再读取，请指定它一次：`kb ingest 文件夹`。",
        "it came with a backup. To have it read again, name it once: `kb ingest FOLDER`.",
    ),
    "reason_stopped": (
        "处理已停止。可以重新读取。",
        "it was stopped before it was read. Read it again when you like.",
    ),
    "reason_timeout": (
        "读取用时超过上限。请拆分文件，或调大 KB_READ_SECONDS。",
        "reading it took too long. Split it, or raise KB_READ_SECONDS.",
    ),
    "reason_too-large": (
        "文件过大，或内容过多。请拆分文件；如果是文件大小超限，可调大 KB_MAX_FILE_MB。",
        "larger than allowed, or too much is in it. Split it; for size, raise KB_MAX_FILE_MB.",
    ),
    "reason_unsafe-name": (
        "文件名不能使用：为空、过长、含路径或特殊字符。请改名后再试。",
        "its name cannot be used (a path, odd characters, empty or too long). Rename it.",
    ),
    "reason_unsupported": (
        "不支持这种文件。请另存为 PDF、Word 或文本文件。",
        "files of this kind are not read. If it is a document, save it as PDF, Word or text.",
    ),
    "reason_vanished": (
        "文件已经不在了。请检查它是否还在原处；上传的文件请再上传一次。",
        "the file has gone. Look whether it is still in its place; add an upload again.",
    ),
}
