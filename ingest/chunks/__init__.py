"""What was read becomes chunks: by structure first, then by length in tokens."""

from ingest.chunks.split import SPLITTER, split

__all__ = ["SPLITTER", "split"]
