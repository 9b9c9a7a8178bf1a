"""Makes the PDF files of the demo academy from the texts in `documents/COURSE/NAME.md`.

Needs reportlab. The texts use a small part of Markdown: `#` and `##` headings,
paragraphs, `- ` lists, tables without a rule line, `**bold**` and `*italic*`.
"""

import re
import sys
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, ListFlowable, ListItem, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

HERE = Path(__file__).resolve().parent
ACCENTS = {"marine-ecology": "#1f6f8b", "fractions": "#7a4fa3", "fire-safety": "#b5472f", "own-learning": "#2f7d4f"}
INK, RULE, WASH = HexColor("#1c2430"), HexColor("#d9d3c6"), HexColor("#f6f2e9")

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=14.2, textColor=INK, alignment=TA_LEFT, spaceAfter=5)
CELL = ParagraphStyle("cell", parent=BODY, spaceAfter=0, fontSize=9.3, leading=12.6)
ITEM = ParagraphStyle("item", parent=BODY, spaceAfter=2)


def marked(text):
    """Bold and italic marks as the tags that reportlab reads."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    return re.sub(r"\*(.+?)\*", r"<i>\1</i>", text)


def table(rows, width):
    cells = [[Paragraph(marked(cell.strip()), CELL) for cell in row.strip().strip("|").split("|")] for row in rows]
    columns = len(cells[0])
    made = Table(cells, colWidths=[width / columns] * columns, hAlign="LEFT")
    made.setStyle(TableStyle([
        ("LINEBELOW", (0, 0), (-1, -1), 0.6, RULE), ("BACKGROUND", (0, 0), (-1, 0), WASH), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 4), ("BOTTOMPADDING", (0, 0), (-1, -1), 5), ("LEFTPADDING", (0, 0), (-1, -1), 6),
    ]))
    return made


def flow(source, accent, width):
    """The text as a list of things that reportlab lays out, and its title."""
    title_style = ParagraphStyle("title", parent=BODY, fontName="Helvetica-Bold", fontSize=22, leading=27, textColor=accent, spaceAfter=6)
    head_style = ParagraphStyle("head", parent=BODY, fontName="Helvetica-Bold", fontSize=13, leading=17, spaceBefore=9, spaceAfter=4)
    made, title = [], ""
    for block in re.split(r"\n\s*\n", source.strip()):
        lines = block.split("\n")
        if block.startswith("# "):
            title = block[2:]
            made.append(Paragraph(marked(title), title_style))
        elif block.startswith("## "):
            made.append(Paragraph(marked(block[3:]), head_style))
        elif block.startswith("|"):
            made += [table(lines, width), Spacer(1, 6)]
        elif block.startswith("- "):
            items = [ListItem(Paragraph(marked(line[2:]), ITEM), leftIndent=12) for line in lines]
            made += [ListFlowable(items, bulletType="bullet", start="•", bulletFontSize=9, bulletColor=accent, leftIndent=12), Spacer(1, 3)]
        else:
            made.append(Paragraph(marked(" ".join(lines)), BODY))
    return title, keep_heads(made)


def keep_heads(parts):
    """Headings stay on the page of what follows them."""
    kept, i = [], 0
    while i < len(parts):
        style = getattr(parts[i], "style", None)
        if getattr(style, "name", "") == "head" and i + 1 < len(parts):
            kept.append(KeepTogether(parts[i : i + 2]))
            i += 2
        else:
            kept.append(parts[i])
            i += 1
    return kept


def make(path):
    course = path.parent.name
    target = HERE.parent / "courses" / course / "files" / f"{path.stem}.pdf"
    accent, width = HexColor(ACCENTS[course]), A4[0] - 44 * mm
    title, parts = flow(path.read_text(encoding="utf-8"), accent, width)

    def frame(canvas, document):
        canvas.saveState()
        canvas.setFillColor(accent)
        canvas.rect(0, A4[1] - 5 * mm, A4[0], 5 * mm, stroke=0, fill=1)
        canvas.setFont("Helvetica", 8.5)
        canvas.setFillColor(HexColor("#5a6370"))
        canvas.drawString(22 * mm, 12 * mm, f"Stoa Academy · {title}")
        canvas.drawRightString(A4[0] - 22 * mm, 12 * mm, str(document.page))
        canvas.restoreState()

    document = SimpleDocTemplate(
        str(target), pagesize=A4, leftMargin=22 * mm, rightMargin=22 * mm, topMargin=20 * mm, bottomMargin=20 * mm,
        title=title, author="Stoa Academy", lang="en", invariant=1,
    )
    document.build(parts, onFirstPage=frame, onLaterPages=frame)
    print(target.name, document.page, "pages", target.stat().st_size, "bytes")


if __name__ == "__main__":
    for source in sorted((HERE / "documents").glob("*/*.md")):
        if len(sys.argv) < 2 or source.parent.name in sys.argv[1:]:
            make(source)
