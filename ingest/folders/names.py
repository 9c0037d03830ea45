"""Names of files: the Unicode form in which they are kept, and which are left out."""

import unicodedata
from collections.abc import Iterable


def nfc(name: str) -> str:
    """A name with its accents composed (NFC), in whatever Unicode form it is written."""
    return unicodedata.normalize("NFC", name)


def kept_names(names: Iterable[str]) -> dict[str, str]:
    """The name under which the library keeps each entry of one folder, by its name on the disk.

    That is NFC, as systems and keyboards write the same name in different forms. Where names of
    the folder differ in nothing but their form, one has it, NFC on the disk going first, and each
    other keeps the form that it has on the disk: so no two share a name.
    """
    kept: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(names, key=lambda name: (name != nfc(name), name)):
        kept[name] = name if nfc(name) in taken else nfc(name)
        taken.add(nfc(name))
    return kept


def is_hidden(name: str) -> bool:
    """Whether a name is that of a hidden file or folder, or of a lock file of Office ("~$…")."""
    return name.startswith((".", "~$"))


def is_text(name: str) -> bool:
    """Whether a name is no mere bytes: neither JSON nor SQLite could hold those."""
    return not any("\ud800" <= char <= "\udfff" for char in name)


def printable(name: str) -> str:
    """A name as a report can hold it: mere bytes are written as \\udcff."""
    return name.encode(errors="backslashreplace").decode()
