"""What is said to people word for word, around answers and instead of them."""

from __future__ import annotations

# Said word for word when the passages do not hold the answer: people learn to trust one sentence,
# and programs can tell it from an answer.
REFUSAL = {
    "zh": "资料中没有找到这个问题的答案。",
    "en": "The documents do not contain the answer to this question.",
}
# Said when all that the model wrote was left out.
NOTHING_PROVEN = {
    "zh": "没能写出有资料依据的答案。最接近的段落见下。",
    "en": "No answer came out that the documents bear out. The closest passages are below.",
}
# Behind a statement that no passage bears out, where such statements are not left out.
UNSUPPORTED = {"zh": "（资料中没有依据）", "en": " (not borne out by the documents)"}
# Behind an answer that was not written to its end.
CUT_SHORT = {"zh": "\n\n（答案未写完。）", "en": "\n\n(The answer was not written to its end.)"}

# Behind an answer that another document contradicts; the sentence is quoted, with its number.
CONFLICT = {
    "zh": "\n\n注意：资料说法不一，另一处写的是：“{sentence}”[{n}]",
    "en": "\n\nNote: the documents disagree, and elsewhere it says: “{sentence}”[{n}]",
}
# The same where both documents have a date: people take the newer one's word.
CONFLICT_DATED = {
    "zh": (
        "\n\n注意：资料说法不一。以上出自日期为{mine}的资料[{at}]，"
        "日期为{theirs}的资料写的是：“{sentence}”[{n}]"
    ),
    "en": (
        "\n\nNote: the documents disagree. This is from one of {mine}[{at}]; "
        "another, of {theirs}, says: “{sentence}”[{n}]"
    ),
}

# Parts of the refusal that a model also writes with other words around them.
REFUSAL_MARKS = (
    "资料中没有", "资料里没有", "资料中未", "资料没有提", "资料未提", "没有提到", "没有提及",
    "未提及", "未提到",
    "not contain the answer", "not contain information", "not contain any", "not mention",
    "not provide",
    "not specified in the", "not stated in the", "no information", "not state", "not specify",
)  # fmt: skip


def left_out(n: int, lang: str) -> str:
    """Return what is said behind an answer of which `n` statements were left out."""
    if lang == "zh":
        return f"\n\n（另有 {n} 句在资料中没有依据，已略去。）"
    what, it = ("1 more statement was", "it") if n == 1 else (f"{n} more statements were", "them")
    return f"\n\n({what} left out, as the documents do not bear {it} out.)"
