"""Sizes are written alike everywhere."""

import pytest

from app.sizes import size


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 KB"),
        (105 * 1024, "105 KB"),
        (1023 * 1024, "1.0 MB"),
        (3.44 * 1024**2, "3.4 MB"),
        (9.96 * 1024**2, "10 MB"),
        (470 * 1024**2, "470 MB"),
        (1.1 * 1024**3, "1.1 GB"),
        (24 * 1024**3, "24 GB"),
        (5000 * 1024**4, "5000 TB"),
    ],
)
def test_a_size_is_in_the_unit_that_suits_it(count: float, said: str) -> None:
    assert size(count) == said
