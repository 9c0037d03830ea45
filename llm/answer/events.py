"""What comes back for a question: one stream of typed events, the Answer last."""

from __future__ import annotations

from dataclasses import dataclass, field

from langchain_core.documents import Document


@dataclass(frozen=True)
class Found:
    """The passages found, best first, and the wordings of the question that were searched for."""

    passages: list[Document]
    searched: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadingPart:
    """The part of a document that is being read, from 1; `joining`: of the points found so far."""

    part: int
    total: int
    joining: bool = False


@dataclass(frozen=True)
class Text:
    """What the model wrote, to be shown behind what it wrote before."""

    text: str


@dataclass(frozen=True)
class Replaced:
    """All the text sent so far is taken back; this stands in its place."""

    text: str


@dataclass(frozen=True)
class Citation:
    """Where a part of the answer stands; `quote` is exact text of that page."""

    n: int
    document: str
    path: str
    page: int | None
    heading: str
    quote: str
    chunk_id: str


@dataclass(frozen=True)
class ClosestPassage:
    """A passage offered with a refusal, as the closest that was found."""

    document: str
    path: str
    page: int | None
    heading: str
    text: str
    chunk_id: str


@dataclass(frozen=True)
class Timings:
    """Seconds from the question; the first token is None when no model was called."""

    retrieve_s: float = 0.0
    first_token_s: float | None = None
    total_s: float = 0.0


@dataclass(frozen=True)
class Usage:
    """Tokens read and written by the chat model for the answer, and all calls for the question."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    calls: int = 0


@dataclass(frozen=True)
class Answer:
    """What came of a question; its fields are those of the JSON that docs/commands.md promises.

    `searched` are the wordings that passages were found by. With a refusal there are no citations
    but, best first, the `closest` passages. `certainty`, 0 to 1, is how sure it is that the
    passages hold the answer; None where that was not asked. It is `grounded` if it stands on at
    least one passage.
    """

    question: str
    answer: str
    grounded: bool = field(init=False)
    refused: bool = False
    citations: tuple[Citation, ...] = ()
    timings: Timings = field(default_factory=Timings)
    usage: Usage = field(default_factory=Usage)
    searched: tuple[str, ...] = ()
    closest: tuple[ClosestPassage, ...] = ()
    certainty: float | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "grounded", bool(self.citations) and not self.refused)


# Text that was sent and the answer that stands are never different: where a sentence was cut,
# cited or left out, `Replaced` comes before the Answer.
Event = Found | ReadingPart | Text | Replaced | Answer
