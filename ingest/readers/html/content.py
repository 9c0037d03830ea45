"""What of a page is its content, beside what the site around it shows on every page."""

from __future__ import annotations

from ingest.readers.html.nodes import Node

_AROUND = frozenset(("aside", "footer", "header", "nav"))
_AROUND_ROLES = frozenset(("banner", "complementary", "contentinfo", "navigation", "search"))
_LEAST = 200  # characters of a main part that are enough for a page
_LEAST_SHARE = 0.3  # of the page; of one with less, what stands around it may be its content
_MOSTLY = 0.7  # of the characters of a menu that are links
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def without_surroundings(root: Node) -> None:
    """Take out menus, heads and feet that stand around the main part, if a page has one.

    A heading in a head stays: it may be the only title.
    """
    main = _main(root)
    if main is None:
        return
    inside = {id(node) for node in main.walk()}
    holds = _holders(root, main)
    waiting = [root]
    while waiting:
        node = waiting.pop()
        kept: list[Node | str] = []
        for child in node.children:
            if (
                isinstance(child, str)
                or child is main
                or id(child) in holds
                or id(child) in inside
                or not _is_around(child)
            ):
                kept.append(child)
            elif title := child.first("h1"):
                kept.append(title)
        node.children = kept
        waiting += (child for child in node.elements() if child is not main)


def _main(root: Node) -> Node | None:
    """The part of a page that it calls its main one, or its only article."""
    mains = [node for node in root.walk() if node.tag == "main" or node.says("role") == "main"]
    if not mains:
        articles = [node for node in root.walk() if node.tag == "article"]
        mains = articles if len(articles) == 1 else []
    if not mains:
        return None
    size, whole = _length(mains[0]), _length(root)
    is_enough = size >= _LEAST or 2 * size >= whole
    return mains[0] if is_enough and size >= _LEAST_SHARE * whole else None


def _holders(root: Node, main: Node) -> set[int]:
    """The elements in which the main part lies."""
    path: list[tuple[Node, list[Node]]] = [(root, [])]
    while path:
        node, above = path.pop()
        if node is main:
            return {id(one) for one in above}
        path += ((child, [*above, node]) for child in node.elements())
    return set()


def _is_around(node: Node) -> bool:
    return node.tag in _AROUND or node.says("role") in _AROUND_ROLES


def _length(node: Node) -> int:
    return sum(map(len, node.text().split()))
