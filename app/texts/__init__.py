"""What the web app says, in Chinese and in English: a table of texts for each part of it."""

from app.texts.streamlit_texts import STREAMLIT_PATTERNS, STREAMLIT_TEXTS
from app.texts.words import TEXTS, Words

__all__ = ["STREAMLIT_PATTERNS", "STREAMLIT_TEXTS", "TEXTS", "Words"]
