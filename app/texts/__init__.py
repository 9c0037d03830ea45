"""What the web app says, in Chinese and in English: a table of texts for each part of it."""

from app.texts.words import TEXTS, Words

__all__ = ["TEXTS", "Words"]
