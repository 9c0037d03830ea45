"""Reads one PDF in a process of its own, as a hostile file may take all time and memory.

Run as a script: `python -P pdf_child.py PATH MAX_PAGES MAX_CHARACTERS MEMORY_BYTES SECONDS`.
It prints JSON lines: one `{"pages", "title", "outline"}`, one `{"text"}` a page (null: the page
could not be read), then `{"done"}`; or, last, `{"reason", "message"}`. It imports nothing of this
project, so that it runs whatever the working directory.
"""

import contextlib
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any


def main(path: str, max_pages: int, max_characters: int, memory_bytes: int, seconds: float) -> None:
    """Print the file's pages as JSON lines."""
    _limit(memory_bytes, seconds)
    logging.disable(logging.CRITICAL)  # pypdf tells of every odd font
    try:
        for line in _lines(path, max_pages, max_characters):
            _say(line)
    except MemoryError:
        _fail("too-large", "reading it needs more memory than allowed; split it")
    except Exception as error:
        _fail("damaged", f"it cannot be opened as a PDF ({type(error).__name__}); save it anew")


def _fail(reason: str, message: str) -> None:
    _say({"reason": reason, "message": message})


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _limit(memory_bytes: int, seconds: float) -> None:
    with contextlib.suppress(ImportError):  # Windows has no such limits; the parent's clock remains
        import resource

        cpu_seconds = int(seconds) + 1  # ends a child whose parent was killed
        for what, most in ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_CPU, cpu_seconds)):
            with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of memory
                resource.setrlimit(what, (most, most))


def _lines(path: str, max_pages: int, max_characters: int) -> Iterator[dict[str, Any]]:
    from pypdf import PdfReader

    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        message = "it is locked with a password; save a copy without one"
        yield {"reason": "encrypted", "message": message}
        return
    count = len(reader.pages)
    if not count:
        yield {"reason": "damaged", "message": "it has no pages; save it anew"}
        return
    if count > max_pages:
        message = f"it has {count} pages, more than {max_pages}; split it or raise the limit"
        yield {"reason": "too-large", "message": message}
        return
    yield {"pages": count, "title": _title(reader), "outline": _outline(reader)}
    for page in reader.pages:
        try:
            text = page.extract_text()
        except MemoryError:
            raise
        except Exception:  # one broken page does not take the others with it; it is reported
            text = None
        max_characters -= len(text or "")
        if max_characters < 0:
            yield {"reason": "too-large", "message": "it holds too much text; split it"}
            return
        yield {"text": text}
    yield {"done": True}


def _title(reader: Any) -> str | None:
    with contextlib.suppress(Exception):  # an odd title is no reason to lose the text
        return str(reader.metadata.title) if reader.metadata and reader.metadata.title else None
    return None


def _outline(reader: Any) -> list[tuple[int, str, int]]:
    """The bookmarks as (level from 1, words, page from 0), in order."""
    found: list[tuple[int, str, int]] = []

    def walk(items: list[Any], level: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, level + 1)
            elif (number := reader.get_destination_page_number(item)) is not None and number >= 0:
                found.append((level, str(item.title), number))

    with contextlib.suppress(Exception):  # broken bookmarks are as good as none
        walk(reader.outline, 1)
    return found


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
