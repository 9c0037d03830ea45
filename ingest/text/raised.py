"""Raised and lowered figures: 10³ is not 103, and H₂O has a 2 below."""

_RAISED = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))


def superscript(text: str) -> str:
    """Return a text that stands raised, as signs that are, if there is one for each."""
    return _shifted(text, _RAISED)


def subscript(text: str) -> str:
    """Return a text that stands lowered, as signs that are, if there is one for each."""
    return _shifted(text, _LOWERED)


def _shifted(text: str, signs: dict[str, str]) -> str:
    return "".join(signs[c] for c in text) if all(c in signs for c in text) else text
