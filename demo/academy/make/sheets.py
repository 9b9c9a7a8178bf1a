"""Draws the sheets to print that are not text: strips and squared paper for fractions, note cards. Needs reportlab."""

from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

COURSES = Path(__file__).resolve().parent.parent / "courses"
INK, GREY, GRID = HexColor("#2a2140"), HexColor("#6b6478"), HexColor("#b9aecb")


def sheet(course, name, title, size):
    canvas = Canvas(str(COURSES / course / "files" / f"{name}.pdf"), pagesize=size, invariant=1, lang="en")
    canvas.setTitle(title)
    canvas.setAuthor("Stoa Academy")
    return canvas


def head(canvas, height, title, note, colour="#7a4fa3"):
    canvas.setFillColor(HexColor(colour))
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(20 * mm, height - 20 * mm, title)
    canvas.setFillColor(GREY)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(20 * mm, height - 27 * mm, note)


def strips():
    """A fraction wall to cut into strips: every strip is 24 cm long, so that most pieces are whole millimetres."""
    size = landscape(A4)
    canvas = sheet("fractions", "fraction-strips", "Fraction strips to cut out", size)
    head(canvas, size[1], "Fraction strips", "Print without scaling. Cut along the long lines, fold or cut along the short ones. Each strip is 24 cm long.")
    colours = ("#d9c8ea", "#f5c4bb", "#fbe0a6", "#bfe3d7", "#c5def2", "#e8cdec", "#f6d6b8", "#d5e5bd", "#ece4d6")
    left, length, height = 28 * mm, 240 * mm, 14 * mm
    for row, (parts, colour) in enumerate(zip((1, 2, 3, 4, 5, 6, 8, 10, 12), colours)):
        y = size[1] - 50 * mm - row * (height + 2.6 * mm)
        piece = length / parts
        for i in range(parts):
            canvas.setFillColor(HexColor(colour))
            canvas.setStrokeColor(INK)
            canvas.rect(left + i * piece, y, piece, height, fill=1)
            canvas.setFillColor(INK)
            canvas.setFont("Helvetica-Bold", 12)
            canvas.drawCentredString(left + (i + 0.5) * piece, y + height / 2 - 4, "1 whole" if parts == 1 else f"1/{parts}")
    canvas.save()


def squares():
    canvas = sheet("fractions", "squared-paper", "Squared paper", A4)
    head(canvas, A4[1], "Squared paper", "Print without scaling. One square is 5 mm. My scale: 1 : ______     Name: ____________________")
    left, bottom, columns, rows = 20 * mm, 17 * mm, 34, 48
    for i in range(columns + 1):
        canvas.setStrokeColor(GRID)
        canvas.setLineWidth(0.9 if i % 2 == 0 else 0.35)
        canvas.line(left + i * 5 * mm, bottom, left + i * 5 * mm, bottom + rows * 5 * mm)
    for i in range(rows + 1):
        canvas.setLineWidth(0.9 if i % 2 == 0 else 0.35)
        canvas.line(left, bottom + i * 5 * mm, left + columns * 5 * mm, bottom + i * 5 * mm)
    canvas.save()


def cards():
    """Four empty note cards on a page, with the five parts of a lasting note."""
    size = landscape(A4)
    canvas = sheet("own-learning", "note-cards", "Note cards", size)
    head(canvas, size[1], "Note cards", "Cut along the lines. One idea on each card; write the title last, as a sentence.", "#2f7d4f")
    width, height = 126 * mm, 80 * mm
    for column in range(2):
        for row in range(2):
            note_card(canvas, 20 * mm + column * (width + 5 * mm), 12 * mm + row * (height + 5 * mm), width, height)
    canvas.save()


def note_card(canvas, x, y, width, height):
    canvas.setStrokeColor(GREY)
    canvas.setLineWidth(0.6)
    canvas.roundRect(x, y, width, height, 3 * mm)
    for label, top, lines in (("One idea, as a sentence", 7, 1), ("In my own words", 21, 4), ("From where: author, year, page or minute", 57, 1), ("Links, and why: because, but, for example, like", 69, 1)):
        canvas.setFillColor(GREY)
        canvas.setFont("Helvetica", 7.5)
        canvas.drawString(x + 5 * mm, y + height - top * mm, label)
        canvas.setStrokeColor(GRID)
        for i in range(lines):
            canvas.line(x + 5 * mm, y + height - (top + 8 + i * 8) * mm, x + width - 5 * mm, y + height - (top + 8 + i * 8) * mm)


if __name__ == "__main__":
    strips()
    squares()
    cards()
