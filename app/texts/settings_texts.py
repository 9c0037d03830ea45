"""What the Settings page says, in Chinese and in English."""

from __future__ import annotations

SETTINGS_TEXTS: dict[str, tuple[str, str]] = {
    "settings": ("设置", "Settings"),
    "settings_hint": (
        "改动立即生效，不用重启。",
        "Changes take effect at once, without a restart.",
    ),
    "settings_answers": ("回答", "Answers"),
    "settings_reading": ("读取", "Reading"),
    "settings_look": ("外观", "Look"),
    "settings_about": ("关于", "About"),
    "saved": ("已保存", "Saved"),
    "reset": ("恢复默认：{value}", "Back to the default: {value}"),
    "reset_of": ("“{what}”恢复默认：{value}", "Set “{what}” back to its default: {value}"),
    "fixed": (
        "由环境变量 {name} 设定，在这里不能改。",
        "Set by the environment variable {name}; it cannot be changed here.",
    ),
    "settings_read_only": (
        "这个知识库是只读的，设置不能改。",
        "This library is read-only, and so are its settings.",
    ),
    "yes": ("开", "on"),
    "no": ("关", "off"),
    "lang_code": ("zh", "en"),
    # answers
    "set_certainty": ("没有把握时", "When unsure"),
    "set_certainty_help": (
        "往左更愿意回答，也更容易答错；往右更愿意说“不知道”，答错更少。",
        "To the left it answers more and errs more; to the right it rather says that it does not "
        "know.",
    ),
    "certainty_low": ("更愿意回答", "answers more"),
    "certainty_high": ("更愿意说不知道", "refuses more"),
    "set_passages": ("参考的段落数", "Passages for an answer"),
    "set_passages_help": (
        "每次回答读几个段落。少一些，第一个字来得更快；多一些，散在几处的内容更容易找全。",
        "How many passages each answer is read from. Fewer make it begin sooner; more help where "
        "the answer is scattered.",
    ),
    "set_answer_tokens": ("回答最长", "Longest answer"),
    "set_answer_tokens_help": (
        "以模型的词元计，一个词元大约是一个半汉字。再长也不超过模型上下文的四分之一。",
        "In tokens of the model; a token is about three quarters of a word. A quarter of the "
        "model's context is the most.",
    ),
    "set_strict": ("去掉没有依据的句子", "Leave out sentences without proof"),
    "set_strict_help": (
        "开：文档里找不到依据的句子不出现在回答里。关：保留并标出来。",
        "On: a sentence that no passage bears out is left out. Off: it stays and is marked.",
    ),
    "set_suggest": ("推荐问题", "Suggest questions"),
    "set_suggest_help": (
        "空闲时从文档里想出问题并试答，答得上来的才放在新对话里。会占用处理器，有人提问时立即让开。",
        "While nothing else is to be done, questions are made from the documents and tried; those "
        "that are answered are offered in a new chat. It takes processor time, and gives way at "
        "once when somebody asks.",
    ),
    "set_keep_days": ("对话保留天数", "Days that conversations are kept"),
    "set_keep_days_help": (
        "超过这些天没有用过的对话会自动删除。",
        "Conversations that nobody used for so many days are deleted.",
    ),
    # reading
    "set_ocr": ("识别图片里的文字", "Recognise text in pictures"),
    "set_ocr_help": (
        "读取扫描件和图片里的文字，每页要多花几秒。",
        "Reads scanned pages and pictures, which takes some seconds more for each page.",
    ),
    "set_max_file_mb": ("最大的文件（MB）", "Largest file (MB)"),
    "set_max_file_mb_help": (
        "更大的文件不读取。",
        "A larger file is not read.",
    ),
    "set_read_seconds": ("读一个文件最多用（秒）", "Longest time for one file (seconds)"),
    "set_read_seconds_help": (
        "到时间还没读完就停下。需要识别文字的每一页另加 60 秒。",
        "Reading stops after it. Each page whose text is recognised adds 60 seconds.",
    ),
    "read_again_why": (
        "改动只影响以后读取的文件。已有的 {n} 份文档可以重新读取，在后台进行，期间照常提问。",
        "A change holds for files that are read from now on. The {n} documents that are here can "
        "be read again in the background; you can ask meanwhile.",
    ),
    "read_again_why_one": (
        "",
        "A change holds for files that are read from now on. The document that is here can be "
        "read again in the background; you can ask meanwhile.",
    ),
    "read_again_failed": ("重新读取未读成的 {n} 份", "Read the {n} that failed again"),
    "read_again_failed_one": ("", "Read the one that failed again"),
    "read_again_all": ("全部重新读取（{n} 份）", "Read all {n} again"),
    "read_again_all_one": ("", "Read it again"),
    "read_again_begun": (
        "开始重新读取，进度见“文档”页。",
        "Reading again; the Documents page shows how far it is.",
    ),
    # look
    "interface_language": ("界面语言", "Language"),
    "interface_theme": ("外观", "Theme"),
    "look_hint": (
        "只影响这个浏览器，会一直记住。",
        "For this browser only; it remembers.",
    ),
    "look_auto": ("跟随浏览器", "As the browser"),
    "look_system": ("跟随系统", "As the system"),
    "look_light": ("浅色", "Light"),
    "look_dark": ("深色", "Dark"),
    # about
    "about_version": ("版本", "Version"),
    "about_data": ("数据文件夹", "Data folder"),
    "about_models": ("模型文件夹", "Folder of the models"),
    "about_disk": ("磁盘", "Disk"),
    "about_disk_value": (
        "知识库占用 {used}，剩余 {free}",
        "the library takes {used}; {free} are free",
    ),
    "about_licence": ("许可证", "Licence"),
    "about_docs": ("使用说明", "Documentation"),
    "about_docs_value": ("程序文件夹里的 docs/README.md", "docs/README.md in the program's folder"),
    "about_private": (
        "知库自己不把文档和问题发往别处，不发送使用统计，页面不从外部加载任何东西。"
        "只有您下载模型，或设定了别处的模型服务时，才会联网。",
        "Zhiku itself sends documents and questions nowhere: no usage statistics, and no page "
        "loads anything from outside. It goes online only for a model that you download, or a "
        "model server elsewhere that you set.",
    ),
}
