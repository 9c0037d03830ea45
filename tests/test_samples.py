"""The sample company: its questions fit its documents."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

SAMPLES = Path(__file__).parent.parent / "data" / "samples"
DOCS = SAMPLES / "docs"
GB18030_FILE = DOCS / "会议纪要" / "2026-07-02经营例会.txt"
QUERIES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (SAMPLES / "queries.jsonl").read_text(encoding="utf-8").splitlines()
]
CONVERSATIONS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (SAMPLES / "conversations.jsonl").read_text(encoding="utf-8").splitlines()
]
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (SAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()
]
ANSWERABLE = [query for query in QUERIES if query["answerable"]]
UNANSWERABLE = [query for query in QUERIES if not query["answerable"]]
FIELDS = {
    "id",
    "question",
    "lang",
    "doc_lang",
    "relevant",
    "answers",
    "evidence",
    "answerable",
}
KINDS = {
    "fact", "list", "procedure", "explain", "condition", "table", "compare", "multi", "permission",
    "role", "version", "task", "cross", "unanswerable",
}  # fmt: skip


def letters(text: str) -> str:
    """Letters and digits only: a PDF breaks lines where a sentence doesn't."""
    return "".join(char for char in text.casefold() if char.isalnum())


def pages(path: Path) -> list[str]:
    if path.suffix == ".pdf":
        return [page.extract_text() for page in PdfReader(path).pages]
    return [path.read_text(encoding="gb18030" if path == GB18030_FILE else "utf-8")]


def documents() -> list[Path]:
    return sorted(path for path in DOCS.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def texts() -> dict[str, list[str]]:
    """Path below docs/ → the letters of each of its pages."""
    return {
        path.relative_to(DOCS).as_posix(): [letters(page) for page in pages(path)]
        for path in documents()
    }


def test_every_line_has_the_same_fields_and_its_own_id() -> None:
    assert all(set(query) == FIELDS for query in QUERIES)
    for field in ("id", "question"):
        counts = Counter(query[field] for query in QUERIES)
        assert [value for value, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("query", ANSWERABLE, ids=lambda query: query["id"])
def test_the_evidence_stands_on_one_page_of_a_relevant_document(
    query: dict[str, Any], texts: dict[str, list[str]]
) -> None:
    assert query["relevant"]
    assert query["evidence"]
    for path in query["relevant"]:
        assert path in texts
        # Each document named holds a piece of evidence, whole, on one page: citations name a page.
        assert any(letters(piece) in page for piece in query["evidence"] for page in texts[path])
    for piece in query["evidence"]:
        holders = [path for path in texts if any(letters(piece) in page for page in texts[path])]
        assert holders
        assert set(holders) <= set(query["relevant"])


@pytest.mark.parametrize("query", ANSWERABLE, ids=lambda query: query["id"])
def test_one_of_the_answers_stands_in_the_evidence(query: dict[str, Any]) -> None:
    evidence = [letters(piece) for piece in query["evidence"]]
    assert any(letters(answer) in piece for answer in query["answers"] for piece in evidence)


def test_about_a_quarter_has_no_answer_and_names_no_document() -> None:
    assert 0.2 <= len(UNANSWERABLE) / len(QUERIES) <= 0.3
    for query in UNANSWERABLE:
        assert query["relevant"] == query["answers"] == query["evidence"] == []


def test_every_pair_of_languages_is_asked() -> None:
    asked = Counter((query["lang"], query["doc_lang"]) for query in ANSWERABLE)
    assert set(asked) == {("zh", "zh"), ("zh", "en"), ("en", "en"), ("en", "zh")}
    assert min(asked.values()) >= 8
    assert {query["lang"] for query in UNANSWERABLE} == {"zh", "en"}


def test_every_document_is_asked_about() -> None:
    asked = {path for query in QUERIES for path in query["relevant"]}
    asked |= {path for question in QUESTIONS for path in question["docs"]}
    assert asked == {path.relative_to(DOCS).as_posix() for path in documents()}


def test_every_ordinary_question_has_the_same_fields_and_its_own_id() -> None:
    fields = {
        "id", "lang", "kind", "question", "docs", "must", "must_not", "answerable", "note",
    }  # fmt: skip
    assert all(set(asked) == fields for asked in QUESTIONS)
    ids = [asked["id"] for asked in (*QUERIES, *QUESTIONS)]
    assert len(set(ids)) == len(ids)
    assert len({asked["question"] for asked in QUESTIONS}) == len(QUESTIONS)


def test_thirty_ordinary_questions_of_all_kinds_are_asked_in_each_language() -> None:
    kinds = Counter((asked["lang"], asked["kind"]) for asked in QUESTIONS)
    assert set(kinds) == {(lang, kind) for lang in ("zh", "en") for kind in KINDS}
    assert Counter(asked["lang"] for asked in QUESTIONS) == {"zh": 30, "en": 30}
    assert min(kinds.values()) >= 2
    assert min(kinds[lang, "unanswerable"] for lang in ("zh", "en")) >= 3


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked["id"])
def test_a_checklist_is_whole_and_does_not_contradict_itself(
    asked: dict[str, Any], texts: dict[str, list[str]]
) -> None:
    assert asked["note"]
    assert set(asked["docs"]) <= set(texts)
    if asked["kind"] == "unanswerable":
        assert not asked["answerable"]
        assert asked["docs"] == asked["must"] == asked["must_not"] == []
        return
    assert asked["answerable"]
    assert asked["docs"]
    assert asked["must"]
    assert all(asked["must"])
    alternatives = [letters(one) for element in asked["must"] for one in element]
    forbidden = [letters(one) for one in asked["must_not"]]
    assert all(alternatives)
    assert all(forbidden)
    assert not any(bad in one for bad in forbidden for one in alternatives)


@pytest.mark.parametrize(
    "asked",
    [one for one in QUESTIONS if one["answerable"] and one["kind"] not in ("cross", "task")],
    ids=lambda asked: asked["id"],
)
def test_the_documents_of_a_checklist_hold_what_it_looks_for(
    asked: dict[str, Any], texts: dict[str, list[str]]
) -> None:
    found = [
        {path for path in asked["docs"] for page in texts[path] for one in element
         if letters(one) in page}
        for element in asked["must"]
    ]  # fmt: skip
    assert all(found)
    assert set().union(*found) == set(asked["docs"])


def test_every_conversation_has_the_same_fields_and_its_own_id() -> None:
    fields = {
        "id", "turns", "question", "meant", "lang", "relevant", "answers", "standalone",
    }  # fmt: skip
    assert all(set(said) == fields for said in CONVERSATIONS)
    assert len({said["id"] for said in CONVERSATIONS}) == len(CONVERSATIONS)
    kinds = Counter((said["lang"], said["standalone"]) for said in CONVERSATIONS)
    assert min(kinds[lang, False] for lang in ("zh", "en")) >= 10
    assert min(kinds[lang, True] for lang in ("zh", "en")) >= 5


@pytest.mark.parametrize("said", CONVERSATIONS, ids=lambda said: said["id"])
def test_what_a_conversation_asks_stands_in_its_documents(
    said: dict[str, Any], texts: dict[str, list[str]]
) -> None:
    assert said["turns"]
    assert all(set(turn) == {"question", "answer"} for turn in said["turns"])
    assert (said["meant"] == said["question"]) == said["standalone"]
    assert set(said["relevant"]) <= set(texts)
    for answer in said["answers"]:
        assert any(letters(answer) in page for path in said["relevant"] for page in texts[path])
    for path in said["relevant"]:
        assert any(letters(answer) in page for answer in said["answers"] for page in texts[path])


def test_one_text_is_gb18030_and_not_utf8() -> None:
    with pytest.raises(UnicodeDecodeError):
        GB18030_FILE.read_bytes().decode("utf-8")
    assert "经营例会纪要" in pages(GB18030_FILE)[0]


@pytest.mark.parametrize(
    "path", [path for path in documents() if path.suffix == ".pdf"], ids=lambda path: path.name
)
def test_each_page_of_a_pdf_has_text_and_its_number(path: Path) -> None:
    texts_of_pages = pages(path)
    assert len(texts_of_pages) >= 3
    for number, text in enumerate(texts_of_pages, start=1):
        assert len(letters(text)) > 100
        footer = text.strip().splitlines()[-1]
        assert footer in (
            f"第 {number} 页，共 {len(texts_of_pages)} 页",
            f"Page {number} of {len(texts_of_pages)}",
        )


def test_the_samples_stay_small() -> None:
    sizes = {path.name: path.stat().st_size for path in documents()}
    assert max(sizes.values()) < 200_000
    assert sum(sizes.values()) < 500_000
