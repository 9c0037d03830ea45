"""HTML: a page as blocks, with what its head says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.document import Given, PartWriter, Properties, Reading
from ingest.errors import ReadError
from ingest.readers.charsets import decoded_as
from ingest.readers.embedded_files import without_embedded
from ingest.readers.html.blocks import BlockWalk
from ingest.readers.html.content import without_surroundings
from ingest.readers.html.nodes import Tree, parsed
from ingest.readers.html.pictures import PagePictures
from ingest.text import collapsed, language, local_day

_HEAD = 4096  # bytes in which a page tells its encoding
_CHARSET = re.compile(
    rb"<(?:meta\b|\?xml\b)[^>]{0,300}?\b(?:charset|encoding)\s*+=\s*+[\"']?\s*+([\w.:-]{1,40})"
)
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "byl", "作者")
_MADE = (
    "article:published_time", "date", "dc.date", "dcterms.created", "dcterms.issued",
    "datepublished", "publishdate", "pubdate", "publication_date", "citation_publication_date",
)  # fmt: skip
_CHANGED = (
    "article:modified_time", "last-modified", "dcterms.modified", "datemodified", "og:updated_time",
    "revised",
)  # fmt: skip
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")


@dataclass(frozen=True)
class Page:
    """What a page says of itself: its title from the head or its first heading, else ""."""

    title: str = ""
    properties: Properties = field(default_factory=Properties)
    warnings: tuple[str, ...] = ()
    frames: int = 0  # pages that would be shown inside of it


def read(given: Given) -> Reading:
    """Read a page of HTML. Raises ReadError (`not-text`, `empty`, `needs-ocr`)."""
    text, warnings = decoded_html(given.data)
    writer = PartWriter()
    pictures = PagePictures(given)
    page = write_html(text, writer, pictures=pictures)
    part = writer.part()
    pictures.refuse_if_alone(bool(part.text))
    if not part.text and page.frames:
        message = "it only shows other pages in frames, which are not fetched; save those"
        raise ReadError("empty", message)
    return Reading(
        page.title or None,
        language(part.text),
        (part,),
        [*warnings, *page.warnings, *pictures.warnings()],
        properties=page.properties,
    )


def write_html(
    html: str, writer: PartWriter, below: int = 0, pictures: PagePictures | None = None
) -> Page:
    """Write a page's blocks, its headings `below` levels deeper; tell what it says of itself.

    Nothing is run and nothing is fetched: of pictures the text that stands for them is written, and
    what `pictures` finds of them says its text.
    """
    if pictures:
        html = pictures.take_out(html)
    html, _ = without_embedded(html)
    tree = parsed(html)
    without_surroundings(tree.root)
    walk = BlockWalk(writer, below, pictures)
    walk.write(tree.root)
    warnings = []
    if tree.frames:
        warnings.append(f"{tree.frames} {'frame' if tree.frames == 1 else 'frames'} left out")
    title = _title(tree, walk.first_heading)
    return Page(title, _properties(tree), tuple(warnings), tree.frames)


def shown_text(html: str) -> str:
    """Return all words that a page shows, with those of its menus, as they stand there."""
    return parsed(html).root.text()


def decoded_html(data: bytes) -> tuple[str, list[str]]:
    """Return a page as text, in the encoding it tells if that fits; the list has warnings.

    Raises ReadError (`not-text`, `empty`).
    """
    found = _CHARSET.search(data[:_HEAD].lower())
    is_wide = b"\x00" in data[:_HEAD]
    return decoded_as(data, found[1].decode("ascii") if found and not is_wide else "")


def day_of(said: str) -> str:
    """Return the day of a date that a file says of itself, as 2026-11-30, or "" without one."""
    if day := local_day(said):
        return day
    found = _DAY.search(said[:100])
    return local_day("-".join(found.groups())) if found else ""


def _title(tree: Tree, heading: str) -> str:
    """The title of the head, or the first heading if the title is that and the site's name."""
    title = collapsed(tree.title or tree.metas.get("og:title", ""))
    return heading if heading and heading in title else title or heading


def _properties(tree: Tree) -> Properties:
    def said(names: tuple[str, ...]) -> str:
        return next((tree.metas[name] for name in names if name in tree.metas), "")

    author = collapsed(said(_AUTHORS))
    is_link = author.startswith(("http:", "https:"))
    return Properties("" if is_link else author, day_of(said(_MADE)), day_of(said(_CHANGED)))
