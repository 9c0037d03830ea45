"""The disk is asked before a download begins."""

import shutil

import pytest

from llm.errors import ModelError
from llm.pull.disk_room import require_download_room


def test_more_than_the_disk_holds_is_refused(tmp_path):
    with pytest.raises(ModelError, match=r"GB are needed in .*, .* GB are free"):
        require_download_room(tmp_path, shutil.disk_usage(tmp_path).total + 10**12)


def test_what_fits_is_not(tmp_path):
    require_download_room(tmp_path, 1)
