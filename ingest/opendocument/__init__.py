"""OpenDocument: texts (ODT), sheets (ODS) and presentations (ODP)."""

from ingest.opendocument.read_odf import read

__all__ = ["read"]
