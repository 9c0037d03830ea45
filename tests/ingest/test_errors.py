import errno

import pytest

from ingest.errors import ReadError, os_error
from ingest.reasons import REASONS


def test_an_error_has_a_documented_reason() -> None:
    error = ReadError("empty", "the file is empty")
    assert error.reason in REASONS
    assert str(error) == "the file is empty"


def test_an_unknown_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="'odd'"):
        ReadError("odd", "something")


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOENT, "vanished"),
        (errno.ENOTDIR, "vanished"),
        (errno.EACCES, "no-permission"),
        (errno.EIO, "vanished"),
    ],
)
def test_what_the_system_says_becomes_a_reason(number: int, reason: str) -> None:
    assert os_error(OSError(number, "said the system")).reason == reason


def test_reasons_are_sentences_in_order() -> None:
    assert list(REASONS) == sorted(REASONS)
    assert all(sentence.endswith(".") and sentence[0].isupper() for sentence in REASONS.values())
