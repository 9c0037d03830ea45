"""The text of one file joins that of another."""

from ingest.document import PartWriter


def test_blocks_of_another_part_keep_their_places_and_headings_go_below() -> None:
    inner = PartWriter()
    inner.heading("Prices")
    inner.table([["Size", "EUR"], ["A4", "12"]], caption="Frames")
    inner.item("last")
    writer = PartWriter()
    writer.heading("a.csv", 2)
    writer.embed(inner.part(), 2)
    writer.embed(PartWriter().part(), 2)
    writer.paragraph("after")
    part = writer.part()
    blocks = [(b.kind, b.level, part.text[b.start : b.end]) for b in part.blocks]
    assert blocks == [
        ("heading", 2, "## a.csv"),
        ("heading", 3, "# Prices"),
        ("caption", 0, "Frames"),
        ("table", 0, "| Size | EUR |\n|---|---|\n| A4 | 12 |"),
        ("item", 0, "- last"),
        ("paragraph", 0, "after"),
    ]
    table = next(block for block in part.blocks if block.kind == "table")
    assert part.text[table.body : table.end] == "| A4 | 12 |"
    assert table.header == "Frames\n| Size | EUR |"
