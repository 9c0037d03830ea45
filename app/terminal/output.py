"""How results look: one JSON value for programs, tables and colours for people."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich import markup
from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from app.control_characters import isolated, line
from app.terminal.places import counted, place, recognised
from ingest.reasons import has_gaps
from retrieval.library import shown

if TYPE_CHECKING:
    from app.results import DocumentRow, Hit, IngestReport
    from llm.answer import Answer, Citation, ClosestPassage
    from llm.pull import Pulled

# Text of documents is shown as it is: `:100:` in it is no picture.
out = Console(emoji=False)
_ENDLESS = 10_000  # columns of a table that no terminal shows
err = Console(stderr=True, emoji=False)


def escape(text: str) -> str:
    """Return a name or a message of others as it may stand in a line with colours."""
    return markup.escape(line(text))


def escape_lines(text: str) -> str:
    """Return a passage of others as it may stand among lines with colours."""
    return markup.escape(isolated(text))


def print_line(text: str, style: str = "") -> None:
    """Print one line on stdout as it is, whatever names stand in it."""
    out.print(line(text), style=style, markup=False, highlight=False, soft_wrap=True)


def plain(value: object) -> Any:
    """Return a result as what JSON can hold."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return value


def print_json(value: object) -> None:
    """Print exactly one JSON value on one line of stdout."""
    found = plain(value)
    text = json.dumps(found, ensure_ascii=False)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:  # a terminal of another encoding, or half a character
        text = json.dumps(found)
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


_WARNED = 20  # files whose warnings are told after an ingestion
_NEAR_CHARS = 300  # of a passage offered with a refusal


def complain(message: str) -> None:
    """Print one line about what went wrong on stderr."""
    err.print(f"[red]kb:[/red] {escape(message)}", soft_wrap=True, highlight=False)


def say(message: str) -> None:
    """Print one line about what is being done on stderr."""
    err.print(escape(message), soft_wrap=True, highlight=False)


def print_ingest(report: IngestReport, *, dry_run: bool = False) -> None:
    """Print what an ingestion did, or would do."""
    for skipped in report.skipped:
        err.print(f"skipped {escape(shown(skipped.path))}: {skipped.reason}", soft_wrap=True)
    for warned in report.warned[:_WARNED]:
        told = f"{shown(warned.path)}: {'; '.join(warned.warnings)}"
        err.print(f"ready with warnings {escape(told)}", soft_wrap=True, highlight=False)
    if (more := len(report.warned) - _WARNED) > 0:
        err.print(f"and {more} more with warnings; `kb show` tells them", highlight=False)
    for failed in report.failed:
        complain(f"{shown(failed.path)!r}: {failed.reason}: {failed.message}")
    done = ", ".join(
        f"{getattr(report, name)} {name}" for name in ("added", "updated", "unchanged", "removed")
    )
    if report.warned:
        done += f", {len(report.warned)} of them with warnings"
    if dry_run:
        done = f"would be done: {done}"
    out.print(
        f"{done}, {len(report.skipped)} skipped, {len(report.failed)} failed; "
        f"{report.documents} documents, {report.chunks} chunks in the library "
        f"({report.seconds:.1f} s)",
        highlight=False,
        soft_wrap=True,
    )

    if n := report.reread:
        many = "document was" if n == 1 else "documents were"
        out.print(
            f"{n} {many} read again: by a newer reader, or with text recognition", highlight=False
        )


def print_hits(hits: Sequence[Hit], searched: Sequence[str]) -> None:
    """Print the passages found for a question, and what else than it was searched for."""
    for wording in searched[1:]:
        out.print(f"[dim]also searched for: {escape(wording)}[/dim]", highlight=False)
    if not hits:
        say("nothing was found: no document is there, or none is within the filters")
    for hit in hits:
        out.print(
            f"[bold]{hit.rank}[/bold]  {escape(_where(hit))}"
            f"  [dim]{hit.score:.3f}  {hit.chunk_id}[/dim]",
            highlight=False,
        )
        out.print(escape_lines(hit.text.strip()), highlight=False)
        out.print()


def print_sources(result: Answer) -> None:
    """Print how sure an answer is, what it stands on, what was searched for, how long it took."""
    from ingest.text import collapsed

    if result.outcome == "unsure":
        out.print("not sure: judge by the passages below", style="yellow", highlight=False)
    if result.unknown:
        names = ", ".join(result.unknown)
        out.print(f"no passage speaks of: {escape(names)}", style="dim", highlight=False)
    if result.untranslated:
        lang = {"zh": "Chinese", "en": "English"}[result.untranslated]
        out.print(
            f"no time to ask it in {lang} too (KB_TRANSLATE_SECONDS): {lang} documents may have"
            " been missed",
            style="dim",
            highlight=False,
        )
    for wording in result.searched:
        if wording != result.question:
            out.print(f"[dim]also searched for: {escape(wording)}[/dim]", highlight=False)
    for c in result.citations:
        out.print(f"[bold]\\[{c.n}][/bold] {escape(_where(c))}", highlight=False)
        out.print(f"    “{escape_lines(c.quote)}”", style="dim", highlight=False)
    for n, near in enumerate(result.closest):
        if n == 0:
            out.print("the closest that was found:", style="dim", highlight=False)
        out.print(escape(_where(near)), highlight=False)
        out.print(
            f"    “{escape(collapsed(near.text)[:_NEAR_CHARS])}”",
            style="dim",
            highlight=False,
        )
    first = result.timings.first_token_s
    waited = f", first word after {first:.1f} s" if first is not None else ""
    out.print(f"{result.timings.total_s:.1f} s{waited}", style="dim", highlight=False)


def print_documents(rows: Sequence[DocumentRow]) -> None:
    """Print documents as a table."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("id", "path", "title", "pages", "chunks", "collection", "status"):
        table.add_column(name, overflow="fold", justify="right" if name in _NUMBERS else "left")
    for r in rows:
        status = f"[red]{escape(r.error)}[/red]" if r.error else outcome(r)
        table.add_row(
            r.document, escape(shown(r.path)), escape(r.title or ""), counted(r.pages, r.unit),
            str(r.chunks), escape(r.collection), status,
        )  # fmt: skip
    _print_table(table if rows else "The library is empty: `kb ingest PATH` puts documents in.")


def _print_table(table: Table | str) -> None:
    """Print a table as wide as a terminal; elsewhere a line a row, so that `grep` finds names."""
    if out.is_terminal or "COLUMNS" in os.environ:
        out.print(table)
    else:
        Console(emoji=False, width=_ENDLESS).print(table)


def print_pairs(pairs: Sequence[tuple[str, object, str]]) -> None:
    """Print names, values and remarks in columns."""
    table = Table(box=None, show_header=False, pad_edge=False)
    for name, value, remark in pairs:
        table.add_row(
            f"[bold]{escape(name)}[/bold]", escape(str(value)), f"[dim]{escape(remark)}[/dim]"
        )
    out.print(table)


def outcome(row: DocumentRow) -> str:
    """Return what came of a document that has no error, and whether text was recognised in it."""
    word = "ready with warnings" if row.status == "ready" and has_gaps(row.warnings) else row.status
    return ", ".join(filter(None, (word, recognised(row.confidence))))


def _where(found: Hit | Citation | ClosestPassage) -> str:
    return place(found.path, found.page, found.heading, found.unit, found.confidence)


_NUMBERS = ("pages", "chunks")


class AnswerScreen:
    """Shows an answer while it is written; on a terminal only, elsewhere just the result."""

    def __init__(self) -> None:
        self._text = ""
        self._live = Live("", console=out, transient=True, auto_refresh=False)

    @property
    def begun(self) -> bool:
        """Whether anything was written yet."""
        return bool(self._text)

    def write(self, text: str) -> None:
        """Add what the model wrote."""
        self._text += text
        if out.is_terminal:
            self._live.start()  # not before: until then a line about progress may stand there
            self._live.update(Text(isolated(self._text)), refresh=True)

    def finish(self, answer: str) -> None:
        """Print the answer in the place of what was streamed."""
        self._live.stop()
        out.print(isolated(answer), markup=False, highlight=False)
        out.print()


def print_models(rows: Sequence[dict[str, Any]]) -> None:
    """Print the catalogue as a table."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("id", "kind", "family", "size", "memory", "context", "licence", "state"):
        table.add_column(name, overflow="fold")
    for r in rows:
        size = f"{r['bytes'] / 1e9:.2f} GB" if r["bytes"] else "?"
        state = (
            "[green]here[/green]" if r["installed"] else "" if r["tested"] else "not tried by us"
        )
        if r["auto"]:
            state = f"{state}, auto" if state else "auto"
        table.add_row(
            r["id"], r["kind"], r["family"], size, f"{r['memory_gib']:.1f} GiB",
            f"{r['context']:,}", r["licence"], state,
        )  # fmt: skip
    out.print(table)


def print_pulled(name: str, pulled: Pulled, seconds: float) -> None:
    """Say where a model came from."""
    instead = f" as {pulled.model_id}" if pulled.model_id != name else ""
    came = "was here already" if pulled.source == "installed" else f"came from {pulled.source}"
    print_line(f"{name}{instead} {came}, {seconds:.0f} s: {pulled.path}")


def setting(value: object) -> object:
    """Return a setting's value as text, number or null."""
    from pydantic import SecretStr

    if isinstance(value, tuple):
        return ",".join(map(str, value))
    if isinstance(value, SecretStr):
        return "set, not shown"
    return str(value) if isinstance(value, Path) else value
