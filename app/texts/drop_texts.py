"""What the web app says where files are dropped, in Chinese and in English."""

from __future__ import annotations

# key: (Chinese, English). A key with `_one` is the English for exactly one `n`.
DROP_TEXTS: dict[str, tuple[str, str]] = {
    # the place; `{{…}}` is filled in by the browser
    "drop_title": ("把文件或文件夹拖到页面任意位置", "Drop files or folders anywhere on this page"),
    "drop_hint": (
        "PDF、Word、Excel、PPT、网页、邮件、图片和扫描件、ZIP；每个文件最大 {most} MB",
        "PDF, Word, Excel, PowerPoint, web pages, mail, pictures and scans, ZIP; "
        "up to {most} MB a file",
    ),
    "drop_files": ("选择文件", "Choose files"),
    "drop_folder": ("选择文件夹", "Choose a folder"),
    "drop_attach": ("添加文件", "Attach files"),
    "drop_here": ("松开即可添加到知识库", "Drop to add to the library"),
    "drop_here_named": ("松开即可添加到文档集“{name}”", "Drop to add to “{name}”"),
    "drop_cancel": ("取消", "Cancel"),
    "drop_now": (
        "正在上传第 {{n}} 个，共 {{total}} 个 · {{percent}}%",
        "Uploading {{n}} of {{total}} · {{percent}} %",
    ),
    "drop_sending": ("正在上传 {{total}} 个文件", "Uploading {{total}} files"),
    "drop_progress": ("上传进度", "Upload progress"),
    "drop_kinds": ("支持的文件类型", "Which files"),
    # what became of a batch
    "drop_dismiss": ("关闭这条消息", "Dismiss this message"),
    "drop_added": ("已添加 {n} 个文件。", "{n} files added."),
    "drop_added_one": ("", "1 file added."),
    "drop_some": ("已添加 {n} 个文件，{others} 个未添加。", "{n} files added, {others} not."),
    "drop_some_one": ("", "1 file added, {others} not."),
    "drop_stopped": ("已取消，{n} 个文件没有上传。", "Cancelled; {n} files were not sent."),
    "drop_stopped_one": ("", "Cancelled; 1 file was not sent."),
    "drop_lost": (
        "{n} 个文件没有传完，连接中断了。请重新添加：{names}",
        "{n} files did not arrive, as the connection was lost. Add them again: {names}",
    ),
    "drop_lost_one": (
        "",
        "One file did not arrive, as the connection was lost. Add it again: {names}",
    ),
    "drop_all_same": (
        "{n} 个文件已在知识库中，内容相同。",
        "{n} files are in the library already, with the same content.",
    ),
    "drop_all_waiting": (
        "{n} 个文件已添加过，正在读取。",
        "{n} files were added before and are being read.",
    ),
    "drop_hidden": ("{n} 个隐藏文件未添加。", "{n} hidden files were left out."),
    "drop_hidden_one": ("", "1 hidden file was left out."),
    "drop_empty": ("文件夹里没有文件：{names}", "There are no files in {names}"),
    # files for a question
    "attached": ("只问这些文件：", "Asking only these files:"),
    "attached_remove": (
        "不再只问“{name}”（文件仍在知识库中）",
        "Stop asking only “{name}”; it stays in the library",
    ),
    "attached_held": (
        "文件读完后就会提问：{question}",
        "To be asked as soon as the files are read: {question}",
    ),
    "attached_take_back": ("取消提问", "Do not ask"),
    "attached_none": (
        "这些文件都没能读取，问题已放回输入框。",
        "None of these files could be read. Your question is back in the field.",
    ),
    "attached_many": (
        "文件较多，已全部加入知识库；提问时会查找所有文档。",
        "As there are many, they were all put into the library; questions go to all documents.",
    ),
}
