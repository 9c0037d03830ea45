"""The page of collections and assistants, and assistants in the chat, run by AppTest."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from app.service import KnowledgeBase
from app.web import Shared
from retrieval.assistants import Assistant

OpenKb = Callable[..., KnowledgeBase]
Begin = Callable[[KnowledgeBase], Shared]
LEAVE = b"# Rules\n\nYou have 25 days of leave.\n"
OTHER = b"# Rules\n\nYou have 12 days of leave in Rotterdam.\n"


def script(shared: object, locale: str) -> None:
    from app.pages import show_collections
    from app.texts import Words

    show_collections(shared, Words(locale))  # type: ignore[arg-type]


def chat_script(shared: object, locale: str) -> None:
    from app.pages import show_chat
    from app.texts import Words

    show_chat(shared, Words(locale))  # type: ignore[arg-type]


def page(shared: Shared, locale: str = "en") -> AppTest:
    return AppTest.from_function(script, args=(shared, locale), default_timeout=30).run()


def chat(shared: Shared) -> AppTest:
    return AppTest.from_function(chat_script, args=(shared, "en"), default_timeout=30).run()


def read(kb: KnowledgeBase, name: str, data: bytes, collection: str) -> None:
    kb.upload(name, data, collection)
    assert kb.work()


def text(at: AppTest) -> str:
    return "\n".join(m.value for m in at.markdown).replace("\\", "")


def click(at: AppTest, name: str) -> AppTest:
    (button,) = [b for b in at.button if b.label.replace("\\", "") == name]
    return button.click().run()


def names(kb: KnowledgeBase) -> list[str]:
    return kb.collection_store.names()


def test_collections_that_documents_name_are_there_with_their_counts(
    kb: KnowledgeBase, begin: Begin
) -> None:
    read(kb, "leave.md", LEAVE, "hr")
    at = page(begin(kb))
    assert not at.exception
    assert "**hr**" in text(at)
    assert "1 document · 1 ready · 36 B" in text(at)
    assert "**General**" in text(at)
    assert "There are no assistants yet." in text(at)


def test_one_is_made_described_renamed_and_deleted(kb: KnowledgeBase, begin: Begin) -> None:
    at = click(page(begin(kb)), "New collection")
    at.text_input[0].set_value("  HR   team ")
    at.text_area[0].set_value("About people.")
    at = click(at, "Save")
    assert not at.exception
    assert names(kb) == ["default", "HR team"]
    assert "About people." in text(at.run())
    at = click(at, 'Edit collection "HR team"')
    at.text_input[0].set_value("People")
    click(at, "Save")
    assert names(kb) == ["default", "People"]
    at = click(at.run(), 'Delete collection "People"')
    at = click(at, "Delete")
    assert names(kb) == ["default"]
    assert 'Collection "People" was deleted.' in text(at.run())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (" ", "Give it a name."),
        ("x" * 65, "64"),
        ("Default", 'There is a collection "default" already'),
        ("H R", 'There is a collection "hr" already'),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_in_words(
    kb: KnowledgeBase, begin: Begin, name: str, said: str
) -> None:
    read(kb, "leave.md", LEAVE, "hr")
    read(kb, "other.md", OTHER, "default")
    at = click(page(begin(kb)), "New collection")
    at.text_input[0].set_value(name)
    at = click(at, "Save")
    assert said in at.error[0].value.replace("\\", "")
    assert names(kb) == ["default", "hr"]


def test_what_was_chosen_follows_a_new_name(kb: KnowledgeBase, begin: Begin) -> None:
    read(kb, "leave.md", LEAVE, "hr")
    at = page(begin(kb))
    at.session_state["collection-to"] = at.session_state["collection-asked"] = "hr"
    at = click(at.run(), 'Edit collection "hr"')
    at.text_input[0].set_value("people")
    at = click(at, "Save")
    assert at.session_state["collection-to"] == at.session_state["collection-asked"] == "people"
    assert [row.collection for row in kb.documents()] == ["people"]


@pytest.mark.parametrize("fate", ["move", "delete"])
def test_a_deleted_one_says_what_becomes_of_its_documents(
    kb: KnowledgeBase, begin: Begin, fate: str
) -> None:
    read(kb, "leave.md", LEAVE, "hr")
    at = click(page(begin(kb)), 'Delete collection "hr"')
    assert at.radio[0].label == "What becomes of its document?"
    at = at.radio[0].set_value(fate).run()
    assert len(at.selectbox) == (fate == "move")
    assert len(at.warning) == (fate == "delete")
    click(at, "Delete")
    assert names(kb) == ["default"]
    assert [row.collection for row in kb.documents()] == ["default"] * (fate == "move")


def test_an_assistant_is_made_changed_deleted_and_brought_back(
    kb: KnowledgeBase, begin: Begin
) -> None:
    read(kb, "leave.md", LEAVE, "hr")
    at = click(page(begin(kb)), "New assistant")
    at.text_input[0].set_value("People desk")
    at.multiselect[0].set_value(["hr"])
    at.text_area[0].set_value("Short sentences.")
    at.selectbox[0].set_value("formal")
    at.text_input[2].set_value("Who approves it?")
    at.text_area[1].set_value("The manager does.")
    click(at, "Save")
    (made,) = kb.assistants.all()
    assert made == Assistant(
        "People desk",
        ("hr",),
        "Short sentences.",
        (("Who approves it?", "The manager does."),),
        "formal",
        id=made.id,
    )
    at = click(at.run(), 'Delete assistant "People desk"')
    assert "no longer be offered" in text(at)
    at = click(at, "Delete").run()
    assert kb.assistants.all() == []
    click(at, "Undo")
    assert kb.assistants.all() == [made]


@pytest.mark.parametrize(
    ("name", "instructions", "question", "said"),
    [
        ("", "", "", "Give it a name."),
        ("people", "", "", "There is an assistant of this name."),
        ("IT", "x" * 2001, "", "has 2001 characters; 2000 are the most"),
        ("IT", "", "Who?", "Example 1 needs both"),
    ],
)
def test_an_assistant_that_cannot_be_kept_is_refused_in_words(
    kb: KnowledgeBase, begin: Begin, name: str, instructions: str, question: str, said: str
) -> None:
    kb.assistants.put(Assistant("People"))
    at = click(page(begin(kb)), "New assistant")
    at.text_input[0].set_value(name)
    at.text_area[0].set_value(instructions)
    at.text_input[2].set_value(question)
    at = click(at, "Save")
    assert said in at.error[0].value
    assert len(kb.assistants.all()) == 1


def test_an_assistant_whose_collection_is_gone_says_so(kb: KnowledgeBase, begin: Begin) -> None:
    kb.assistants.put(Assistant("People", ("hr",)))
    assert 'The collection "hr" is no longer there.' in text(page(begin(kb)))


def test_names_are_shown_as_they_are(kb: KnowledgeBase, begin: Begin) -> None:
    kb.collection_store.make("[a](http://b) *c*", "<b>bold</b>")
    kb.assistants.put(Assistant("![x](http://y)"))
    at = page(begin(kb))
    shown = "\n".join(m.value for m in at.markdown)
    assert "](http" not in shown
    assert "<b>" not in shown


def test_an_assistant_answers_from_its_collections_only(open_kb: OpenKb, begin: Begin) -> None:
    kb = open_kb(texts=["You have 25 days of leave."])
    read(kb, "leave.md", LEAVE, "hr")
    read(kb, "other.md", OTHER, "nl")
    one = kb.assistants.put(Assistant("Desk", ("hr",), "Be short.", greeting="Ask about leave."))
    at = chat(begin(kb))
    at = at.selectbox(key="assistant-asked").set_value(one.id).run()
    assert at.main.caption[0].value == "Ask about leave\\."
    at = at.chat_input[0].set_value("How many days of leave?").run()
    assert not at.exception
    assert at.chat_message[0].caption[0].value == "Assistant: Desk"
    (exchange,) = at.args[0].chats.exchanges(at.session_state["chat"])
    assert {p.metadata["collection"] for p in exchange.look().passages} == {"hr"}
    assert "Be short." in str(kb.models.written.prompts[0][-1].content)  # type: ignore[attr-defined]
    kb.assistants.remove(one.id)
    at = at.run()
    assert at.chat_message[0].caption[0].value == "Assistant: Desk"  # it can still be read


def test_nobody_answers_in_place_of_a_deleted_assistant(open_kb: OpenKb, begin: Begin) -> None:
    kb = open_kb(texts=["You have 25 days of leave."])
    read(kb, "leave.md", LEAVE, "hr")
    read(kb, "other.md", OTHER, "nl")
    one = kb.assistants.put(Assistant("Desk", ("hr",)))
    shared = begin(kb)
    at = chat(shared)
    at = at.selectbox(key="assistant-asked").set_value(one.id).run()
    kb.assistants.remove(one.id)  # in another tab
    at = at.chat_input[0].set_value("How many days of leave?").run()
    assert not at.exception
    assert kb.conversations.all() == [], "it was asked of more than somebody wanted"
    assert "This assistant was deleted" in at.warning[0].value
    assert at.chat_input[0].proto.value == "How many days of leave?", "it is not lost"
    asked = at.selectbox(key="assistant-asked")
    assert asked.value == one.id
    assert asked.options == ["All documents", "Desk (deleted)"]
    kb.assistants.bring_back(one.id)
    assert not at.run().warning
    kb.assistants.remove(one.id)
    at = at.run().button(key="ask-all").click().run()
    assert not at.warning
    assert not any(s.key == "assistant-asked" for s in at.selectbox)
    at = at.chat_input[0].set_value("How many days of leave?").run()
    (exchange,) = shared.chats.exchanges(at.session_state["chat"])
    assert {p.metadata["collection"] for p in exchange.look().passages} == {"hr", "nl"}


def test_without_assistants_the_chat_is_as_before(kb: KnowledgeBase, begin: Begin) -> None:
    assert not chat(begin(kb)).main.selectbox


def test_the_page_is_chinese_for_a_chinese_browser(kb: KnowledgeBase, begin: Begin) -> None:
    at = page(begin(kb), "zh-CN")
    assert at.title[0].value == "文档集与助手"
    assert "还没有助手" in text(at)
