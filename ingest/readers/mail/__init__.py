"""Mail: who wrote what to whom and when, the text once, and what is attached."""

from ingest.readers.mail.eml import read

__all__ = ["read"]
