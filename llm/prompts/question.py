"""The prompts that make a question another: whole, translated, or in parts."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from ingest.text import collapsed

# A follow-up question made whole (docs/measured/retrieval.md). The 1.5B model would rather answer
# it, so the line that asks for a question comes last.
REWRITE = {
    "zh": "把追问改写成不看前文也能看懂的完整问题：补上前文的主题，保留追问的新内容。",
    "en": (
        "Rewrite the follow-up as a complete question that needs no conversation: "
        "add the topic that was spoken of, keep what the follow-up says anew."
    ),
}
_Example = tuple[tuple[tuple[str, str], ...], str, str]  # turns, follow-up, what it means
# Two examples: more of them are seconds on two cores (80 tokens a second).
REWRITE_EXAMPLES: dict[str, tuple[_Example, ...]] = {
    "zh": (
        (
            (("南门和北门停车场几点关门？", "南门停车场22:00关门，北门停车场23:00关门。"),),
            "后者有多少个车位？",
            "北门停车场有多少个车位？",
        ),
        (
            (("团体门票打几折？", "5人以上的团体打九折。"), ("怎么预订？", "在网上预订。")),
            "要提前几天？",
            "预订团体门票要提前几天？",
        ),
    ),
    "en": (
        (
            (
                (
                    "When do the south and the north car park close?",
                    "The south car park closes at 22:00, the north one at 23:00.",
                ),
            ),
            "How many cars does the latter hold?",
            "How many cars does the north car park hold?",
        ),
        (
            (
                ("How do groups get a discount?", "Groups of 5 and more get 10 % off."),
                ("How do they book?", "They book online."),
            ),
            "Is that the same for schools?",
            "Do schools get the same discount as groups?",
        ),
    ),
}
# For follow-ups that only name what is new. Shown an answer, the model answered three of six such
# Chinese questions; shown none, it gave most of the English ones back as they were.
VARY_EXAMPLES: dict[str, tuple[_Example, ...]] = {
    "zh": (
        ((("成人办借书证要多少押金？", ""),), "那学生呢？", "学生办借书证要多少押金？"),
        ((("去年卖了多少张月票？", ""),), "前年呢？", "前年卖了多少张月票？"),
    ),
    "en": (
        (
            (
                (
                    "What deposit does an adult pay for a library card?",
                    "An adult pays a deposit of 100 dollars.",
                ),
            ),
            "And students?",
            "What deposit do students pay for a library card?",
        ),
        (
            (("How many tickets were sold in May?", "800 tickets were sold in May."),),
            "What about June?",
            "How many tickets were sold in June?",
        ),
    ),
}
_ASKED = {"zh": "问：{}\n", "en": "Question: {}\n"}
_ANSWERED = {"zh": "答：{}\n", "en": "Answer: {}\n"}
_FOLLOW_UP = {"zh": "追问：{}\n完整问题：", "en": "Follow-up: {}\nComplete question:"}

# Names are what a search finds by, so they are asked for in the form that documents use.
TRANSLATE = {
    "zh": "把用户的问题翻译成中文。只写译文。数字和代号照抄，人名、地名和作品用通行的中文译名。",
    "en": (
        "Translate the user's question into English. Write only the translation. Keep numbers, "
        "codes and names; give people, places and works their usual English names."
    ),
}
# Without examples the 1.5B model answers some of the questions.
_PAIRS = (
    ("《星际争霸》是哪家公司发行的？", "Which company published StarCraft?"),
    ("爱因斯坦在哪一年获得诺贝尔奖？", "In which year did Einstein receive the Nobel Prize?"),
)
TRANSLATE_EXAMPLES = {"en": _PAIRS, "zh": tuple((en, zh) for zh, en in _PAIRS)}


def rewrite_messages(
    turns: Sequence[tuple[str, str]], question: str, lang: str, *, vary: bool = False
) -> list[BaseMessage]:
    """Return the prompt that has a follow-up to these questions and answers made whole.

    With `vary` the follow-up only names what is new in it, and Chinese answers are left out.
    """

    def asked(turns: Sequence[tuple[str, str]], question: str) -> HumanMessage:
        said = ""
        for before, answer in turns:
            said += _ASKED[lang].format(collapsed(before))
            if not (vary and lang == "zh"):
                said += _ANSWERED[lang].format(collapsed(answer))
        return HumanMessage(said + _FOLLOW_UP[lang].format(collapsed(question)))

    prompt: list[BaseMessage] = [SystemMessage(REWRITE[lang])]
    for before, follow_up, whole in (VARY_EXAMPLES if vary else REWRITE_EXAMPLES)[lang]:
        prompt += [asked(before, follow_up), AIMessage(whole)]
    return [*prompt, asked(turns, question)]


def example_messages(
    task: str, examples: Sequence[tuple[str, str]], text: str
) -> list[BaseMessage]:
    """Return the prompt that shows a task by examples, each what is given and what is written."""
    said: list[BaseMessage] = [SystemMessage(task)]
    for given, written in examples:
        said += [HumanMessage(given), AIMessage(written)]
    return [*said, HumanMessage(text)]
