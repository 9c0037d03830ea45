"""How good it is: what is asked, what is measured, what it is compared with."""

from app.evaluation.answer_cells import AnswerCell, score_answer
from app.evaluation.answer_items import Item, check_kinds, dataset_items
from app.evaluation.answers_report import AnswersReport, measure_answers
from app.evaluation.answers_run import AnswersRun
from app.evaluation.answers_table import print_answers
from app.evaluation.ask_in_turn import reply_of
from app.evaluation.changes import LastReport, last_report
from app.evaluation.checklist import Checklist, Verdict, judge
from app.evaluation.checklist_cells import ChecklistCell
from app.evaluation.checkout import SAMPLE_QUESTIONS
from app.evaluation.corpus import Corpus, lay_out
from app.evaluation.dataset import (
    AnyQuery,
    ChecklistQuery,
    Dataset,
    Query,
    RetrievalQuestion,
    brings_passages,
    has_checklists,
    parsed_queries,
    questions,
    read_dataset,
)
from app.evaluation.grouping import sample
from app.evaluation.library import library_of
from app.evaluation.plain_search import PlainHits, plain_hits
from app.evaluation.ranking_cells import Passage, score_ranking
from app.evaluation.replies import Reply
from app.evaluation.report_file import hand_over, report_file
from app.evaluation.retrieval_eval import HITS, LibraryReport, RetrievalReport, measure_retrieval
from app.evaluation.retrieval_table import print_retrieval
from app.evaluation.rgb import RgbFile, read_rgb, rgb_items

__all__ = [
    "HITS",
    "SAMPLE_QUESTIONS",
    "AnswerCell",
    "AnswersReport",
    "AnswersRun",
    "AnyQuery",
    "Checklist",
    "ChecklistCell",
    "ChecklistQuery",
    "Corpus",
    "Dataset",
    "Item",
    "LastReport",
    "LibraryReport",
    "Passage",
    "PlainHits",
    "Query",
    "Reply",
    "RetrievalQuestion",
    "RetrievalReport",
    "RgbFile",
    "Verdict",
    "brings_passages",
    "check_kinds",
    "dataset_items",
    "hand_over",
    "has_checklists",
    "judge",
    "last_report",
    "lay_out",
    "library_of",
    "measure_answers",
    "measure_retrieval",
    "parsed_queries",
    "plain_hits",
    "print_answers",
    "print_retrieval",
    "questions",
    "read_dataset",
    "read_rgb",
    "reply_of",
    "report_file",
    "rgb_items",
    "sample",
    "score_answer",
    "score_ranking",
]
