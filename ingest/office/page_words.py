"""Lines in headers and footers that only count pages."""

import re

_PAGE_WORDS = re.compile(
    r"[\W\d_]*+(?:(?:page|of|seite|von|第|页|頁|共|总|總)[\W\d_]*+)*+", re.IGNORECASE
)


def counts_pages_only(line: str) -> bool:
    """Whether a line, without its page numbers, says no more than "Page of"."""
    return bool(_PAGE_WORDS.fullmatch(line))
