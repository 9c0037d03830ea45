"""What people think of answers, and the test questions that they keep."""

from app.feedback.feedback import Feedback, JudgedAnswer, Known

__all__ = ["Feedback", "JudgedAnswer", "Known"]
