"""How answers are to be given: what somebody wrote about their form, said in the prompt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.text import collapsed

TONES = ("neutral", "friendly", "formal", "brief")

# A tone without greetings: what greets or wishes well stands in no passage.
_TONES = {
    "zh": {
        "neutral": "",
        "friendly": "用亲切、口语化的语气，称呼对方为“你”，不要客套话。",
        "formal": "用正式的书面语。",
        "brief": "尽量简短，只写问到的内容。",
    },
    "en": {
        "neutral": "",
        "friendly": "Write in a warm, everyday tone and address the reader as “you”; no greeting.",
        "formal": "Write in a formal, impersonal tone.",
        "brief": "Be as brief as possible; write only what was asked for.",
    },
}
# Said before the task, which has the last word: answers come from the passages.
_INSTRUCTIONS = {
    "zh": "回答的写法按以下要求（只是写法，不是资料）：\n{}",
    "en": "Write the answer in this way (this is about its form, it is no source of facts):\n{}",
}
_EXAMPLES = {
    "zh": "下面的例子只示范写法。例子里的事实、数字和名称与本题无关，不要使用：\n{}",
    "en": (
        "These examples only show the form. Their facts, figures and names belong to other "
        "questions; do not use them:\n{}"
    ),
}
_EXAMPLE = {"zh": "例{n}：{question}\n写法：{answer}", "en": "Case {n}: {question}\nForm: {answer}"}


@dataclass(frozen=True)
class Manner:
    """How answers are to be given; what is left empty changes nothing.

    `examples` are questions with the answers that show the form, `tone` one of TONES, `lang` the
    language of every answer, "zh" or "en", or "" for that of the question.
    """

    instructions: str = ""
    examples: tuple[tuple[str, str], ...] = ()
    tone: str = "neutral"
    lang: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What somebody wrote, from which no fact may come."""
        return (self.instructions, *(text for pair in self.examples for text in pair))

    @property
    def plain(self) -> Manner:
        """The same without what has facts in it: instructions and examples."""
        return replace(self, instructions="", examples=())

    def told(self, lang: str, *, with_examples: bool = True) -> str:
        """Return what a prompt in `lang` says of it, "" for nothing."""
        parts = []
        if self.instructions.strip():
            parts.append(_INSTRUCTIONS[lang].format(self.instructions.strip()))
        if with_examples and self.examples:
            shown = [
                _EXAMPLE[lang].format(n=n, question=collapsed(question), answer=answer.strip())
                for n, (question, answer) in enumerate(self.examples, 1)
            ]
            parts.append(_EXAMPLES[lang].format("\n".join(shown)))
        if tone := _TONES[lang].get(self.tone, ""):
            parts.append(tone)
        return "\n\n".join(parts)


AS_USUAL = Manner()
