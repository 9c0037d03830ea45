"""OpenVINO without its usage statistics."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openvino import CompiledModel

_TELEMETRY = "openvino_telemetry"


def openvino() -> ModuleType:
    """Import OpenVINO. Raises ImportError, or what its native code does on a foreign processor.

    It tells its maker of each import, unless the package for that is not there: an empty module
    stands in its place.
    """
    sys.modules[_TELEMETRY] = ModuleType(_TELEMETRY)
    import openvino

    module: ModuleType = openvino
    return module


def openvino_version() -> str | None:
    """Return the installed release, None where there is none; does not import it."""
    try:
        return version("openvino")
    except PackageNotFoundError:
        return None


def compiled(xml: Path) -> CompiledModel:
    """Return a converted model ready to run on this processor's cores.

    Questions want short waits, and a batch of passages fills the cores anyway: one stream. Its
    threads are not tied to a core each, where one waits while another process has that core: beside
    other busy processes on two cores a question took 16 to 24 ms and not 26 to 47. What was
    compiled is not kept: multilingual-e5-small takes 0.34 s, and 0.28 s from 236 MB kept.
    """
    how = {"PERFORMANCE_HINT": "LATENCY", "NUM_STREAMS": "1", "ENABLE_CPU_PINNING": "NO"}
    model: CompiledModel = openvino().Core().compile_model(str(xml), "CPU", how)
    return model
