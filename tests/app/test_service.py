"""The façade: what the command line and the web app call."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from langchain_core.documents import Document

from app.service import KnowledgeBase, build
from app.settings import Settings
from llm.answer import Answer, Found, FoundSoFar, Text, Waiting
from llm.errors import ModelError
from llm.prompts import NOTHING_PROVEN, REFUSAL
from llm.question import Turn
from retrieval.errors import LibraryError
from retrieval.ledger import Filter, Ledger

OpenKb = Callable[..., KnowledgeBase]
Folder = Callable[..., Path]

DOCS = {"leave.md": "You have 25 days of leave a year.\n", "差旅.txt": "住宿上限为每晚六百元。\n"}


def result(parts: list[object]) -> Answer:
    last = parts[-1]
    assert isinstance(last, Answer)
    return last


def passages(parts: list[object]) -> list[Document]:
    first = parts[0]
    assert isinstance(first, Found)
    return first.passages


def test_an_answer_comes_as_passages_words_and_result(open_kb: OpenKb, folder: Folder) -> None:
    kb = open_kb(texts=["You have 25 days of leave a year."])
    kb.ingest([folder(DOCS)])
    found, *words, last = list(kb.ask("How many days of leave?"))
    assert isinstance(found, Found)
    assert found.passages[0].metadata["path"] == "leave.md"  # known before the first word
    assert isinstance(last, Answer)
    assert words == [Text(last.answer)] == [Text("You have 25 days of leave a year.[1]")]
    assert last.searched == found.searched == ("How many days of leave?",)
    assert [c.path for c in last.citations] == ["leave.md"]
    assert last.citations[0].chunk_id == found.passages[0].id
    assert last.citations[0].quote in found.passages[0].page_content


@pytest.mark.parametrize(
    ("written", "answer", "outcome"),
    [
        (
            "You have 25 days of leave a year.",
            "You have 25 days of leave a year.[1]",
            "answered",
        ),
        (
            "You have 25 days of leave a year.[1]",
            "You have 25 days of leave a year.[1]",
            "answered",
        ),
        ("Unicorns fly 77 times.", NOTHING_PROVEN["en"], "unsure"),
        (REFUSAL["en"], REFUSAL["en"], "not_found"),
    ],
)
def test_the_text_that_is_shown_is_the_answers(
    open_kb: OpenKb, folder: Folder, written: str, answer: str, outcome: str
) -> None:
    kb = open_kb(texts=[written])
    kb.ingest([folder(DOCS)])
    events = list(kb.ask("How many days of leave?"))
    last = result(events)  # type: ignore[arg-type]
    assert (last.answer, last.outcome) == (answer, outcome)
    shown = "".join(event.text for event in events if isinstance(event, Text))
    assert shown == (answer if outcome == "answered" else "")
    closest = [near.path for near in last.closest]
    assert closest[:1] == ([] if outcome == "answered" else ["leave.md"])


def test_a_traditional_question_is_answered_in_its_characters(
    open_kb: OpenKb, folder: Folder
) -> None:
    kb = open_kb(texts=["办公室的门禁卡由前台发放。"])
    kb.ingest([folder({"门禁.txt": "办公室的门禁卡由前台发放。\n"})])
    last = result(list(kb.ask("辦公室的門禁卡由誰發放？")))
    assert last.answer == "辦公室的門禁卡由前臺發放。[1]"
    assert last.citations[0].quote == "办公室的门禁卡由前台发放。"


def test_a_question_in_another_language_is_asked_for_in_it(open_kb: OpenKb, folder: Folder) -> None:
    kb = open_kb(texts=["Sie haben 25 Tage Urlaub im Jahr."])
    kb.ingest([folder(DOCS)])
    last = result(list(kb.ask("Wie viele Tage Urlaub habe ich?")))
    assert (last.answer, last.outcome) == ("Sie haben 25 Tage Urlaub im Jahr.[1]", "answered")
    (prompt,) = kb.models.chat().prompts  # type: ignore[attr-defined]
    assert "in the language of the question" in str(prompt[-1].content)


def test_the_prompt_holds_as_many_passages_as_set(open_kb: OpenKb, folder: Folder) -> None:
    kb = open_kb(texts=["x"] * 2, passages=2)
    kb.ingest([folder({f"{n}.md": f"Text number {n} about leave." for n in range(6)})])
    assert len(passages(list(kb.ask("leave")))) == 2
    prompt = str(kb.models.chat().prompts[0][-1].content)  # type: ignore[attr-defined]
    assert "[2]" in prompt
    assert "[3]" not in prompt


@pytest.mark.parametrize(
    ("question", "refusal"),
    [
        ("What is the stock code?", "The documents do not"),
        ("股票代码是什么？", "资料中没有"),
    ],
)
def test_an_empty_library_refuses_in_the_question_s_language(
    kb: KnowledgeBase, question: str, refusal: str
) -> None:
    last = result(list(kb.ask(question)))
    assert last.refused
    assert last.answer.startswith(refusal)


def test_passages_that_are_given_need_neither_library_nor_embeddings(open_kb: OpenKb) -> None:
    kb = open_kb(texts=["Dogs may come on Fridays [2]."], embed_model="multilingual-e5-small")
    with pytest.raises(ModelError):
        kb.search("dogs", 1)
    last = result(list(kb.ask("May dogs come?", passages=["No.", "Dogs may come on Fridays."])))
    (citation,) = last.citations
    assert (citation.n, citation.chunk_id) == (1, "2")  # its number in the answer, its place
    assert citation.quote == "Dogs may come on Fridays."


def test_how_sure_it_must_be_is_the_setting_unless_it_is_given(
    open_kb: OpenKb, folder: Folder
) -> None:
    kb = open_kb(texts=["You have 25 days of leave a year."], certainty=1.0)
    kb.ingest([folder(DOCS)])
    question = "How many days of leave?"
    assert result(list(kb.ask(question))).refused
    assert result(list(kb.ask(question, certainty=1.0))).refused
    assert not result(list(kb.ask(question, certainty=0.0))).refused


def test_a_question_in_one_collection_hears_nothing_of_another(
    open_kb: OpenKb, folder: Folder
) -> None:
    kb = open_kb(texts=["x"])
    kb.ingest([folder(DOCS)], "one")
    kb.ingest([folder({"dogs.md": "Dogs may come on Fridays."}, "other")], "two")
    found = passages(list(kb.ask("How many days of leave?", Filter("two"))))
    assert [p.metadata["path"] for p in found] == ["dogs.md"]


SAID = Turn("How many days of leave do I have?", "You have 25 days of leave a year.[1]")
TRIP = Turn("去北京出差，住宿每晚最多报多少？", "住宿上限为每晚六百元。[1]")


def test_a_follow_up_is_searched_for_and_answered_written_out(
    open_kb: OpenKb, folder: Folder
) -> None:
    whole = "How many days of leave do interns have?"
    kb = open_kb(texts=[whole, "Interns have 12 days of leave."], passages=1)
    kb.ingest([folder({**DOCS, "interns.md": "Interns have 12 days of leave.\n"})])
    parts = list(kb.ask("And for interns?", history=[SAID]))
    assert [p.metadata["path"] for p in passages(parts)] == ["interns.md"]
    assert parts[0].searched == result(parts).searched == (whole,)  # type: ignore[union-attr]
    assert result(parts).question == "And for interns?"
    rewriting, answering = kb.models.written.prompts  # type: ignore[attr-defined]
    assert SAID.question in rewriting[-1].content
    assert whole in answering[-1].content


def test_the_answer_is_in_the_language_of_the_question_as_it_was_typed(
    open_kb: OpenKb, folder: Folder
) -> None:
    kb = open_kb(texts=["This is no question.", REFUSAL["zh"]])
    kb.ingest([folder(DOCS)])
    last = result(list(kb.ask("And in London?", history=[TRIP])))
    assert last.searched == (f"{TRIP.question} And in London?",)  # Chinese, most of it
    assert last.answer == REFUSAL["en"]
    _, asked = kb.models.written.prompts[1]  # type: ignore[attr-defined]
    assert "Answer in English" in asked.content


SHOPS = {
    "alm.md": "# Alm shop\n\nThe Alm shop earned 20 million in 2020.\n",
    "bolt.md": "# Bolt shop\n\nThe Bolt shop earned 35 million in 2020.\n",
}


@pytest.mark.parametrize(
    ("within", "given"), [(Filter("other"), None), (Filter(lang="zh"), None), (Filter(), [])]
)
def test_with_nothing_to_answer_from_no_model_is_asked(
    open_kb: OpenKb, folder: Folder, within: Filter, given: list[str] | None
) -> None:
    kb = open_kb(texts=[])
    kb.ingest([folder(SHOPS)])
    question = "What did the Alm shop and the Bolt shop earn?"
    last = result(list(kb.ask(question, within, given)))
    assert (last.answer, last.searched) == (REFUSAL["en"], (question,))
    assert kb.models.chat().prompts == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("given", [None, ["Dogs may come on Fridays."]])
def test_a_question_that_stands_alone_is_not_written_out(
    open_kb: OpenKb, folder: Folder, given: list[str] | None
) -> None:
    kb = open_kb(texts=["Dogs may come on Fridays."])
    kb.ingest([folder({"dogs.md": "Dogs may come on Fridays."})])
    question = "When may dogs come to the office?"
    last = result(list(kb.ask(question, passages=given, history=[SAID])))
    assert last.searched == (question,)
    assert len(kb.models.written.prompts) == 1  # type: ignore[attr-defined]


def test_stopping_ends_the_answer(open_kb: OpenKb, folder: Folder) -> None:
    kb = open_kb(texts=["You have 25 days of leave a year. You have leave. And more to say."])
    kb.ingest([folder(DOCS)])
    cancel, words = threading.Event(), []
    for part in kb.ask("leave", cancel=cancel):
        if isinstance(part, Text):
            words.append(part.text)
            cancel.set()
    assert words == ["You have 25 days of leave a year.[1]"]


def test_whoever_waits_for_the_model_is_told(open_kb: OpenKb) -> None:
    given = ["Dogs may come on Fridays."]
    kb = open_kb(texts=given)
    with kb.models.turn("somebody", threading.Event()) as turn:
        events = kb.ask("May dogs come?", passages=given, asker="me")
        assert next(events) == Waiting(1, None)
        turn.__exit__(None, None, None)
        assert next(events) == Waiting(0)
        assert "Fridays" in result(list(events)).answer


def test_whoever_waits_sees_what_is_found(kb: KnowledgeBase, folder: Folder) -> None:
    kb.ingest([folder(DOCS)])
    with kb.models.turn("somebody", threading.Event()) as turn:
        events = kb.ask("How many days of leave?", asker="me")
        assert next(events) == Waiting(1, None)
        seen = next(events)
        assert isinstance(seen, FoundSoFar)
        assert seen.passages[0].metadata["path"] == "leave.md"
        turn.__exit__(None, None, None)
        assert next(events) == Waiting(0)
        found = next(events)
        assert isinstance(found, Found)
        assert [p.id for p in found.passages] == [p.id for p in seen.passages]


def test_who_gives_up_waiting_gets_no_answer(kb: KnowledgeBase) -> None:
    cancel = threading.Event()
    with kb.models.turn("somebody", threading.Event()):
        events = kb.ask("May dogs come?", passages=["On Fridays."], cancel=cancel)
        assert next(events) == Waiting(1, None)
        cancel.set()
        last = result(list(events))
    assert (last.answer, last.outcome, last.usage.calls) == ("", "not_found", 0)


def test_removing_by_path_takes_the_text_out_of_search(kb: KnowledgeBase, folder: Folder) -> None:
    kb.ingest([folder(DOCS)])
    assert [row.path for row in kb.remove(["leave.md"])] == ["leave.md"]
    assert [d.metadata["path"] for d in kb.search("leave", 9).passages] == ["差旅.txt"]
    with pytest.raises(LibraryError):
        kb.document("leave.md")
    assert kb.status()["vectors"] == 1


def test_status_loads_no_model_and_tells_of_missing_ones(
    make_settings: Callable[..., Settings],
) -> None:
    kb = build(make_settings(embed_model="multilingual-e5-small"))
    found = kb.status()
    assert found["embed_installed"] is None
    assert found["llm_installed"] is None
    assert (found["index"], found["outdated"]) == ("none", 0)
    assert not kb.models.loaded
    kb.close()


def test_warming_loads_both_models(open_kb: OpenKb, tiny_gguf: Callable[..., Path]) -> None:
    kb = open_kb(llm_model=str(tiny_gguf()))
    kb.models.written = None  # type: ignore[attr-defined]
    assert not kb.models.loaded
    kb.warm()
    assert kb.models.loaded
    assert kb.models.chat().context == 512


def test_the_chat_model_gets_the_settings(open_kb: OpenKb, tiny_gguf: Callable[..., Path]) -> None:
    kb = open_kb(
        llm_model=str(tiny_gguf(context=2048)), context_tokens=1024, answer_tokens=33,
        temperature=0.7, top_p=0.5, seed=9, threads=1,
    )  # fmt: skip
    kb.models.written = None  # type: ignore[attr-defined]
    chat = kb.models.chat()
    assert chat is kb.models.chat()  # loaded once
    assert (chat.context, chat.max_tokens, chat.seed) == (1024, 33, 9)
    assert (chat.temperature, chat.top_p) == (0.7, 0.5)


def test_two_programs_on_one_library_see_each_other_s_documents(
    open_kb: OpenKb, folder: Folder
) -> None:
    web, terminal = open_kb(), open_kb()
    web.sync()
    terminal.ingest([folder(DOCS)])
    assert web.search("days of leave", 1).passages[0].metadata["path"] == "leave.md"
    terminal.remove(["leave.md"])
    assert [d.metadata["path"] for d in web.search("days of leave", 9).passages] == ["差旅.txt"]
    web.upload("dogs.md", b"Dogs may come on Fridays.")
    assert web.work()
    assert terminal.search("dogs on Fridays", 1).passages[0].metadata["path"] == "dogs.md"


def test_sweeping_up_takes_nothing_from_a_document_that_another_program_embeds(
    open_kb: OpenKb, folder: Folder
) -> None:
    web, terminal = open_kb(chunk_tokens=64), open_kb(chunk_tokens=64)
    web.upload("gone.md", b"This will be removed.")
    assert web.work()

    def remove_meanwhile(path: str, step: str, done: int, total: int) -> None:
        if done and web.documents("default")[0].path == "gone.md":
            web.remove(["gone.md"])

    words = "".join(
        f"## Heading {n}\n\n{' '.join(f'w{n}x{i}' for i in range(30))}\n\n" for n in range(99)
    )
    terminal.ingest([folder({"long.md": words})], progress=remove_meanwhile)
    assert [row.path for row in terminal.documents()] == ["long.md"]
    assert len(terminal.search("w1x1", 200).passages) == terminal.documents()[0].chunks >= 99


def test_a_closed_library_can_be_opened_again(open_kb: OpenKb, folder: Folder) -> None:
    first = open_kb()
    first.ingest([folder(DOCS)])
    first.close()
    again = open_kb()
    again.upload("dogs.md", b"Dogs may come on Fridays.")
    assert again.work()
    again.sync()
    assert again.status()["index"] == "behind"  # nobody owns the library: nothing was told to it
    assert again.own()
    again.sync()
    assert again.index_health() == ("chroma", None)
    assert again.status()["index"] == "ready"
    assert again.search("dogs on Fridays", 1).passages[0].metadata["path"] == "dogs.md"


def test_ingesting_again_cuts_words_anew_that_an_older_release_cut(
    kb: KnowledgeBase, folder: Folder
) -> None:
    docs = folder(DOCS)
    kb.ingest([docs])
    with Ledger(kb.settings.ledger_path).write() as db:
        db.execute("UPDATE keywords SET body='other'")
        db.execute("UPDATE keyword_state SET terms='0'")
    assert kb.search("leave", 2, method="keywords").passages == []
    assert kb.ingest([docs]).unchanged == 2
    found = kb.search("leave", 2, method="keywords").passages
    assert [d.metadata["path"] for d in found] == ["leave.md"]
