"""Office files become PDFs by LibreOffice, where it is there, so that their pages can be seen."""

from ingest.libreoffice.convert import Converter, office_program

__all__ = ["Converter", "office_program"]
