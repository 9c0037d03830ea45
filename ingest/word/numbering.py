"""The numbers of lists and headings, which Word counts when it shows a document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.office import Element, child, children, number, value, written

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    is_legal: bool = False  # all its numbers are decimal
    restart: int | None = None


class Numbering:
    """The lists of a document, each with where its count is."""

    def __init__(self, root: Element | None) -> None:
        """`root` is that of `numbering.xml`, None where it is missing."""
        abstract: dict[str, dict[int, _Level]] = {}
        links: dict[str, str] = {}
        for found in children(root, "w:abstractNum"):
            named = value(found, "w:abstractNumId")
            abstract[named] = _levels(found)
            if style := value(child(found, "w:styleLink")):
                links[style] = named
        for found in children(root, "w:abstractNum"):
            style = value(child(found, "w:numStyleLink"))
            if style in links:
                abstract[value(found, "w:abstractNumId")] = abstract[links[style]]
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        for found in children(root, "w:num"):
            named, of = value(found, "w:numId"), value(child(found, "w:abstractNumId"))
            levels = dict(abstract.get(of, {}))
            for override in children(found, "w:lvlOverride"):
                depth = number(value(override, "w:ilvl"))
                levels.update(_levels(override))
                if (start := child(override, "w:startOverride")) is not None:
                    self._starts.setdefault(named, {})[depth] = number(value(start), 1)
            self._lists[named] = of, levels
        self._counts: dict[str, dict[int, int]] = {}

    def marker(self, list_id: str, depth: int) -> str | None:
        """Count one paragraph; return what stands before it, "-" for a bullet, None for nothing."""
        of, levels = self._lists.get(list_id, ("", {}))
        level = levels.get(depth)
        if level is None:
            return None
        counts = self._counts.setdefault(of, {})
        for at, start in self._starts.pop(list_id, {}).items():  # counts anew, once
            counts[at] = start - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for below in [at for at in counts if at > depth]:
            if levels.get(below, _Level()).restart != 0:
                del counts[below]
        if level.form == "bullet":
            return "-"
        if level.form == "none" and "%" not in level.text:
            return level.text.strip() or None

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = levels.get(at, _Level())
            count = counts.get(at, other.start)
            return written(count, "decimal" if level.is_legal else other.form)

        return _PLACE.sub(shown, level.text).strip() or None


def _levels(element: Element) -> dict[int, _Level]:
    found = {}
    for level in children(element, "w:lvl"):
        restart = child(level, "w:lvlRestart")
        found[number(value(level, "w:ilvl"))] = _Level(
            form=value(child(level, "w:numFmt")) or "decimal",
            text=value(child(level, "w:lvlText"))[:100],
            start=number(value(child(level, "w:start")), 1, 1 << 20),
            is_legal=child(level, "w:isLgl") is not None,
            restart=None if restart is None else number(value(restart)),
        )
    return found
