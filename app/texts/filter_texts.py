"""What the web app says of the choices beside a question, in Chinese and in English."""

from __future__ import annotations

FILTER_TEXTS: dict[str, tuple[str, str]] = {
    # which documents are asked
    "filters": ("筛选与严格程度", "Filters and strictness"),
    "filters_clear": ("清除筛选", "Clear filters"),
    "refused_within": (
        "只在这个范围内查找过：{where}",
        "Only this was searched: {where}",
    ),
    "all_documents": ("全部文档", "All documents"),
    "filter_gone": (
        "所选的内容有一部分已不在知识库中。其他文档不会被查找；要查找全部文档，请清除筛选。",
        "Some of what you chose is no longer in the library. Nothing else is searched in its "
        "place; clear the filters to ask all documents.",
    ),
    "document_gone": ("已删除的文档", "a deleted document"),
    "type": ("文件类型", "Type"),
    "all_types": ("全部类型", "All types"),
    "lang": ("语言", "Language"),
    "lang_": ("全部语言", "All languages"),
    "lang_zh": ("中文", "Chinese"),
    "lang_en": ("英文", "English"),
    "since": ("加入日期不早于", "Added since"),
    "since_day": ("{day} 起加入", "added since {day}"),
    "author": ("作者", "Author"),
    "all_authors": ("全部作者", "All authors"),
    "author_asked": ("作者：{name}", "by {name}"),
    "changed": ("文件修改日期不早于", "Changed since"),
    "changed_day": ("{day} 起修改", "changed since {day}"),
    "in_force": ("只看现行版本", "Only what is in force"),
    "in_force_help": (
        "不看已被新版本取代的旧版本、草案和尚未生效的版本。",
        "Leaves out editions that a newer one replaced, drafts, and what does not hold yet.",
    ),
    # how sure an answer must be
    "unsure": ("没有把握时", "When unsure"),
    "unsure_stricter": ("更愿意说不知道", "refuses more"),
    "unsure_balanced": ("与设置相同（{value}）", "as in Settings ({value})"),
    "unsure_helpful": ("更愿意回答", "answers more"),
    "unsure_asked": ("没有把握时：{position}", "When unsure: {position}"),
    "unsure_help": (
        "往左更愿意回答，也更容易答错；往右更愿意说“不知道”，答错更少。从下一个问题起生效。",
        "To the left it answers more and errs more; to the right it rather says that it does not "
        "know. It holds from your next question on.",
    ),
}
