"""Nothing leaves this machine unless the user asks; import this before anything else."""

from __future__ import annotations

import os

# Each library's own switch: usage statistics, tracing, and asking a model hub at loading time.
_SWITCHES = {
    "ANONYMIZED_TELEMETRY": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_TRACING": "false",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    "TOKENIZERS_PARALLELISM": "false",
    "TRANSFORMERS_OFFLINE": "1",
}


def keep_private() -> None:
    """Switch off telemetry, tracing and hub look-ups of the libraries, for this process."""
    os.environ.update(_SWITCHES)


keep_private()
