"""Questions in the other language, kept in the ledger so that none is translated twice."""

from __future__ import annotations

from retrieval.ledger import Ledger

_KEPT = 10_000


class Translations:
    """What a chat model made of questions, by the model's name."""

    def __init__(self, ledger: Ledger, model: str) -> None:
        self._ledger = ledger
        self._model = model

    def get(self, question: str, lang: str) -> str | None:
        """Return a question in a language, if it was translated before."""
        with self._ledger.read() as db:
            row = db.execute(
                "SELECT text FROM translations WHERE question=? AND lang=? AND model=?",
                (question, lang, self._model),
            ).fetchone()
        return str(row[0]) if row else None

    def put(self, question: str, lang: str, text: str) -> None:
        """Keep a translation; of many the oldest are forgotten. A read-only ledger keeps none."""
        if self._ledger.read_only:
            return
        with self._ledger.write() as db:
            db.execute(
                "INSERT OR IGNORE INTO translations (question, lang, model, text)"
                " VALUES (?, ?, ?, ?)",
                (question, lang, self._model, text),
            )
            db.execute(
                "DELETE FROM translations WHERE number<=(SELECT max(number) FROM translations)-?",
                (_KEPT,),
            )
