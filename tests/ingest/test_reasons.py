"""What is told of a file, and whether it is less whole for that."""

import pytest

from ingest.reasons import has_gaps


@pytest.mark.parametrize(
    ("warnings", "gaps"),
    [
        ([], False),
        (["left out as head or foot on 4 pages: 'Page 2' to 'Page 5'"], False),
        (["no text on page 7"], False),
        (["no text on page 7", "text recognition is needed on page 3"], True),
    ],
)
def test_page_numbers_and_blank_pages_are_no_gaps(warnings: list[str], gaps: bool) -> None:
    assert has_gaps(warnings) is gaps
