"""An answer without links, images and HTML: whatever shows it, it calls no stranger's machine.

A document can ask a model for an image whose address holds what somebody asked or read, and many
programs load it without a click. An address stays, as plain text, only if the sources hold it
word for word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_LABEL = r"!?\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]"
_LINK = re.compile(_LABEL + r"\(((?:[^()\n]|\([^()\n]*\))*)(?:\)|\Z)")
# `[1]: address` makes a link of every `[1]`; without its colon it makes none.
_DEFINITION = re.compile(r"^([ >]*\[[^\[\]\n]+\]):", re.MULTILINE)
_ANGLED = re.compile(r"<([a-z][a-z0-9+.-]*:[^<>\s]*|[^<>\s@]+@[^<>\s@]+)>", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?<![a-z0-9])"
    r"(?:[a-z][a-z0-9+.-]{1,30}://|www\.|(?:mailto|tel):|(?:java|vb)script:|data:(?=[a-z]+/|[;,]))"
    r"[\w!#$%&'()*+,./:;=?@~-]*"
    r"|(?<![\w:/])//[\w-]{1,63}(?:\.[\w-]{1,63}){1,20}[\w!#$%&'()*+,./:;=?@~-]*"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE | re.ASCII,
)
_SCHEME = re.compile(r"^(?:mailto:|tel:|https?://)", re.IGNORECASE)
# Elements of HTML and SVG. Those of one or two letters are also names in formulas: `a <b`.
_SHORT = "a|b|i|p|q|s|u|br|dd|dl|dt|em|h[1-6]|hr|li|ol|rp|rt|td|th|tr|tt|ul"
_LONG = (
    "abbr|address|animate|applet|area|article|aside|audio|base|bdi|bdo|big|blink|blockquote|body"
    "|button|canvas|caption|center|cite|code|col|colgroup|datalist|del|details|dfn|dialog|div"
    "|embed|fieldset|figcaption|figure|font|footer|foreignobject|form|frame|frameset|head|header"
    "|hgroup|html|iframe|image|img|input|ins|kbd|label|legend|link|main|map|mark|marquee|math"
    "|menu|meta|meter|nav|noscript|object|optgroup|option|output|param|picture|pre|progress|ruby"
    "|samp|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|table"
    "|tbody|template|textarea|tfoot|thead|time|title|track|use|var|video|wbr|xml"
)
_HTML = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b[^>]*>.*?</\1\s*>"
    rf"|</?(?:{_SHORT}|{_LONG})\s*/?>|<(?:{_LONG})[\s/][^<>]*(?:>|\Z)"
    r"|<[!?][a-z\[][^<>]*(?:>|\Z)|</?[a-z][a-z0-9]*-[^<>]*(?:>|\Z)"
    r"|<[a-z][\w:-]*[\s/][^<>]*=[^<>]*(?:>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
# Terminals make links of control characters, too; the others hide or turn round what is written.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)
# What else makes a link or an image of what stands before it, whatever that is: `![a\]](b)`.
_JOINT = re.compile(r"\](?=\()|^[ >]*\](?=:)", re.MULTILINE)
# What may still become one of these when more is written, and what is one already.
_OPEN = re.compile(
    r"(?:!?\[[^\[\]\n]{0,300}(?:\]\([^()\n]{0,2000})?|!?\[[^\[\]\n]{0,300}\]"
    r"|<[a-z!/][^<>]{0,2000}|(?<![!-~])[!-~]+)\Z",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"!?\[[^\[\]\n]*\]\([^()\n]*\)|<[a-z!/][^<>]*>", re.IGNORECASE)


def harmless(text: str, sources: Sequence[str]) -> str:
    """Return an answer as text alone; `sources` are the passages whose addresses may stay."""
    before = None
    while before != text:  # what is taken out may join the two halves of another
        before = text
        text = _ANGLED.sub(r"\1", _HIDDEN.sub("", text))
        text = _DEFINITION.sub(r"\1", _HTML.sub("", text))
        text = _LINK.sub(lambda link: _words(link, sources), text)
        text = _ADDRESS.sub(lambda found: _kept(found[0], sources), text)
    return _JOINT.sub(lambda found: f"{found[0]} ", text)


class HarmlessStream:
    """The same for an answer that is still being written: text is held until it is seen whole.

    Example:
        stream = HarmlessStream(passages)
        shown = "".join(map(stream.add, words)) + stream.rest()
    """

    def __init__(self, sources: Sequence[str]) -> None:
        self._sources = sources
        self._held = ""

    def add(self, text: str) -> str:
        """Take what was written, and return what can be shown of all that."""
        # Taken out at once: "https:" would be shown before what a hidden character parts from it.
        self._held += _HIDDEN.sub("", text)
        cut = len(self._held)
        while open_ := _OPEN.search(self._held, 0, cut):
            cut = open_.start()
            within = (s.start() for s in _WHOLE.finditer(self._held) if s.start() < cut < s.end())
            cut = next(within, cut)
        ready, self._held = self._held[:cut], self._held[cut:]
        return harmless(ready, self._sources)

    def rest(self) -> str:
        """Return what was held when the answer ends."""
        ready, self._held = self._held, ""
        return harmless(ready, self._sources)


def _words(link: re.Match[str], sources: Sequence[str]) -> str:
    """Return the words of a link or image, and an address that may stay behind them."""
    words, target = link[1], link[2].strip()
    if words.isdigit():  # the number of a passage, and a remark in brackets behind it
        words = f"[{words}]"
    address = _ADDRESS.search(target)
    if address is None:
        return f"{words} ({target})" if words[:1] == "[" and target else words
    kept = _kept(address[0], sources)
    said = _SCHEME.sub("", kept) in words
    return f"{words} ({kept})" if kept and not said and link[0][0] != "!" else words


def _kept(address: str, sources: Sequence[str]) -> str:
    """Return an address if it stands in a source, whole; otherwise only what ends the sentence."""
    whole = address.rstrip(".,;:!?'*_")
    while whole.endswith(")") and whole.count("(") < whole.count(")"):
        whole = whole[:-1]
    end = address[len(whole) :]
    standing = re.compile(rf"(?<![\w.@/-]){re.escape(whole)}(?![\w/@%=&?#~+-])(?!\.\w)", re.ASCII)
    return address if any(map(standing.search, sources)) else end
