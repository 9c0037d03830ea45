"""A page that Streamlit has cleared is opened anew, by itself."""

from collections.abc import Callable

import pytest
import streamlit as st
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.integration


def test_a_blank_page_is_opened_anew(
    serve: Callable[..., str], open_tab: Callable[..., Page]
) -> None:
    drawn: list[str] = []

    def blank_at_first() -> None:
        drawn.append("page")
        if len(drawn) > 1:
            st.text("Here it is.")

    page = open_tab(serve(blank_at_first))
    expect(page.get_by_text("Here it is.")).to_be_visible(timeout=20_000)


def test_a_page_with_anything_on_it_stays(
    serve: Callable[..., str], open_tab: Callable[..., Page]
) -> None:
    drawn: list[str] = []

    def a_field_alone() -> None:
        drawn.append("page")
        st.text_input("Name", label_visibility="collapsed")

    page = open_tab(serve(a_field_alone))
    expect(page.get_by_role("textbox")).to_be_visible()
    page.wait_for_timeout(3_000)
    assert drawn == ["page"]


def test_a_page_that_stays_blank_is_not_opened_again_and_again(
    serve: Callable[..., str], open_tab: Callable[..., Page]
) -> None:
    drawn: list[str] = []
    page = open_tab(serve(lambda: drawn.append("page")))
    page.wait_for_timeout(6_000)
    assert len(drawn) == 2
