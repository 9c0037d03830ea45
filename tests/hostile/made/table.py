"""The files made to hurt: each with its name, how it is made, and what may become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from made import archives, compounds, office, pdfs, pictures, texts
from made.archives import GOOD

READ = "read"


@dataclass(frozen=True)
class Case:
    """A file. `make` is given an address that nothing in it may lead to.

    `outcomes` are the reasons for which it may be refused, and `READ`, if it may be read; then
    `says` stands in its text or its warnings. Slow ones are for the long run.
    """

    name: str
    make: Callable[[str], bytes | str]
    outcomes: tuple[str, ...]
    says: str = GOOD.strip()
    is_slow: bool = False

    def data(self, url: str) -> bytes:
        """The bytes of the file."""
        made = self.make(url)
        return made.encode() if isinstance(made, str) else made


def _plain(make: Callable[[], bytes | str]) -> Callable[[str], bytes | str]:
    return lambda _url: make()


LARGE = ("too-large",)
CASES = (
    # Archives and books
    Case("flat.zip", _plain(archives.flat), LARGE),
    Case("nested.zip", _plain(archives.nested_archives), LARGE),
    Case("overlapping.zip", _plain(archives.shared), LARGE),
    Case("lying.zip", _plain(archives.lying), (READ,)),
    Case("boasting.zip", _plain(archives.boasting), (READ,), "its size is wrong"),
    Case("many.zip", _plain(archives.many), LARGE),
    Case("90-mib.zip", _plain(archives.within_limit), (*LARGE, "timeout"), is_slow=True),
    Case("leading-out.zip", _plain(archives.leading_out), (READ,), "links and devices"),
    Case("leading-out.epub", _plain(archives.book_leading_out), (READ,)),
    Case("bomb.epub", _plain(archives.book_bomb), LARGE),
    Case("laughs.epub", lambda u: archives.book(texts.xml_laughs()), (READ,)),
    Case("scripts.epub", lambda u: archives.book(texts.html_scripts(u)), (READ,)),
    # Word, Excel, OpenDocument
    Case("laughs.docx", _plain(office.docx_laughs), (READ,)),
    Case("outside.docx", office.docx_outside, (READ,)),
    Case("400-mb.docx", _plain(office.docx_large), LARGE),
    Case("60-mb.docx", _plain(office.docx_within_limit), (READ, *LARGE, "timeout"), is_slow=True),
    Case("remote.docx", office.docx_pictures, (READ,)),
    Case("macros.docm", _plain(office.docm), (READ,)),
    Case("tables-in-tables.docx", _plain(office.docx_nested), (READ,)),
    Case("million-columns.xlsx", _plain(office.xlsx_columns), (READ, *LARGE)),
    Case("million-rows.xlsx", _plain(office.xlsx_rows), (READ, *LARGE, "timeout"), is_slow=True),
    Case("corners.xlsx", _plain(office.xlsx_corners), (READ,)),
    Case("diagonal.xlsx", _plain(office.xlsx_diagonal), (READ, *LARGE)),
    Case("laughs.xlsx", _plain(office.xlsx_laughs), (READ,)),
    Case("macros.xlsm", office.xlsm, (READ,)),
    Case("laughs.odt", _plain(office.odt_laughs), (READ,)),
    Case("outside.odt", office.odt_outside, (READ,)),
    Case("repeated.odt", _plain(office.odt_repeated), (READ, *LARGE)),
    Case("repeated.ods", _plain(office.ods_repeated), (READ, *LARGE, "timeout"), is_slow=True),
    # The compound files of old Office and Outlook
    Case("deep.msg", _plain(compounds.msg_deep), (READ,)),
    Case("loop.msg", _plain(compounds.msg_loop), (READ, "damaged")),
    Case("many.msg", _plain(compounds.msg_many), LARGE),
    Case("chain-loop.doc", _plain(compounds.ole_chain_loop), ("damaged", "empty")),
    Case("tree-loop.doc", _plain(compounds.ole_tree_loop), ("damaged", "empty")),
    Case("table-loop.doc", _plain(compounds.ole_table_loop), ("damaged", "empty")),
    Case("lying.doc", _plain(compounds.doc_lying), ("damaged", "empty", "encrypted")),
    Case("lying.ppt", _plain(compounds.ppt_lying), ("damaged", "empty")),
    Case("lying.xls", _plain(compounds.xls_lying), (READ, "damaged")),
    # Pages, data, rich text, mails
    Case("laughs.xml", _plain(texts.xml_laughs), (READ,)),
    Case("outside.xml", texts.xml_outside, (READ,)),
    Case("laughs.svg", _plain(texts.svg_laughs), ("unsupported",)),
    Case("deep.xml", _plain(texts.xml_deep), LARGE),
    Case("deep.json", _plain(texts.json_deep), LARGE),
    Case("deep.html", _plain(texts.html_deep), (READ, *LARGE)),
    Case("tables-in-tables.html", _plain(texts.html_tables_deep), (READ, *LARGE)),
    Case("spans.html", _plain(texts.html_spans), (READ, *LARGE)),
    Case("scripts.html", texts.html_scripts, (READ,)),
    Case("deep.rtf", _plain(texts.rtf_deep), (READ, *LARGE)),
    Case("remote.rtf", texts.rtf_remote, (READ,)),
    Case("formulas.csv", texts.csv_formulas, (READ,)),
    Case("50-mb-line.csv", _plain(texts.csv_line), (*LARGE, "timeout"), is_slow=True),
    Case("50-mb-line.txt", _plain(texts.text_line), (READ, *LARGE, "timeout"), is_slow=True),
    Case("100000-columns.csv", _plain(texts.csv_columns), (READ, *LARGE), is_slow=True),
    Case("100000-columns.md", _plain(texts.markdown_columns), (READ, *LARGE)),
    Case("ragged-tables.md", _plain(texts.markdown_bars), (READ,)),
    Case("60-deep.eml", _plain(texts.mail_deep), (READ, *LARGE, "damaged")),
    Case("remote.eml", texts.mail_remote, (READ,)),
    Case("40-mb-attached.eml", _plain(texts.mail_packed), (READ, *LARGE), is_slow=True),
    Case("remote.mhtml", texts.page_saved, (READ,)),
    # Pictures
    Case("100-megapixels.png", lambda u: pictures.png(10_000, 10_000), LARGE),
    Case("49-megapixels.png", lambda u: pictures.png(7_000, 7_000), ("empty",)),
    Case("narrow.png", lambda u: pictures.png(2, 20_000_000), LARGE),
    Case("notes.png", _plain(pictures.png_text), ("damaged", *LARGE, "empty")),
    Case("loop.tiff", _plain(pictures.tiff_loop), (READ,), says="Good words"),
    Case("6000-pages.tiff", lambda u: pictures.tiff_pages(6000, 64), LARGE, is_slow=True),
    Case(
        "large-pages.tiff",
        lambda u: pictures.tiff_pages(200, 7000),
        (*LARGE, "timeout", "empty"),
        is_slow=True,
    ),
    Case("268-megapixels.webp", lambda u: pictures.webp(16_384, 16_384), LARGE),
    Case("lying.jpg", _plain(pictures.jpeg), LARGE),
    Case("frames.gif", _plain(pictures.gif), LARGE),
    Case("lying.bmp", _plain(pictures.bmp), LARGE),
    # PDF
    Case("tree-loop.pdf", _plain(pdfs.tree_loop), (READ, "damaged", *LARGE)),
    Case("million-pages.pdf", _plain(pdfs.million_pages), LARGE),
    Case("boasting-pages.pdf", _plain(pdfs.boasting_pages), (READ,)),
    Case("content-bomb.pdf", _plain(pdfs.content_bomb), (READ, *LARGE, "timeout"), is_slow=True),
    Case("object-bomb.pdf", _plain(pdfs.object_bomb), ("damaged", "empty", *LARGE), is_slow=True),
    Case("huge-page.pdf", _plain(pdfs.huge_page), ("empty", *LARGE)),
    Case("huge-picture.pdf", _plain(pdfs.huge_picture), ("empty", *LARGE), is_slow=True),
    Case("forms-in-forms.pdf", _plain(pdfs.forms), (READ, *LARGE, "timeout"), is_slow=True),
    Case("actions.pdf", pdfs.actions, (READ,)),
    Case("lying-font.pdf", _plain(pdfs.lying_font), (READ, *LARGE)),
    Case("deep-objects.pdf", _plain(pdfs.deep_objects), (READ, "damaged")),
    Case("outline-loop.pdf", _plain(pdfs.outline_loop), (READ,)),
    Case("table-loop.pdf", _plain(pdfs.table_loop), (READ,)),
    Case("much-text.pdf", _plain(pdfs.much_text), (READ, *LARGE), is_slow=True),
    Case("many-rules.pdf", _plain(pdfs.many_rules), (READ,), is_slow=True),
)
