"""A question becomes ranked passages: candidates, one score, no twins, neighbours."""

from retrieval.search.asked_edition import AskedEdition, asked_edition
from retrieval.search.by_edition import RankedChunk, by_edition
from retrieval.search.fusion import EVEN, WEIGHTS, FusionWeights
from retrieval.search.hubs import Hubs
from retrieval.search.neighbours import joined, widened
from retrieval.search.retriever import Candidate, LibraryRetriever, Method
from retrieval.search.spread import spread
from retrieval.search.translations import Translations

__all__ = [
    "EVEN",
    "WEIGHTS",
    "AskedEdition",
    "Candidate",
    "FusionWeights",
    "Hubs",
    "LibraryRetriever",
    "Method",
    "RankedChunk",
    "Translations",
    "asked_edition",
    "by_edition",
    "joined",
    "spread",
    "widened",
]
