"""rapidocr with its models: where lines of text are, which way up they are, what they say."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from ingest.ocr.model_files import DETECTION, DIRECTION, RECOGNITION, model_bytes

Pixels: TypeAlias = npt.NDArray[np.uint8]
"""A picture: rows, columns, and blue, green, red."""
Corners: TypeAlias = npt.NDArray[np.float32]
"""Where a line is: upper left, upper right, lower right, lower left, each as x and y."""

MOST_THREADS = 4
"""That work at once on a picture."""
_SURE = 0.6  # of the classifier that a line is upside down


class Engine:
    """Finds and reads lines of text; loading it takes a second. Not safe for threads."""

    def __init__(self) -> None:
        """Raises ReadError (`internal`) if a model is missing or not the known one."""
        # Before it is imported: it tells Microsoft how it is used, from the first moment on.
        os.putenv("ORT_DISABLE_TELEMETRY", "1")
        from omegaconf import flag_override
        from rapidocr import RapidOCR

        # All three models are handed over, so nothing is left that it would download. One line at
        # a time: as fast on a processor as six, with 250 MB less.
        self._rapid = RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.use_preprocess_img": False,
                "Rec.rec_batch_num": 1,
                "Det.limit_type": "max",
                "Det.limit_side_len": 1 << 16,
            }
        )
        for part, name in (("Det", DETECTION), ("Rec", RECOGNITION), ("Cls", DIRECTION)):
            with flag_override(self._rapid.cfg[part], "allow_objects", True):
                self._rapid.cfg[part].session = _session(name)

    def find(self, page: Pixels) -> list[Corners]:
        """Return where lines of text are."""
        found: Any = self._rapid(page, use_det=True, use_cls=False, use_rec=False)
        return [] if found.boxes is None else [np.asarray(box, np.float32) for box in found.boxes]

    def upside_down(self, lines: Sequence[Pixels]) -> float:
        """Return which share of some lines stands on its head, weighted by their lengths."""
        found: Any = self._rapid.cls_and_rotate(list(lines))[1]
        told = [(line.shape[1], *said) for line, said in zip(lines, found.cls_res, strict=True)]
        turned = sum(width for width, said, sure in told if said == "180" and sure > _SURE)
        return float(turned / sum(width for width, _, _ in told))

    def read(self, line: Pixels) -> tuple[str, float]:
        """Return what a line says, and how sure that is, from 0 to 1."""
        found = self._rapid.recognize_txt([line])
        (text,), (sure,) = found.txts or ("",), found.scores
        return str(text), min(1.0, max(0.0, float(sure)))


@lru_cache(maxsize=1)
def loaded_engine() -> Engine:
    """Return the engine, loaded once in a process. Raises ReadError (`internal`)."""
    return Engine()


def _session(name: str) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(os.cpu_count() or 1, MOST_THREADS)
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    # Each line has another width: an arena keeps the largest of all that it has seen.
    options.enable_cpu_mem_arena = False
    # A thread that waits by spinning takes a core from the one that answers people.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(
        model_bytes(name), options, providers=["CPUExecutionProvider"]
    )
