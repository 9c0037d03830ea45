"""Places of the product at which a test does something: only here and beside it are they named."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from retrieval.index.chroma_index import ChromaIndex
from retrieval.index.index_state import IndexTable
from retrieval.library import Library

Place = tuple[Any, str]  # a class or module, and the name of a function in it
Act = Callable[..., None]  # given what the function is called with; what it raises is raised there

CHROMA_IS_TOLD: Place = (ChromaIndex, "add")
CHROMA_FORGETS: Place = (ChromaIndex, "remove")
INDEX_IS_NEW: Place = (IndexTable, "new")
BYTES_ARE_LISTED: Place = (Library, "blobs")


def nothing(*_: object) -> None:
    """Do nothing."""


def wrap(place: Place, before: Act = nothing, after: Act = nothing) -> Callable[[], None]:
    """Do something before or after each call at a place; return what undoes that."""
    owner, name = place
    real = getattr(owner, name)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        before(*args)
        result = real(*args, **kwargs)
        after(*args)
        return result

    setattr(owner, name, wrapped)
    return lambda: setattr(owner, name, real)


@contextmanager
def meanwhile(place: Place, before: Act = nothing, after: Act = nothing) -> Iterator[None]:
    """Do something before or after each call at a place, as long as the context lasts."""
    undo = wrap(place, before, after)
    try:
        yield
    finally:
        undo()
