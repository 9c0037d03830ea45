"""The words of the app in one language."""

from __future__ import annotations

from contextlib import suppress

from app.problem import Problem
from app.texts.answer_texts import ANSWER_TEXTS
from app.texts.chat_texts import CHAT_TEXTS
from app.texts.collection_texts import COLLECTION_TEXTS
from app.texts.conversation_texts import CONVERSATION_TEXTS
from app.texts.detail_texts import DETAIL_TEXTS
from app.texts.document_page_texts import DOCUMENT_PAGE_TEXTS
from app.texts.document_texts import DOCUMENT_TEXTS
from app.texts.drop_texts import DROP_TEXTS
from app.texts.filter_texts import FILTER_TEXTS
from app.texts.model_problem_texts import MODEL_PROBLEM_TEXTS
from app.texts.model_process_texts import MODEL_PROCESS_TEXTS
from app.texts.model_texts import MODEL_TEXTS
from app.texts.place_texts import PLACE_TEXTS
from app.texts.problem_texts import PROBLEM_TEXTS
from app.texts.proof_texts import PROOF_TEXTS
from app.texts.quality_texts import QUALITY_TEXTS
from app.texts.queue_texts import QUEUE_TEXTS
from app.texts.reason_texts import REASON_TEXTS
from app.texts.setting_problem_texts import SETTING_PROBLEM_TEXTS
from app.texts.settings_texts import SETTINGS_TEXTS
from app.texts.site_texts import SITE_TEXTS
from app.texts.table_texts import TABLE_TEXTS
from app.texts.welcome_texts import WELCOME_TEXTS

# key: (Chinese, English). A key with `_one` is the English for exactly one `n`.
TEXTS: dict[str, tuple[str, str]] = {
    **ANSWER_TEXTS,
    **CHAT_TEXTS,
    **CONVERSATION_TEXTS,
    **COLLECTION_TEXTS,
    **DETAIL_TEXTS,
    **DOCUMENT_PAGE_TEXTS,
    **DOCUMENT_TEXTS,
    **DROP_TEXTS,
    **FILTER_TEXTS,
    **MODEL_PROBLEM_TEXTS,
    **MODEL_PROCESS_TEXTS,
    **MODEL_TEXTS,
    **PLACE_TEXTS,
    **PROBLEM_TEXTS,
    **PROOF_TEXTS,
    **QUALITY_TEXTS,
    **QUEUE_TEXTS,
    **REASON_TEXTS,
    **SETTINGS_TEXTS,
    **SETTING_PROBLEM_TEXTS,
    **SITE_TEXTS,
    **TABLE_TEXTS,
    **WELCOME_TEXTS,
}


class Words:
    """The app's words in one language.

    Example:
        Words("zh-CN")("page", n=3)  # 第 3 页
    """

    def __init__(self, locale: str | None) -> None:
        self._at = 0 if (locale or "").lower().startswith("zh") else 1

    def problem(self, problem: str) -> str:
        """Return what went wrong in these words; what has none for its reason stays as it is.

        "" is something unexpected, as the log tells.
        """
        if isinstance(problem, Problem) and (key := f"reason_{problem.reason}") in TEXTS:
            values = {name: self._said(value) for name, value in problem.values.items()}
            with suppress(KeyError, ValueError, IndexError):  # as another release kept it
                said = self(key, **values)
                first = TEXTS[key][self._at][0]  # not that of a name
                return first.upper() + said[1:] if said.startswith(first) else said
        return str(problem) or self("unexpected")

    def _said(self, value: object) -> object:
        """Return a value of a problem; what it comes of without the stop at the end."""
        if isinstance(value, list):
            return self("semicolon").join(str(self._said(one)) for one in value)
        if isinstance(value, Problem):
            return self.problem(value).rstrip("。.")
        return value

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the text of a key with its values filled in."""
        if self._at == 1 and values.get("n") == 1 and f"{key}_one" in TEXTS:
            key = f"{key}_one"
        return TEXTS[key][self._at].format(**values)
