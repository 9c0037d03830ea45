"""Names of every kind that are Markdown, on all pages and in all dialogs: they are only names."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Node

from app.service import KnowledgeBase
from app.web import Shared
from retrieval.assistants import Assistant
from retrieval.feedback import TestQuestion, TestSource
from retrieval.ledger import Filter
from retrieval.suggestions import SuggestionStore

PAGES = Path(__file__).parents[2] / "app" / "pages"
NAME = "![x](http://evil.example/x.png)"  # of collections, assistants, questions, titles
FILE = "![x](evil.png) www.evil.example.md"
# What Streamlit reads as Markdown is in fields of these names; the options of lists are plain.
MARKDOWN = {"label", "help", "body", "title", "text", "caption"}


def script(shared: object, locale: str, page: str) -> None:
    import app.pages
    from app.texts import Words

    getattr(app.pages, f"show_{page}")(shared, Words(locale))


@pytest.fixture
def shared(
    open_kb: Callable[..., KnowledgeBase], begin: Callable[[KnowledgeBase], Shared]
) -> Shared:
    kb = open_kb(texts=["You have 25 days of leave."])
    for name, collection in ((FILE, NAME), ("b.md", "default")):
        kb.upload(name, f"# {NAME}\n\nYou have 25 days of leave in {name}.\n".encode(), collection)
        assert kb.work()
    kb.collection_store.describe(NAME, NAME)
    one = kb.assistants.put(Assistant(NAME, (NAME,), NAME, ((NAME, NAME),), greeting=NAME))
    document = next(row.document for row in kb.documents() if row.path == FILE)
    kb.feedback.put(TestQuestion(NAME, sources=(TestSource(document, FILE),)))
    asked = kb.conversations.new_id()
    within = Filter(NAME, (document,), author=NAME)
    kb.conversations.begin(asked, NAME, within, assistant=one.id)
    store = SuggestionStore(kb._ledger)
    version = next(row.version for row in store.tried() if row.document == document)
    assert store.put(version, 0, "en", NAME)
    return begin(kb)


def open_page(shared: Shared, page: str, session: dict[str, Any], **address: str) -> AppTest:
    at = AppTest.from_function(script, args=(shared, "en", page), default_timeout=30)
    for key, value in session.items():
        at.session_state[key] = value
    for key, value in address.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Block):
        for child in node.children.values():
            yield from nodes(child)


def markdown(message: Any) -> Iterator[str]:
    """Yield every text of a message that Streamlit reads as Markdown."""
    for field, value in message.ListFields():
        for one in [value] if isinstance(value, str) or _is_message(value) else _several(value):
            if _is_message(one):
                yield from markdown(one)
            elif isinstance(one, str) and field.name in MARKDOWN:
                yield one


def _is_message(value: Any) -> bool:
    return hasattr(value, "ListFields")


def _several(value: Any) -> list[Any]:
    return list(value) if hasattr(value, "__iter__") and not hasattr(value, "keys") else []


def shown(at: AppTest) -> list[str]:
    """Return all Markdown of a page; HTML and what goes to components is escaped elsewhere."""
    return [
        text
        for node in nodes(at._tree)
        if node.type not in ("html", "bidi_component") and _is_message(getattr(node, "proto", None))
        for text in markdown(node.proto)
    ]


def check(at: AppTest) -> None:
    texts = shown(at)
    assert any("evil" in text for text in texts), "the page shows no name: the test is blind"
    live = [t for t in texts if "![x](" in t or "://evil" in t or "www.evil" in t]
    assert not live


@pytest.mark.parametrize("dialog", ["edit-collection", "delete-collection"])
def test_a_collection_is_named_in_a_dialog_without_being_markdown(
    shared: Shared, dialog: str
) -> None:
    check(open_page(shared, "collections", {"collections-dialog": (dialog, NAME)}))


@pytest.mark.parametrize("dialog", ["edit-assistant", "delete-assistant"])
def test_an_assistant_is_named_in_a_dialog_without_being_markdown(
    shared: Shared, dialog: str
) -> None:
    (one,) = shared.kb.assistants.all()
    check(open_page(shared, "collections", {"collections-dialog": (dialog, one.id)}))


def test_no_name_on_any_page_is_markdown(shared: Shared) -> None:
    kb = shared.kb
    document = next(row.document for row in kb.documents() if row.path == FILE)
    (one,) = kb.assistants.all()
    (question,) = kb.feedback.questions()
    (chat,) = kb.conversations.all()
    filters = {"collection-asked": NAME, "documents-asked": [document]}
    check(open_page(shared, "collections", {}))
    check(open_page(shared, "chat", {}))
    check(open_page(shared, "chat", filters))
    check(open_page(shared, "chat", {"assistant-asked": one.id}))
    check(open_page(shared, "chat", {}, chat=chat.id))
    check(open_page(shared, "document", {}, doc=document))
    asked = {"quality-section": "questions"}
    check(open_page(shared, "quality", asked))
    check(open_page(shared, "quality", {"question-edited": question.id, **asked}))
    check(open_page(shared, "documents", {"documents-locked": document}))


def test_every_dialog_is_made_where_its_title_is_made_harmless() -> None:
    found = [
        path.relative_to(PAGES).as_posix()
        for path in sorted(PAGES.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr == "dialog"
        and ast.unparse(node.value) == "st"
    ]
    assert found == ["parts/dialogs.py"]


def test_what_a_question_was_asked_of_is_not_markdown(shared: Shared) -> None:
    (chat,) = shared.kb.conversations.all()
    (kept,) = shared.kb.conversations.read(chat.id)
    within = Filter(kinds=(NAME,), since=NAME, changed=(NAME, ""), author=NAME)
    shared.chats.hold(replace(kept, exchange=None, within=within))
    check(open_page(shared, "chat", {}, chat=chat.id))
