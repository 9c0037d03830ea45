"""Why a file is not in the library: the short documented list of reasons.

And which of the warnings about one that is there are of the ordinary course.
"""

from __future__ import annotations

from collections.abc import Iterable

# Page numbers and letterheads stand in most PDFs, and some have a blank page. It is told, but a
# file is not less whole for that.
HEAD_OR_FOOT = "left out as head or foot"
BLANK = "no text on"

REASONS: dict[str, str] = {
    "changed": "The file was written to while it was read.",
    "crashed": "Zhiku was ended several times while reading the file, perhaps by it.",
    "damaged": "The file is broken or cut short and could not be opened.",
    "emptied": "More than half of a source's documents have gone from it at once.",
    "empty": "The file holds no text.",
    "encrypted": "The file is locked with a password.",
    "internal": "Zhiku itself failed on the file: a defect, please report it.",
    "needs-ocr": "The pages are pictures or hold no readable text: text recognition is needed.",
    "no-permission": "The file may not be read with the rights of this program.",
    "not-text": "The name says text, but the file holds something else.",
    "outside": "It is a link that leads outside the folder or to another folder.",
    "restored": "The source came with a backup and is not read before it is named.",
    "stopped": "It was stopped before it was read; retry it.",
    "timeout": "Reading the file took longer than allowed.",
    "too-large": "The file is larger, or needs more memory, than allowed.",
    "unsafe-name": "The name cannot be used as a file name.",
    "unsupported": "Files of this kind are not read.",
    "vanished": "The file or folder is not there (any more).",
}


def has_gaps(warnings: Iterable[str]) -> bool:
    """Tell whether a file's warnings say more than of heads and feet, and of blank pages."""
    return any(not warning.startswith((HEAD_OR_FOOT, BLANK)) for warning in warnings)
