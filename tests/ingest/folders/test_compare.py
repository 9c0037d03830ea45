"""What a folder holds compared with what the library knows of it: what is to be done."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.folders import Compared, Known, compare, empties, hash_file, scan
from ingest.limits import Limits

Looked = tuple[str, int, int]
DATA = b"words" * 500_000
SHA256 = hashlib.sha256(DATA).hexdigest()


def compared(
    root: Path, known: Sequence[Known], look: Callable[[str, int, int], None] = lambda *_: None
) -> Compared:
    return compare(scan(root), known, False, Limits(max_bytes=1 << 22), look)


def known(path: str, *, current: bool = True, size: int = len(DATA)) -> Known:
    return Known(f"doc-{path}", path, SHA256, size, current)


def steps_of(found: Compared) -> dict[str, list[str]]:
    """The plan in short: "old > new" for pairs."""
    result = found.plan
    pairs = {"update": result.update, "rename": result.rename, "unchanged": result.unchanged}
    short = {
        name: [f"{old.path} > {new.path}" for old, new in rows] for name, rows in pairs.items()
    }
    short |= {"add": [file.path for file in result.add]}
    short |= {"remove": [old.path for old in result.remove]}
    return {name: rows for name, rows in short.items() if rows}


def test_a_file_is_hashed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(DATA)
    assert hash_file(tmp_path / "a") == (SHA256, len(DATA))


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        hash_file(tmp_path / "gone")
    assert caught.value.reason == "vanished"


def test_a_file_of_the_same_size_is_hashed_in_steps_that_can_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(DATA)
    steps: list[Looked] = []
    result = compared(tmp_path, [known("a.md")], lambda *step: steps.append(step))
    assert steps_of(result) == {"unchanged": ["a.md > a.md"]}
    assert [done for _, done, _ in steps] == [0, 1 << 20, 2 << 20, len(DATA)]
    assert {(path, size) for path, _, size in steps} == {("a.md", len(DATA))}

    def stop(path: str, done: int, size: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compared(tmp_path, [known("a.md")], stop)


@pytest.mark.parametrize(
    ("library", "step"),
    [
        ([], "add"),
        ([known("a.md", size=7)], "update"),  # of another size
        ([known("a.md", current=False)], "update"),  # to be read in any case
        ([known("gone.md", size=7)], "add"),
        ([known("gone.md", current=False)], "add"),
    ],
)
def test_a_file_that_cannot_be_known_is_not_read(
    tmp_path: Path, library: list[Known], step: str
) -> None:
    (tmp_path / "a.md").write_bytes(DATA)
    steps: list[Looked] = []
    result = compared(tmp_path, library, lambda *step: steps.append(step))
    assert steps == [("a.md", 0, len(DATA))]
    assert len(getattr(result.plan, step)) == 1


def test_a_renamed_file_is_seen_as_such(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_bytes(DATA)
    (tmp_path / "c.md").write_bytes(DATA[::-1])
    result = compared(tmp_path, [known("a.md")])
    assert steps_of(result) == {"rename": ["a.md > b.md"], "add": ["c.md"]}
    assert result.failed == []


def test_a_file_over_the_limit_is_refused_by_its_size(tmp_path: Path) -> None:
    with (tmp_path / "a.md").open("wb") as sparse:
        sparse.truncate(1 << 40)
    steps: list[Looked] = []
    result = compared(tmp_path, [known("a.md", size=1 << 40)], lambda *step: steps.append(step))
    assert [(file.path, error.reason) for file, error in result.failed] == [("a.md", "too-large")]
    assert steps == [("a.md", 0, 1 << 40)]
    assert result.plan.remove == []


# -- the plan: files and documents by path and content, which is a digit


def had(path: str, content: str | None, *, current: bool = True) -> Known:
    """A document of this content; None: it failed before its bytes were copied."""
    if content is None:
        return Known(f"doc-{path}", path, None, None, current)
    return Known(f"doc-{path}", path, hashlib.sha256(content.encode()).hexdigest(), 1, current)


def planned(
    root: Path,
    files: dict[str, str],
    library: Sequence[Known],
    *,
    keep: bool = False,
    closed: Sequence[str] = (),
) -> Compared:
    """Compare a folder of these files, in which some folders may not be listed."""
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content)
    found = replace(scan(root), closed=[(path, "no-permission") for path in closed])
    return compare(found, library, keep, Limits(), lambda *_: None)


@pytest.mark.parametrize(
    ("files", "library", "expected"),
    [
        ({}, [], {}),
        ({"a": "1", "b": "2"}, [], {"add": ["a", "b"]}),
        ({"a": "1"}, [had("a", "1")], {"unchanged": ["a > a"]}),
        ({"a": "2"}, [had("a", "1")], {"update": ["a > a"]}),
        # Of another size than all that is known: not hashed.
        ({"a": "longer", "b": "longer"}, [had("a", "1")], {"update": ["a > a"], "add": ["b"]}),
        ({"b": "1"}, [had("a", None)], {"add": ["b"], "remove": ["a"]}),
        ({"a": "1"}, [had("a", "1", current=False)], {"update": ["a > a"]}),
        ({"a": "1"}, [had("a", None, current=False)], {"update": ["a > a"]}),
        ({}, [had("a", "1"), had("b", None)], {"remove": ["a", "b"]}),
        ({"b": "1"}, [had("a", "1")], {"rename": ["a > b"]}),
        # A failed document that moved is read again under its new name.
        ({"b": "1"}, [had("a", "1", current=False)], {"add": ["b"], "remove": ["a"]}),
        # Two files with the same bytes.
        ({"a": "1", "b": "1"}, [], {"add": ["a", "b"]}),
        ({"a": "1", "b": "1"}, [had("a", "1")], {"unchanged": ["a > a"], "add": ["b"]}),
        (
            {"a": "1"},
            [had("a", "1"), had("b", "1")],
            {"unchanged": ["a > a"], "remove": ["b"]},
        ),
        (
            {"c": "1"},
            [had("a", "1"), had("b", "1")],
            {"rename": ["a > c"], "remove": ["b"]},
        ),
        ({"b": "1", "c": "1"}, [had("a", "1")], {"rename": ["a > b"], "add": ["c"]}),
        # Two files that swapped their names.
        (
            {"a": "2", "b": "1"},
            [had("a", "1"), had("b", "2")],
            {"update": ["a > a", "b > b"]},
        ),
        # A chain of names: b took a's bytes, c those of b.
        (
            {"b": "1", "c": "2"},
            [had("a", "1"), had("b", "2")],
            {"update": ["b > b"], "add": ["c"], "remove": ["a"]},
        ),
        # A folder was renamed: each file finds the document of its own name.
        (
            {"new/x": "1", "new/y": "1"},
            [had("old/y", "1"), had("old/x", "1")],
            {"rename": ["old/x > new/x", "old/y > new/y"]},
        ),
    ],
)
def test_the_plan_mirrors_the_files(
    tmp_path: Path, files: dict[str, str], library: list[Known], expected: dict[str, list[str]]
) -> None:
    assert steps_of(planned(tmp_path, files, library)) == expected


def test_keep_removes_nothing_but_still_renames(tmp_path: Path) -> None:
    library = [had("a", "1"), had("b", "2")]
    assert steps_of(planned(tmp_path, {"c": "1"}, library, keep=True)) == {"rename": ["a > c"]}


def test_nothing_below_an_unreadable_place_is_gone(tmp_path: Path) -> None:
    library = [had("sub/a", "1"), had("sub", "2"), had("subway", "3")]
    result = planned(tmp_path, {"copy": "1"}, library, closed=["sub"])
    assert steps_of(result) == {"add": ["copy"], "remove": ["subway"]}


def test_every_file_and_every_document_has_one_step(tmp_path: Path) -> None:
    library = [had(path, content) for path, content in zip("abcdef", "112345", strict=True)]
    result = planned(tmp_path, dict(zip("bcdgh", "19315", strict=True)), library).plan
    pairs = [*result.update, *result.rename, *result.unchanged]
    assert sorted([file.path for file in result.add] + [new.path for _, new in pairs]) == list(
        "bcdgh"
    )
    documents = [old.document for old, _ in pairs] + [old.document for old in result.remove]
    assert sorted(documents) == sorted(old.document for old in library)


@pytest.mark.parametrize(
    ("held", "left", "emptied"),
    [(20, 9, True), (20, 10, False), (19, 0, False), (100, 0, True), (0, 0, False)],
)
def test_a_source_that_loses_most_of_many_documents_is_emptied(
    tmp_path: Path, held: int, left: int, emptied: bool
) -> None:
    # Of another size than the usual content, as each has its own.
    texts = [f"text {n:03}" for n in range(held)]
    library = [replace(had(f"{n:03}", text), bytes=len(text)) for n, text in enumerate(texts)]
    files = {f"{n:03}": text for n, text in enumerate(texts[:left])}
    (tmp_path / "now").mkdir()
    (tmp_path / "later").mkdir()
    assert empties(planned(tmp_path / "now", files, library).plan, library) is emptied
    assert not empties(planned(tmp_path / "now", files, library, keep=True).plan, library)
    moved = {f"moved/{n:03}": text for n, text in enumerate(texts)}
    assert not empties(planned(tmp_path / "later", moved, library).plan, library)
