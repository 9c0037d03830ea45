"""The second step of an answer: each statement is verified and cited as soon as it is whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.text import HAN, is_foreign, is_traditional, letters, script, traditional
from llm.answer.answer_model import AnswerModel
from llm.answer.borrowed import Borrowed
from llm.answer.cite import Citer, is_yes_or_no, plain_statement
from llm.answer.dictated_words import is_dictated
from llm.answer.events import Event, Text
from llm.answer.harmless import HarmlessStream
from llm.answer.loops import second_round
from llm.answer.question import Question
from llm.answer.statements import Statement, StatementStream
from llm.answer.strangers import Strangers
from llm.answer.subjects import Subjects
from llm.answer.sums import arithmetic
from llm.answer.verify import Evidence, Problem
from llm.answer.yes_or_no import is_at_odds
from llm.prompts import CUT_SHORT, REFUSAL_MARKS, UNSUPPORTED, Manner, answer_messages, left_out
from llm.question import Kind

_REPEATS = 3  # statements said again, after which a small model says nothing else
_NUMBER = re.compile(r"(\s*)(\d{1,3})([.)、)]\s*)")
_BARE = re.compile(r"[\s\-*+•·|#>_]*")
# Tokens without a letter or digit, from which a small model writes nothing else; the line below
# a table's header has two for each column.
_RUN = 40
_HAN = re.compile(f"[{HAN}]")


class Writer:
    """Has one answer written, and keeps of it what the passages bear out.

    When `written` has ended, `shown` tells how many statements were given, `left_out` how many
    were not, `refused` whether the model said that the answer is not there, `main_lost` whether
    its first statement was left out, `is_strange` whether a figure that was given stands only in
    sentences about something else.
    """

    def __init__(self, question: Question, blocks: Sequence[str], model: AnswerModel) -> None:
        self._question = question
        self._blocks = blocks
        self._model = model
        self._evidence = Evidence(question.in_prompt, blocks)
        self._strangers = Strangers(question.in_prompt, blocks)
        self._borrowed = Borrowed(question.in_prompt, question.manner.texts, blocks)
        self._subjects = Subjects(question.text, question.passages, blocks)
        self.citer = Citer(question.text, question.passages, question.texts)
        self._traditional = is_traditional(question.text) and not is_foreign(question.text)
        self._foreign = is_foreign(question.text)
        # What stands above a passage in the prompt, which a small model at times writes first.
        heads = (block.partition("\n")[0].partition(" ")[2] for block in blocks)
        self._labels = {head for head in heads if head[:1] == "(" and head[-1:] == ")"}
        self._said: set[str] = set()
        self._held: list[Statement] = []
        self._repeats = 0
        self._lost_items = 0
        self._cut = False
        self._in_table = False
        self.text = ""
        self.shown = 0
        self.left_out = 0
        self.refused = False
        self.main_lost = False
        self.is_strange = False
        self.first_token_s: float | None = None
        self.completion_tokens = 0

    def written(self, *, may_refuse: bool) -> Iterator[Event]:
        """Yield the answer as far as it is borne out, cited, piece by piece.

        A small model at times writes nothing but marks in one form, and answers in another. One
        that takes its facts from an example of the form is asked again, without it.
        """
        lang, manner = self._question.lang, self._question.manner
        yield from self._in_forms(manner, may_refuse=may_refuse)
        lost = not (self.shown or self.refused or self._question.cancel.is_set())
        if lost and manner != manner.plain:
            self._begin_anew()
            yield from self._in_forms(manner.plain, may_refuse=may_refuse)
        if not (self.shown or self.left_out or self.refused):
            yield from self._bare_answer()
        if self._cut and self.shown:
            yield self._text(CUT_SHORT[lang])
        if self.left_out and self.shown:
            yield self._text(left_out(self.left_out, lang))

    def _begin_anew(self) -> None:
        self._borrowed = Borrowed()  # no text is shown from which something could be
        self._said.clear()
        self._held.clear()
        self._repeats = self._lost_items = self.left_out = 0
        self._in_table = self.main_lost = False

    def _in_forms(self, manner: Manner, *, may_refuse: bool) -> Iterator[Event]:
        for form in dict.fromkeys((self._question.form, Kind.FACT)):
            yield from self._in_form(form, manner, may_refuse=may_refuse)
            if self.shown or self.left_out or self.refused or self._question.cancel.is_set():
                break
            if any(is_yes_or_no(held.text) for held in self._held):
                break
            self._held.clear()

    def _in_form(self, form: Kind, manner: Manner, *, may_refuse: bool) -> Iterator[Event]:
        question = self._question
        prompt = answer_messages(
            question.in_prompt,
            self._blocks,
            question.lang,
            form,
            wish=question.wish,
            foreign=self._foreign,
            may_refuse=may_refuse,
            manner=manner,
        )
        stream, statements = HarmlessStream(question.texts), StatementStream()
        chunks = self._model.chat.stream(
            prompt, cancel=question.cancel, max_tokens=self._model.reserve
        )
        empty, endless, lost, written, raw = 0, False, False, 0, ""
        for chunk in chunks:
            if counted := getattr(chunk, "usage_metadata", None):
                written = counted["output_tokens"]
            text = str(chunk.text)
            for statement in statements.add(stream.add(text)):
                yield from self._taken(statement)
            empty = empty + 1 if text and _BARE.fullmatch(text) else 0
            raw += text
            in_circles = second_round(raw) is not None
            if endless := self._repeats >= _REPEATS or empty >= _RUN or in_circles:
                break
            if lost := self.main_lost and manner != manner.plain:
                break
        self.completion_tokens += written
        if lost:  # nothing was shown, so all of it can be written anew
            return
        self._cut = written >= self._model.reserve
        rest = statements.add(stream.rest()) + statements.rest()
        if rest and (again := second_round(rest[-1].text)):
            rest[-1] = replace(rest[-1], text=rest[-1].text[:again].rstrip("、，,; "))
        stopped = endless or self._cut or question.cancel.is_set()
        if stopped and self.shown:  # the last one is cut in two
            rest = rest[:-1]
        for statement in rest:
            yield from self._taken(statement)

    def add(self, note: str) -> Text:
        """Return a note to be shown behind the answer."""
        return self._text(note)

    def _taken(self, statement: Statement) -> Iterator[Event]:
        """Yield a statement with its sources, if it is borne out and says something new."""
        plain = plain_statement(statement.text)
        heads = statement.is_row and not self._in_table
        self._in_table = statement.is_row
        # "No. The excerpts do not mention it." is no answer, and a table's head no row of it.
        if heads or not statement.claims or (not self.shown and is_yes_or_no(plain)):
            # A figure or name in a heading is held against the passages as any other.
            made_up = [one for one in self._evidence.check(plain) if one.kind != "nothing"]
            if not (self._model.strict and made_up):
                self._held.append(statement)
            return
        if plain.strip() in self._labels or not self._is_new(plain):
            return
        if not self.shown and _says_nothing_found(plain):
            self.refused = True
            self._held.clear()
            return
        question = self._question
        beside = is_dictated(plain, question.text, self._blocks) or self._is_abroad(plain)
        problems = () if beside else self._evidence.check(plain)
        borrowed = self._borrowed.holds(plain)
        if borrowed and all(one.kind == "nothing" for one in problems):
            return  # an ordered greeting; with a figure or name it is a fact, and counts as lost
        total = None if beside else arithmetic(question.text, plain, self._blocks)
        sources = () if beside else self.citer.sources(statement.text)
        if total and not sources:  # the sum itself stands in no passage, its parts do
            sources = self.citer.sources(total.partition("=")[0])
        if name := self._subjects.lacking(sources):
            problems += (Problem("name", name),)
        if question.form == Kind.TASK:  # a letter greets and thanks in words of its own
            problems = tuple(one for one in problems if one.kind != "nothing")
        if beside or borrowed or (problems and self._model.strict):
            self.left_out += 1
            self.main_lost = self.main_lost or not self.shown
            self._lost_items += statement.is_item
            return
        mark = UNSUPPORTED[script(plain)] if problems else ""
        numbers = self.citer.note(statement.text, () if problems else sources)
        marks = "".join(f"[{n}]" for n in numbers)
        for held in self._held:  # it claims nothing, so a `[1]` in it has no source
            if is_yes_or_no(held.text) and is_at_odds(held.text, plain, question.text):
                continue
            yield self._text(held.gap + held.marker + self._written(plain_statement(held.text)))
        self._held.clear()
        if not problems and total and total not in plain:
            mark = f" ({total})"
        said = _marked(self._written(plain), mark + marks)
        yield self._text(f"{statement.gap}{self._renumbered(statement.marker)}{said}")
        self.shown += 1
        self.is_strange = self.is_strange or bool(self._strangers.figures(plain))

    def _written(self, text: str) -> str:
        """Return a text in the characters of the question.

        A model that was taught in Simplified characters answers a Traditional question in them.
        """
        return traditional(text) if self._traditional else text

    def _bare_answer(self) -> Iterator[Event]:
        """Yield a yes or no that nothing stands behind, with the passage about what was asked."""
        for held in self._held:
            if is_yes_or_no(held.text):
                marks = "".join(f"[{n}]" for n in self.citer.cite_question())
                yield self._text(self._written(plain_statement(held.text)) + marks)
                self.shown += 1
                return

    def _is_new(self, plain: str) -> bool:
        """Tell whether a statement was not said before, and is not the question again."""
        words = letters(plain)
        if not words:
            return False
        if words in self._said or (plain[-1] in "?？" and words in letters(self._question.text)):
            self._repeats += 1
            return False
        self._said.add(words)
        return True

    def _is_abroad(self, plain: str) -> bool:
        """Tell whether a statement is in Chinese where the answer is to be in English.

        Names may be; so a third of the letters decides.
        """
        if self._foreign or self._question.lang != "en" or script(self._question.text) != "en":
            return False
        return len(_HAN.findall(plain)) * 3 > len(letters(plain))

    def _renumbered(self, marker: str) -> str:
        """Return the marker of an item, counted without those that were left out before it."""
        if not (found := _NUMBER.fullmatch(marker)):
            return marker
        number = int(found[2])
        if number == 1:
            self._lost_items = 0
        return f"{found[1]}{max(1, number - self._lost_items)}{found[3]}"

    def _text(self, text: str) -> Text:
        if not self.text:
            text = text.lstrip()
        elif self.text[-1] == "]" and text[:1] in "(:":
            text = f" {text}"  # `[1](…)` would be a link
        self.first_token_s = self.first_token_s or self._question.seconds
        self.text += text
        return Text(text, self.citer.cited_ids())


def _marked(plain: str, marks: str) -> str:
    """Return a statement with marks at its end, in a table's row inside the last cell."""
    if marks and plain.startswith("|") and plain.rstrip().endswith("|"):
        return f"{plain.rstrip()[:-1].rstrip()}{marks} |"  # a space would part it from its word
    return plain + marks


def _says_nothing_found(plain: str) -> bool:
    return any(mark in plain for mark in REFUSAL_MARKS)
