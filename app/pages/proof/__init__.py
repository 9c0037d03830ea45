"""Proof one can see: numbers that are links, sources, and the dialog with the cited page."""

from app.pages.proof.dialog import is_proof_open, show_proof
from app.pages.proof.links import found_html, near_html, number_links, sources_html
from app.pages.proof.page_side import draw_page, is_made_meanwhile, prepare_page
from app.pages.proof.sources import Source
from app.pages.proof.style import PROOF_STYLE

__all__ = [
    "PROOF_STYLE",
    "Source",
    "draw_page",
    "found_html",
    "is_made_meanwhile",
    "is_proof_open",
    "near_html",
    "number_links",
    "prepare_page",
    "show_proof",
    "sources_html",
]
