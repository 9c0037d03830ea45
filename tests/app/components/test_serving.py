"""The server of these tests: it draws what a test gives it."""

from collections.abc import Callable

import pytest
import streamlit as st
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.integration

Serve = Callable[[Callable[[], object]], str]
OpenTab = Callable[..., Page]


def test_a_page_of_a_test_is_drawn_in_a_browser(serve: Serve, open_tab: OpenTab) -> None:
    def draw() -> None:
        st.title("Hello")
        if st.button("Again"):
            st.write("twice")

    page = open_tab(serve(draw))
    expect(page.get_by_role("heading", name="Hello")).to_be_visible()
    page.get_by_role("button", name="Again").click()
    expect(page.get_by_text("twice")).to_be_visible()


def test_the_next_test_has_a_page_of_its_own(serve: Serve, open_tab: OpenTab) -> None:
    page = open_tab(serve(lambda: st.title("Other")))
    expect(page.get_by_role("heading", name="Other")).to_be_visible()


def test_a_page_test_without_a_browser_takes_nothing_from_the_server(
    serve: Serve, open_tab: OpenTab
) -> None:
    def hello() -> None:
        import streamlit as st

        st.title("Without")

    assert AppTest.from_function(hello).run().title[0].value == "Without"
    mount = st.components.v2.component("zhiku_tried", html="<p>a component</p>")
    page = open_tab(serve(lambda: mount(key="tried")))
    expect(page.get_by_text("a component")).to_be_visible()
