"""What the chat says of what one can do with an answer, in Chinese and in English."""

from __future__ import annotations

ANSWER_TEXTS: dict[str, tuple[str, str]] = {
    "send": ("发送", "Send"),
    "question_length": ("{{n}} / {most} 个字符", "{{n}} of {most} characters"),
    "question_next": (
        "上一个回答完成或停止后就提问：{question}",
        "To be asked when the answer is done or stopped: {question}",
    ),
    "answering": ("正在回答……", "Answering…"),
    "answer_done": ("回答：{text}", "Answer: {text}"),
    "seconds": ("{n} 秒", "{n} s"),
    "copy_answer": ("复制回答", "Copy the answer"),
    "copied": ("已复制", "Copied"),
    "sources_copied": ("出处：", "Sources:"),
    "ask_again": ("重新回答", "Ask again"),
    "edit_question": ("修改问题", "Edit the question"),
    "ask_edited": ("提问", "Ask"),
    "cancel": ("取消", "Cancel"),
    "edit_replaces": (
        "新的回答会取代这一个。",
        "The new answer takes the place of this one.",
    ),
    "edit_adds": ("会作为新的问题提出。", "It is asked as a new question."),
    # wishes; what is asked is in the language of the answer
    # heard by screen readers before each
    "wish": ("重新回答：", "Answer again: "),
    "wish_shorter": ("简短一点", "Shorter"),
    "wish_longer": ("详细一点", "Longer"),
    "wish_table": ("用表格", "As a table"),
    "wish_zh": ("用中文", "In Chinese"),
    "wish_en": ("用英文", "In English"),
    # how it was found
    "how_found": ("怎样找到的", "How it was found"),
    "passages_read": ("阅读了 {n} 个段落。", "{n} passages were read."),
    "passages_read_one": ("", "1 passage was read."),
    # thumbs
    "good": ("有帮助", "Good answer"),
    "bad": ("没有帮助", "Bad answer"),
    "bad_title": ("哪里不对？", "What is wrong with it?"),
    "bad_wrong": ("内容有误", "It is wrong"),
    "bad_incomplete": ("不完整", "Something is missing"),
    "bad_source": ("出处不对", "Wrong source"),
    "bad_unknown": ("本该说不知道", "It should have said it does not know"),
    "bad_other": ("其他", "Something else"),
    "bad_note": ("说明（可不填）", "In your words (optional)"),
    "bad_better": ("正确的回答是什么？（可不填）", "What would be right? (optional)"),
    "bad_send": ("提交评价", "Send feedback"),
    "rated": ("谢谢，已记下。", "Thank you, it is noted."),
}
