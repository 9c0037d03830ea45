"""A document's own page, run by AppTest over a library with stand-in models."""

import io
import time
from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas
from streamlit.testing.v1 import AppTest

from app.pages import warning_html
from app.service import KnowledgeBase
from app.texts import TEXTS, Words
from app.web import Shared

OpenKb = Callable[..., KnowledgeBase]
Begin = Callable[[KnowledgeBase], Shared]
LEAVE = (
    b"# Rules\n\n## Leave\n\nYou have 25 days of leave.\n\n- Ask first.\n\n|A|B|\n|-|-|\n|1|2|\n"
)


def script(shared: object, locale: str) -> None:
    from app.pages import show_document
    from app.texts import Words

    show_document(shared, Words(locale))  # type: ignore[arg-type]


@pytest.fixture
def shared(open_kb: OpenKb, begin: Begin) -> Shared:
    kb = open_kb()
    kb.upload("hr/leave.md", LEAVE)
    assert kb.work()
    return begin(kb)


class ReadOnly(KnowledgeBase):
    """A library that nothing may be changed in."""

    read_only = True  # type: ignore[assignment]


def settle(shared: Shared) -> None:
    shared.worker.wake()
    deadline = time.monotonic() + 30
    while shared.worker.busy or any(not job.ended for job in shared.kb.jobs()):
        assert time.monotonic() < deadline, "the worker did not end"
        time.sleep(0.02)


def document(shared: Shared) -> str:
    return shared.kb.documents()[0].document


def page(shared: Shared, doc: str, locale: str = "en", **asked: str) -> AppTest:
    at = AppTest.from_function(script, args=(shared, locale), default_timeout=30)
    at.query_params["doc"] = doc
    for name, value in asked.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return at


def seen(at: AppTest) -> str:
    kinds = ("html", "markdown", "caption", "error", "info", "warning")
    return "\n".join(e.value for kind in kinds for e in at.get(kind)).replace("\\", "")


def view(at: AppTest, name: str) -> str:
    at.session_state["document-view"] = name
    at.run()
    assert not at.exception
    return seen(at)


def test_it_tells_what_is_known_of_the_document(shared: Shared) -> None:
    told = seen(page(shared, document(shared)))
    for said in ("General", "MD", "An upload", "English", "as it stands in the file"):
        assert f"<dd>{said}</dd>" in told
    assert "Rules</h1>" in told
    assert "hr/leave.md</p>" in told
    assert "You have 25 days of leave." in told  # the preview


def test_a_passage_is_listed_and_shown_where_it_stands(shared: Shared) -> None:
    doc = document(shared)
    passages = shared.kb.shown(doc).passages
    told = seen(page(shared, doc, passage=passages[-1].chunk_id))
    assert 'aria-current="true"' in told
    assert "data-kb-here" in told
    assert told.count('data-kb-open="passage.') >= len(passages)


def test_many_passages_have_pages_and_a_filter(open_kb: OpenKb, begin: Begin) -> None:
    kb = open_kb()
    text = "".join(
        f"# Part {n}\n\n{f'The animal{n} eats {n} pounds. ' * 40}\n\n" for n in range(1, 60)
    )
    kb.upload("animals.md", text.encode())
    assert kb.work()
    shared = begin(kb)
    doc = document(shared)
    total = shared.kb.documents()[0].chunks
    first, last = (shared.kb.inspector.passages(doc, page=n) for n in (1, 99))
    assert total > 20
    assert (len(first.passages), first.total, first.page) == (20, total, 1)
    assert last.page == last.pages
    assert last.passages[-1][0] == total
    wanted = last.passages[-1][1].chunk_id
    assert shared.kb.inspector.passages(doc, chunk=wanted).page == last.pages
    at = page(shared, doc)
    assert f"1–20 of {total}" in view(at, "passages")
    at.button(key="document-passages_behind").click().run()
    assert f"21–40 of {total}" in seen(at)
    at.text_input(key=f"document-find-{doc}").set_value("ANIMAL42 ").run()
    assert f" of {total} passages match" in seen(at)
    assert "animal42 eats" in seen(at)


def test_a_passage_is_switched_off_and_on_again(open_kb: OpenKb, begin: Begin) -> None:
    kb = open_kb()
    kb.upload("hr/leave.md", LEAVE + b"\n## Hotels\n\n" + b"Hotels cost 90 euros. " * 20)
    assert kb.work()
    shared = begin(kb)
    doc = document(shared)
    passage = shared.kb.shown(doc).passages[-1].chunk_id
    at = page(shared, doc, passage=passage)
    assert "kb-off" not in seen(at).replace(".kb-off", "")
    assert not at.checkbox
    at.button(key=f"document-switch-{passage}").click().run()
    assert not at.exception
    assert [p.off for p in shared.kb.shown(doc).passages][-2:] == [False, True]
    assert '<b class="kb-off">Switched off</b>' in seen(at)
    assert "1 of them switched off</dd>" in seen(at)
    assert "Hotels cost 90 euros." in seen(at)
    at.checkbox[0].check().run()
    assert "1 of 2 passages match" in seen(at)
    at.button(key=f"document-switch-{passage}").click().run()
    assert not any(p.off for p in shared.kb.shown(doc).passages)
    assert not at.checkbox
    assert "1–2 of 2" in seen(at)
    told = seen(page(shared, doc, "zh", passage=passage))
    assert "已停用" not in told


def test_a_passage_that_went_meanwhile_is_not_switched(shared: Shared) -> None:
    doc = document(shared)
    at = page(shared, doc)
    view(at, "passages")
    (key,) = (b.key for b in at.button if str(b.key).startswith("document-switch-"))
    shared.kb.upload("hr/leave.md", b"# Rules\n\nDogs may come.\n")
    settle(shared)
    at.button(key=key).click().run()
    assert not at.exception
    assert not any(p.off for p in shared.kb.shown(doc).passages)
    assert "Dogs may come." in seen(at)


def test_the_text_is_laid_out_block_by_block(shared: Shared) -> None:
    told = view(page(shared, document(shared)), "text")
    assert '<p class="kb-block-heading">Leave</p>' in told
    assert "kb-block-item" in told
    assert "<table>" in told


def test_warnings_are_told_in_the_words_of_the_page_and_lead_to_their_pages() -> None:
    english, chinese = Words("en"), Words("zh")
    told = warning_html("no text on pages 3, 5-7", english, 6)
    assert 'data-kb-open="page.3"' in told
    assert ">5–7</a>" in told
    assert told.startswith("There is no text on pages ")
    assert "上没有文字" in warning_html("no text on page 3", chinese, 6)
    assert "<a" not in warning_html("no text on page 9", english, 6)  # it has no such page
    odd = warning_html("<b>odd</b> on page 2", english, 6)
    assert "&lt;b&gt;odd" in odd
    assert 'data-kb-open="page.2"' in odd
    heads = "left out as head or foot on 5 pages: 'A {n} <i>' to 'B'"
    assert "从“A {n} &lt;i&gt;”到“B”" in warning_html(heads, chinese, 6)


@pytest.mark.parametrize("doc", ["", "0" * 12, "<script>", "x" * 500])
def test_of_an_unknown_document_one_line_is_said(shared: Shared, doc: str) -> None:
    at = page(shared, doc)
    assert [i.value for i in at.info] == [TEXTS["document_unknown"][1]]
    assert not at.button


@pytest.mark.parametrize(
    "asked", [{"page": "999999"}, {"page": "-1"}, {"page": "x"}, {"passage": "0" * 32},
              {"passage": "<i>"}]
)  # fmt: skip
def test_an_address_that_names_no_place_opens_the_document(
    shared: Shared, asked: dict[str, str]
) -> None:
    assert "You have 25 days of leave." in seen(page(shared, document(shared), **asked))


def test_it_is_deleted_and_had_back(shared: Shared) -> None:
    doc = document(shared)
    at = page(shared, doc)
    at.button(key="document-delete").click().run()
    assert shared.kb.documents() == []
    assert "leave.md” was deleted." in seen(at)
    at.button(key="document-undo").click().run()
    assert not at.exception
    assert document(shared) == doc
    assert "Rules</h1>" in seen(at)


def test_an_older_version_says_that_it_still_answers(shared: Shared) -> None:
    doc = document(shared)
    shared.kb.upload("hr/leave.md", b"")
    settle(shared)
    told = seen(page(shared, doc))
    assert "A newer version could not be read" in told
    assert "Answers still come from the older one" in told
    assert "You have 25 days of leave." in told


def test_a_twin_is_named_with_where_it_came_from(shared: Shared) -> None:
    shared.kb.upload("hr/copy.md", LEAVE)
    settle(shared)
    doc = next(r.document for r in shared.kb.documents() if r.path == "hr/copy.md")
    at = page(shared, doc)
    twin = next(b for b in at.button if str(b.key).startswith("twin-"))
    assert "leave.md" in twin.label.replace("\\", "")
    twin.click().run()
    assert at.query_params["doc"] in (twin.key.removeprefix("twin-"), [twin.key[5:]])
    assert "hr/leave.md</p>" in seen(at)


def test_a_pdf_has_pages_to_go_to_and_what_was_read_of_each(open_kb: OpenKb, begin: Begin) -> None:
    kb = open_kb()
    kb.upload("pages.pdf", pdf(3))
    assert kb.work()
    shared = begin(kb)
    at = page(shared, document(shared), page="2")
    assert "This is page 2" in seen(at)
    at.number_input(key="document-jump").set_value(3).run()
    assert "This is page 3" in seen(at)
    assert "This is page 2" not in seen(at)
    assert at.query_params["page"] in ("3", ["3"])


def test_nothing_can_be_changed_where_the_library_is_read_only(
    open_kb: OpenKb, begin: Begin
) -> None:
    kb = open_kb()
    kb.upload("leave.md", LEAVE)
    assert kb.work()
    kb.close()
    shared = begin(open_kb(kind=ReadOnly))
    at = page(shared, document(shared))
    assert [b.key for b in at.button if str(b.key).startswith("document-")] == []


def pdf(pages: int) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(600, 800))
    for n in range(1, pages + 1):
        canvas.drawString(60, 740, f"This is page {n} of the manual.")
        canvas.drawString(60, 700, f"The pump{n} weighs {n} kg.")
        canvas.showPage()
    canvas.save()
    return file.getvalue()
