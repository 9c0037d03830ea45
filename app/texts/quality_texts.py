"""What is said of test questions and of how good the library is, in Chinese and in English."""

from __future__ import annotations

QUALITY_TEXTS: dict[str, tuple[str, str]] = {
    "quality": ("质量", "Quality"),
    "quality_hint": (
        "用自己的问题检验：文档找得到吗？回答对吗？",
        "Test with questions of your own: are the documents found, are the answers right?",
    ),
    # in the chat
    "test_keep": ("留作测试问题", "Keep as a test question"),
    "test_kept": ("已加入测试问题", "This is a test question"),
    "test_kept_told": (
        "已加入测试问题，可在“质量”页查看和修改。",
        "It is a test question now; see it on the Quality page.",
    ),
    # sections
    "quality_results": ("结果", "Results"),
    "quality_questions": ("测试问题", "Test questions"),
    "quality_feedback": ("评价", "Feedback"),
    # a run
    "run_none": ("还没有测试问题。", "There are no test questions yet."),
    "run_how": (
        "在“问答”页的回答下方点书签，或在“测试问题”里添加。",
        "Click the bookmark under an answer in the chat, or add some under Test questions.",
    ),
    "run_to_questions": ("添加测试问题", "Add test questions"),
    "run_start": ("开始测试", "Test now"),
    "run_stop": ("停止测试", "Stop the test"),
    "run_about": ("{n} 个问题", "{n} questions"),
    "run_about_one": ("", "1 question"),
    "run_minutes": ("大约 {n} 分钟", "about {n} minutes"),
    "run_minutes_one": ("", "about a minute"),
    "run_asking": ("正在回答第 {at} 个问题，共 {total} 个", "Answering question {at} of {total}"),
    "run_waiting": (
        "有人正在提问，测试先等一等（已完成 {done}/{total}）",
        "Waiting, as somebody is asking ({done} of {total} done)",
    ),
    "run_stopping": ("正在停止……", "Stopping…"),
    "run_cancelled": (
        "测试已取消：问了 {total} 个问题中的 {done} 个。",
        "The test was cancelled: {done} of {total} questions were asked.",
    ),
    "run_failed": ("测试中断了：{problem}", "The test broke off: {problem}"),
    "run_few": (
        "只有 {n} 个问题，还不足以下结论；有 20 个以上，数字才可靠。",
        "{n} questions are too few for a conclusion; from 20 on the figures mean something.",
    ),
    "run_few_one": (
        "",
        "One question is too few for a conclusion; from 20 on the figures mean something.",
    ),
    "run_never": ("还没有测试过。", "Nothing was tested yet."),
    "run_when": ("{when} · 模型 {model}", "{when} · model {model}"),
    "run_partly": (
        "这次测试在 {done}/{total} 个问题后停止。",
        "This test ended after {done} of {total} questions.",
    ),
    "run_gone": (
        "这次测试的问题后来都删除了。",
        "The questions of this test were deleted since.",
    ),
    # its figures
    "count_right": ("回答正确", "Right"),
    "count_right_help": (
        "有把握地回答，包含应有的内容，并引用了应有的文档；没有答案的问题，则是说明找不到。",
        "Answered surely, with what a right answer contains, from an expected document; "
        "or not answered, where there is no answer.",
    ),
    "count_first": ("首位找到", "Found first"),
    "count_first_help": (
        "应有的文档排在检索结果第一位。只计入指明了文档的问题。",
        "An expected document came first in the search. Counts questions that name a document.",
    ),
    "count_five": ("前五找到", "Found in top five"),
    "count_five_help": (
        "应有的文档排在检索结果前五位。只计入指明了文档的问题。",
        "An expected document was among the first five. Counts questions that name a document.",
    ),
    "count_cited": ("出处正确", "Right source"),
    "count_cited_help": (
        "回答引用了应有的文档。只计入指明了文档的问题。",
        "The answer cites an expected document. Counts questions that name a document.",
    ),
    "count_unsure": ("不确定", "Not sure"),
    "count_unsure_help": ("回答标明了不确定。", "The answer says that it is not sure."),
    "count_refused": ("未能回答", "Not answered"),
    "count_refused_help": (
        "文档里有答案，却说没有找到。",
        "It was said that nothing was found, though the documents hold the answer.",
    ),
    "count_wrong": ("回答有误", "Wrong"),
    "count_wrong_help": (
        "缺少应有的内容，或在没有答案时仍然作答。",
        "What a right answer contains is missing, or there was no answer and one was given.",
    ),
    # compared
    "compared": (
        "与上一次相比：{better} 个变好，{worse} 个变差（共同的 {n} 个问题）",
        "Since the test before: {better} better, {worse} worse (of {n} questions in both)",
    ),
    "compared_one": (
        "",
        "Since the test before: {better} better, {worse} worse (of the one question in both)",
    ),
    "compared_same": (
        "与上一次相比没有变化（共同的 {n} 个问题）",
        "No change since the test before (of {n} questions in both)",
    ),
    "compared_same_one": ("", "No change since the test before (one question is in both)"),
    "now_better": ("变好", "better"),
    "now_worse": ("变差", "worse"),
    # a result
    "state_failed": ("无法提问", "Could not be asked"),
    "state_wrong": ("有误", "Wrong"),
    "state_unfounded": ("不该回答", "Should not be answered"),
    "state_refused": ("未回答", "Not answered"),
    "state_unsure": ("不确定", "Not sure"),
    "state_elsewhere": ("出处不同", "Other source"),
    "state_right": ("正确", "Right"),
    "result_answer": ("回答", "Answer"),
    "result_expected": ("正确的回答：{what}", "A right answer: {what}"),
    "result_must": ("正确的回答应包含：{what}", "A right answer contains: {what}"),
    "result_missing": ("回答里没有：{what}", "Not in the answer: {what}"),
    "result_forbidden": ("回答里不该有：{what}", "Should not be in the answer: {what}"),
    "result_none": ("文档里没有答案", "The documents hold no answer"),
    "result_where": ("答案在：{what}", "The answer stands in: {what}"),
    "result_rank": ("检索排在第 {n} 位", "Place {n} in the search"),
    "result_unfound": ("检索没有找到", "Not found by the search"),
    "result_found": ("回答所依据的段落", "Passages it was answered from"),
    "result_no_passages": ("没有找到段落。", "No passage was found."),
    "show_all": ("全部显示（{n}）", "Show all {n}"),
    # over time
    "runs": ("历次测试", "Tests so far"),
    "runs_when": ("时间", "When"),
    "runs_model": ("模型", "Model"),
    "runs_asked": ("问题", "Questions"),
    # test questions
    "questions_hint": (
        "来自对话的问题带着当时的出处，评为“没有帮助”的除外。可以修改，也可以自己添加。",
        "Questions kept from the chat know where their answers stand, unless the answer was "
        "judged bad. Change them, or add your own.",
    ),
    "question_new": ("新问题", "New question"),
    "question_edit_of": ("修改问题“{name}”", 'Edit the question "{name}"'),
    "question_delete_of": ("删除问题“{name}”", 'Delete the question "{name}"'),
    "question_deleted": ("已删除问题“{name}”。", 'The question "{name}" was deleted.'),
    "question_text": ("问题", "Question"),
    "question_unanswerable": ("文档里没有答案", "The documents hold no answer"),
    "question_unanswerable_help": (
        "正确的做法就是说没有找到。",
        "Then it is right to say that nothing was found.",
    ),
    "question_documents": ("答案所在的文档", "Documents that hold the answer"),
    "question_any": ("不限", "Any"),
    "question_must": ("正确的回答应包含（可不填）", "A right answer contains (optional)"),
    "question_must_help": (
        "每行一项，每项都要出现；同一项的不同说法用 | 隔开。最好写数字、名称和条件，不要写整句。",
        "One thing a line, and all of them; other words for the same thing behind a |. "
        "Figures, names and conditions do best, not whole sentences.",
    ),
    "question_must_hint": ("25 天 | 二十五天", "25 days | twenty-five days"),
    "question_expected": ("正确的回答（可不填）", "The right answer (optional)"),
    "question_expected_help": (
        "供查看结果时对照；其中的数字会和回答比较。",
        "To be read beside the answer; its figures are compared.",
    ),
    "question_collection": ("提问的文档集", "Asked of"),
    "question_assistant": ("助手", "Assistant"),
    "question_nobody": ("不用助手", "None"),
    "question_empty": ("请写下问题。", "Write a question."),
    "question_source_gone": ("已不在知识库中", "no longer in the library"),
    "question_no_source": ("未指明文档", "names no document"),
    "questions_add_judged": ("加入评价过的问题（{n}）", "Add judged answers ({n})"),
    "questions_added": ("已加入 {n} 个问题。", "{n} questions were added."),
    "questions_added_one": ("", "1 question was added."),
    "questions_import": ("导入", "Import"),
    "questions_import_title": ("导入测试问题", "Import test questions"),
    "questions_import_hint": (
        "选择一个 queries.jsonl 文件：每行一个问题。编号相同的问题会被替换。",
        "Choose a queries.jsonl file with one question a line. "
        "Questions with the same id are replaced.",
    ),
    "questions_import_bad": ("文件没有导入：{problem}", "The file was not imported: {problem}"),
    "questions_export": ("下载测试问题", "Download test questions"),
    # feedback
    "feedback_hint": (
        "对话中对回答的评价。下载后可用来评测或微调模型。",
        "What was said of answers in the chat. Download it to evaluate or to tune a model.",
    ),
    "feedback_none": (
        "还没有评价。在“问答”页的回答下方点拇指。",
        "No answer was judged yet. Click a thumb under an answer in the chat.",
    ),
    "feedback_right": ("正确的回答：{answer}", "Right: {answer}"),
    "feedback_open": ("打开对话", "Open the chat"),
    "feedback_open_of": ("打开问题“{question}”所在的对话", "Open the chat of “{question}”"),
    "feedback_good": ("好", "Good"),
    "feedback_bad": ("不好", "Bad"),
    "feedback_better": ("附有更好的回答", "With a better answer"),
    "feedback_for_eval": ("下载全部评价", "Download all feedback"),
    "feedback_for_eval_hint": (
        "问题、段落、回答、评价、更好的回答和出处，每行一条（JSONL）。"
        "也可作为评测用的 queries.jsonl。",
        "Question, passages, answer, verdict, better answer and sources, one a line (JSONL). "
        "It can be used as queries.jsonl for an evaluation.",
    ),
    "feedback_for_tuning": ("下载偏好数据", "Download preferences"),
    "feedback_for_tuning_hint": (
        "只含附有更好回答的评价：提示、更好的回答、原回答，每行一条（JSONL），供偏好微调使用。",
        "Only where a better answer was written: prompt, better answer, given answer, "
        "one a line (JSONL), for preference tuning.",
    ),
    "feedback_without": (
        "已删除的文档，其段落不在文件里。",
        "Passages of documents that were deleted are left out.",
    ),
}
