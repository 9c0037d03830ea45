import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.folders import Compared, compare, hash_file, scan
from ingest.folders.plan import Known, Present
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
    assert result.plan.unchanged == [(known("a.md"), Present("a.md", SHA256))]
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
    assert result.plan.rename == [(known("a.md"), Present("b.md", SHA256))]
    assert [file.path for file in result.plan.add] == ["c.md"]
    assert (result.plan.update, result.plan.remove, result.failed) == ([], [], [])


def test_a_file_over_the_limit_is_refused_by_its_size(tmp_path: Path) -> None:
    with (tmp_path / "a.md").open("wb") as sparse:
        sparse.truncate(1 << 40)
    steps: list[Looked] = []
    result = compared(tmp_path, [known("a.md", size=1 << 40)], lambda *step: steps.append(step))
    assert [(file.path, error.reason) for file, error in result.failed] == [("a.md", "too-large")]
    assert steps == [("a.md", 0, 1 << 40)]
    assert result.plan.remove == []
