"""What questions have in common: computed once, kept in the ledger, by model and language."""

from typing import Any

import numpy as np
import pytest

from retrieval.ledger import Ledger
from retrieval.search import Hubs


class Asked(list[str]):
    """Stands for an embedding model and keeps what it was asked."""

    def embed_query(self, text: str) -> list[float]:
        self.append(text)
        return [float(len(text)), 1.0]


def hubs(ledger: Ledger, embeddings: Any, fingerprint: str = "model-a") -> Hubs:
    return Hubs(ledger, embeddings, fingerprint)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_mean_of_the_bank_in_a_language(ledger: Ledger, lang: str) -> None:
    asked = Asked()
    mean = hubs(ledger, asked).mean(lang)
    assert mean.dtype == np.float32
    assert len(asked) > 10
    assert mean == pytest.approx([np.mean([len(q) for q in asked]), 1.0], rel=1e-6)


def test_it_is_computed_once_and_kept_in_the_ledger(ledger: Ledger) -> None:
    first, asked = Asked(), Asked()
    one = hubs(ledger, first)
    mean = one.mean("zh")
    once = len(first)
    assert list(one.mean("zh")) == list(mean)
    assert len(first) == once
    assert list(hubs(ledger, asked).mean("zh")) == list(mean)
    assert asked == []


def test_each_model_and_language_has_its_own(ledger: Ledger) -> None:
    chinese, english, other = Asked(), Asked(), Asked()
    assert list(hubs(ledger, chinese).mean("zh")) != list(hubs(ledger, english).mean("en"))
    hubs(ledger, other, "model-b").mean("zh")
    assert other == chinese
    # They ask the same in both languages.
    assert len(chinese) == len(set(chinese)) == len(english) == len(set(english))
    assert all(q.endswith("？") for q in chinese)
    assert all(q.endswith("?") and q.isascii() for q in english)


def test_on_a_full_disk_it_is_not_kept_but_known(
    ledger: Ledger, caplog: pytest.LogCaptureFixture
) -> None:
    with ledger.write() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count={pages}")

    class Large(Asked):
        def embed_query(self, text: str) -> list[float]:
            return [*super().embed_query(text), *[0.0] * 20_000]

    asked = Large()
    one = hubs(ledger, asked)
    assert one.mean("en")[1] == 1
    once = len(asked)
    assert one.mean("en")[1] == 1
    assert len(asked) == once
    assert "could not be kept" in caplog.text
