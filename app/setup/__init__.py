"""What people set in the app: the values, the models that this machine can run, and a trial."""

from app.setup.catalogue import ModelRow
from app.setup.setup import Setup
from app.setup.trial import Trial, try_chat

__all__ = ["ModelRow", "Setup", "Trial", "try_chat"]
