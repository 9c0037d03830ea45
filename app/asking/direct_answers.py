"""What is answered without the chat model: small talk, the date, questions about the library."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.asking.document_list import DocumentList, name_of, said
from ingest.text import language
from llm.answer import Event, Question
from llm.prompts import EXAMPLES, FOR_EXAMPLE, NO_DOCUMENTS, NOTHING_YET, SMALL_TALK
from llm.question import (
    SmallTalk,
    asks_for_date,
    date_sentence,
    library_question,
    small_talk,
    wish,
    written_in,
)
from retrieval.ledger import Filter

_LONG_TITLE = 40  # characters; a longer one makes no example that anybody reads


class DirectAnswers:
    """Answers what needs no passages to be read."""

    def __init__(self, documents: DocumentList) -> None:
        self._documents = documents

    def events(
        self, question: Question, within: Filter, today: date, *, is_first: bool = False
    ) -> Iterator[Event] | None:
        """Return the answer as events, or None for a question to the documents themselves.

        Small talk and the date are told by what was typed, a question about the library by the
        question as it is written out. If it `is_first`, a wish for another form of the answer gets
        told that there is none. Only documents that the filter lets through are named.
        """
        if talk := small_talk(question.asked):
            return said(question, self._reply(talk, within))
        if asks_for_date(question.asked):
            return said(question, date_sentence(today, written_in(question.asked)))
        if is_first and wish(question.asked):
            return said(question, NOTHING_YET[written_in(question.asked)])
        if wanted := library_question(question.text, today):
            return self._documents.events(question, wanted, within)
        return None

    def _reply(self, talk: SmallTalk, within: Filter) -> str:
        reply = SMALL_TALK[talk.kind][talk.lang]
        if talk.kind in ("thanks", "goodbye"):
            return reply
        examples = self._examples(talk.lang, within)
        if not examples:
            return f"{reply}\n\n{NO_DOCUMENTS[talk.lang]}"
        return "\n".join([reply, "", FOR_EXAMPLE[talk.lang], *(f"- {e}" for e in examples)])

    def _examples(self, lang: str, within: Filter) -> list[str]:
        """Return questions about documents of the library, those in the language before others."""
        records = self._documents.allowed(within)
        records.sort(key=lambda r: r.ingested_at or "", reverse=True)
        records.sort(key=lambda r: r.lang != language(EXAMPLES[lang][0]))
        names = list(dict.fromkeys(filter(None, map(name_of, records))))
        short = [name for name in names if len(name) <= _LONG_TITLE] or names
        return [form.format(name) for form, name in zip(EXAMPLES[lang], short, strict=False)]
