"""Archives and books made to hurt."""

from __future__ import annotations

import stat

from made.zips import MIB, files, nested, overlapping, plain, repeated, zipped

GOOD = "Good words stand here.\n"
NOISE = b"many words of no worth \n" * 44_000  # 1 MiB


def flat() -> bytes:
    """Twenty texts of 100 MiB."""
    return zipped(*(repeated(f"{n}.txt", NOISE, 100) for n in range(20)))


def within_limit() -> bytes:
    """One text of 90 MiB, as much as fits below the limits of size."""
    return zipped(plain("good.txt", GOOD), repeated("90.csv", b"a,b,c,d\n" * 131_072, 90))


def nested_archives() -> bytes:
    """A million texts of 1 MiB, six levels deep."""
    return nested(6, 10)


def shared() -> bytes:
    """A thousand members that share the bytes of one."""
    return overlapping(1000, 5 * MIB)


def lying() -> bytes:
    """A text of 300 MiB that says that it has ten bytes."""
    return zipped(plain("good.txt", GOOD), repeated("small.txt", NOISE, 300, says=10))


def boasting() -> bytes:
    """A small text that says that it has 4 GiB."""
    return zipped(plain("good.txt", GOOD), repeated("a.txt", b"", 0, b"a", says=0xFFFF_FFF0))


def many() -> bytes:
    """60,000 empty members."""
    return files(*((f"{n}.txt", b"") for n in range(60_000)))


def leading_out() -> bytes:
    """Names that lead out of the archive, links and a device."""
    return zipped(
        plain("good.txt", GOOD),
        plain("../../../../../tmp/zhiku-escaped.txt", GOOD),
        plain("/tmp/zhiku-escaped.txt", GOOD),  # noqa: S108
        plain("C:\\Windows\\zhiku-escaped.txt", GOOD),
        plain("link.txt", "/etc/passwd", stat.S_IFLNK | 0o777),
        plain("folder", "/etc", stat.S_IFLNK | 0o777),
        plain("folder/passwd.txt", GOOD),
        plain("device.txt", "", stat.S_IFCHR | 0o666),
    )


def book(chapter: bytes | str, name: str = "a.xhtml", title: str = "Book") -> bytes:
    """A book of one chapter."""
    package = (
        f"<package><metadata><title>{title}</title></metadata><manifest>"
        f'<item id="a" href="{name}" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="a"/></spine></package>'
    )
    return files(
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", b'<container><rootfile full-path="a.opf"/></container>'),
        ("a.opf", package),
        (name, chapter),
    )


def book_leading_out() -> bytes:
    """A book whose chapter lies elsewhere, and whose list is a link."""
    return book(f"<p>{GOOD}</p>", "../../../../../tmp/zhiku-escaped.xhtml")


def book_bomb() -> bytes:
    """A book whose chapter has 600 MiB."""
    return zipped(
        plain("mimetype", "application/epub+zip"),
        plain("META-INF/container.xml", '<container><rootfile full-path="a.opf"/></container>'),
        plain(
            "a.opf",
            '<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
            '</manifest><spine><itemref idref="a"/></spine></package>',
        ),
        repeated("a.xhtml", NOISE, 600, b"<p>"),
    )
