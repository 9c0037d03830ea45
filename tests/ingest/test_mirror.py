import hashlib
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.mirror import hash_file, plan, scan
from ingest.plan import Known, Present


def test_a_file_is_hashed(tmp_path: Path) -> None:
    data = b"words" * 500_000
    (tmp_path / "a").write_bytes(data)
    assert hash_file(tmp_path / "a") == (hashlib.sha256(data).hexdigest(), len(data))


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        hash_file(tmp_path / "gone")
    assert caught.value.reason == "vanished"


def test_a_renamed_file_is_seen_as_such(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("words")
    before = [Present(found.path, hash_file(found.file)[0]) for found in scan(tmp_path).files]
    library = [Known("1", file.path, file.sha256, current=True) for file in before]
    (tmp_path / "a.md").rename(tmp_path / "b.md")
    after = [Present(found.path, hash_file(found.file)[0]) for found in scan(tmp_path).files]
    result = plan(after, library, keep=False)
    assert result.rename == [(library[0], Present("b.md", before[0].sha256))]
    assert (result.add, result.update, result.remove) == ([], [], [])
