"""What an answer says only because an example or an instruction did, and no passage."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.text import features, script

_STEM = 4  # letters by which words are compared: "head", "headed"
# Share of what a statement says anew that stands in an example or instruction alone, from which on
# it is borrowed. Its form may be: where half as many words are a passage's, or a figure is, it
# says what the passage says.
_MOST = 0.5
# The same where no passage is in the statement's script: its words can stand in none.
_MOST_ABROAD = 0.9


class Borrowed:
    """What was written about the form of answers, to hold statements against.

    Made once, each check is fast; with no such text nothing is borrowed.
    """

    def __init__(
        self, question: str = "", texts: Sequence[str] = (), passages: Sequence[str] = ()
    ) -> None:
        self._asked = features(question)
        said, given = _stems("\n".join(texts)), _stems("\n".join(passages))
        self._said, self._given = said - given, given - said
        self._scripts = {script(passage) for passage in passages}

    def holds(self, statement: str) -> bool:
        """Tell whether a statement says what stands in no passage, but in these texts."""
        if not self._said:
            return False
        new = {word[:_STEM] for word in features(statement) - self._asked}
        said, given = new & self._said, new & self._given
        most = _MOST if script(statement) in self._scripts else _MOST_ABROAD
        if not said or len(said) < most * len(new) or 2 * len(given) > len(said):
            return False
        return not any(word[0].isdigit() for word in given)


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in features(text)}
