"""Text in pictures is recognised, on this machine, with the models of rapidocr's wheel."""

from ingest.ocr.engine import MOST_THREADS
from ingest.ocr.opening import count_frames, dpi_of, frames, open_picture
from ingest.ocr.part import ocr_part
from ingest.ocr.pictures import Pictures
from ingest.ocr.recognise import recognise
from ingest.ocr.recognised_line import RecognisedLine

__all__ = [
    "MOST_THREADS",
    "Pictures",
    "RecognisedLine",
    "count_frames",
    "dpi_of",
    "frames",
    "ocr_part",
    "open_picture",
    "recognise",
]
