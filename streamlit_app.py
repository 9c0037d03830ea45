"""The web app: Streamlit runs this file for each visit and each click; `kb serve` starts it."""

import app.environment  # isort: skip  # first: switches off every library's telemetry

import streamlit as st

from app.pages import draw
from app.serving import failed, guards, uploads

if __name__ == "__main__":
    draw()
else:
    # What `streamlit run streamlit_app.py` looks for: started by hand, it is guarded as well.
    app = st.App(
        __file__,
        routes=uploads(),
        middleware=guards(),
        exception_handlers={Exception: failed},
    )
