"""What stands in a line of a page, as text: white space as one sees it, and what marks say."""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.document import has_words
from ingest.readers.html.nodes import Node
from ingest.text import HAN, visible

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup",
    "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
    "html", "isindex", "legend", "li", "listing", "main", "menu", "nav", "noframes", "ol",
    "optgroup", "option", "p", "plaintext", "pre", "search", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp",
))  # fmt: skip
"""Elements that begin a new line."""
PICTURES = frozenset(("img", "image"))
PREFORMATTED = frozenset(("listing", "plaintext", "pre", "xmp"))

_SPACE = re.compile(r"[ \t\n\r\f]+")
# A line end between two Chinese characters is one of the source only.
_WRAPPED = re.compile(f"(?<=[{HAN}，。、；：）”》])[ \t\r]*+\n\\s*+(?=[{HAN}（“《])")
_SPACES = re.compile(r" {2,}+")
_AROUND_LINE_ENDS = re.compile(r" *+\n *+")
_HIGH = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_RAISED = re.compile(r"[0-9+\-−n]{1,4}")
_BLOCK_STYLE = re.compile(r"(?:^|[;\s])display\s*+:\s*+(?:block|flex|grid|table)\b", re.IGNORECASE)
_FILE_NAME = re.compile(r"[\w%.-]{1,200}\.(?:png|jpe?g|gif|svg|webp|bmp|tiff?)", re.IGNORECASE)
_NO_PICTURES = frozenset(("image", "img", "picture", "photo", "icon", "logo", "spacer", "图片"))
_MOST_OPTIONS = 30  # of a list that are shown when none is chosen
_DECORATION = 2  # characters of what is hidden from those who hear a page, and only decorates it
_ENDS = tuple(";；,，、:：.。/|")


def is_block(node: Node) -> bool:
    """Tell whether an element begins a new line."""
    if node.tag in BLOCKS:
        return True
    return node.tag == "span" and bool(_BLOCK_STYLE.search(node.attributes.get("style", "")[:500]))


def said_by(node: Node) -> str | None:
    """Return what an element says that is more than the text in it, or None for any other."""
    match node.tag:
        case "br":
            return "\n"
        case "wbr":
            return ""
        case "img" | "area" | "image":
            return f" {_alternative(node)} "
        case "input":
            return f" {_entered(node)} "
        case "select":
            return f" {_chosen(node)} "
        case "math":
            return f" {_formula(node)} "
        case "sup":
            return _unless_text(node, _raised)
        case "del" | "s" | "strike":
            text = flat(node)
            return f"~~{text}~~" if text else ""
        case "q":
            text = flat(node)
            return f"“{text}”" if text else ""
    if node.says("aria-hidden") == "true":
        return _unless_text(node, _decorating)
    return None


def lines(pieces: list[str]) -> str:
    """Return pieces of text as one sees them: runs of white space as one space, lines apart.

    A line end is the piece "\\n"; those in other pieces are white space.
    """
    text = "".join(piece if piece == "\n" else _unwrapped(piece) for piece in pieces)
    text = _SPACES.sub(" ", visible(text).replace("\xa0", " "))
    return _AROUND_LINE_ENDS.sub("\n", text).strip()


def _unwrapped(text: str) -> str:
    return _SPACE.sub(" ", _WRAPPED.sub("", text) if "\n" in text else text)


def flat(node: Node, between: str = " ") -> str:
    """Return the text in an element as one line; `between` parts its blocks and lines."""
    pieces: list[str] = []
    _flatten(node, pieces, is_root=True)
    shown = [part for line in lines(pieces).split("\n") if (part := line.strip())]
    if between == " ":
        return " ".join(shown)
    text = ""
    for line in shown:
        gap = "" if not text else " " if text.endswith(_ENDS) else between
        text += gap + line
    return text


def _flatten(node: Node, pieces: list[str], *, is_root: bool = False) -> None:
    if not is_root:
        said = said_by(node)
        if said is not None:
            pieces.append(said)
            return
    breaks = not is_root and is_block(node)
    if breaks:
        pieces.append(" " if node.tag in ("td", "th") else "\n")
    for child in node.children:
        if isinstance(child, str):
            pieces.append(child if child != "\n" else " ")
        else:
            _flatten(child, pieces)
    if breaks:
        pieces.append(" " if node.tag in ("td", "th") else "\n")


def _unless_text(node: Node, say: Callable[[str], str | None]) -> str | None:
    """Return what `say` makes of the text in an element; that it is None is kept.

    Else each of many that stand in one another would be read again for all that are around it.
    """
    if node.is_text:
        return None
    said = say(flat(node))
    node.is_text = said is None
    return said


def _raised(text: str) -> str | None:
    return text.translate(_HIGH) if _RAISED.fullmatch(text) else None


def _decorating(text: str) -> str | None:
    return "" if len(text) <= _DECORATION or not has_words(text) else None


def _alternative(node: Node) -> str:
    """What stands for a picture, unless it only decorates."""
    words = node.attributes.get("alt", "").strip()
    is_dot = node.says("width") in ("0", "1") or node.says("height") in ("0", "1")
    if is_dot or _FILE_NAME.fullmatch(words) or words.lower() in _NO_PICTURES:
        return ""
    return words.replace("\n", " ")


def _entered(node: Node) -> str:
    kind = node.says("type")
    if kind in ("checkbox", "radio"):
        return "[x]" if "checked" in node.attributes else "[ ]"
    if kind in ("image", "file"):
        return ""
    return node.attributes.get("value", "").replace("\n", " ")


def _chosen(node: Node) -> str:
    options = [one for one in node.walk() if one.tag == "option"]
    chosen = [one for one in options if "selected" in one.attributes]
    if not chosen and len(options) <= _MOST_OPTIONS:
        chosen = options
    return ", ".join(filter(None, map(flat, chosen)))


def _formula(node: Node) -> str:
    """A formula as LaTeX where the page has it so, else its signs."""
    for one in node.walk():
        if one.tag == "annotation" and "tex" in one.says("encoding"):
            return flat(one)
    return flat(node)
