"""Where browsers send files to; the pages say it, and the server listens there."""

from __future__ import annotations

UPLOAD_PATH = "/upload"
