"""Where the documents of a measurement are laid out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.evaluation import Corpus, Dataset, lay_out
from app.settings import Settings

Lay = Callable[..., Corpus]


@pytest.fixture
def lay(tmp_path: Path, make_settings: Callable[..., Settings]) -> Lay:
    def made(*names: str, **changes: object) -> Corpus:
        datasets = [Dataset(name, tmp_path / name, ()) for name in names]
        return lay_out(datasets, make_settings(**changes), tmp_path / "cache")

    return made


def names(corpus: Corpus) -> list[str]:
    found = corpus.docs.rglob("*")
    return sorted(f.relative_to(corpus.docs).as_posix() for f in found if f.is_file())


def test_one_folder_keeps_its_paths_and_several_are_put_side_by_side(
    folder: Callable[..., Path], lay: Lay
) -> None:
    folder({"a.md": "one", "x/b.md": "two"}, "one")
    folder({"a.md": "other"}, "two")
    assert names(lay("one")) == ["a.md", "x/b.md"]
    assert names(lay("one", "two")) == ["one/a.md", "one/x/b.md", "two/a.md"]


def test_the_place_follows_from_documents_and_pipeline(
    folder: Callable[..., Path], lay: Lay
) -> None:
    folder({"a.md": "one"}, "one")
    first = lay("one")
    assert lay("one") == first
    longer = lay("one", chunk_tokens=256)
    assert longer.docs != first.docs
    assert longer.key == first.key
    folder({"a.md": "changed"}, "one")
    changed = lay("one")
    assert changed.docs != first.docs
    assert (changed.docs / "a.md").read_text() == "changed"
    assert (first.docs / "a.md").read_text() == "one"
