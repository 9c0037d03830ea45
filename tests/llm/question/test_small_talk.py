"""What is said to Zhiku itself, in eight languages, and what is a question all the same."""

import pytest

from llm.question import small_talk


@pytest.mark.parametrize(
    ("text", "kind", "lang"),
    [
        ("Hello!", "greeting", "en"), ("hi there", "greeting", "en"),
        ("Hi Zhiku", "greeting", "en"),
        ("Good morning, how are you?", "greeting", "en"), ("Thanks a lot!", "thanks", "en"),
        ("OK, thank you.", "thanks", "en"), ("Bye", "goodbye", "en"),
        ("Who are you?", "who", "en"), ("Hello, who are you?", "who", "en"),
        ("What is Zhiku?", "who", "en"), ("What can you do?", "help", "en"), ("help", "help", "en"),
        ("你好", "greeting", "zh"), ("您好！在吗？", "greeting", "zh"),
        ("知库你好", "greeting", "zh"),
        ("好的，谢谢", "thanks", "zh"), ("再见", "goodbye", "zh"), ("你是谁？", "who", "zh"),
        ("知库是什么？", "who", "zh"), ("你能做什么？", "help", "zh"),
        ("我可以问你什么？", "help", "zh"),
        ("謝謝！", "thanks", "zh-Hant"), ("妳好，你是誰？", "who", "zh-Hant"),
        ("你能做什麼", "help", "zh-Hant"), ("再見", "goodbye", "zh-Hant"),
        ("Guten Tag", "greeting", "de"), ("Wer bist du?", "who", "de"),
        ("Danke schön!", "thanks", "de"),
        ("Bonjour !", "greeting", "fr"), ("Que peux-tu faire ?", "help", "fr"),
        ("¡Hola! ¿Quién eres?", "who", "es"), ("こんにちは", "greeting", "ja"),
        ("ありがとうございます。", "thanks", "ja"), ("Привет!", "greeting", "ru"),
        ("Что ты умеешь?", "help", "ru"),
    ],
)  # fmt: skip
def test_small_talk_is_known_with_the_language_of_a_reply(text: str, kind: str, lang: str) -> None:
    said = small_talk(text)
    assert said is not None
    assert (said.kind, said.lang) == (kind, lang)


@pytest.mark.parametrize(
    "text",
    [
        "", "?", "Hello, how many days of leave do I get?", "你好，年假有几天？",
        "Thanks, and for interns?",
        "Who are you supposed to ask for leave?", "Can you help me with my expenses?",
        "What is this?",
        "怎么用？", "有什么功能？", "What is the help desk's number?", "谢谢卡怎么领？",
        "再见面礼金额",
        "How does it work?", "你好酒店的协议价是多少？", "help desk",
        "Danke, wie viele Urlaubstage gibt es?",
        "hello " * 50,
    ],
)  # fmt: skip
def test_a_question_is_no_small_talk(text: str) -> None:
    assert small_talk(text) is None
