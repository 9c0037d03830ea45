"""The dialog in which an assistant is made or changed."""

from __future__ import annotations

import streamlit as st

from app.errors import EXPECTED, one_line
from app.pages.collections.dialogs import close
from app.pages.parts.collections import collection_name
from app.pages.parts.dialogs import dialog
from app.texts import Words
from app.web import Shared, label
from llm.prompts import TONES
from retrieval.assistants import (
    ANSWER_LANGUAGES,
    LONGEST_ANSWER,
    LONGEST_ASSISTANT_NAME,
    LONGEST_GREETING,
    LONGEST_INSTRUCTIONS,
    LONGEST_QUESTION,
    MOST_EXAMPLES,
    Assistant,
)


def edit_assistant(one: Assistant | None, shared: Shared, words: Words) -> None:
    """Open the dialog that makes an assistant, or changes one."""
    given = one or Assistant("")
    title = "assistant_new" if one is None else "assistant_edit_of"

    @dialog(words, title, name=given.name, width="medium", on_dismiss=close)
    def draw() -> None:
        with st.form(f"assistant-form-{given.id}", border=False, enter_to_submit=False):
            typed = _fields(given, shared, words)
            problem = st.container()
            saved = st.form_submit_button(words("save"), type="primary")
        if saved:
            if wrong := _wrong(typed, shared, words) or _save(typed, shared, words):
                problem.error(wrong, icon=":material/error:")
            else:
                close()
                st.rerun()

    draw()


def _fields(given: Assistant, shared: Shared, words: Words) -> Assistant:
    name = st.text_input(words("collection_name"), given.name)
    # What is gone stays chosen: without it the assistant would answer from all documents.
    names = list(dict.fromkeys((*shared.kb.collection_store.names(), *given.collections)))
    collections = st.multiselect(
        words("assistant_collections"),
        names,
        list(given.collections),
        format_func=lambda name: collection_name(name, words),
        placeholder=words("all_documents"),
    )
    instructions = st.text_area(
        words("assistant_instructions"),
        given.instructions,
        help=words("assistant_instructions_help"),
        placeholder=words("assistant_instructions_hint"),
    )
    with st.container(horizontal=True):
        tone = st.selectbox(
            words("tone"),
            TONES,
            TONES.index(given.tone),
            format_func=lambda key: words(f"tone_{key}"),
        )
        lang = st.selectbox(
            words("answer_lang"),
            ANSWER_LANGUAGES,
            ANSWER_LANGUAGES.index(given.lang),
            format_func=lambda key: words(f"answer_lang_{key}"),
        )
    greeting = st.text_input(words("greeting"), given.greeting, help=words("greeting_help"))
    examples = []
    with st.expander(words("examples", n=len(given.examples), most=MOST_EXAMPLES)):
        st.caption(words("examples_hint"))
        for n in range(MOST_EXAMPLES):
            question, answer = given.examples[n] if n < len(given.examples) else ("", "")
            question = st.text_input(words("example_question", n=n + 1), question)
            answer = st.text_area(words("example_answer", n=n + 1), answer, height=80)
            examples.append((question.strip(), answer.strip()))
    return Assistant(
        name, tuple(collections), instructions, tuple(examples), tone, lang, greeting, given.id
    )


def _wrong(typed: Assistant, shared: Shared, words: Words) -> str:
    """Say what of it cannot be kept, "" if all can."""
    name = " ".join(typed.name.split())
    if not name:
        return words("name_missing")
    others = (a.name.casefold() for a in shared.kb.assistants.all() if a.id != typed.id)
    if name.casefold() in others:
        return words("name_taken")
    texts = [
        (words("collection_name"), name, LONGEST_ASSISTANT_NAME),
        (words("assistant_instructions"), typed.instructions.strip(), LONGEST_INSTRUCTIONS),
        (words("greeting"), typed.greeting.strip(), LONGEST_GREETING),
    ]
    for n, (question, answer) in enumerate(typed.examples, 1):
        if bool(question) != bool(answer):
            return words("example_half", number=n)
        texts.append((words("example_question", n=n), question, LONGEST_QUESTION))
        texts.append((words("example_answer", n=n), answer, LONGEST_ANSWER))
    for what, text, most in texts:
        if len(text) > most:
            return words("text_long", what=what, n=len(text), most=most)
    return ""


def _save(typed: Assistant, shared: Shared, words: Words) -> str:
    try:
        shared.kb.assistants.put(typed)
    except EXPECTED as error:
        return label(words.problem(one_line(error)))
    return ""
