"""What was measured of retrieval, as tables for people."""

from __future__ import annotations

from rich.table import Table

from app.evaluation.retrieval_eval import RetrievalReport
from app.terminal import escape, out


def print_retrieval(report: RetrievalReport) -> None:
    """Print the means of each method, in blocks of one folder and pair of languages."""
    for library in report.libraries:
        table = Table(box=None, header_style="bold", pad_edge=False)
        table.add_column("questions > documents", overflow="fold")
        table.add_column("method")
        for name in ("n", "R@1", "R@5", "nDCG@10", "MRR", "evidence"):
            table.add_column(name, justify="right")
        before = ""
        for c in library.cells:
            cell = f"{c.folder} {c.lang} > {c.doc_lang}"
            if before and before != cell:
                table.add_row()
            values = (c.r_at_1, c.r_at_5, c.ndcg_at_10, c.mrr, c.evidence)
            table.add_row(
                escape(cell) if before != cell else "", c.method, str(c.n),
                *("" if value is None else f"{value:.3f}" for value in values),
            )  # fmt: skip
            before = cell
        out.print(table)
        out.print(
            f"{library.documents} documents, {library.chunks} chunks; a search by zhiku takes "
            f"{library.search_seconds:.3f} s (median)",
            highlight=False,
            soft_wrap=True,
        )
        out.print()
