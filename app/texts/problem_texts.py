"""What can go wrong with library, settings and files beside documents, in Chinese and in English.

The keys are the reasons of `LibraryError` and `KbError`; those of `ReadError` are in
`reason_texts.py`, those of `ModelError` in `model_problem_texts.py`.
"""

from __future__ import annotations

PROBLEM_TEXTS: dict[str, tuple[str, str]] = {
    "semicolon": ("；", "; "),
    # the disk and the ledger
    "reason_disk-full": (
        "磁盘已满（{place}）。已有的内容没有丢失，清理出空间后会继续。",
        "The disk is full ({place}). Nothing was lost; free some space and it goes on.",
    ),
    "reason_disk-short": (
        "磁盘空间不足（{place}）：剩余 {free} MB，需要 {wanted} MB。请清理出空间后再试。",
        "Too little room on the disk ({place}): {free} MB are free, {wanted} MB are needed. "
        "Free some space and try again.",
    ),
    "reason_disk-failed": (
        "读写知识库时磁盘出错（{ledger}：{why}）。请检查磁盘和剩余空间后再试。",
        "The disk failed while the library was in use ({ledger}: {why}). Check the disk and the "
        "space on it, then try again.",
    ),
    "reason_read-only": (
        "知识库是只读的（{folder}）。要修改它，请给当前用户写入权限，或复制到可写的位置。",
        "The library is read-only ({folder}). To change it, give this user the right to write "
        "there, or copy it to another place.",
    ),
    "reason_ledger-held": (
        "另一个程序正占用知识库（{ledger}）。请等它结束，或停止它，然后再试。",
        "Another program holds the library ({ledger}). Wait until it is done, or stop it, and try "
        "again.",
    ),
    "reason_ledger-damaged": (
        "知识库文件已损坏（{ledger}：{why}）。请从备份恢复，或先用 kb doctor 检查。",
        "The library's file is damaged ({ledger}: {why}). Restore it from a backup, or look at it "
        "with kb doctor first.",
    ),
    "reason_ledger-gone": (
        "知识库文件 {ledger} 不见了，而文档仍在 {folder} 中。请把它放回原处，"
        "或移走那个文件夹后从备份恢复。",
        "The library's file {ledger} is gone, while documents are in {folder}. Put it back, or "
        "move that folder away and restore a backup.",
    ),
    "reason_ledger-newer": (
        "知识库由更新版本的知库写成（{ledger}，结构版本 {schema}）。请升级知库。",
        "The library was written by a newer Zhiku ({ledger}, schema {schema}). Update Zhiku.",
    ),
    "reason_ledger-older": (
        "知识库来自旧版本（{ledger}，结构版本 {schema}），而且是只读的。"
        "请先让它可写一次，以便升级。",
        "The library is of an older Zhiku ({ledger}, schema {schema}) and read-only. Make it "
        "writable once, so that it can be brought up to date.",
    ),
    "reason_ledger-unmakable": (
        "无法在这个位置建立知识库（{ledger}：{why}）。请用 KB_DATA_DIR 指定别的文件夹。",
        "No library can be made there ({ledger}: {why}). Choose another KB_DATA_DIR.",
    ),
    "reason_ledger-unopenable": (
        "无法打开知识库（{ledger}：{why}）。请检查文件是否还在、当前用户能否读写，或从备份恢复。",
        "The library cannot be opened ({ledger}: {why}). Check that it is there and that this user "
        "may read and write it, or restore a backup.",
    ),
    "reason_keywords-damaged": (
        "关键词索引已损坏（{ledger}）。请运行 kb doctor --repair 重建。",
        "The keyword index is damaged ({ledger}). Run kb doctor --repair to fill it again.",
    ),
    "reason_vectors-damaged": (
        "知识库中的向量已损坏。请运行 kb doctor --repair 重新生成。",
        "Vectors in the library are damaged. Run kb doctor --repair to make them again.",
    ),
    "reason_vectors-foreign": (
        "知识库里的向量由别的模型生成，无法使用。请在设置中重新读取全部文档。",
        "The library's vectors were made by another model. Read all documents again, in the "
        "settings.",
    ),
    "reason_index": ("稍后会自动重建。", "It is built again by itself."),
    "reason_other-process": (
        "另一个程序正在处理知识库。请等它结束后再试。",
        "Another program works on the library. Try again when it is done.",
    ),
    # documents, folders, collections
    "reason_text-damaged": (
        "保存的文档内容已损坏。请重新读取这份文档。",
        "What was read of the document is damaged. Read it again.",
    ),
    "reason_no-document": (
        "文档已经不在了，可能在另一个窗口中被删除。",
        "The document is not there any more; perhaps it was deleted in another window.",
    ),
    "reason_several-documents": (
        "有 {n} 份文档名为“{name}”，请改用编号指定。",
        "“{name}” names {n} documents; choose by id.",
    ),
    "reason_no-bytes": (
        "知识库中没有“{path}”的原文件。请重新上传。",
        "The library does not have the file of “{path}”. Add it again.",
    ),
    "reason_of-a-folder": (
        "“{path}”属于同步的文件夹，请移动整个文件夹。",
        "“{path}” belongs to a folder that is kept in sync; move the folder instead.",
    ),
    "reason_no-such-place": (
        "没有这个文件或文件夹：{place}。请检查路径。",
        "There is no such file or folder: {place}. Check the path.",
    ),
    "reason_folder-busy": (
        "正在读取这个文件夹。请等它完成，或先停止。",
        "This folder is being read. Wait until that has ended, or stop it.",
    ),
    "reason_folder-not-mirrored": (
        "这个文件夹已经不再同步。",
        "This folder is not kept in sync any more.",
    ),
    "reason_folder-there-already": (
        "{folder} 已经在这个文档集中。",
        "{folder} is in this collection already.",
    ),
    "reason_source-unreachable": (
        "暂时无法访问，或里面已经空了；其中的文档没有删除。请检查路径，以及磁盘是否已连接。",
        "It cannot be reached, or is empty now; nothing of it was removed. Check the path, and "
        "whether its disk is connected.",
    ),
    "reason_not-watched": ("已经不再同步。", "It is not kept in sync any more."),
    "reason_collection-name": (
        "请输入 1 到 {most} 个可见字符的文档集名称。",
        "Give the collection a name of 1 to {most} visible characters.",
    ),
    "reason_collection-alike": (
        "已经有文档集“{name}”，请换一个名称。",
        "There is a collection “{name}” already; choose another name.",
    ),
    "reason_collection-busy": (
        "正在把文件夹读入这个文档集，请等读完后再试。",
        "Folders are being read into this collection. Try again when that is done.",
    ),
    "reason_collection-full": (
        "文档集中还有文档，请先移走或删除它们。",
        "It still holds documents; move or delete them first.",
    ),
    "reason_collection-same": (
        "不能移到它自己里面，请选择另一个文档集。",
        "It cannot be moved into itself; choose another collection.",
    ),
    "reason_usual-collection": (
        "默认的文档集不能改名或删除，可以移走其中的文档。",
        "The general collection cannot be renamed or deleted; its documents can be moved.",
    ),
    "reason_description-long": (
        "说明有 {n} 个字符，最多 {most} 个。",
        "The description has {n} characters; {most} are the most.",
    ),
    # jobs
    "reason_job-ended": ("任务已停止。", "The job was stopped."),
    "reason_job-given-up": (
        "处理它的程序意外中止了 {n} 次，已放弃。点击重试即可继续。",
        "It was given up: the program that did it ended {n} times. Retry to go on.",
    ),
    "reason_no-job": ("任务 {job} 已经不在了。", "There is no job {job} any more."),
    "reason_not-to-retry": (
        "这个任务没有失败，也没有停止，不需要重试。",
        "This job neither failed nor was stopped; there is nothing to do again.",
    ),
    "reason_retry-removed": (
        "文档已被删除。请重新上传。",
        "The document was removed. Add the file again.",
    ),
    # assistants, questions
    "reason_assistant-gone": (
        "这个助手已被删除。请选择另一个。",
        "The assistant was deleted. Choose another one.",
    ),
    "reason_assistant-lost": (
        "这个助手已经不在了。请新建一个。",
        "The assistant is gone for good. Make a new one.",
    ),
    "reason_assistant-alike": (
        "已经有助手“{name}”，请换一个名称。",
        "There is an assistant “{name}” already; choose another name.",
    ),
    "reason_assistant-wrong": (
        "助手没有保存：名称、要求或示例为空、过长或过多。",
        "The assistant was not kept: its name, instructions or examples are empty, too long or too "
        "many.",
    ),
    "reason_half-character": (
        "输入的内容里有无效的字符，请重新输入。",
        "What was typed holds a broken character; type it again.",
    ),
    "reason_question-long": (
        "测试问题有 {n} 个字符，应为 1 到 {most} 个。",
        "The test question has {n} characters; 1 to {most} are possible.",
    ),
    "reason_expected-long": (
        "预期回答最多 {most} 个字符。",
        "An expected answer has at most {most} characters.",
    ),
    "reason_file-not-utf8": (
        "“{name}”不是 UTF-8 文本。请另存为 UTF-8。",
        "“{name}” is no text in UTF-8. Save it as UTF-8.",
    ),
    "reason_file-unreadable": ("无法读取“{name}”。", "“{name}” cannot be read."),
    "reason_questions-too-many": (
        "“{name}”有 {n} 个问题，最多 {most} 个。请拆分文件。",
        "“{name}” has {n} questions; {most} are the most. Split it.",
    ),
    "reason_no-question": (
        "“{name}”第 {line} 行不是测试问题。",
        "Line {line} of “{name}” is no test question.",
    ),
}
