"""What of a page nobody sees, as far as its elements themselves say so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

_UNSEEN = frozenset((
    "applet", "audio", "base", "canvas", "comment", "datalist", "defs", "embed", "iframe",
    "link", "meta", "metadata", "noembed", "noscript", "param", "rp", "rt", "rtc", "script",
    "style", "template", "title", "track", "video",
))  # fmt: skip
_KATEX = "katex-html"  # a formula drawn from pieces, beside the same as MathML
_LONGEST_STYLE = 2000  # characters that are looked at
_IMPORTANT = "!important"
_NO_SIZE = re.compile(r"0*+\.?0*+(?:[a-z]{1,4}|%)?")
# Sizes that are a share of that around them: of none, they are none.
_SHARE = re.compile(r"[\d.]{1,20}(?:em|ex|ch|%)|larger|smaller|inherit|unset|revert")
_OWN_SIZE = frozenset(("button", "input", "select", "table", "textarea"))
_SAYS = frozenset(("area", "image", "img", "input", "math", "svg"))  # without any text in them


class Seen(NamedTuple):
    """Whether text in an element has a size, and is visible; elements in it may say otherwise."""

    has_size: bool = True
    is_visible: bool = True

    @property
    def is_text_seen(self) -> bool:
        """Whether text that stands in the element directly is seen."""
        return self.has_size and self.is_visible


def seen_in(tag: str, attributes: Mapping[str, str], around: Seen) -> Seen | None:
    """Return what is seen of an element in another one, None for nothing of all that is in it.

    Opacity hides nothing surely: scripts blend in what is scrolled to.
    """
    if tag in _UNSEEN:
        return None
    if tag in ("html", "body"):  # pages that a script shows once they are loaded
        return Seen()
    if "hidden" in attributes and attributes["hidden"].lower() != "until-found":
        return None
    if tag == "input" and attributes.get("type", "").lower() in ("hidden", "password"):
        return None
    if _KATEX in attributes.get("class", "").split():
        return None
    said = _declarations(attributes.get("style", "")) if attributes.get("style") else {}
    if said.get("display") == "none" or said.get("mso-hide") == "all":
        return None
    visibility = said.get("visibility", "")
    is_visible = around.is_visible
    if visibility in ("hidden", "collapse", "visible", "initial"):
        is_visible = visibility in ("visible", "initial")
    if not is_visible and tag in _SAYS:
        return None
    return Seen(_has_size(tag, attributes, said.get("font-size", ""), around), is_visible)


def _has_size(tag: str, attributes: Mapping[str, str], size: str, around: Seen) -> bool:
    if size and _NO_SIZE.fullmatch(size):
        return False
    if around.has_size or (size and not _SHARE.fullmatch(size)):
        return True
    # Of a class, the page's styles may say a size.
    return tag in _OWN_SIZE or bool(attributes.get("class")) or "size" in attributes


def _declarations(style: str) -> dict[str, str]:
    """Return what a style says, by names, in lower case; the last counts, or the important one."""
    said: dict[str, str] = {}
    important: dict[str, str] = {}
    for declaration in style[:_LONGEST_STYLE].lower().split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        kept = value.removesuffix(_IMPORTANT).strip()
        if name == "font" and (sizes := re.findall(r"(?<![\w.])[\d.]{1,20}(?:[a-z]{2,4}|%)", kept)):
            name, kept = "font-size", sizes[0]
        (said if kept == value else important)[name] = kept
    return said | important
