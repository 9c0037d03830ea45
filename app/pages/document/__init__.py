"""A document's own page."""
