"""Refused against falsely refused for every threshold, as a picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def curve(certainty: Numbers, y: Numbers) -> list[tuple[float, float]]:
    """Return falsely refused and refused for every threshold."""
    limits = [0.0, *np.unique(certainty), 1.01]
    return [
        (float(np.mean(certainty[y == 1] < t)), float(np.mean(certainty[y == 0] < t)))
        for t in limits
    ]


def picture(curves: dict[str, tuple[Numbers, Numbers]], least: float) -> str:
    """Return the curves as SVG, with a dot where the default stands."""
    size, edge = 360, 50
    colours = dict(zip(curves, ("#0f766e", "#b45309"), strict=False))

    def at(falsely: float, refused: float) -> str:
        return f"{edge + falsely * size:.1f},{edge + (1 - refused) * size:.1f}"

    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size + 2 * edge} '
        f'{size + 2 * edge}" font-family="sans-serif" font-size="13">',
        f'<rect x="{edge}" y="{edge}" width="{size}" height="{size}" fill="white" stroke="#888"/>',
        f'<text x="{edge}" y="{edge + size + 36}">answerable questions refused, 0 to 1</text>',
        f'<text x="{edge}" y="{edge - 14}">unanswerable questions refused, 0 to 1</text>',
    ]
    for row, (name, (certainty, y)) in enumerate(curves.items()):
        points = " ".join(at(*point) for point in curve(certainty, y))
        lines.append(f'<polyline points="{points}" fill="none" stroke="{colours[name]}"/>')
        x, _, height = at(
            float(np.mean(certainty[y == 1] < least)), float(np.mean(certainty[y == 0] < least))
        ).partition(",")
        lines.append(f'<circle cx="{x}" cy="{height}" r="5" fill="{colours[name]}"/>')
        lines.append(
            f'<text x="{edge + size - 90}" y="{edge + size - 40 + 18 * row}" '
            f'fill="{colours[name]}">{name}: the default</text>'
        )
    return "\n".join([*lines, "</svg>"]) + "\n"
