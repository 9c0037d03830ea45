"""Sources opened from an answer, run by AppTest over a library with stand-in models."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from app.pages import found_html, number_links
from app.service import KnowledgeBase
from app.texts import TEXTS, Words
from app.web import AnswerProgress, Shared

OpenKb = Callable[..., KnowledgeBase]
Begin = Callable[[KnowledgeBase], Shared]
LEAVE = b"# Rules\n\n## Leave\n\nYou have 25 days of leave. Ask your manager first.\n"
ASKED = "How many days of leave?"
WORDS = Words("en")


def script(shared: object, locale: str) -> None:
    from app.pages import show_chat
    from app.texts import Words

    show_chat(shared, Words(locale))  # type: ignore[arg-type]


@pytest.fixture
def answered(open_kb: OpenKb, begin: Begin) -> tuple[AppTest, KnowledgeBase]:
    """The chat, with an answer from leave.md."""
    kb = open_kb(texts=["You have 25 days of leave."])
    kb.upload("hr/leave.md", LEAVE)
    assert kb.work()
    at = AppTest.from_function(script, args=(begin(kb), "en"), default_timeout=30).run()
    return at.chat_input[0].set_value(ASKED).run(), kb


def opened(at: AppTest, link: str = "cited.0.1") -> str:
    at.session_state["proof-open"] = link
    at.run()
    assert not at.exception
    return "\n".join(element.value for element in at.html)


def test_a_source_tells_its_document_section_and_how_it_was_read(
    answered: tuple[AppTest, KnowledgeBase],
) -> None:
    shown = opened(answered[0])
    for told in ("Rules</p>", "hr/leave.md</p>", "<dd>Leave</dd>", TEXTS["read_text"][1]):
        assert told in shown
    day = (answered[1].documents()[0].ingested_at or "")[:4]
    assert f"<dt>Added</dt><dd>{day}-" in shown


def test_a_source_without_a_picture_shows_the_whole_text_with_the_passage_in_its_place(
    answered: tuple[AppTest, KnowledgeBase],
) -> None:
    shown = opened(answered[0])
    laid_out = shown[shown.index("kb-laid-out") :]
    assert laid_out.index("Rules</h1>") < laid_out.index("data-kb-here")
    assert "<mark>You have 25 days of leave.</mark>" in laid_out


def test_the_original_can_be_downloaded(answered: tuple[AppTest, KnowledgeBase]) -> None:
    at, kb = answered
    opened(at)
    original = kb.evidence.original(kb.documents()[0].document)
    assert original is not None
    assert (original.name, original.mime) == ("leave.md", "text/markdown")
    assert original.read() == LEAVE
    original.path.unlink()
    opened(at)
    assert TEXTS["no_original"][1] in [c.value for c in at.caption]


def test_a_source_that_was_removed_or_changed_since_says_so(
    answered: tuple[AppTest, KnowledgeBase],
) -> None:
    at, kb = answered
    kb.upload("hr/leave.md", b"# Rules\n\nNobody has leave any more.\n")
    assert kb.work()
    assert "<mark>You have 25 days of leave.</mark>" in opened(at)
    assert [w.value for w in at.warning] == [TEXTS["source_changed"][1]]
    kb.remove(["hr/leave.md"])
    assert "<mark>" not in opened(at), "a quote goes with its document"
    assert [w.value for w in at.warning] == [TEXTS["source_removed"][1]]


def test_a_passage_that_was_cut_anew_is_found_again_by_its_quote(
    answered: tuple[AppTest, KnowledgeBase],
) -> None:
    at, kb = answered
    kb.upload("hr/leave.md", LEAVE + b"\nMore was added below.\n")
    assert kb.work()
    shown = opened(at)
    assert not at.warning
    assert "<mark>You have 25 days of leave.</mark>" in shown[shown.index("data-kb-here") :]


@pytest.mark.parametrize(
    "link",
    [
        "cited.0.2", "cited.7.1", "near.0.1", "x", "cited.0.1.1.1", "cited.0.-1", "cited.0.١",
        "cited.99999999999999999999.1", "<script>",
    ],
)  # fmt: skip
def test_what_a_browser_makes_up_opens_nothing(
    answered: tuple[AppTest, KnowledgeBase], link: str
) -> None:
    at = answered[0]
    assert "kb-title" not in opened(at, link)
    assert "proof-open" not in at.session_state


def test_a_page_that_a_document_has_not_is_the_cited_one(
    answered: tuple[AppTest, KnowledgeBase],
) -> None:
    shown = opened(answered[0], "cited.0.1.999")
    assert "<mark>You have 25 days of leave.</mark>" in shown[shown.index("data-kb-here") :]


def test_numbers_in_a_growing_answer_open_the_passages_they_stand_for(
    answered: tuple[AppTest, KnowledgeBase],
) -> None:
    _, kb = answered
    kb.upload("tea.md", b"# Tea\n\nTea is free.\n")
    assert kb.work()
    found = tuple(kb.search(ASKED, 2).passages)
    assert len(found) == 2
    second = str(found[1].id)
    now = AnswerProgress("writing", found, text="Free.[1]", cited={1: second, 2: "unknown"})
    links = number_links(now, 5, WORDS)
    assert list(links) == [1]
    assert links[1].target == "found.5.2"
    assert found[1].metadata["path"] in links[1].name
    assert 'data-kb-open="found.5.1"' in found_html(now, 5, WORDS)
