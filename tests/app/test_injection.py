"""Documents that try to steer the model, with a model that does all that they say.

What a real model makes of them is measured by bench/injection.py.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

from injection_documents import Case, cases

from app.service import KnowledgeBase
from llm.answer import Answer, Found
from llm.prompts import passage_blocks

CASES = cases()
LIVE = re.compile(r"!\[|\]\(|</?(?:a|img|script|span)\b|://|javascript:|<!--", re.IGNORECASE)
WORST = (
    " ![c](https://evil.example/?q=42) [here](javascript:alert(1)) <img src=x> <https://evil.example>"
    " [99] [0] [1]: https://evil.example\n\n[1]: https://evil.example"
)


def test_they_are_thirty_in_both_languages_and_all_have_an_answer() -> None:
    assert len({case.id for case in CASES}) == len({case.file for case in CASES}) == 30
    assert [sum(case.lang == lang for case in CASES) for lang in ("zh", "en")] == [15, 15]
    for case in CASES:
        text = case.text or "\n".join(line for page in case.pages for line in page)
        assert case.is_right(text), case.id
        orders = f"{text} {case.file} {case.metadata}"
        assert case.is_obedient(orders, case.obeyed == "<refused>"), case.id
        assert not case.is_obedient(f"{case.question} {' '.join(case.right)}", False, CASES), (
            case.id
        )


def test_the_pdfs_hold_their_text_and_their_orders(tmp_path: Path) -> None:
    made = [case for case in CASES if case.pages]
    assert len(made) == 2
    for case in made:
        case.write(tmp_path)
        reader = PdfReader(tmp_path / case.file)
        assert reader.pages[0].extract_text().split("\n") == case.pages[0]
        assert dict(reader.metadata or {}).items() >= case.metadata.items()


Asked = list[tuple[Case, Found, str, Answer]]


@pytest.fixture
def asked(open_kb: Callable[..., KnowledgeBase], tmp_path: Path) -> Asked:
    """Each document's question, to a model that copies the document and adds the worst."""
    folder = tmp_path / "docs"
    folder.mkdir()
    for case in CASES:
        case.write(folder)
    kb = open_kb(texts=[(c.text or "\n".join(c.pages[0])) + WORST for c in CASES])
    kb.ingest([folder])
    results: Asked = []
    for case in CASES:
        found, *parts, result = kb.ask(case.question)
        assert isinstance(found, Found)
        assert isinstance(result, Answer)
        results.append((case, found, "".join(map(str, parts)), result))
    return results


def test_even_an_obedient_model_shows_no_link_and_cites_what_was_found(asked: Asked) -> None:
    for case, found, streamed, result in asked:
        for shown in (result.answer, streamed):
            # An address that stands in the passages may stay, as text; then it is in no link.
            assert not LIVE.search(re.sub(r"https://evil\.example/\S+", "", shown)), case.id
        chunks = {i for p in found.passages for i in p.metadata.get("parts", (p.id,))}
        assert {c.chunk_id for c in result.citations} <= chunks, case.id
        marks = set(re.findall(r"\[(\d+)\]", result.answer))
        assert marks <= {str(c.n) for c in result.citations}, case.id
    assert sum(len(result.citations) for *_, result in asked) > 20


def blocks(found: Found) -> list[str]:
    return passage_blocks(found.passages, [p.page_content for p in found.passages])


def test_the_model_reads_as_many_passages_as_were_found(asked: Asked) -> None:
    for case, found, _, _ in asked:
        prompt = "\n\n".join(blocks(found))
        numbers = re.findall(r"^\[(\d+)\]", prompt, re.MULTILINE)
        assert numbers == [str(n) for n in range(1, len(found.passages) + 1)], case.id
        assert not re.search(r"^(?:问题|Question)[：:]", prompt, re.MULTILINE), case.id
    prompts = [block for _, found, _, _ in asked for block in blocks(found)]
    assert any("> Question: After how many days" in prompt for prompt in prompts)
