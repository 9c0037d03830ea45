"""The fields of a test question."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from app.control_characters import line
from app.pages.parts.collections import collection_name
from app.texts import Words
from app.web import Shared
from retrieval.conversations import filter_to_json
from retrieval.feedback import TestQuestion, TestSource
from retrieval.library import shown


def question_fields(given: TestQuestion, shared: Shared, words: Words) -> TestQuestion:
    """Draw the fields and return what was typed."""
    question = st.text_area(words("question_text"), given.question, height=80)
    unanswerable = st.checkbox(
        words("question_unanswerable"),
        not given.answerable,
        help=words("question_unanswerable_help"),
    )
    sources = _sources(given, shared, words)
    must = st.text_area(
        words("question_must"),
        "\n".join(" | ".join(one) for one in given.must),
        help=words("question_must_help"),
        placeholder=words("question_must_hint"),
        height=80,
    )
    expected = st.text_area(
        words("question_expected"),
        given.expected,
        help=words("question_expected_help"),
        height=80,
    )
    within, assistant = _asked_of(given, shared, words)
    return replace(
        given,
        question=question,
        answerable=not unanswerable,
        sources=sources,
        must=_elements(must),
        expected=expected,
        within=within,
        assistant=assistant,
    )


def _sources(given: TestQuestion, shared: Shared, words: Words) -> tuple[TestSource, ...]:
    """Let one choose documents; pages and quotes of those that stay chosen stay."""
    paths = {row.document: row.path for row in shared.kb.documents()}
    before = dict.fromkeys(s.document for s in given.sources if s.document in paths)
    chosen = st.multiselect(
        words("question_documents"),
        list(paths),
        [one for one in before if one],
        format_func=lambda document: line(shown(paths[document])),
        placeholder=words("question_any"),
    )
    kept = [s for s in given.sources if s.document is None or s.document in chosen]
    new = [one for one in chosen if one not in before]
    return (*kept, *(TestSource(document, paths[document]) for document in new))


def _asked_of(given: TestQuestion, shared: Shared, words: Words) -> tuple[str, str | None]:
    """Let one choose of which collection, and of which assistant, it is asked."""
    where = given.where
    collections = list(dict.fromkeys(("", *shared.kb.collection_store.names())))
    now = where.collection or ""
    collections += [now] if now not in collections else []
    assistants = {"": words("question_nobody")}
    assistants |= {one.id: line(one.name) for one in shared.kb.assistants.all()}
    if given.assistant and given.assistant not in assistants:
        assistants[given.assistant] = words("question_source_gone")
    with st.container(horizontal=True):
        collection = st.selectbox(
            words("question_collection"),
            collections,
            collections.index(now),
            format_func=lambda name: collection_name(name, words) or words("all_documents"),
        )
        assistant = st.selectbox(
            words("question_assistant"),
            list(assistants),
            list(assistants).index(given.assistant or ""),
            format_func=lambda one: assistants[one],
        )
    within = filter_to_json(replace(where, collection=collection or None))
    return within, assistant or None


def _elements(text: str) -> tuple[tuple[str, ...], ...]:
    rows = (
        tuple(said for one in row.split("|") if (said := one.strip())) for row in text.split("\n")
    )
    return tuple(row for row in rows if row)
