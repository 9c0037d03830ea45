"""What the web app says of kept conversations, in Chinese and in English."""

from __future__ import annotations

CONVERSATION_TEXTS: dict[str, tuple[str, str]] = {
    # the list
    "chats_find": ("搜索对话", "Search chats"),
    "chats_none_found": ("没有找到对话。", "No chat has these words."),
    "chats_more": ("显示更多（还有 {n} 个）", "Show more ({n} left)"),
    "chats_today": ("今天", "Today"),
    "chats_yesterday": ("昨天", "Yesterday"),
    "chats_week": ("最近 7 天", "Last 7 days"),
    "chats_month": ("{year}年{month}", "{month} {year}"),
    "month_1": ("1月", "January"),
    "month_2": ("2月", "February"),
    "month_3": ("3月", "March"),
    "month_4": ("4月", "April"),
    "month_5": ("5月", "May"),
    "month_6": ("6月", "June"),
    "month_7": ("7月", "July"),
    "month_8": ("8月", "August"),
    "month_9": ("9月", "September"),
    "month_10": ("10月", "October"),
    "month_11": ("11月", "November"),
    "month_12": ("12月", "December"),
    "chat_running": ("正在写回答", "An answer is being written"),
    "chat_open": ("当前对话", "The chat that is open"),
    # what one can do with one of them
    "chat_menu": ("“{title}”的操作", "Actions for “{title}”"),
    "chat_rename": ("名称", "Name"),
    "chat_export": ("导出（Markdown）", "Export (Markdown)"),
    "chat_delete": ("删除对话", "Delete chat"),
    "chat_deleted": ("已删除“{title}”", "Deleted “{title}”"),
    "chat_undo": ("撤销", "Undo"),
    "chat_gone": (
        "这个对话已经彻底删除，无法恢复。",
        "This chat has been deleted for good and cannot be brought back.",
    ),
    "chat_earlier": ("更早的问题", "Earlier questions"),
    "chat_unknown": (
        "没有找到这个对话，可能已被删除。这里是一个新对话。",
        "This chat is not here; it may have been deleted. Here is a new one.",
    ),
    "chat_not_kept": (
        "这次问答没有保存下来（知识库只读或磁盘已满），重启后会消失。",
        "This could not be saved (the library is read-only, or the disk is full) and is lost when "
        "Zhiku is restarted.",
    ),
    # an answer in hand, or cut off
    "interrupted": (
        "回答没有写完：Zhiku 中途关闭了。可以再问一次。",
        "This answer was cut off, as Zhiku was closed meanwhile. You can ask again.",
    ),
    "export_removed": (
        "这份文档已从知识库删除，引文也一并删除了。",
        "This document was removed from the library, and its quote with it.",
    ),
    "export_changed": (
        "这份文档在回答之后有改动。",
        "This document has changed since the answer was written.",
    ),
    # an exported conversation
    "export_sources": ("出处", "Sources"),
    "export_closest": ("最接近的内容", "The closest that was found"),
    "export_unsure": ("不确定，请对照原文。", "Not sure: judge by the passages."),
    "export_failed": ("这个问题没有得到回答。", "This question was not answered."),
}
