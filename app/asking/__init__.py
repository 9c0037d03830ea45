"""What joins search and answer: questions, summaries, translations."""

from app.asking.asker import Asker
from app.asking.assistant_limits import answering
from app.asking.finder import Finder
from app.asking.report import hits, turn_of
from app.asking.summariser import Summariser
from app.asking.translator import Translator

__all__ = ["Asker", "Finder", "Summariser", "Translator", "answering", "hits", "turn_of"]
