"""The models that recognise text, which the wheel of rapidocr carries, and what they must be."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from ingest.errors import ReadError

# PP-OCRv6 and the classifier of PP-OCR v2 (Apache-2.0, Baidu), as rapidocr 3.10.0 packs them.
_SHA256 = {
    "PP-OCRv6_det_small.onnx": "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
    "PP-OCRv6_rec_small.onnx": "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
    "ch_ppocr_mobile_v2.0_cls_mobile.onnx": (
        "e47acedf663230f8863ff1ab0e64dd2d82b838fceb5957146dab185a89d6215c"
    ),
}
DETECTION, RECOGNITION, DIRECTION = _SHA256


def model_bytes(name: str) -> bytes:
    """Return a model's bytes. Raises ReadError (`internal`) if it is missing or another one."""
    spec = find_spec("rapidocr")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    try:
        data = (folder / "models" / name).read_bytes()
    except OSError as error:
        message = f"the model {name} of text recognition is missing; install rapidocr anew"
        raise ReadError("internal", message) from error
    if hashlib.sha256(data).hexdigest() != _SHA256[name]:
        message = (
            f"the model {name} of text recognition is not the known one; install rapidocr anew"
        )
        raise ReadError("internal", message)
    return data
