"""What libraries read from the environment when they load; import this before anything else.

Nothing leaves this machine unless the user asks, and threads that wait leave the CPU to others.
"""

from __future__ import annotations

import os

# Each library's own switch: usage statistics, tracing, and asking a model hub at loading time.
_SWITCHES = {
    "ANONYMIZED_TELEMETRY": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_TRACING": "false",
    "ORT_DISABLE_TELEMETRY": "1",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    "TOKENIZERS_PARALLELISM": "false",
    "TRANSFORMERS_OFFLINE": "1",
}


# Threads of llama.cpp and torch that wait for each other sleep instead of spinning. With one of two
# cores busy elsewhere, a prompt was read 3.6 times and an answer written 7 to 15 times as fast
# (docs/measured/speed.md). A value that the user set stays.
_THREADS = {"OMP_WAIT_POLICY": "passive"}


def prepare() -> None:
    """Tell this process's libraries to keep private and to share the CPU, before they load."""
    os.environ.update(_SWITCHES)
    for name, value in _THREADS.items():
        os.environ.setdefault(name, value)


prepare()
