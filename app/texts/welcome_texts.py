"""What an empty chat says, in Chinese and in English."""

from __future__ import annotations

WELCOME_TEXTS: dict[str, tuple[str, str]] = {
    # what the library holds
    "holds": ("这里有 {n} 份文档{languages}", "{n} documents{languages}"),
    "holds_one": ("", "1 document{languages}"),
    "holds_both": ("（中文 {zh}，英文 {en}）", " ({zh} in Chinese, {en} in English)"),
    "holds_in": ("，分在 {names}", " in {names}"),
    "holds_newest": ("，最新：{name}", "; the newest: {name}"),
    "holds_comma": ("、", ", "),
    "holds_end": ("。", "."),
    "holds_name": ("{name}（{n}）", "{name} ({n})"),
    "holds_more": ("等 {n} 个集合", "and {n} more collections"),
    "holds_more_one": ("", "and 1 more collection"),
    "holds_none": (
        "所选范围里还没有可以提问的文档。",
        "There is no document to ask among those chosen.",
    ),
    # questions
    "try_asking": ("试着问问", "Try one of these"),
    "other_questions": ("换一批", "Other questions"),
    "ask_this": ("提问：{question}", "Ask: {question}"),
    # what can be asked of any library
    "example_list": ("有哪些文档？", "Which documents are there?"),
    "example_summary": ("总结一下《{name}》", "Summarise “{name}”"),
    # an empty library
    "steps": (
        "1. 把文件拖到上面，或者点按钮选择。  \n2. 等第一份读完，通常不到一分钟。  \n"
        "3. 在下面输入问题，回答会附上出处。",
        "1. Drop files above, or choose them with the buttons.  \n2. Wait until the first one is "
        "read, a minute at most as a rule.  \n3. Ask below. The answer says where it stands.",
    ),
    "no_files_yet": ("手头没有文件？", "No files at hand?"),
    "try_samples": ("用示例文档试试", "Try with the sample documents"),
    "try_samples_help": (
        "放入一家虚构公司的 {n} 份中英文文档，以后可以删除。",
        "Adds {n} documents of a made-up company, in Chinese and English. You can delete them "
        "later.",
    ),
    "empty_read_only": (
        "知识库是只读的，里面还没有文档。",
        "The library is read-only, and has no documents yet.",
    ),
    "reading_progress": (
        "正在读取文档：{total} 份中已读完 {n} 份",
        "Reading documents: {n} of {total} are done",
    ),
    "reading_begins": ("正在查看文件……", "Looking at the files…"),
    "none_readable": (
        "{n} 份文档都没能读取，原因见“文档”页。",
        "None of the {n} documents could be read; the Documents page says why.",
    ),
    "none_readable_one": (
        "",
        "The document could not be read; the Documents page says why.",
    ),
}
