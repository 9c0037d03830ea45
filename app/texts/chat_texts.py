"""What the chat says, in Chinese and in English."""

from __future__ import annotations

CHAT_TEXTS: dict[str, tuple[str, str]] = {
    # chat
    "chat_title": ("向文档提问", "Ask your documents"),
    "chat_hint": (
        "回答只依据知识库里的文档，并附上出处。中文、英文都可以问。",
        "Answers come from your documents only, with their sources. Ask in English or Chinese.",
    ),
    "empty_title": ("知识库还是空的", "The library is empty"),
    "empty_hint": (
        "添加文档以后就可以继续提问。",
        "Add documents, and you can go on asking.",
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
    "not_in_zh": (
        "没来得及把问题译成中文，中文文件里的内容可能没查到。再问一次，会多等一会儿。",
        "There was no time to put the question into Chinese, so Chinese documents may have been"
        " missed. Ask again: the wait is longer then.",
    ),
    "not_in_en": (
        "没来得及把问题译成英文，英文文件里的内容可能没查到。再问一次，会多等一会儿。",
        "There was no time to put the question into English, so English documents may have been"
        " missed. Ask again: the wait is longer then.",
    ),
    "refused_hint": (
        "可以换个说法再问，或者添加包含答案的文档。",
        "Try other words, or add a document that holds the answer.",
    ),
    "closest": ("找到的最接近的内容：", "The closest that was found:"),
    "not_sure": (
        "不确定：文档可能没有完整地回答这个问题。请对照下面的原文判断。",
        "Not sure: the documents may not fully answer this. Judge by the passages below.",
    ),
    "unknown": ("检索到的段落都没有提到：{names}", "None of the passages speaks of: {names}"),
    "page": ("第 {n} 页", "page {n}"),
}
