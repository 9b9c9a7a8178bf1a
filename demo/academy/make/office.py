"""Makes the office files of the demo academy: forms to fill in (Word) and warm-up slides (PowerPoint).

Needs python-docx and python-pptx.
"""

import sys
from pathlib import Path

from docx import Document
from docx.shared import Pt, RGBColor
from pptx import Presentation
from pptx.dml.color import RGBColor as SlideColour
from pptx.util import Emu
from pptx.util import Pt as SlidePt

COURSES = Path(__file__).resolve().parent.parent / "courses"


def sheet(title, colour):
    """A Word document with the academy's type and a title."""
    document = Document()
    document.core_properties.title = title
    document.core_properties.author = "Stoa Academy"
    document.core_properties.language = "en"
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    for name, size in (("Title", 24), ("Heading 1", 15)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), RGBColor.from_string(colour)
    document.add_heading(title, 0)
    return document


def grid(document, head, rows):
    table = document.add_table(rows=1, cols=len(head))
    table.style = "Light Grid Accent 1"
    for cell, words in zip(table.rows[0].cells, head):
        cell.text = words
    for row in rows:
        for cell, words in zip(table.add_row().cells, row):
            cell.text = words
    document.add_paragraph()


def field_sheet():
    document = sheet("Field sheet: one shore, one tide", "1F6F8B")
    document.add_paragraph("BIO 214 Marine ecology. Print on both sides, write with a pencil, keep it dry.")
    grid(document, ["Place", "Date", "Low water, time and height", "Names"], [["", "", "", ""]])
    grid(document, ["Weather, wind, swell", "Slope and kind of rock", "Facing (north, south ...)"], [["", "", ""]])
    document.add_heading("Stations", 1)
    document.add_paragraph("Cover in % for what grows as a carpet, number for what stands apart. Two frames at each station: write both, as 34 / 28.")
    grid(document, ["Station", "Along tape, m", "Height, m", "Species 1", "Species 2", "Species 3", "Species 4"], [[str(i), "", "", "", "", "", ""] for i in range(1, 9)])
    document.add_heading("One edge", 1)
    document.add_paragraph("Species: ____________   upper / lower edge at ______ m.   What might set it?")
    document.add_paragraph("\n\n")
    document.add_heading("Three questions to take home", 1)
    for i in range(3):
        document.add_paragraph("_" * 60, style="List Number")
    document.save(COURSES / "marine-ecology" / "files" / "field-sheet.docx")


def evacuation_plan():
    document = sheet("My evacuation plan", "A8402F")
    document.add_paragraph("For everybody who would need help, more time or another signal. Fill it in together with Piet. It holds what you need, not why you need it.")
    grid(document, ["Name", "Place of work, floor", "Hours or shift", "Made on, review on"], [["", "", "", ""]])
    questions = ["How do I learn of the alarm?", "My first way to a safe place", "My second way", "Aids, and where they are kept", "Who helps me, and who stands in", "What they need to know", "What I can do myself"]
    grid(document, ["Question", "Answer"], [[question, ""] for question in questions])
    document.add_heading("Practised", 1)
    document.add_paragraph("A plan that has not been tried is a wish. Try it within two weeks, and again whenever something changes.")
    grid(document, ["Date", "With whom", "Minutes", "What we changed"], [["", "", "", ""] for _ in range(3)])
    document.save(COURSES / "fire-safety" / "files" / "evacuation-plan.docx")


WARM_UPS = [
    ("Warm-ups", "Five minutes, one picture in your head, no calculator", "Look. Think alone for one minute. Tell your neighbour. Then we listen."),
    ("Which one does not belong?", "1/2    3/6    4/7    50 %", "There is more than one good answer. What matters is the reason."),
    ("More or less than a half?", "4/9    7/12    11/23    0.49", "Decide without a common denominator. How?"),
    ("What is the whole?", "18 is three quarters of it.", "Draw boxes. Then make up one like this for your neighbour."),
    ("Same taste?", "2 : 5    4 : 10    3 : 6    1 : 2.5", "Syrup to water. Three glasses taste the same. Which one does not, and is it stronger?"),
    ("Can this be?", "1/2 + 1/3 = 2/5", "Do not calculate. Say why it cannot be."),
    ("Odd one out", "A taxi    A candle    A tap    A recipe", "For which of them does twice as much of one thing not mean twice as much of the other?"),
]


def warm_ups():
    slides = Presentation()
    slides.core_properties.title, slides.core_properties.author = "Warm-ups", "Stoa Academy"
    slides.slide_width, slides.slide_height = Emu(12192000), Emu(6858000)
    for title, question, note in WARM_UPS:
        slide = slides.slides.add_slide(slides.slide_layouts[5])
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = SlideColour.from_string("F4EEF7")
        put(slide.shapes.title, title, (640000, 420000, 10900000, 1000000), 40, "7A4FA3", True)
        put(slide.shapes.add_textbox(0, 0, 0, 0), question, (640000, 2300000, 10900000, 1600000), 54, "2A2140", True)
        put(slide.shapes.add_textbox(0, 0, 0, 0), note, (640000, 4700000, 10900000, 1300000), 26, "5D5470", False)
    slides.save(COURSES / "fractions" / "files" / "warm-ups.pptx")


def put(shape, words, place, size, colour, bold):
    """Words into a shape of a slide, at a place given in EMU."""
    shape.left, shape.top, shape.width, shape.height = (Emu(value) for value in place)
    shape.text_frame.word_wrap = True
    shape.text_frame.text = words
    font = shape.text_frame.paragraphs[0].runs[0].font
    font.size, font.bold, font.color.rgb = SlidePt(size), bold, SlideColour.from_string(colour)


def home_page():
    document = sheet("My question", "2F7D4F")
    document.add_paragraph("The first page of your learning environment. Write short, date it, and change it as often as you like.")
    grid(document, ["My question", "Since"], [["", ""]])
    document.add_heading("Before I begin", 1)
    for words in ("Why it matters to me:", "What I already think:", "What would surprise me:"):
        document.add_paragraph(words + "\n\n")
    document.add_heading("My five sources", 1)
    grid(document, ["Kind", "What", "Why I trust it", "My doubt"], [[kind, "", "", ""] for kind in ("Overview", "Primary source", "Voice", "Dissenter", "Person")])
    document.add_heading("Notes that belong here", 1)
    for _ in range(5):
        document.add_paragraph("_" * 60, style="List Bullet")
    document.add_heading("What moved", 1)
    grid(document, ["Date", "I used to think ...", "and now ..."], [["", "", ""] for _ in range(3)])
    document.save(COURSES / "own-learning" / "files" / "home-page.docx")


MAKERS = {"field-sheet": field_sheet, "evacuation-plan": evacuation_plan, "warm-ups": warm_ups, "home-page": home_page}

if __name__ == "__main__":
    for name in sys.argv[1:] or MAKERS:
        MAKERS[name]()
