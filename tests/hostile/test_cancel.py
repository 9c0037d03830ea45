"""Reading a large file of any kind is left when nobody wants it any more."""

import sys
from collections.abc import Callable

import pytest
from made import archives, office, pdfs, pictures
from made.measuring import Watched

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits memory")
BEGUN = 0.3  # CPU seconds, after which the file is in hand


class Stop(Exception):
    """Nobody wants it any more."""


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.png", lambda: pictures.png(7_000, 7_000)),
        ("a.tiff", lambda: pictures.tiff_pages(20, 7_000)),
        ("a.xlsx", office.xlsx_rows),
        ("a.docx", office.docx_within_limit),
        ("a.zip", archives.within_limit),
        ("a.pdf", pdfs.much_text),
    ],
)
def test_a_reading_is_left_in_the_middle(
    watched: Watched, name: str, make: Callable[[], bytes]
) -> None:
    before = watched.busy()

    def stop(*_: int) -> None:
        if watched.busy() - before > BEGUN:
            raise Stop

    with pytest.raises(Stop):
        watched.read(make(), name, wait=stop)
    assert watched.busy() == 0.0, "the process is gone"
