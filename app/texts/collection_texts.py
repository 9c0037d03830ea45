"""What is said of collections and assistants, in Chinese and in English."""

from __future__ import annotations

COLLECTION_TEXTS: dict[str, tuple[str, str]] = {
    "collections_page": ("文档集与助手", "Collections and assistants"),
    # collections
    "collections": ("文档集", "Collections"),
    "collections_hint": (
        "文档集把知识库分成几部分，提问时可以只问其中一部分。",
        "Collections divide the library, so that you can ask one part of it.",
    ),
    "collection_usual": (
        "没有指定文档集的文档都放在这里，所以它不能改名或删除。",
        "Documents that name no collection go here, so it keeps its name and stays.",
    ),
    "collection_new": ("新建文档集", "New collection"),
    "collection_name": ("名称", "Name"),
    "collection_about": ("说明（可不填）", "Description (optional)"),
    "collection_counts": (
        "{n} 份文档 · {ready} 份可以提问 · {size}",
        "{n} documents · {ready} ready · {size}",
    ),
    "collection_counts_one": ("", "1 document · {ready} ready · {size}"),
    "collection_empty": ("还没有文档", "No documents yet"),
    "collection_folders": ("同步 {n} 个文件夹", "{n} folders kept in sync"),
    "collection_folders_one": ("", "1 folder kept in sync"),
    "collection_edit_of": ("编辑文档集“{name}”", 'Edit collection "{name}"'),
    "collection_delete_of": ("删除文档集“{name}”", 'Delete collection "{name}"'),
    "collection_alike": (
        "已经有名称相近的文档集“{name}”，请换一个名称。",
        'There is a collection "{name}" already. Choose another name.',
    ),
    "about_long": (
        "说明有 {n} 个字符，最多 {most} 个。",
        "The description has {n} characters; {most} are the most.",
    ),
    "collection_fate": ("里面的 {n} 份文档怎么处理？", "What becomes of its {n} documents?"),
    "collection_fate_one": ("", "What becomes of its document?"),
    "fate_move": ("移到另一个文档集", "Move to another collection"),
    "fate_delete": ("一起删除", "Delete them with it"),
    "fate_where": ("移到", "Move to"),
    "folders_follow": (
        "它同步的文件夹也会转到新的文档集。",
        "Folders kept in sync with it will be kept in sync with the other one.",
    ),
    "folders_end": (
        "它同步的文件夹将不再同步；文件夹里的文件不受影响。",
        "Folders kept in sync with it no longer will be; the files in them stay.",
    ),
    "delete_is_final": ("删除后无法恢复。", "This cannot be undone."),
    "collection_gone": ("已删除文档集“{name}”。", 'Collection "{name}" was deleted.'),
    "save": ("保存", "Save"),
    # assistants
    "assistants": ("助手", "Assistants"),
    "assistants_hint": (
        "助手只从选定的文档集里回答，并按您的要求来写。出处和核对与平时一样。",
        "An assistant answers from the collections you choose, in the way you want. "
        "Its answers are proven like any other.",
    ),
    "assistant_new": ("新建助手", "New assistant"),
    "assistant_edit_of": ("编辑助手“{name}”", 'Edit assistant "{name}"'),
    "assistant_delete_of": ("删除助手“{name}”", 'Delete assistant "{name}"'),
    "assistant_sure": (
        "“{name}”将不再出现。用它进行过的对话仍可查看，删除后可以撤销。",
        '"{name}" will no longer be offered. Its chats stay, and you can undo this.',
    ),
    "assistant_removed": ("已删除助手“{name}”。", 'The assistant "{name}" was deleted.'),
    "undo": ("撤销", "Undo"),
    "no_assistants": ("还没有助手。", "There are no assistants yet."),
    "assistant_from": ("文档集：{names}", "Collections: {names}"),
    "assistant_lost": (
        "文档集“{names}”已经不存在。",
        'The collection "{names}" is no longer there.',
    ),
    "assistant_collections": ("从哪些文档集回答", "Collections to answer from"),
    "assistant_instructions": ("写法要求（可不填）", "Instructions (optional)"),
    "assistant_instructions_help": (
        "只影响回答的写法和语气。回答的内容始终来自文档。",
        "They change how answers are written. What they say always comes from the documents.",
    ),
    "assistant_instructions_hint": (
        "例如：先说结论，再列出条件。",
        "For example: first the result, then the conditions as a list.",
    ),
    "tone": ("语气", "Tone"),
    "tone_neutral": ("一般", "Neutral"),
    "tone_friendly": ("亲切", "Friendly"),
    "tone_formal": ("正式", "Formal"),
    "tone_brief": ("简短", "Brief"),
    "answer_lang": ("回答的语言", "Language of answers"),
    "answer_lang_": ("与问题相同", "Same as the question"),
    "answer_lang_zh": ("始终用中文", "Always Chinese"),
    "answer_lang_en": ("始终用英文", "Always English"),
    "greeting": ("开场白（可不填）", "Greeting (optional)"),
    "greeting_help": ("新对话开始时显示。", "Shown when a new chat begins."),
    "examples": ("示例（{n}/{most}）", "Examples ({n} of {most})"),
    "examples_hint": (
        "示例只示范写法，其中的事实不会进入回答。",
        "Examples show the form. Their facts do not get into answers.",
    ),
    "example_question": ("示例问题 {n}", "Question {n}"),
    "example_answer": ("示例回答 {n}", "Answer {n}"),
    "name_missing": ("请填写名称。", "Give it a name."),
    "name_taken": ("已经有同名的助手，请换一个名称。", "There is an assistant of this name."),
    "text_long": (
        "“{what}”有 {n} 个字符，最多 {most} 个。",
        '"{what}" has {n} characters; {most} are the most.',
    ),
    "example_half": (
        "示例 {number} 的问题和回答要一起填写。",
        "Example {number} needs both a question and an answer.",
    ),
    # in the chat
    "assistant": ("助手", "Assistant"),
    "assistant_asked": ("助手：{name}", "Assistant: {name}"),
    "assistant_gone": ("已删除的助手", "a deleted assistant"),
    "assistant_was": ("{name}（已删除）", "{name} (deleted)"),
    "assistant_lost_here": (
        "这个助手已被删除，无法再回答问题。请在页面上方另选一个助手，或者改为询问全部文档。",
        "This assistant was deleted, so it answers nothing. Choose another one at the top, or ask "
        "all documents.",
    ),
    "ask_all": ("询问全部文档", "Ask all documents"),
}
