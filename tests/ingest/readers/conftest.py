"""Archives and books of our own making."""

import io
import zipfile
from collections.abc import Callable, Mapping

import pytest

MakeZip = Callable[..., bytes]
MakeBook = Callable[..., bytes]


@pytest.fixture(scope="session")
def make_zip() -> MakeZip:
    """Make an archive of files by their names."""

    def make(files: Mapping[str, str | bytes]) -> bytes:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return data.getvalue()

    return make


@pytest.fixture(scope="session")
def make_book(make_zip: MakeZip) -> MakeBook:
    """Make an EPUB of chapters by their names, which are read in this order."""

    def make(chapters: Mapping[str, str], more: Mapping[str, str] | None = None) -> bytes:
        items = "".join(
            f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>'
            for n, name in enumerate(chapters)
        )
        spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
        package = (
            '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Book</dc:title>'
            "<dc:creator>Ute Brandl</dc:creator><dc:date>2026-01-02</dc:date>"
            '<meta property="dcterms:modified">2026-03-04T00:00:00Z</meta></metadata>'
            f"<manifest>{items}"
            '<item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>'
            f"<spine>{spine}</spine></package>"
        )
        container = (
            '<container><rootfiles><rootfile full-path="OEBPS/a.opf"/></rootfiles></container>'
        )
        files = {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OEBPS/a.opf": package,
            **{f"OEBPS/{name}": html for name, html in chapters.items()},
            **(more or {}),
        }
        return make_zip(files)

    return make
