"""Which fonts of a PDF are bold."""

from __future__ import annotations

import ctypes
import re
from typing import Any

import pypdfium2.raw as pdfium

_BOLD = re.compile(r"bold|black|heavy|semib|demi|simhei|heiti", re.IGNORECASE)
_BOLD_WEIGHT = 600


class Fonts:
    """Which fonts of a document are bold, by pdfium's pointer to them."""

    def __init__(self) -> None:
        self._bold: dict[bytes, bool] = {}
        self._name = ctypes.create_string_buffer(256)

    def is_bold(self, text_object: Any) -> bool:
        """Whether a text object is in a bold font, by its weight or name."""
        font = pdfium.FPDFTextObj_GetFont(text_object)
        key = bytes(font)
        if key not in self._bold:
            pdfium.FPDFFont_GetBaseFontName(font, self._name, len(self._name))
            name = self._name.value.decode("latin-1")
            heavy = pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
            self._bold[key] = heavy or bool(_BOLD.search(name))
        return self._bold[key]
