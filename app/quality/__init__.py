"""How good one's own library is: the test questions asked, measured, and taken elsewhere."""

from app.quality.comparison import Comparison, compare
from app.quality.export import feedback_lines, preference_lines, question_lines
from app.quality.import_questions import import_questions
from app.quality.measures import STATES, Counts, Measures, State, counts_of, measure
from app.quality.run import QualityRun
from app.quality.runs import FEW, PastRun, Result, last_runs, results_of

__all__ = [
    "FEW",
    "STATES",
    "Comparison",
    "Counts",
    "Measures",
    "PastRun",
    "QualityRun",
    "Result",
    "State",
    "compare",
    "counts_of",
    "feedback_lines",
    "import_questions",
    "last_runs",
    "measure",
    "preference_lines",
    "question_lines",
    "results_of",
]
