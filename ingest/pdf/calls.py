"""Calls of pdfium whose pointers are plain numbers: these take half the time of others.

A page has thousands of words and objects, and each is asked for with a few calls. The pointers that
ctypes makes of pdfium's answers cost more than the answers do. None of these calls lasts, so they
keep Python's lock.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

_POINTER, _INT, _FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_float


def address(pointer: Any) -> int:
    """Return a pointer of pdfium as a number, 0 for none."""
    return ctypes.cast(pointer, _POINTER).value or 0


def _call(function: Any, result: Any, *arguments: Any) -> Any:
    return ctypes.PYFUNCTYPE(result, *arguments)(address(function))


# Of a text page, and the number of a character.
object_of = _call(pdfium.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
unicode_of = _call(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _INT)
font_size = _call(pdfium.FPDFText_GetFontSize, ctypes.c_double, _POINTER, _INT)
has_no_letter = _call(pdfium.FPDFText_HasUnicodeMapError, _INT, _POINTER, _INT)
matrix_of = _call(pdfium.FPDFText_GetMatrix, _INT, _POINTER, _INT, _POINTER)
origin_of = _call(pdfium.FPDFText_GetCharOrigin, _INT, _POINTER, _INT, _POINTER, _POINTER)
box_of = _call(pdfium.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)

# Of an object of a page.
kind_of = _call(pdfium.FPDFPageObj_GetType, _INT, _POINTER)
bounds_of = _call(pdfium.FPDFPageObj_GetBounds, _INT, _POINTER, *[_POINTER] * 4)
has_transparency = _call(pdfium.FPDFPageObj_HasTransparency, _INT, _POINTER)
clip_of = _call(pdfium.FPDFPageObj_GetClipPath, _POINTER, _POINTER)
count_clips = _call(pdfium.FPDFClipPath_CountPaths, _INT, _POINTER)
count_clip_segments = _call(pdfium.FPDFClipPath_CountPathSegments, _INT, _POINTER, _INT)
clip_segment_at = _call(pdfium.FPDFClipPath_GetPathSegment, _POINTER, _POINTER, _INT, _INT)
fill_colour = _call(pdfium.FPDFPageObj_GetFillColor, _INT, _POINTER, *[_POINTER] * 4)
matrix_of_object = _call(pdfium.FPDFPageObj_GetMatrix, _INT, _POINTER, _POINTER)
move = _call(pdfium.FPDFPageObj_TransformF, _INT, _POINTER, _POINTER)
set_stroke_width = _call(pdfium.FPDFPageObj_SetStrokeWidth, _INT, _POINTER, _FLOAT)
count_objects = _call(pdfium.FPDFPage_CountObjects, _INT, _POINTER)
object_at = _call(pdfium.FPDFPage_GetObject, _POINTER, _POINTER, _INT)
count_form_objects = _call(pdfium.FPDFFormObj_CountObjects, _INT, _POINTER)
form_object_at = _call(pdfium.FPDFFormObj_GetObject, _POINTER, _POINTER, ctypes.c_ulong)

# Of a text object, and of a font.
render_mode = _call(pdfium.FPDFTextObj_GetTextRenderMode, _INT, _POINTER)
set_render_mode = _call(pdfium.FPDFTextObj_SetTextRenderMode, _INT, _POINTER, _INT)
font_of = _call(pdfium.FPDFTextObj_GetFont, _POINTER, _POINTER)
font_weight = _call(pdfium.FPDFFont_GetWeight, _INT, _POINTER)
font_name = _call(
    pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t, _POINTER, _POINTER, ctypes.c_size_t
)

# Of a path, and of a segment of one.
draw_mode = _call(pdfium.FPDFPath_GetDrawMode, _INT, _POINTER, _POINTER, _POINTER)
count_segments = _call(pdfium.FPDFPath_CountSegments, _INT, _POINTER)
segment_at = _call(pdfium.FPDFPath_GetPathSegment, _POINTER, _POINTER, _INT)
point_of = _call(pdfium.FPDFPathSegment_GetPoint, _INT, _POINTER, _POINTER, _POINTER)
kind_of_segment = _call(pdfium.FPDFPathSegment_GetType, _INT, _POINTER)
closes = _call(pdfium.FPDFPathSegment_GetClose, _INT, _POINTER)
