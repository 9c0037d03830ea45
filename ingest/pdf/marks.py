"""Form fields and annotations of a page, which are drawn over its text."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from ingest.pdf.frame import Corners

_MOST = 5000  # of a page
_HIDDEN = 2 | 32  # flags: hidden, no view
_SAYING = frozenset(
    (
        pdfium.FPDF_ANNOT_TEXT,
        pdfium.FPDF_ANNOT_FREETEXT,
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_SQUIGGLY,
        pdfium.FPDF_ANNOT_STRIKEOUT,
        pdfium.FPDF_ANNOT_STAMP,
        pdfium.FPDF_ANNOT_CARET,
        pdfium.FPDF_ANNOT_INK,
        pdfium.FPDF_ANNOT_SQUARE,
        pdfium.FPDF_ANNOT_CIRCLE,
        pdfium.FPDF_ANNOT_LINE,
        pdfium.FPDF_ANNOT_POLYGON,
        pdfium.FPDF_ANNOT_POLYLINE,
    )
)
_BOXES = frozenset((pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON))
_VALUES = frozenset(
    (
        pdfium.FPDF_FORMFIELD_TEXTFIELD,
        pdfium.FPDF_FORMFIELD_COMBOBOX,
        pdfium.FPDF_FORMFIELD_LISTBOX,
    )
)


@dataclass(frozen=True)
class Mark:
    """A field's value or a note, with its box in the coordinates of PDF.

    `name` is that of a field, `is_note` tells an annotation from a field.
    """

    text: str
    box: Corners
    name: str = ""
    is_note: bool = False


def read_marks(page: Any, form: Any) -> list[Mark]:
    """Return the filled fields and the notes of a page; `form` is pdfium's handle, or None."""
    marks: list[Mark] = []
    for n in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page, n)
        if not annotation:
            continue
        try:
            if mark := _mark(annotation, form):
                marks.append(mark)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return marks


def _mark(annotation: Any, form: Any) -> Mark | None:
    if pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
        return None
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if kind == pdfium.FPDF_ANNOT_WIDGET:
        return _field(annotation, form) if form else None
    if kind not in _SAYING:
        return None
    text = _string(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents")
    return Mark(text, _box(annotation), is_note=True) if text.strip() else None


def _field(annotation: Any, form: Any) -> Mark | None:
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in _BOXES:
        text = "[x]" if pdfium.FPDFAnnot_IsChecked(form, annotation) else "[ ]"
    elif kind in _VALUES:
        text = _string(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation)
    else:
        return None
    if not text.strip():
        return None
    name = _string(pdfium.FPDFAnnot_GetFormFieldAlternateName, form, annotation)
    name = name or _string(pdfium.FPDFAnnot_GetFormFieldName, form, annotation)
    return Mark(text, _box(annotation), name)


def _string(call: Any, *arguments: Any) -> str:
    length = call(*arguments, None, 0)
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    call(*arguments, buffer, length)
    return bytes(buffer)[: length - 2].decode("utf-16-le", "replace")


def _box(annotation: Any) -> Corners:
    rect = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(rect))
    left, right = sorted((rect.left, rect.right))
    bottom, top = sorted((rect.bottom, rect.top))
    return left, bottom, right, top
