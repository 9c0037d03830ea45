"""Text that others wrote, made harmless for the browser.

Documents and models may hold links, images or HTML; an image alone would tell a stranger that, and
what, somebody reads here. Streamlit's Markdown makes links even of escaped addresses and emoji of
`:100:`, so such text is shown as HTML in which every character of it is escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import NamedTuple

from markdown_it import MarkdownIt

from app.control_characters import line, lines
from app.web.pairs import tabled
from ingest.text import collapsed, language

_SOURCE = re.compile(r"\[\d{1,3}\]")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# Addresses become links, and names between colons pictures, after the escapes are gone; an
# invisible word joiner inside keeps them text.
_LIVE = re.compile(r"(:|@|www)")


def plain_markdown() -> MarkdownIt:
    """Return what makes HTML of paragraphs, emphasis, lists, headings, code and tables alone.

    Links, images and HTML stay text.
    """
    return (
        MarkdownIt("commonmark", {"html": False, "breaks": True})
        .enable("table")
        .disable(["link", "image", "autolink", "reference", "html_block", "html_inline"])
    )


# An answer quotes nobody: "> 30 %" is a figure, of which a quotation would leave "30 %".
ANSWER_MARKDOWN = plain_markdown().disable("blockquote")


def label(text: str) -> str:
    """Return text for a label or a Markdown line, where it stands as it is, on one line."""
    joined = _LIVE.sub("\\1\u2060", line(collapsed(text)))
    return _PUNCTUATION.sub(r"\\\1", joined)


class Link(NamedTuple):
    """A link that opens something on the page: what it opens, and what it is called."""

    target: str
    name: str


def answer_html(text: str, sources: Mapping[int, Link] | None = None) -> str:
    """Return an answer's Markdown as HTML without links, images or the model's own HTML.

    Only the numbers of `sources`, such as `[1]`, are links: each to the source of its number.
    """
    text = tabled(lines(text))
    shown = _SOURCE.sub(
        lambda found: _number(found[0], sources or {}), ANSWER_MARKDOWN.render(text)
    )
    return block("kb-answer", shown, text)


def _number(mark: str, sources: Mapping[int, Link]) -> str:
    link = sources.get(int(mark[1:-1]))
    inner = mark if link is None else link_html(link, mark, "kb-cite")
    # Joined to the word before: a number alone would begin the next line.
    return f"\u2060<sup>{inner}</sup>"


def link_html(
    link: Link, inner: str, style: str, *, name: str = "", key: str = "", popup: bool = True
) -> str:
    """Return a link around some HTML, of a class; `app.components.links` hears of its clicks.

    `name` tells it from others when it is drawn anew and opens something else. `key` is the key on
    the keyboard that does the same, as browsers call it. `popup` is whether it opens a dialog.
    """
    called = html.escape(line(link.name))
    more = f' data-kb-name="{name}"' if name else ""
    more += f' data-kb-key="{key}"' if key else ""
    more += ' aria-haspopup="dialog"' if popup else ""
    return (
        f'<a href="#" class="{style}" data-kb-open="{html.escape(link.target)}"{more}'
        f' aria-label="{called}" title="{called}">{inner}</a>'
    )


def text_html(text: str, quote: str = "") -> str:
    """Return text as HTML that shows it as it stands, with the first place of a quote marked."""
    text, quote = lines(text), lines(quote)
    at = text.find(quote) if quote else -1
    if at < 0:
        return block("kb-text", html.escape(text), text)
    before, after = html.escape(text[:at]), html.escape(text[at + len(quote) :])
    return block("kb-text", f"{before}<mark>{html.escape(quote)}</mark>{after}", text)


def block(name: str, shown: str, text: str) -> str:
    """Return HTML as a block of a class, in the language of the text that it shows."""
    return f'<div class="{name}" lang="{language(text)}">{shown}</div>'


# The quotation marks of a Chinese font are as wide as its characters and leave gaps in English.
# Chinese is left as it is: its commas would become narrow, too.
STYLE = """<style>
div[lang=en] { font-variant-east-asian: proportional-width; }
.kb-text { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.6; }
:is(.kb-text, .kb-markdown, .kb-tables) mark {
  background: color-mix(in srgb, #f2c037 40%, transparent); color: inherit; padding: 0.1em 0;
}
.kb-answer { overflow-wrap: anywhere; line-height: 1.7; }
.kb-answer sup { line-height: 0; }
:is(.kb-markdown, .kb-tables) { overflow-wrap: anywhere; line-height: 1.6; }
.kb-tables > * + * { margin-top: 0.6rem; }
:is(.kb-answer, .kb-markdown) > :first-child { margin-top: 0; }
:is(.kb-answer, .kb-markdown) > :last-child { margin-bottom: 0; }
:is(.kb-answer, .kb-markdown) :is(h1, h2, h3, h4, h5, h6) { font-size: 1.05rem; padding: 0; }
:is(.kb-answer, .kb-markdown, .kb-tables) table {
  display: block; overflow-x: auto; overflow-wrap: break-word; border-collapse: collapse;
}
:is(.kb-answer, .kb-markdown, .kb-tables) :is(th, td) {
  border: 1px solid color-mix(in srgb, currentColor 22%, transparent); padding: 0.25rem 0.6rem;
  min-width: 3.5em;  /* or Chinese is broken behind each character where there is little room */
}
/* Streamlit's hint which keys to press, in English alone. */
[class*="st-key-edit-"] [data-testid="InputInstructions"],
[class*="st-key-rate-"] [data-testid="InputInstructions"] { display: none; }
[class*="st-key-wishes-"] button { min-height: 2rem; padding: 0.1rem 0.75rem; border-radius: 1rem; }
/* A question is read whole before it is asked. */
.st-key-questions-to-try button { height: auto; justify-content: start; text-align: start; }
[class*="st-key-waits"] { flex-wrap: nowrap; }
.st-key-questions-to-try button > div { width: 100%; justify-content: start; }
.st-key-questions-to-try button * { white-space: normal; overflow: visible; text-align: start; }
[class*="st-key-wishes-"] button p { font-size: 0.8125rem; }
/* Of these words the first are for screen readers. */
[class*="st-key-wishes-"] button p > span {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
}
.kb-markdown thead:not(:has(th:not(:empty))) { display: none; }
/* Streamlit's grey has a contrast of 4.0 on white. */
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.78; }
[data-testid="stCaptionContainer"] p { color: inherit; }
/* The foot of the side bar is first in the tree, so that it is there while a page is drawn. */
[data-testid="stSidebarContent"], [data-testid="stSidebarUserContent"],
[data-testid="stSidebarUserContent"] > div { display: flex; flex-direction: column; }
[data-testid="stSidebarUserContent"], [data-testid="stSidebarUserContent"] > div,
[data-testid="stSidebarUserContent"] > div > [data-testid="stVerticalBlock"] { flex: 1 0 auto; }
[data-testid="stLayoutWrapper"]:has(> .st-key-kb-foot) {
  order: 99; margin-top: auto; position: sticky; bottom: 0; z-index: 1; padding: 0.5rem 0;
  backdrop-filter: blur(1rem);
}
/* Components that are not seen take no room, not even while they are loaded. */
[data-testid="stLayoutWrapper"]:has(> .st-key-kb-behind) {
  position: absolute; height: 0; overflow: hidden;
}
:is(button, a, summary, input, textarea, [role="radio"], [role="tab"]):focus-visible {
  outline: 2px solid var(--st-primary-color, #2f8f87); outline-offset: 2px;
}
/* The box around it has a border of its own then. */
[data-testid="stSelectbox"] input:focus-visible { outline: none; }
/* Streamlit darkens its colour, which on a dark page is hard to read. */
[data-testid="stPopoverButton"]:is(:active, [aria-expanded="true"]) { color: inherit; }
/* Streamlit writes in white on the light colour that a dark page needs. */
:is([data-testid="stBaseButton-primary"], [data-testid="stBaseButton-primaryFormSubmit"]) {
  color: light-dark(#ffffff, #15191a);
}
/* What a run has not drawn again yet: faded under the mouse it looks like a fault. */
[data-stale="true"] { opacity: 1 !important; transition: none !important; }
/* The border around it says so already. */
[data-testid="stChatInputTextArea"]:focus-visible { outline: none; }
/* Not the head of a section: a list of Streamlit's with one is none to a screen reader. */
[data-testid="stSidebarNav"]::before {
  content: "Zhiku 知库"; display: block; padding: 0 0.5rem 0.5rem; font-weight: 600;
}
</style>"""
