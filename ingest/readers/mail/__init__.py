"""Mail: who wrote what to whom and when, the text once, and what is attached."""

from ingest.readers.mail.eml import read
from ingest.readers.mail.letter import Attachment, Body, Letter, address_line, day_and_time
from ingest.readers.mail.writing import reading_of

__all__ = ["Attachment", "Body", "Letter", "address_line", "day_and_time", "read", "reading_of"]
