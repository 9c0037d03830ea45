"""Data with names: rows of cells, JSON, XML."""

from ingest.readers.data.header_rows import begins_with_header
from ingest.readers.data.values import flattened
from ingest.readers.data.xml_tree import Element, parsed_xml

__all__ = ["Element", "begins_with_header", "flattened", "parsed_xml"]
