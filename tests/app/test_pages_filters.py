"""What the Chat page may be asked of, beside the collection."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from app.service import KnowledgeBase
from app.web import Exchange, Shared, start

OpenKb = Callable[..., KnowledgeBase]
DOCS = {
    ("leave.md", "default"): "You have 25 days of leave.\n",
    ("差旅.txt", "default"): "差旅住宿上限六百元。\n",
    ("leave.md", "hr"): "You have 12 days of leave.\n",
}


def script(shared: object, locale: str) -> None:
    from app.pages import show_chat
    from app.texts import Words

    show_chat(shared, Words(locale))  # type: ignore[arg-type]


@pytest.fixture
def shared(open_kb: OpenKb) -> Iterator[Shared]:
    shared = start(open_kb(texts=["You have 25 days of leave."] * 3))
    shared.warmup.wait(30)
    yield shared
    shared.worker.stop()
    shared.keeper.stop()


def fill(shared: Shared, *documents: tuple[str, str]) -> None:
    for name, collection in documents:
        shared.kb.upload(name, DOCS[name, collection].encode(), collection)
        assert shared.kb.work()


def page(shared: Shared, locale: str = "en") -> AppTest:
    return AppTest.from_function(script, args=(shared, locale), default_timeout=30).run()


def exchanges(at: AppTest) -> Sequence[Exchange]:
    """What was asked and answered in the conversation that is open."""
    shared: Shared = at.args[0]
    return shared.chats.exchanges(at.session_state["chat"])


def ask(at: AppTest) -> tuple[set[str], list[str]]:
    """Ask, and return the texts that were found and what stands under the question."""
    at.chat_input[0].set_value("How many days of leave?").run()
    assert not at.exception
    found = exchanges(at)[-1].look().passages
    under = [c.value.replace("\\", "") for c in at.chat_message[-2].caption]
    return {p.page_content for p in found}, under


def says_gone(at: AppTest) -> bool:
    return any("no longer in the library" in warning.value for warning in at.warning)


def test_with_one_document_there_is_nothing_to_filter(shared: Shared) -> None:
    fill(shared, ("leave.md", "default"))
    at = page(shared)
    assert not at.exception
    assert not at.multiselect


def test_a_question_is_asked_of_what_was_chosen(shared: Shared) -> None:
    fill(shared, *DOCS)
    at = page(shared)
    documents = at.multiselect(key="documents-asked")
    assert sorted(documents.options) == ["leave.md", "leave.md · hr", "差旅.txt"]
    assert at.multiselect(key="kinds-asked").options == ["MD", "TXT"]
    at.multiselect(key="kinds-asked").set_value(["md"]).run()
    at.date_input(key="since-asked").set_value(date(2020, 1, 31)).run()
    found, under = ask(at)
    assert found == {"You have 25 days of leave.", "You have 12 days of leave."}
    assert under == ["MD · added since 2020-01-31"]
    assert under[0] in [c.value.replace("\\", "") for c in at.caption]
    at.multiselect(key="kinds-asked").set_value([]).run()
    at.date_input(key="since-asked").set_value(None).run()
    at.selectbox(key="lang-asked").set_value("zh").run()
    assert ask(at) == ({"差旅住宿上限六百元。"}, ["Chinese"])


def test_the_documents_to_choose_from_are_those_of_the_collection(shared: Shared) -> None:
    fill(shared, *DOCS)
    at = page(shared, "zh")
    ids = {(r.path, r.collection): r.document for r in shared.kb.documents()}
    at.multiselect(key="documents-asked").set_value([ids["差旅.txt", "default"]]).run()
    assert ask(at) == ({"差旅住宿上限六百元。"}, ["差旅.txt"])
    at.selectbox(key="collection-asked").set_value("hr").run()
    assert not at.exception
    documents = at.multiselect(key="documents-asked")
    assert (documents.options, documents.value) == (["leave.md · hr"], [])
    assert ask(at) == ({"You have 12 days of leave."}, ["文档集：hr"])


def test_a_document_that_has_gone_is_not_asked_and_its_questions_say_so(shared: Shared) -> None:
    fill(shared, *DOCS)
    at = page(shared)
    travel = next(r.document for r in shared.kb.documents() if r.path == "差旅.txt")
    at.multiselect(key="documents-asked").set_value([travel]).run()
    assert ask(at)[1] == ["差旅.txt"]
    shared.kb.remove([travel])
    at.run()
    assert not at.exception
    assert at.multiselect(key="documents-asked").value == [travel]
    assert at.chat_message[0].caption[0].value == "a deleted document"
    assert says_gone(at)
    assert ask(at) == (set(), ["a deleted document"])
    at = at.button(key="filters-clear").click().run()
    assert not says_gone(at)
    found, under = ask(at)
    assert found
    assert under == []


GONE = {
    "collection-asked": ("hr", "Collection: hr"),
    "kinds-asked": (["txt"], "TXT"),
    "author-asked": ("Bai", "by Bai"),
}


@pytest.mark.parametrize("key", GONE)
def test_what_was_chosen_and_is_gone_is_still_what_is_asked(shared: Shared, key: str) -> None:
    value, told = GONE[key]
    fill(shared, ("leave.md", "default"))
    at = page(shared)
    at.session_state[key] = value
    at.run()
    assert says_gone(at)
    found, under = ask(at)
    assert found == set()
    assert under[0] == told


def test_what_another_choice_leaves_out_is_not_gone(shared: Shared) -> None:
    fill(shared, *DOCS)
    at = page(shared)
    at.multiselect(key="kinds-asked").set_value(["txt"]).run()
    at.selectbox(key="collection-asked").set_value("hr").run()
    assert not says_gone(at)


def test_a_filter_in_words_is_short_and_never_live(shared: Shared) -> None:
    for name in ("![x](y).md", "b.md", "c.md", "d.md", "e.txt"):
        shared.kb.upload(name, f"You have {name} days of leave.\n".encode(), "h[r]")
        assert shared.kb.work()
    fill(shared, ("leave.md", "default"))
    at = page(shared, "zh")
    at.selectbox(key="collection-asked").set_value("h[r]").run()
    documents = sorted((r.path, r.document) for r in shared.kb.documents() if r.path != "e.txt")
    chosen = [document for path, document in documents if path != "leave.md"]
    at.multiselect(key="documents-asked").set_value(chosen).run()
    at.multiselect(key="kinds-asked").set_value(["md"]).run()
    at.selectbox(key="lang-asked").set_value("en").run()
    at.date_input(key="since-asked").set_value(date(2020, 1, 31)).run()
    at.chat_input[0].set_value("How many days of leave?").run()
    assert not at.exception
    said = at.chat_message[-2].caption[0].value
    assert said.replace("\\", "") == (
        "文档集：h[r] · ![x](y).md · b.md · c.md · … · MD · 英文 · 2020-01-31 起加入"
    )
    assert "![" not in said
