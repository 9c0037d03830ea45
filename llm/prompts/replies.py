"""What is said to a model whose reply was not in the form that was asked for."""

from __future__ import annotations

from collections.abc import Sequence

# In English whatever the prompt is in: the models that get to see it are those of servers, which
# know it, and the form is the same in all languages.


def again_one_of(options: Sequence[str]) -> str:
    """Return the demand for one of these words alone."""
    return f"Reply with exactly one of these and nothing else: {' / '.join(options)}"


def again_lines(most: int) -> str:
    """Return the demand for so many lines at most, without an introduction."""
    wanted = "one line" if most == 1 else f"at most {most} lines"
    return f"Reply with {wanted} in the form that was asked for, and nothing else."
