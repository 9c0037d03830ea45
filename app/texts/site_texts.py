"""What every page says, in Chinese and in English."""

from __future__ import annotations

SITE_TEXTS: dict[str, tuple[str, str]] = {
    # both pages
    "chat": ("问答", "Chat"),
    "documents": ("文档", "Documents"),
    "unexpected": (
        "出现了意外的错误，详情见服务日志。请再试一次。",
        "Something unexpected went wrong; the server's log has the details. Please try again.",
    ),
    "outdated": (
        "有 {n} 份文档是用另一个向量模型处理的，目前检索不到。请运行 `kb ingest` 重新处理。",
        "{n} documents were embedded by another model and are not found now. "
        "Run `kb ingest` to bring them up to date.",
    ),
    "outdated_one": (
        "",
        "One document was embedded by another model and is not found now. "
        "Run `kb ingest` to bring it up to date.",
    ),
    # where answers are written
    "on_this_machine": ("回答由本机上的模型生成", "Answers are written on this machine"),
    "on_this_machine_server": (
        "回答由本机上的模型服务生成：{url}",
        "Answers are written on this machine, by the server at {url}",
    ),
    "leaves_machine": (
        "问题和文档段落会发送到 {host}",
        "Leaves this machine: questions and passages go to {host}",
    ),
    "not_encrypted": (
        "连接未加密（http），途中可能被他人读取。",
        "The connection is not encrypted (http): others on the way can read it.",
    ),
}
