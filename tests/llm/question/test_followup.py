"""Follow-up questions made whole, with a model whose words are given."""

import os
import threading
from pathlib import Path
from typing import Any

import pytest

from llm.question import Correction, Turn, follow_up, is_follow_up, standalone

HOTEL = Turn("去北京出差，住宿每晚最多报多少？", "住宿上限为每晚600元[1]。")
JAPAN = Turn("那日本呢？", "日本的上限为130美元[1]。")
WARRANTY = Turn("HG-10 网关保修多久？", "HG-10 网关的保修期为36个月[1]。")
TRIP = Turn("How far ahead must I ask for a trip abroad?", "At least 15 working days ahead [1].")
LEAVE = Turn("How many days of leave do I have?", "You have 26 days of leave [1].")


def test_without_anything_said_before_nothing_depends_on_it() -> None:
    assert not is_follow_up("那海外呢？", [])
    assert is_follow_up("那海外呢？", [HOTEL])
    assert not is_follow_up("每个月几号发工资？", [HOTEL])


@pytest.mark.parametrize(
    ("question", "history"),
    [
        ("每个月几号发工资？", [HOTEL]),
        ("换个问题，那年假呢？", [HOTEL]),
        ("Who audits the annual report?", [TRIP]),
        ("Who approves it?", []),
    ],
)
def test_what_stands_alone_is_left_alone(
    scripted_chat: Any, question: str, history: list[Turn]
) -> None:
    model = scripted_chat(texts=[])
    assert standalone(question, history, model) == question
    assert model.prompts == []


NO_QUESTION = "This is no question."


@pytest.mark.parametrize(
    ("question", "history", "whole"),
    [
        ("那上海呢？", [HOTEL], "去北京出差，住宿每晚最多报多少？那上海呢？"),
        # Behind the question that it varies, not behind the one that leans on it, too.
        ("东南亚呢？", [HOTEL, JAPAN], "去北京出差，住宿每晚最多报多少？东南亚呢？"),
        ("And for interns?", [LEAVE], "How many days of leave do I have? And for interns?"),
        ("And in London?", [HOTEL], "去北京出差，住宿每晚最多报多少？ And in London?"),
        ("东南亚呢？", [JAPAN], "那日本呢？东南亚呢？"),
    ],
)
def test_without_a_rewrite_it_is_combined_with_the_last_question_that_stood_alone(
    scripted_chat: Any, question: str, history: list[Turn], whole: str
) -> None:
    assert standalone(question, history, scripted_chat(texts=[NO_QUESTION])) == whole


@pytest.mark.parametrize(
    ("question", "history", "written"),
    [
        ("那上海呢？", [HOTEL], "去上海出差，住宿每晚最多报多少？"),
        ("And the HG-20?", [WARRANTY], "How long is the warranty of the HG-20?"),
        ("它的价格呢？", [WARRANTY], "HG-10 网关的价格是多少？"),
        ("什么时候到期？", [WARRANTY], "HG-10 网关的保修什么时候到期？"),
        ("Who approves it?", [TRIP], "Who approves a trip abroad?"),
        ("How many can be carried over?", [LEAVE], "How many days of leave can I carry over?"),
        ("Who approves it after 2 May?", [TRIP], "Who approves a trip abroad after 2 May?"),
    ],
)
def test_a_follow_up_is_rewritten(
    scripted_chat: Any, question: str, history: list[Turn], written: str
) -> None:
    model = scripted_chat(texts=[f" {written}\n"])
    assert standalone(question, history, model) == written


@pytest.mark.parametrize(
    ("question", "history", "written"),
    [
        ("它的价格呢？", [WARRANTY], ""),
        ("它的价格呢？", [WARRANTY], "HG-10 网关的价格是279欧元。"),
        ("它的价格呢？", [WARRANTY], "HG-10 网关保修多久？"),
        ("它的价格呢？", [WARRANTY], "HG-10 的价格是多少？\n是279欧元吗？"),
        ("它的价格呢？", [WARRANTY], "What is the price of the HG-10?"),
        ("它的价格呢？", [WARRANTY], "它的价格是多少？"),
        ("它的价格呢？", [WARRANTY], "HG-20 网关的价格是多少？"),
        ("它的价格呢？", [WARRANTY], "HG-10 网关" + "和它的配件" * 50 + "价格是多少？"),
        ("那上海呢？", [HOTEL], "去北京出差，住宿每晚最多报多少？"),
        ("And for interns?", [LEAVE], "How many days of leave do I have?"),
        ("Who approves it?", [TRIP], "The department head approves it."),
        ("Who approves it?", [TRIP], "Who approves it?"),
        ("Who approves it?", [TRIP], "How far ahead must I ask for a trip abroad?"),
        ("Who approves it in Wuhu?", [TRIP], "Who approves a trip abroad?"),
        ("Who approves it after 2 May?", [TRIP], "Who approves a trip abroad after May?"),
    ],
)
def test_a_rewrite_that_is_no_such_question_is_not_taken(
    scripted_chat: Any, question: str, history: list[Turn], written: str
) -> None:
    model = scripted_chat(texts=[written])
    between = "" if "？" in question else " "
    assert standalone(question, history, model) == f"{history[0].question}{between}{question}"


def test_what_names_enough_is_asked_as_it_was_typed_where_the_model_writes_no_question(
    scripted_chat: Any,
) -> None:
    """Behind the question before it, both would be answered."""
    question = "How long does it last on the second floor?"
    assert is_follow_up(question, [TRIP])
    assert standalone(question, [TRIP], scripted_chat(texts=[NO_QUESTION])) == question


def test_the_model_sees_the_last_turns_shortened(scripted_chat: Any) -> None:
    old = Turn("How is the weather?", "Sunny.")
    follow_up = Turn("Who approves it?", "word " * 200)
    model = scripted_chat(texts=["x"])
    standalone("Who pays for it?", [old, TRIP, follow_up], model)
    asked = str(model.prompts[0][-1].content)
    assert "weather" not in asked
    assert "[1]" not in asked
    assert asked.index(TRIP.question) < asked.index("Who approves it?") < asked.index("Who pays")
    assert len(asked) < 500


def test_a_chinese_question_to_be_varied_is_shown_without_its_answer(scripted_chat: Any) -> None:
    model = scripted_chat(texts=["x", "x", "x"])
    standalone("那上海呢？", [HOTEL], model)
    standalone("它的上限呢？", [HOTEL], model)
    standalone("And for interns?", [LEAVE], model)
    shown = ["\n".join(str(m.content) for m in prompt) for prompt in model.prompts]
    assert ["答：" in text or "Answer:" in text for text in shown] == [False, True, True]


def test_it_stops_when_cancelled_and_writes_no_more_than_a_question(scripted_chat: Any) -> None:
    cancel = threading.Event()
    cancel.set()
    model = scripted_chat(texts=["Who approves a trip abroad?", "word " * 500])
    whole = f"{TRIP.question} Who approves it?"
    assert standalone("Who approves it?", [TRIP], model, cancel) == whole
    assert model.written == 0
    assert standalone("Who approves it?", [TRIP], model) == whole
    assert model.written == 64


@pytest.mark.integration
def test_the_default_model_names_what_was_spoken_of() -> None:
    import platformdirs

    from llm.chat import LlamaChat
    from llm.models import resolve

    folder = os.environ.get("KB_MODELS_DIR") or platformdirs.user_cache_path("zhiku") / "models"
    model = LlamaChat.load(resolve("qwen2.5-coder-1.5b", "chat", Path(folder)), context=2048)
    chinese = standalone("什么时候到期？", [WARRANTY], model)
    english = standalone("How much will it cost?", [Turn("When is the HL-400 sold?", "May")], model)
    model.close()
    assert "HG-10" in chinese
    assert "HL-400" in english
    assert not is_follow_up(chinese, [WARRANTY])
    assert not is_follow_up(english, [WARRANTY])


CITED = Turn(LEAVE.question, LEAVE.answer, ("c1", "c2"))
CITED_ZH = Turn(HOTEL.question, HOTEL.answer, ("c3",))


@pytest.mark.parametrize(
    ("question", "turn", "wish", "lang"),
    [
        ("More detail, please", CITED, "in more detail", "en"),
        ("Can you make it shorter?", CITED, "in fewer words", "en"),
        ("as a table", CITED, "as a table", "en"),
        ("in Chinese please", CITED, "用中文", "zh"),
        ("Translate that", CITED, "用中文", "zh"),
        ("translate it into German", CITED, "in German", "de"),
        ("Put that in an e-mail, in English please", CITED_ZH, "as an e-mail, in English", "en"),
        ("Write that as an e-mail to my team.", CITED, "as an e-mail", "en"),
        ("as bullet points", CITED, "as a list", "en"),
        ("说详细一点", CITED_ZH, "更详细地", "zh"),
        ("太长了，简短一点", CITED_ZH, "更简短地", "zh"),
        ("用表格列出来", CITED_ZH, "用表格", "zh"),
        ("把上面的内容写成一封英文邮件", CITED_ZH, "as an e-mail, in English", "en"),
        ("翻译一下", CITED_ZH, "in English", "en"),
        ("請用繁體中文回答", CITED_ZH, "用繁體中文", "zh-Hant"),
    ],
)
def test_a_wish_asks_the_last_question_again(
    scripted_chat: Any, question: str, turn: Turn, wish: str, lang: str
) -> None:
    model = scripted_chat(texts=[])
    meant = follow_up(question, [turn, Turn("thanks", "You are welcome!")], model)
    assert (meant.kind, meant.question, meant.wish) == ("again", turn.question, wish)
    assert (meant.lang, meant.chunk_ids) == (lang, turn.chunk_ids)
    assert model.prompts == []
    assert follow_up(question, [], model).kind == "alone"


@pytest.mark.parametrize(
    "question",
    [
        "Can I send that by e-mail?", "Which table is it in?", "more details on the travel policy",
        "Give me a table of prices", "Is the manual in Chinese?",
        "Can we shorten the notice period?",
        "Write an e-mail to the supplier about the delay", "邮件保留多久？", "表格在哪里下载？",
        "谁负责翻译？",
        "详细地址是什么", "英文手册在哪里", "怎么写邮件", "No smoking rules", "I need a new laptop",
        "我想请假",
        "不能请假吗", "是否需要审批", "Try on period", "No, what is the limit for interns?",
    ],
)  # fmt: skip
def test_a_question_is_no_wish_and_no_correction(scripted_chat: Any, question: str) -> None:
    meant = follow_up(question, [CITED], scripted_chat(texts=["x", "x"]))
    assert meant.kind in ("alone", "written")


@pytest.mark.parametrize(
    ("question", "correction"),
    [
        ("No, the English one", Correction(lang="en")),
        ("the Chinese version please", Correction(lang="zh")),
        ("I meant the other policy", Correction(other=True)),
        ("I meant the 2025 version, not the 2026 one", Correction(name="2025")),
        ("不，英文的", Correction(lang="en")),
        ("不是，我要中文版的", Correction(lang="zh")),
        ("不对，另一个", Correction(other=True)),
        ("我说的是另一份制度", Correction(other=True)),
        ("不是這個，是差旅制度", Correction(name="差旅制度")),
        ("我是说2025版的", Correction(name="2025")),
    ],
)
def test_a_correction_says_which_documents_were_meant(
    scripted_chat: Any, question: str, correction: Correction
) -> None:
    meant = follow_up(question, [CITED], scripted_chat(texts=[]))
    assert (meant.kind, meant.question) == ("correction", LEAVE.question)
    assert (meant.correction, meant.chunk_ids) == (correction, CITED.chunk_ids)


def test_a_question_after_a_wish_leans_on_what_was_asked_before_it(scripted_chat: Any) -> None:
    model = scripted_chat(texts=[NO_QUESTION])
    history = [LEAVE, Turn("as a table", "| days |"), Turn("Thanks!", "You are welcome!")]
    meant = follow_up("And for interns?", history, model)
    assert meant.kind == "written"
    assert meant.question == "How many days of leave do I have? And for interns?"
    again = follow_up("shorter", [*history, Turn("And for interns?", "12", ("c9",))], model)
    assert (again.question, again.chunk_ids) == (meant.question, ("c9",))
