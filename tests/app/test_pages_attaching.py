"""Files attached to a question: it is asked of them alone, when they are read."""

from collections.abc import Callable, Sequence

import pytest
from handed_in import hand_in
from streamlit.testing.v1 import AppTest

from app.service import KnowledgeBase
from app.web import Exchange, FolderWatcher, IndexKeeper, Intake, Shared, WarmUp, Worker

OpenKb = Callable[..., KnowledgeBase]
OLD, NEW = b"You have 25 days of leave.\n", b"You have 30 days of leave.\n"
ANSWER = "You have 30 days of leave [1]."


def script(shared: object, locale: str) -> None:
    from app.pages import show_chat
    from app.texts import Words

    show_chat(shared, Words(locale))  # type: ignore[arg-type]


@pytest.fixture
def shared(open_kb: OpenKb) -> Shared:
    """The app without its threads: jobs are done when a test says so."""
    kb = open_kb(texts=[ANSWER] * 9)
    return Shared(kb, Worker(kb), IndexKeeper(kb), WarmUp(kb), FolderWatcher(kb))


@pytest.fixture
def at(shared: Shared) -> AppTest:
    """The chat page."""
    return AppTest.from_function(script, args=(shared, "en"), default_timeout=30).run()


def attach(at: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """What the browser and the server's route do with files that are attached at once."""
    intake: Intake = at.session_state["intake"]
    hand_in(intake, files, "default", attach=True)
    return at.run()


def read(at: AppTest, shared: Shared) -> AppTest:
    while shared.kb.work():
        pass
    return at.run()


def shown(at: AppTest) -> str:
    parts = [e.value for kind in ("markdown", "caption", "error", "info") for e in at.get(kind)]
    return "\n".join(parts).replace("\\", "").replace("\u2060", "")


def exchanges(at: AppTest) -> Sequence[Exchange]:
    """What was asked and answered in the conversation that is open."""
    if "chat" not in at.session_state:
        return []
    found: Sequence[Exchange] = at.args[0].chats.exchanges(at.session_state["chat"])
    return found


def asked(at: AppTest) -> list[tuple[str, tuple[str, ...]]]:
    """The questions that were asked, and the documents that each was asked of."""
    return [(one.question, one.within.documents) for one in exchanges(at)]


def test_a_question_waits_for_its_files_and_is_asked_of_them_alone(
    shared: Shared, at: AppTest
) -> None:
    shared.kb.upload("other.txt", OLD)
    assert at.chat_input[0].disabled
    at = attach(at, ("leave.txt", NEW))
    assert "Asking only these files:" in shown(at)
    assert "leave.txt · Waiting its turn" in shown(at)
    assert not at.chat_input[0].disabled, "it can be asked at once"
    at = at.chat_input[0].set_value("How many days?").run()
    assert "To be asked as soon as the files are read: How many days?" in shown(at)
    assert asked(at) == []
    at = read(at, shared)
    document = shared.kb.document("leave.txt").document
    assert asked(at) == [("How many days?", (document,))]
    assert "To be asked" not in shown(at)


def test_a_question_that_waits_can_be_taken_back(shared: Shared, at: AppTest) -> None:
    at = attach(at, ("leave.txt", NEW))
    at = at.chat_input[0].set_value("How many days?").run()
    at = at.button(key="take-back").click().run()
    assert at.chat_input[0].proto.value == "How many days?"
    assert asked(read(at, shared)) == []


def test_a_file_is_detached_and_stays_in_the_library(shared: Shared, at: AppTest) -> None:
    at = read(attach(at, ("leave.txt", NEW)), shared)
    document = shared.kb.document("leave.txt").document
    at = at.button(key=f"detach-{document}").click().run()
    assert "Asking only" not in shown(at)
    at = at.chat_input[0].set_value("How many days?").run()
    assert asked(at) == [("How many days?", ())]
    assert len(shared.kb.documents()) == 1


def test_a_file_that_was_deleted_since_is_still_what_is_asked(shared: Shared, at: AppTest) -> None:
    shared.kb.upload("other.txt", OLD)
    at = read(attach(at, ("leave.txt", NEW)), shared)
    document = shared.kb.document("leave.txt").document
    shared.kb.remove([document])  # in another tab
    at = at.run()
    assert "a deleted document" in shown(at)
    at = at.chat_input[0].set_value("How many days?").run()
    assert asked(at) == [("How many days?", (document,))]
    assert not exchanges(at)[0].look().passages
    at = at.button(key=f"detach-{document}").click().run()
    assert "Asking only" not in shown(at)


def test_a_file_that_is_there_already_is_attached(shared: Shared, at: AppTest) -> None:
    shared.kb.upload("leave.txt", NEW)
    at = attach(read(at, shared), ("leave.txt", NEW))
    assert "leave.txt · Ready" in shown(at)
    assert len(shared.kb.jobs()) == 1


def test_a_question_comes_back_when_no_file_can_be_read(shared: Shared, at: AppTest) -> None:
    at = attach(at, ("empty.txt", b""))
    at = at.chat_input[0].set_value("How many days?").run()
    at = read(at, shared)
    assert "None of these files could be read." in shown(at)
    assert at.chat_input[0].proto.value == "How many days?"
    assert asked(at) == []


def test_many_files_are_put_in_and_not_asked_alone(shared: Shared, at: AppTest) -> None:
    at = attach(at, *((f"{n}.txt", b"Room %d." % n) for n in range(11)))
    assert "Asking only" not in shown(at)
    assert "11 files added." in shown(at)
    assert "questions go to all documents" in shown(at)


def test_what_is_not_taken_is_told_beside_the_question(shared: Shared, at: AppTest) -> None:
    at = attach(at, ("film.mp4", b"x"), ("leave.txt", NEW))
    assert "1 file added, 1 not." in shown(at)
    assert "film.mp4: files of this kind are not read." in shown(at)


def test_new_chat_asks_of_all_documents_again(shared: Shared, at: AppTest) -> None:
    at = attach(at, ("leave.txt", NEW))
    at.button[0].click().run()
    assert "Asking only" not in shown(at)
