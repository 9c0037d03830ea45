"""What the web app says of uploads and of the queue of jobs, in Chinese and in English."""

from __future__ import annotations

# key: (Chinese, English). A key with `_one` is the English for exactly one `n`.
QUEUE_TEXTS: dict[str, tuple[str, str]] = {
    # work in hand
    "job": ("正在处理 **{what}**", "Ingesting **{what}**"),
    "job_stop": ("停止", "Stop"),
    "job_stopping": ("完成当前步骤后停止", "Stops after the step in hand"),
    "job_looking": ("正在比较文件", "Comparing the files"),
    "job_failed": ("**{what}** 未能完成：{problem}", "**{what}** was not finished: {problem}"),
    "job_cancelled": (
        "**{what}** 已停止，已完成的部分保留。",
        "**{what}** was stopped; what was done so far is kept.",
    ),
    "dismiss": ("知道了", "Dismiss"),
    "left": (
        "尚未读取；重新读取或同步文件夹即可继续",
        "Not read yet; read it again or sync its folder",
    ),
    "staging": ("正在复制", "Copying"),
    "every_source": ("所有来源", "every source"),
    "other_owner": (
        "另一个知库进程（进程号 {process}）正在处理文档，上传的文件排在其后。",
        "Another Zhiku process (process id {process}) is at work on the library; "
        "uploads wait for it.",
    ),
    "job_stop_all": ("全部停止", "Stop all"),
    "some_documents": ("{n} 份文档", "{n} documents"),
    "some_documents_one": ("", "1 document"),
    "job_retry": ("重试", "Retry"),
    "watch": ("文件夹有变化时自动更新", "Keep folders up to date as they change"),
    "watch_help": (
        "文件停止写入两秒后读取；改名和删除也会同步。上传的文档不受影响。",
        "A file is read once nothing has written to it for two seconds; renames and deletions are "
        "followed too. Uploaded documents are not touched.",
    ),
    "watch_problem": ("**{what}** 没有同步：{problem}", "**{what}** is not kept up: {problem}"),
    "again": ("“{name}”将重新读取。", "“{name}” will be read again."),
    "password_of": ("“{name}”有密码保护。", "“{name}” is locked with a password."),
    "password_hint": (
        "密码只在读取时使用，不会保存；以后重新读取时需要再次输入。",
        "It is used to read the file and not kept; when it must be read again, "
        "the password is asked for again.",
    ),
    "password_use": ("读取", "Read it"),
    "wrong_password": (
        "密码不对。请点击钥匙图标再试一次，或另存一份没有密码的文件。",
        "that password does not open it. Click the key to try another, or save a copy without one.",
    ),
    "warnings": ("读取时的提示：", "Left out or replaced when it was read:"),
    "uploads_in_hand": (
        "{n} 个上传的文件正在处理或排队",
        "{n} uploaded files are being read or wait their turn",
    ),
    "emptied": (
        "**{what}** 中的大部分文件已经不在了，因此没有删除任何文档。要把对应的文档也删除吗？",
        "Most files of **{what}** have gone, so nothing of it was removed. "
        "Remove their documents too?",
    ),
    "emptied_yes": ("删除", "Remove"),
    # files that come
    "upload_kinds": (
        "可以读取 PDF、Word、Excel、PowerPoint、OpenDocument、RTF、网页、邮件、电子书、Markdown、"
        "文本、CSV、JSON、XML、图片和扫描件，以及装有这些文件的 ZIP。\n\n"
        "扩展名：{kinds}。其他文件不会添加。",
        "PDF, Word, Excel, PowerPoint, OpenDocument, RTF, web pages, mail, books (EPUB), Markdown, "
        "text, CSV, JSON, XML, pictures and scans, and ZIP archives of these.\n\n"
        "Endings: {kinds}. Others are turned away.",
    ),
    "upload_same": (
        "“{name}”已在知识库中，内容相同。",
        "“{name}” is in the library already, with the same content.",
    ),
    "upload_same_as": (
        "“{name}”的内容已在知识库中，名为“{path}”。",
        "The content of “{name}” is in the library already, as “{path}”.",
    ),
    "upload_waiting": (
        "“{name}”已添加过，正在读取。",
        "“{name}” was added before and is being read.",
    ),
    "upload_waiting_as": (
        "“{name}”的内容正在读取，名为“{path}”。",
        "The content of “{name}” is being read already, as “{path}”.",
    ),
    "upload_left_out": (
        "有 {n} 个文件的类型不支持，未添加：{names}",
        "{n} files are of kinds that are not read, and were left out: {names}",
    ),
    "upload_left_out_one": (
        "",
        "One file is of a kind that is not read, and was left out: {names}",
    ),
    "upload_renamed": (
        "还有一个文件也叫“{name}”，已另存为“{path}”。",
        "Another file is named “{name}” too; it was added as “{path}”.",
    ),
    "upload_differs": (
        "知识库中已有“{name}”，但内容不同。",
        "“{name}” is in the library with other content.",
    ),
    "upload_differ_all": (
        "知识库中已有这 {n} 个文件，但内容不同：{names}",
        "{n} files are in the library with other content: {names}",
    ),
    "upload_one_by_one": ("逐个决定", "Decide one by one"),
    "upload_replace": ("替换", "Replace"),
    "upload_both": ("两份都保留", "Keep both"),
    "upload_skip": ("不添加", "Skip"),
    "upload_replace_help": (
        "新内容读取完成后，取代原来的内容。",
        "The new content takes the place of the old one as soon as it is read.",
    ),
    "upload_both_help": ("新文件以另一个名称添加。", "The new file is added under another name."),
    "upload_skip_help": ("保留原来的内容，不添加新文件。", "The old content stays as it is."),
    "and_more": ("等，另有 {n} 个", " and {n} more"),
    "upload_more": ("还有 {n} 个文件也是如此。", "And {n} more files."),
    "upload_more_one": ("", "And one more file."),
}
