"""Which fonts of a PDF are bold."""

from __future__ import annotations

import ctypes
import re

from ingest.pdf import calls

_BOLD = re.compile(r"bold|black|heavy|semib|demi|simhei|heiti|cmbx|medi(?:ital)?$", re.IGNORECASE)
_BOLD_WEIGHT = 600


class Fonts:
    """Which fonts of a document are bold, by pdfium's pointer to them."""

    def __init__(self) -> None:
        self._bold: dict[int | None, bool] = {}
        self._name = ctypes.create_string_buffer(256)

    def is_bold(self, text_object: int) -> bool:
        """Whether a text object is in a bold font, by its weight or name."""
        font = calls.font_of(text_object)
        if font not in self._bold:
            calls.font_name(font, ctypes.addressof(self._name), len(self._name))
            name = self._name.value.decode("latin-1")
            heavy = calls.font_weight(font) >= _BOLD_WEIGHT
            self._bold[font] = heavy or bool(_BOLD.search(name))
        return self._bold[font]
