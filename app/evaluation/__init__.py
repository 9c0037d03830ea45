"""How good it is: what is asked, what is measured, what it is compared with."""

from app.evaluation.answer_cells import AnswerCell
from app.evaluation.answers_report import AnswersReport
from app.evaluation.answers_run import AnswersRun
from app.evaluation.answers_table import print_answers
from app.evaluation.cells import sample
from app.evaluation.changes import last_report
from app.evaluation.checklist import judge
from app.evaluation.checklist_cells import ChecklistCell
from app.evaluation.corpus import Corpus, lay_out
from app.evaluation.dataset import (
    SAMPLE_QUESTIONS,
    Dataset,
    Question,
    has_checklists,
    questions,
    read_dataset,
)
from app.evaluation.library import library_of
from app.evaluation.plain import Found, plain_hits
from app.evaluation.report_file import hand_over, report_file
from app.evaluation.retrieval_eval import LibraryReport, RetrievalReport, measure
from app.evaluation.retrieval_table import print_retrieval
from app.evaluation.rgb import RgbFile, read_rgb

__all__ = [
    "SAMPLE_QUESTIONS",
    "AnswerCell",
    "AnswersReport",
    "AnswersRun",
    "ChecklistCell",
    "Corpus",
    "Dataset",
    "Found",
    "LibraryReport",
    "Question",
    "RetrievalReport",
    "RgbFile",
    "hand_over",
    "has_checklists",
    "judge",
    "last_report",
    "lay_out",
    "library_of",
    "measure",
    "plain_hits",
    "print_answers",
    "print_retrieval",
    "questions",
    "read_dataset",
    "read_rgb",
    "report_file",
    "sample",
]
