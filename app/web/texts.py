"""What the web app says, in Chinese and in English."""

from __future__ import annotations

from app.web.filter_texts import FILTER_TEXTS
from app.web.place_texts import PLACE_TEXTS
from app.web.queue_texts import QUEUE_TEXTS

# key: (Chinese, English). A key with `_one` is the English for exactly one `n`.
TEXTS: dict[str, tuple[str, str]] = {
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
        "问题和资料会发送到 {host}",
        "Leaves this machine: questions and passages go to {host}",
    ),
    "not_encrypted": (
        "连接未加密（http），途中可能被他人读取。",
        "The connection is not encrypted (http): others on the way can read it.",
    ),
    # chat
    "chat_title": ("向文档提问", "Ask your documents"),
    "chat_hint": (
        "回答只依据知识库里的文档，并附上出处。中文、英文都可以问。",
        "Answers come from your documents only, with their sources. Ask in English or Chinese.",
    ),
    "empty_title": ("知识库还是空的", "The library is empty"),
    "empty_hint": (
        "在“文档”页拖入文件；也可以在终端运行 `kb ingest 文件夹`。",
        "Drag files onto the Documents page, or run `kb ingest FOLDER` in a terminal.",
    ),
    "not_ready": (
        "文档还在处理中，处理好一份就可以开始提问。",
        "Documents are being read; you can ask as soon as the first one is ready.",
    ),
    "to_documents": ("添加文档", "Add documents"),
    "ask": ("输入问题", "Ask a question"),
    "question_long": (
        "问题有 {length} 个字符，最多 {most} 个。请缩短后再提问。",
        "The question has {length} characters; {most} are the most. Shorten it and ask again.",
    ),
    "new_chat": ("新对话", "New chat"),
    "stop": ("停止", "Stop"),
    "retry": ("重试", "Try again"),
    "models_loading": (
        "正在加载模型，大约需要十几秒。现在就可以输入问题。",
        "Loading the models, which takes some seconds. You can type your question already.",
    ),
    "models_failed": ("模型无法加载：{problem}", "The models cannot be loaded: {problem}"),
    "waiting": ("正在等待另一个回答完成……", "Waiting for another answer to finish…"),
    "loading": ("正在加载模型……", "Loading the models…"),
    "searched": ("检索用语：{wordings}", "Searched for: {wordings}"),
    "searching": ("正在查找相关段落……", "Looking for passages…"),
    "reading_passages": ("正在阅读 {n} 个段落……", "Reading {n} passages…"),
    "reading_passages_one": ("", "Reading 1 passage…"),
    "writing": ("正在回答，依据 {n} 个段落", "Answering from {n} passages"),
    "writing_one": ("", "Answering from 1 passage"),
    "reading_part": ("正在读第 {part}/{total} 部分……", "Reading part {part} of {total}…"),
    "joining_part": (
        "正在合并要点：第 {part}/{total} 组……",
        "Joining the main points: {part} of {total}…",
    ),
    "summarising": ("正在写摘要……", "Writing the summary…"),
    "stopped": ("回答已停止。", "The answer was stopped."),
    "refused_hint": (
        "可以换个说法再问，或者添加包含答案的文档。",
        "Try other words, or add a document that holds the answer.",
    ),
    "closest": ("找到的最接近的内容：", "The closest that was found:"),
    "not_sure": (
        "不确定：资料可能没有完整地回答这个问题。请对照下面的原文判断。",
        "Not sure: the documents may not fully answer this. Judge by the passages below.",
    ),
    "unknown": ("检索到的段落都没有提到：{names}", "None of the passages speaks of: {names}"),
    "page": ("第 {n} 页", "page {n}"),
    # documents
    "upload": (
        "拖入或选择文件",
        "Drag in or choose files",
    ),
    "in_library": ("知识库共有 {n} 份文档", "{n} documents in the library"),
    "in_library_one": ("", "1 document in the library"),
    "in_collection": ("文档集“{name}”有 {n} 份文档", "{n} documents in “{name}”"),
    "in_collection_one": ("", "1 document in “{name}”"),
    "no_documents": (
        "还没有文档。把文件拖到上面就会自动处理，处理好即可提问。",
        "No documents yet. Drop files above; each can be asked about as soon as it is ready.",
    ),
    "find": ("按文件名或标题筛选", "Filter by name or title"),
    "none_found": ("没有符合的文档。", "No document matches."),
    "pages": ("{n} 页", "{n} pages"),
    "pages_one": ("", "1 page"),
    "chunks": ("{n} 段", "{n} passages"),
    "chunks_one": ("", "1 passage"),
    "refused": ("{name}：{reason}", "{name}: {reason}"),
    "queued": ("排队中", "Waiting its turn"),
    "reading": ("正在读取", "Reading"),
    "reading_share": ("正在读取：{done} / {total}", "Reading {done} of {total}"),
    "embedding": ("正在建立索引", "Indexing"),
    "embedding_share": ("正在建立索引：{done} / {total}", "Indexing {done} of {total}"),
    "blocked": ("等待中：{problem}", "Waiting: {problem}"),
    "ready": ("可以提问", "Ready"),
    "failed": ("未能读取：{reason}", "Not read: {reason}"),
    "stale": (
        "仍是旧版本，新版本未能读取：{reason}",
        "Older version; the new one was not read: {reason}",
    ),
    "delete": ("删除", "Delete"),
    "delete_sure": (
        "从知识库中删除“{name}”？您电脑上的原文件不受影响。",
        "Delete “{name}” from the library? Your own file is not touched.",
    ),
    "delete_yes": ("确认删除", "Delete it"),
    # collections, health
    "collection": ("文档集", "Collection"),
    "collection_to": ("放入文档集", "Add to collection"),
    "collection_asked": ("文档集：{name}", "Collection: {name}"),
    "collection_help": (
        "上传的文件放入这个文档集；输入新名称即可新建。",
        "Uploads go into this collection; type a name to make a new one.",
    ),
    "collection_bad": (
        "请输入 1 到 {n} 个可见字符的文档集名称。",
        "Give the collection a name of 1 to {n} visible characters.",
    ),
    "all": ("全部文档集", "All collections"),
    **FILTER_TEXTS,
    **PLACE_TEXTS,
    **QUEUE_TEXTS,
    "index_well": ("索引正常", "Index in order"),
    "index_building": (
        "正在重建索引，期间由精确检索回答",
        "Building the index; exact search answers meanwhile",
    ),
    "index_trouble": (
        "索引暂不可用，由精确检索回答：{problem}",
        "The index cannot be used now, exact search answers: {problem}",
    ),
    "read_only": (
        "知识库是只读的：可以提问，不能添加或删除文档。",
        "The library is read-only: it can be asked, but no document added or deleted.",
    ),
    "disk_low": (
        "磁盘只剩 {n} MB。请清理空间，否则新文档无法处理。",
        "The disk has {n} MB left. Free some space, or new documents cannot be read.",
    ),
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
        "文件有密码保护。请点击 :material/key: 输入密码，或另存一份没有密码的文件。",
        "the file is locked with a password. Click :material/key: to enter it, "
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
        "处理已停止。点击 :material/refresh: 重新处理。",
        "it was stopped before it was read. Click :material/refresh: to retry it.",
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


class Words:
    """The app's words in one language.

    Example:
        Words("zh-CN")("page", n=3)  # 第 3 页
    """

    def __init__(self, locale: str | None) -> None:
        self._at = 0 if (locale or "").lower().startswith("zh") else 1

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of a key with its values filled in."""
        if self._at == 1 and values.get("n") == 1 and f"{key}_one" in TEXTS:
            key = f"{key}_one"
        return TEXTS[key][self._at].format(**values)
