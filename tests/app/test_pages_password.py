"""The password of a locked document, typed into the Documents page."""

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from streamlit.testing.v1 import AppTest

from app.service import KnowledgeBase

PDF = Path(__file__).parents[2] / "data" / "samples" / "docs" / "rotterdam-office-guide.pdf"


def page(shared: object) -> None:
    from app.pages import show_documents
    from app.texts import Words

    show_documents(shared, Words("en"))  # type: ignore[arg-type]


def locked() -> bytes:
    writer, data = PdfWriter(clone_from=PdfReader(PDF)), io.BytesIO()
    writer.encrypt("sesame-7781", algorithm="AES-256")
    writer.write(data)
    return data.getvalue()


def wait(shared: Any) -> None:
    deadline = time.monotonic() + 30
    while shared.worker.busy:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_locked_document_is_read_with_its_password(
    kb: KnowledgeBase, begin: Callable[..., Any]
) -> None:
    shared = begin(kb)
    document = kb.upload("guide.pdf", locked())
    shared.worker.wake()
    wait(shared)
    at = AppTest.from_function(page, args=(shared,), default_timeout=30).run()
    for typed, chunks in (("open-it-now", False), ("sesame-7781", True)):
        at.session_state["documents-locked"] = document  # as a click on its key does
        at.run()
        field = next(f for f in at.text_input if f.key == f"password-{document}-typed")
        field.input(typed)
        next(b for b in at.button if b.label == "Read it").click()
        at.run()
        assert not at.exception
        wait(shared)
        assert bool(kb.document(document).chunks) is chunks
        at.run()
        assert typed not in str(at.session_state)
    assert not any(f.key and f.key.startswith("password-") for f in at.text_input)
