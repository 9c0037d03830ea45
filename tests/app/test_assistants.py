"""Collections and assistants through the façade, and over a backup."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import UsageError
from app.library import backup, restore
from app.service import KnowledgeBase
from app.settings import Settings
from llm.answer import Answer, Found
from llm.prompts import REFUSAL
from retrieval.assistants import Assistant
from retrieval.errors import LibraryError
from retrieval.ledger import Filter

OpenKb = Callable[..., KnowledgeBase]
Folder = Callable[..., Path]


def asked(kb: KnowledgeBase, question: str, **more: object) -> tuple[set[str], Answer]:
    """The collections of what was found, and the answer."""
    found: set[str] = set()
    for event in kb.ask(question, **more):  # type: ignore[arg-type]
        match event:
            case Found(passages):
                found = {p.metadata["collection"] for p in passages}
            case Answer():
                return found, event
    raise AssertionError


def filled(kb: KnowledgeBase, folder: Folder) -> None:
    for name, days in (("hr", 25), ("nl", 12), ("de", 30)):
        rules = folder({"rules.md": f"You have {days} days of leave."}, name)
        kb.ingest([rules], name)


def test_an_assistant_sees_its_collections_whatever_is_asked_for(
    open_kb: OpenKb, folder: Folder
) -> None:
    kb = open_kb(texts=["You have 25 days of leave."] * 3)
    filled(kb, folder)
    one = kb.assistants.put(Assistant("Desk", ("hr", "de"))).id
    question = "How many days of leave?"
    assert asked(kb, question, assistant=one)[0] == {"hr", "de"}
    assert asked(kb, question, assistant=one, within=Filter("de"))[0] == {"de"}
    several = Filter(collections=("nl", "hr"))
    assert asked(kb, question, assistant=one, within=several)[0] == {"hr"}


@pytest.mark.parametrize("within", [Filter("nl"), Filter(collections=("nl",))])
def test_beyond_its_collections_it_finds_nothing(
    open_kb: OpenKb, folder: Folder, within: Filter
) -> None:
    kb = open_kb()
    filled(kb, folder)
    one = kb.assistants.put(Assistant("Desk", ("hr",))).id
    found, last = asked(kb, "How many days of leave?", assistant=one, within=within)
    assert (found, last.answer) == (set(), REFUSAL["en"])


def test_when_its_collection_is_gone_it_finds_nothing(open_kb: OpenKb, folder: Folder) -> None:
    kb = open_kb()
    filled(kb, folder)
    one = kb.assistants.put(Assistant("Desk", ("hr",))).id
    kb.collection_store.remove("hr")
    assert asked(kb, "How many days of leave?", assistant=one)[0] == set()


def test_it_answers_in_its_language(open_kb: OpenKb, folder: Folder) -> None:
    kb = open_kb(texts=["您有25天年假。"])
    filled(kb, folder)
    one = kb.assistants.put(Assistant("Desk", lang="zh")).id
    asked(kb, "How many days of leave do I have?", assistant=one)
    assert "请用中文" in str(kb.models.written.prompts[0][-1].content)  # type: ignore[attr-defined]


def test_one_that_was_deleted_answers_nothing(kb: KnowledgeBase) -> None:
    one = kb.assistants.put(Assistant("Desk")).id
    kb.assistants.remove(one)
    for name in (one, "never"):
        with pytest.raises(LibraryError, match="deleted"):
            list(kb.ask("How many days of leave?", assistant=name))


def test_documents_and_folders_follow_into_another_collection(
    open_kb: OpenKb, folder: Folder
) -> None:
    kb = open_kb()
    filled(kb, folder)
    kb.collection_store.remove("hr", into="nl")
    assert kb.collections() == ["de", "nl"]
    assert sorted(row.collection for row in kb.documents()) == ["de", "nl", "nl"]
    kb.ingest()  # the folder is mirrored where it is now
    assert sorted(row.collection for row in kb.documents()) == ["de", "nl", "nl"]


def test_a_folder_inside_one_of_the_other_collection_is_there_once(
    open_kb: OpenKb, folder: Folder
) -> None:
    kb = open_kb()
    root = folder({"a.md": "You have 25 days.", "sub/b.md": "You have 12 days."})
    kb.ingest([root / "sub"], "inner")
    kb.ingest([root / "a.md"], "outer")
    kb.ingest([root], "whole")
    kb.collection_store.remove("inner", into="whole")
    kb.ingest()
    assert [r.path for r in kb.documents("whole")] == ["a.md", "sub/b.md"]


def test_deleted_with_its_documents_a_folder_does_not_come_back(
    open_kb: OpenKb, folder: Folder
) -> None:
    kb = open_kb()
    filled(kb, folder)
    kb.collection_store.remove("hr")
    kb.ingest()
    assert kb.collections() == ["de", "nl"]


def test_the_usual_collection_keeps_its_name(kb: KnowledgeBase) -> None:
    for change in (
        lambda: kb.collection_store.rename("default", "all"),
        lambda: kb.collection_store.remove("default"),
    ):
        with pytest.raises(UsageError, match="stays"):
            change()
    kb.collection_store.describe("default", "Whatever came first.")
    assert kb.collection_store.all()[0].description == "Whatever came first."


def test_both_come_along_in_a_backup(
    open_kb: OpenKb, make_settings: Callable[..., Settings], tmp_path: Path
) -> None:
    kb = open_kb()
    kb.collection_store.make("hr", "About people.")
    one = kb.assistants.put(Assistant("Desk", ("hr",), "Short.", (("Who?", "She."),)))
    backup(kb.settings, tmp_path / "kb.tar")
    there = make_settings(data_dir=tmp_path / "there")
    restore(there, tmp_path / "kb.tar")
    other = open_kb(data_dir=there.data_dir)
    assert other.assistants.all() == [one]
    assert other.collection_store.all()[1].description == "About people."
