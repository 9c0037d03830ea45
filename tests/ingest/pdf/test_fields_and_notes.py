"""Form fields, and notes that are written onto a page."""

import io
from collections.abc import Callable

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Text
from pypdf.generic import NameObject, NumberObject
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Given, Reading
from ingest.limits import Limits
from ingest.pdf import read

ReadDrawn = Callable[..., Reading]


def words(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n")]


def test_values_of_fields_stand_beside_their_labels(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        form = canvas.acroForm
        canvas.drawString(60, 703, "Name:")
        form.textfield(name="name", value="Ines Marek", x=160, y=698, width=150, height=18)
        canvas.drawString(60, 673, "Deposit:")
        form.textfield(name="deposit", value="185 EUR", x=160, y=668, width=150, height=18)
        canvas.drawString(60, 643, "Remarks:")
        form.textfield(name="remarks", value="", x=160, y=638, width=150, height=18)
        canvas.drawString(60, 613, "Insured:")
        form.checkbox(name="insured", checked=True, x=160, y=608, size=16)
        canvas.drawString(60, 583, "Returned:")
        form.checkbox(name="returned", checked=False, x=160, y=578, size=16)

    assert words(read_drawn(draw).texts[0]) == [
        "Name: Ines Marek",
        "Deposit: 185 EUR",
        "Remarks:",
        "Insured: [x]",
        "Returned: [ ]",
    ]


def test_notes_stand_below_the_page(drawn: Callable[..., bytes]) -> None:
    data = drawn(lambda canvas: canvas.drawString(60, 700, "The roof of hall 2 is repaired."))
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.add_annotation(0, FreeText(text="Approved on 4 May", rect=(60, 600, 300, 640)))
    writer.add_annotation(0, Text(text="Ask for a second offer", rect=(400, 700, 420, 720)))
    hidden = Text(text="nobody sees this", rect=(400, 600, 420, 620))
    hidden[NameObject("/F")] = NumberObject(2)
    writer.add_annotation(0, hidden)
    changed = io.BytesIO()
    writer.write(changed)
    part = read(Given(changed.getvalue(), "a.pdf", Limits())).parts[0]
    assert part.text == (
        "The roof of hall 2 is repaired.\n\nApproved on 4 May\nAsk for a second offer"
    )
    assert [block.kind for block in part.blocks] == ["paragraph", "note", "note"]
    assert part.lines[1].box == (60, 842 - 640, 300, 842 - 600)
