"""The properties above a Markdown text, in YAML or TOML, as lines that one can ask for.

`mdit_py_plugins.front_matter` (0.7.0) is not used: it takes all that stands between two rules,
"---", at the beginning of a text, also paragraphs, which would be lost, and knows neither TOML nor
"...".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from ingest.document import Properties, shortened
from ingest.readers.data.values import flattened
from ingest.text import collapsed

_OPENED = re.compile(r"(---|\+\+\+)[ \t]*+\n")
# Where no line is empty, a key or comment in the first one is enough: a rule "---" above ordinary
# text, or properties that nobody closed, must not swallow the text.
_BEGINS = re.compile(r"#|[\w-]++[ \t]*+[:=]|---|\+\+\+")
_CLOSED = re.compile(r"^(---|\+\+\+|\.\.\.)[ \t]*+(?:\n|\Z)", re.MULTILINE)
_EMPTY_LINE = re.compile(r"^[ \t]*+$", re.MULTILINE)
_LONGEST = 64_000  # characters; longer ones are no properties
_DEEPEST = 20  # levels
_KEY = re.compile(r"[\w][\w .-]{0,60}")
_LINE = re.compile(r"^([\w-]{1,60})[ \t]*+[:=](.*)$", re.MULTILINE)
# They say how a page is shown, and nothing about what it is about.
_OF_PAGES = frozenset((
    "aliases", "css", "cssclass", "cssclasses", "hide_sidebar", "hide_title",
    "hide_table_of_contents", "lang", "language", "layout", "math", "menu", "order",
    "permalink", "position", "redirect_from", "sidebar", "sidebar_label", "sidebar_position",
    "slug", "tab", "template", "toc", "toc_hide", "url", "weight",
))  # fmt: skip
_SWITCH = re.compile(r"(?:book|geekdoc|hide|show|no)(?:[A-Z_-]|Search\b)")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]|$)")
_AUTHOR, _MADE, _CHANGED = (
    ("author", "authors", "作者"),
    ("created", "date", "published", "创建日期", "日期"),
    ("updated", "modified", "lastmod", "last_updated", "last_modified", "更新日期"),
)


@dataclass(frozen=True)
class FrontMatter:
    """What stands above a text: its title, the other properties as lines, and where it ends."""

    title: str | None = None
    lines: str = ""
    end: int = 0
    properties: Properties = field(default_factory=Properties)


def front_matter(text: str) -> FrontMatter:
    """Return the properties above a text; none if what stands there is text."""
    opened = _OPENED.match(text)
    if not opened:
        return FrontMatter()
    mark, start = opened[1], opened.end()
    closings = (one for one in _CLOSED.finditer(text, start, start + _LONGEST))
    closed = next((one for one in closings if one[1] in (mark, "...")), None)
    if closed is None:
        return FrontMatter()
    written = text[start : closed.start()]
    values = _values(written, mark)
    has_gaps = bool(_EMPTY_LINE.search(written.strip("\n"))) and bool(written.strip())
    if values is None:
        if has_gaps or not _BEGINS.match(written or mark):
            return FrontMatter()
        values = {key: value.strip().strip("\"'") for key, value in _LINE.findall(written)}
    elif has_gaps and not values:
        return FrontMatter()
    try:
        return _told(values, closed.end())
    except RecursionError:  # TOML of thousands of levels
        return FrontMatter()


def _told(values: Mapping[str, Any], end: int) -> FrontMatter:
    said = [(key, value) for key, value in flattened(values) if value]
    known = {key.lower(): collapsed(value) for key, value in reversed(said)}
    lines = [f"{key}: {value}" for key, value in said if not _is_of_page(key, value)]

    def first(keys: tuple[str, ...]) -> str:
        return next((known[key] for key in keys if key in known), "")

    made, changed = (_DAY.match(first(keys)) for keys in (_MADE, _CHANGED))
    properties = Properties(first(_AUTHOR), made[1] if made else "", changed[1] if changed else "")
    return FrontMatter(shortened(known.get("title", "")) or None, "\n".join(lines), end, properties)


def _is_of_page(key: str, value: str) -> bool:
    name = key.lower()
    is_switch = value.lower() in ("true", "false") and bool(_SWITCH.match(key))
    return name == "title" or name in _OF_PAGES or is_switch


def _values(written: str, mark: str) -> dict[str, Any] | None:
    """Return properties by their names, or None if they are written in no way that is known."""
    try:
        value = tomllib.loads(written) if mark == "+++" else _from_yaml(written)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if value is None:
        return {}
    if not isinstance(value, dict):
        return None
    named = {str(key): one for key, one in value.items()}
    return named if all(_KEY.fullmatch(key) for key in named) else None


def _from_yaml(written: str) -> Any:
    """Return YAML with all values as they are written.

    Raises YAMLError, also for aliases, of which a few would be millions of values, and for deep
    nesting, which takes the parser 6 s for 5,000 brackets.
    """
    depth = 0
    for event in yaml.parse(written, Loader=yaml.BaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > _DEEPEST:
            raise yaml.YAMLError("it has aliases, or is nested too deeply")
    return yaml.load(written, Loader=yaml.BaseLoader)  # noqa: S506 - it makes texts only
