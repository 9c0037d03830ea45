"""One score of vectors and keywords; the numbers are worked out by hand."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from retrieval.keywords import empty_keywords
from retrieval.ledger import Ledger, Vector
from retrieval.search import Candidate, FusionWeights, Hubs, LibraryRetriever

PLAIN = FusionWeights(hub=0.0, keywords=0.1, translated=0.05, title=0.01, other=0.02)
Publish = Callable[..., str]
Search = Callable[..., LibraryRetriever]


class Given(Embeddings):
    """Gives texts the vectors in which they have these cosines with every other text."""

    def __init__(self, cosines: Mapping[str, float] | None = None) -> None:
        self.cosines = cosines or {}

    def embed_query(self, text: str) -> list[float]:
        cosine = self.cosines.get(text, 1.0)
        return [cosine, float(np.sqrt(1 - cosine**2))]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]


def by_text(retriever: LibraryRetriever, question: str) -> dict[str, Candidate]:
    """What speaks for each chunk."""
    found = retriever.candidates(question).values()
    return {candidate.document.page_content: candidate for candidate in found}


def shares(publish: Publish, search: Search, question: str, *texts: str) -> list[float]:
    """The share of a question's words that each of some chunks holds."""
    publish(texts, Given())
    found = by_text(search(Given()), question)
    return [found[text].evidence.keywords for text in texts]


def long(*words: str, other: str = "q") -> str:
    """A text of 60 terms, the usual length, with these among others that begin with a letter."""
    others = (f"{other}{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(60))
    return " ".join([*words, *others][:60])


# -- keywords


def test_the_share_is_nothing_without_a_word_and_grows_with_each(
    publish: Publish, search: Search
) -> None:
    texts = ["cat", "dog", "zebra", "zebra dog", *(f"dog {n}" for n in "abcdefgh")]
    none, common, rare, both, *_ = shares(publish, search, "zebra dog", *texts)
    assert 0 == none < common < rare < both <= 1


def test_the_share_is_at_most_one_however_often_a_word_stands_there(
    publish: Publish, search: Search
) -> None:
    texts = [" ".join(["zebra"] * n + ["other"] * 60) for n in (1, 2, 10, 1000)]
    found = shares(publish, search, "zebra", *texts)
    assert all(0.3 < share <= 1 for share in found)


def test_the_share_by_hand(publish: Publish, search: Search) -> None:
    """With 60 terms 0.6 stands for the length; of one word the rarity does not count."""
    found = shares(publish, search, "zebra", long("zebra"), long("zebra", "zebra"))
    assert found == pytest.approx([1 / 1.6, 2 / 2.6])


def test_words_that_no_chunk_holds_count_in_what_is_asked_for(
    publish: Publish, search: Search
) -> None:
    publish(["zebra", "dog"], Given())
    retriever = search(Given())
    alone, beside = (
        by_text(retriever, question)["zebra"].evidence.keywords
        for question in ("zebra", "zebra unicorn")
    )
    assert 0 < beside < alone / 2  # what stands nowhere is rarer than what stands once


def test_a_question_without_words_shares_none(publish: Publish, search: Search) -> None:
    assert shares(publish, search, "?", "zebra") == [0]


@pytest.mark.parametrize(
    ("title", "named"),
    [("Leave policy", True), ("Leave policy Rotterdam", False), ("", False), (None, False)],
)
def test_a_document_is_named_by_its_whole_title(
    publish: Publish, search: Search, title: str | None, named: bool
) -> None:
    publish(["zebra"], Given(), title=title)
    retriever = search(Given(), weights=PLAIN)
    (hit,) = retriever.invoke("The leave policy of 2026")
    assert hit.metadata["named"] is named
    words = PLAIN.keywords * hit.metadata["keywords"]
    assert hit.metadata["score"] == pytest.approx(1 + words + 0.01 * named)


# -- one score


class Half(Hubs):
    """What any question has in common is half of the first dimension."""

    def mean(self, lang: str) -> Vector:
        return np.asarray([0.5, 0], np.float32)


def test_the_score_of_a_chunk_is_a_sum(publish: Publish, search: Search, ledger: Ledger) -> None:
    cosines = Given({"zebra": 0.8})
    publish(["zebra"], cosines, title="Title")
    weights = FusionWeights(hub=0.5, keywords=0.1, title=0.01)
    retriever = search(cosines, weights=weights, hubs=Half(ledger, cosines, "model-a"))
    (hit,) = retriever.invoke("Which title has a zebra?")
    m = hit.metadata
    assert (m["cosine"], m["named"]) == (pytest.approx(0.8), True)
    assert 0 < m["keywords"] < 1
    assert m["score"] == pytest.approx(0.8 - 0.5 * 0.5 * 0.8 + 0.1 * m["keywords"] + 0.01)


def test_a_chunk_without_words_has_its_cosine(
    publish: Publish, search: Search, ledger: Ledger
) -> None:
    cosines = Given({"zebra": 0.8})
    publish(["zebra"], cosines, title="Zebra")
    with ledger.write() as db:
        empty_keywords(db)
    (hit,) = search(cosines, weights=PLAIN).invoke("A zebra?")
    assert hit.metadata["score"] == hit.metadata["cosine"] == pytest.approx(0.8)
    assert (hit.metadata["keywords"], hit.metadata["named"]) == (0, False)


# -- two languages

QUESTION, ALSO = "Where is the zebra?", "斑马在哪里？"


def told(
    publish: Publish,
    search: Search,
    *documents: tuple[str, str],
    also: Sequence[str] = (ALSO,),
    title: str | None = None,
    cosine: float = 0.0,
) -> dict[str, Any]:
    """What is told of each document, a text and its language, of a question in English."""
    vectors = Given({ALSO: cosine})
    for text, lang in documents:
        publish([text], vectors, path=text, lang=lang, title=title)
    retriever = search(vectors, weights=PLAIN, also=tuple(also), k=9)
    return {hit.page_content: hit.metadata for hit in retriever.invoke(QUESTION)}


def test_in_the_other_language_cosines_are_averaged_and_keywords_of_both_count(
    publish: Publish, search: Search
) -> None:
    found = told(publish, search, ("zebra 斑马", "zh"))["zebra 斑马"]
    assert found["cosine"] == pytest.approx(0.5)
    own = told(publish, search, ("zebra 斑马", "zh"), also=())["zebra 斑马"]
    assert own["cosine"] == pytest.approx(1)
    translated = found["keywords"] - own["keywords"]
    assert translated > 0
    assert found["score"] == pytest.approx(0.5 + 0.1 * own["keywords"] + 0.05 * translated + 0.02)
    assert own["score"] == pytest.approx(1 + 0.1 * own["keywords"])  # and is no other language


def test_in_its_own_language_the_question_counts_alone(publish: Publish, search: Search) -> None:
    document = ("zebra 斑马", "en")
    assert told(publish, search, document) == told(publish, search, document, also=())


def test_what_its_own_language_holds_is_taken_off_the_other_one(
    publish: Publish, search: Search
) -> None:
    alone = told(publish, search, ("斑马", "zh"), cosine=1.0)["斑马"]
    both = told(publish, search, ("斑马", "zh"), ("zebra", "en"), cosine=1.0)
    own = both["zebra"]
    assert own["score"] == pytest.approx(1 + 0.1 * own["keywords"])
    words = both["斑马"]["keywords"]
    assert alone["score"] == pytest.approx(1 + 0.05 * alone["keywords"] + 0.02)
    assert both["斑马"]["score"] == pytest.approx(
        1 + 0.05 * words + 0.02 - PLAIN.keywords * own["keywords"]
    )


def test_a_document_named_in_either_wording_is_named(publish: Publish, search: Search) -> None:
    found = told(publish, search, ("dog", "zh"), title="斑马", cosine=1.0)["dog"]
    assert found["named"]
    assert found["score"] == pytest.approx(1 + 0.05 * found["keywords"] + 0.01 + 0.02)


# -- ranks


def test_reciprocal_ranks_by_hand(publish: Publish, search: Search) -> None:
    """a: 1/61 + 1/63, b: 1/62 + 1/61, c: 1/63 + 1/64, d: 1/64 + 1/62."""
    times = {"q": 1, "x": 3, "z": 0, "j": 2}
    a, b, c, d = (long(*["zebra"] * n, other=letter) for letter, n in times.items())
    cosines = Given({a: 0.9, b: 0.8, c: 0.7, d: 0.6})
    publish([a, b, c, d], cosines)
    retriever = search(cosines, k=9, method="ranks")
    assert [hit.page_content for hit in retriever.invoke("zebra")] == [b, a, d, c]
