"""What is asked: its kind, a follow-up made whole, its other language."""

from llm.question.followup import Turn, is_follow_up, standalone
from llm.question.kind import Kind, kind_of
from llm.question.translate import translated_question

__all__ = ["Kind", "Turn", "is_follow_up", "kind_of", "standalone", "translated_question"]
