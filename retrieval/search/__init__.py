"""A question becomes ranked passages: candidates, one score, no twins, neighbours."""

from retrieval.search.fusion import WEIGHTS, FusionWeights
from retrieval.search.hubs import Hubs
from retrieval.search.neighbours import widened
from retrieval.search.retriever import Candidate, LibraryRetriever, Method
from retrieval.search.spread import spread
from retrieval.search.translations import Translations

__all__ = [
    "WEIGHTS",
    "Candidate",
    "FusionWeights",
    "Hubs",
    "LibraryRetriever",
    "Method",
    "Translations",
    "spread",
    "widened",
]
