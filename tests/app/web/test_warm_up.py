"""The models loaded in the background of the web app."""

import gc

from app.service import KnowledgeBase
from app.web import WarmUp


def test_what_comes_with_the_models_is_no_more_looked_through_for_garbage(
    kb: KnowledgeBase,
) -> None:
    before = gc.get_freeze_count()
    warmup = WarmUp(kb)
    warmup.start()
    warmup.wait(60)
    assert (warmup.problem, kb.models.loaded) == (None, True)
    try:
        assert gc.get_freeze_count() > max(before, 10_000)
    finally:
        gc.unfreeze()
