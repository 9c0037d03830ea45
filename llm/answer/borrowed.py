"""What an answer says only because an example or an instruction did, and no passage."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.text import features, script

_STEM = 4  # letters by which words are compared: "head", "headed"
# Share of what a statement says anew that may stand in an example or instruction alone. A form
# that is taken over ("According to the handbook, …") is below it.
_MOST = 0.5
# The same where no passage is in the statement's script: its words can stand in none.
_MOST_ABROAD = 0.9


class Borrowed:
    """What was written about the form of answers, to hold statements against.

    Made once, each check is fast; with no such text nothing is borrowed.
    """

    def __init__(self, question: str, texts: Sequence[str], passages: Sequence[str]) -> None:
        self._asked = features(question)
        self._said = _stems("\n".join(texts))
        self._said -= _stems("\n".join(passages))
        self._scripts = {script(passage) for passage in passages}

    def holds(self, statement: str) -> bool:
        """Tell whether half of what a statement says anew stands in no passage, but there."""
        if not self._said:
            return False
        new = {word[:_STEM] for word in features(statement) - self._asked}
        most = _MOST if script(statement) in self._scripts else _MOST_ABROAD
        return bool(new) and len(new & self._said) >= most * len(new)


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in features(text)}
