"""Draws the pictures of the course "Fractions, ratios and proportion"."""

import math

from svg import Picture

COURSE = "fractions"
INK, VIOLET, LILAC, PLUM = "#2a2140", "#7a4fa3", "#d9c8ea", "#4d2f70"
SUN, CORAL, MINT, SKY, PAPER, WHITE = "#f4b942", "#e8705a", "#59b39a", "#6aa9d8", "#faf5ee", "#ffffff"
GROUND = "#f4eef7"


def bar(p, x, y, width, height, parts, filled, fill, empty=WHITE, stroke=INK):
    """A bar cut into equal parts, of which the first `filled` are painted."""
    piece = width / parts
    for i in range(parts):
        p.rect(float(x + i * piece), y, float(piece), height, fill=fill if i < filled else empty, stroke=stroke, stroke_width=2)


def fraction(p, x, y, top, bottom, size=24, fill=INK):
    """A fraction with a bar; (x, y) is the middle of the bar."""
    half = size * (0.42 if len(str(bottom)) < 2 and len(str(top)) < 2 else 0.7)
    p.text(x, float(y - size * 0.28), str(top), size, fill, "m", 650)
    p.line(float(x - half), y, float(x + half), y, stroke=fill, stroke_width=2.4)
    p.text(x, float(y + size * 0.95), str(bottom), size, fill, "m", 650)


def wedge(p, cx, cy, r, start, end, **given):
    """A slice of a disc, angles in turns clockwise from the top."""
    def at(turn):
        a = 2 * math.pi * turn - math.pi / 2
        return cx + r * math.cos(a), cy + r * math.sin(a)
    (x1, y1), (x2, y2) = at(start), at(end)
    p.path(f"M{cx} {cy}L{x1:.1f} {y1:.1f}A{r} {r} 0 {1 if end - start > 0.5 else 0} 1 {x2:.1f} {y2:.1f}Z", **given)


def glass(p, x, y, parts, colours, size=1.0):
    """A glass filled from below with layers of equal height."""
    w, h, layer = 56 * size, 124 * size, 114 * size / parts
    for i, colour in enumerate(colours):
        p.rect(float(x - w / 2 + 3), float(y - (i + 1) * layer - 3), float(w - 6), float(layer + 0.6), fill=colour)
    for i in range(1, parts):
        p.line(float(x - w / 2 + 3), float(y - i * layer - 3), float(x + w / 2 - 3), float(y - i * layer - 3), stroke=WHITE, stroke_width=1.6, opacity=0.8)
    p.path(f"M{x - w / 2:.1f} {y - h:.1f}V{y:.1f}H{x + w / 2:.1f}V{y - h:.1f}", stroke=INK, stroke_width=4, stroke_linejoin="round", stroke_linecap="round")


def cover():
    p = Picture(
        "Parts of a whole, everywhere",
        "A table seen from above: a round pizza of which three of eight slices are taken, a bar of chocolate, a measuring glass with layers of juice, a ribbon with marks, and cards with fractions.",
        height=320, ground="#5b3b86",
    )
    for i in range(9):
        p.path(f"M-10 {i * 40 - 6}C150 {i * 40 - 22} 330 {i * 40 + 12} 610 {i * 40 - 10}", stroke="#664492", stroke_width=14)
    p.circle(150, 164, 118, fill="#f2ece0")
    p.circle(150, 164, 118, fill="none", stroke="#d8cfbe", stroke_width=3)
    for i in range(5):
        wedge(p, 150, 164, 98, (i + 3) / 8, (i + 4) / 8, fill="#d99545", stroke="#f2ece0", stroke_width=5)
        wedge(p, 150, 164, 84, (i + 3) / 8 + .006, (i + 4) / 8 - .006, fill="#f6d27a")
        a = 2 * math.pi * (i + 3.5) / 8 - math.pi / 2
        for r, da, colour in ((58, 0.0, CORAL), (34, 0.16, "#7fa650"), (68, 0.24, "#7fa650"), (68, -0.22, CORAL)):
            p.circle(float(150 + r * math.cos(a + da)), float(164 + r * math.sin(a + da)), 8 if colour == CORAL else 5, fill=colour)
    with p.group(transform="translate(366 40) rotate(7)"):
        for row in range(3):
            for col in range(4):
                if row == 0 and col > 1:
                    continue
                p.rect(col * 36, row * 34, 34, 32, rx=4, fill="#6a3f26")
                p.rect(col * 36 + 6, row * 34 + 6, 22, 20, rx=3, fill="#7d4d30")
        p.path("M-8 60H152V122Q70 130 -8 122Z", fill=SUN)
        p.path("M-8 60l10 -8l10 8l10 -8l10 8l10 -8l10 8l10 -8l10 8l10 -8l10 8l10 -8l10 8l10 -8l10 8l10 -8l10 8Z", fill="#f9e2a8")
    glass(p, 314, 300, 4, (CORAL, SUN, SUN, SUN))
    with p.group(transform="translate(384 206) rotate(-5)"):
        p.rect(0, 0, 184, 26, fill=MINT)
        for i in range(13):
            p.line(float(i * 184 / 12), 0, float(i * 184 / 12), 16 if i % 3 == 0 else 9, stroke=INK, stroke_width=2)
    for x, y, turn, a, b in ((560, 84, 10, 3, 4), (428, 268, -6, 2, 3), (520, 266, 8, 5, 8)):
        with p.group(transform=f"translate({x} {y}) rotate({turn})"):
            p.rect(-27, -34, 54, 68, rx=8, fill=PAPER)
            fraction(p, 0, 0, a, b, 25, PLUM)
    p.save(COURSE, "cover")


def fair_share():
    p = Picture(
        "Three bars shared by four friends",
        "Three bars of chocolate, each cut into four equal parts in four colours, one colour for each friend. Each friend gets one quarter of every bar, three quarters in all.",
        height=330, ground=GROUND,
    )
    colours = (CORAL, SUN, MINT, SKY)
    for i in range(3):
        for j, colour in enumerate(colours):
            p.rect(34 + j * 60, 46 + i * 86, 58, 62, rx=6, fill=colour, stroke=INK, stroke_width=2)
    p.arrow(296, 164, 344, 164, stroke=INK, width=3.5, head=12)
    for j, (name, colour) in enumerate(zip(("Kofi", "Zara", "Finn", "Lily"), colours)):
        y = 38 + j * 68
        for i in range(3):
            p.rect(372 + i * 40, y, 38, 42, rx=5, fill=colour, stroke=INK, stroke_width=2)
        p.text(500, y + 28, name, 19, INK)
    fraction(p, 574, 164, 3, 4, 34, PLUM)
    p.save(COURSE, "fair-share")


def number_line():
    p = Picture(
        "Fractions have a place on the number line",
        "Two number lines from zero to two. On the first every half is marked, on the second every sixth. Three halves and nine sixths are the same point.",
        height=300, ground=GROUND,
    )
    x0, unit = 50, 250
    for y, parts, colour in ((96, 2, CORAL), (206, 6, VIOLET)):
        p.line(x0 - 16, y, x0 + 2 * unit + 24, y, stroke=INK, stroke_width=3)
        p.head(x0 + 2 * unit + 32, y, 0, INK, 12)
        for i in range(2 * parts + 1):
            x, whole = x0 + i * unit / parts, i % parts == 0
            p.line(float(x), y - (14 if whole else 9), float(x), y + (14 if whole else 9), stroke=INK if whole else colour, stroke_width=3.4 if whole else 2.6)
            if whole:
                p.text(float(x), y + 42, str(i // parts), 22, INK, "m", 650)
    for x, n in ((x0 + unit / 2, 1), (x0 + 1.5 * unit, 3)):
        fraction(p, float(x), 54, n, 2, 21, "#b4432f")
    for n in (1, 3, 9):
        fraction(p, float(x0 + n * unit / 6), 248, n, 6, 21, PLUM)
    p.line(x0 + 1.5 * unit, 98, x0 + 1.5 * unit, 204, stroke=INK, stroke_width=2, stroke_dasharray="4 6")
    for y, colour in ((96, CORAL), (206, VIOLET)):
        p.circle(float(x0 + 1.5 * unit), y, 9, fill=colour, stroke=WHITE, stroke_width=3)
    p.save(COURSE, "number-line")


def wall():
    p = Picture(
        "A fraction wall",
        "Eight rows of equal width: one whole, two halves, three thirds, four quarters, five fifths, six sixths, eight eighths, ten tenths. A dashed line at one half shows which rows have a cut there.",
        height=430, ground=GROUND,
    )
    colours = ("#7a4fa3", "#e8705a", "#f4b942", "#59b39a", "#6aa9d8", "#c98ad0", "#e79a5b", "#8fb85a")
    for row, (parts, colour) in enumerate(zip((1, 2, 3, 4, 5, 6, 8, 10), colours)):
        y, piece = 24 + row * 48, 552 / parts
        for i in range(parts):
            p.rect(float(24 + i * piece), y, float(piece), 44, fill=colour, stroke=GROUND, stroke_width=3)
            ink = WHITE if row == 0 else INK
            words = "1 whole" if parts == 1 else f"1/{parts}"
            p.text(float(24 + (i + .5) * piece), y + 29, words, 18, ink, "m", 600)
    p.line(300, 12, 300, 418, stroke=INK, stroke_width=2.4, stroke_dasharray="6 6")
    p.save(COURSE, "fraction-wall")


def common_parts():
    p = Picture(
        "One half plus one third",
        "A half bar and a third bar cannot be added while their parts differ. Below, both are cut into sixths: three sixths plus two sixths make five sixths.",
        height=330, ground=GROUND,
    )
    bar(p, 30, 40, 240, 54, 2, 1, CORAL)
    bar(p, 330, 40, 240, 54, 3, 1, SKY)
    p.text(300, 78, "+", 32, INK, "m", 650)
    fraction(p, 150, 122, 1, 2, 20)
    fraction(p, 450, 122, 1, 3, 20)
    bar(p, 30, 168, 240, 54, 6, 3, CORAL)
    bar(p, 330, 168, 240, 54, 6, 2, SKY)
    p.text(300, 206, "+", 32, INK, "m", 650)
    piece = 40
    for i in range(6):
        p.rect(180 + i * piece, 252, piece, 54, fill=CORAL if i < 3 else SKY if i < 5 else WHITE, stroke=INK, stroke_width=2)
    p.text(152, 290, "=", 32, INK, "m", 650)
    fraction(p, 460, 279, 5, 6, 26, PLUM)
    p.save(COURSE, "common-parts")


def area():
    p = Picture(
        "Two thirds of four fifths",
        "A square cut into five columns and three rows, fifteen cells. Four columns are lilac. Two rows of these, eight cells, are dark violet: eight fifteenths.",
        height=360, ground=GROUND,
    )
    x0, y0, cw, ch = 60, 50, 54, 78
    for row in range(3):
        for col in range(5):
            fill = VIOLET if row < 2 and col < 4 else LILAC if col < 4 else WHITE
            p.rect(x0 + col * cw, y0 + row * ch, cw, ch, fill=fill, stroke=INK, stroke_width=2)
    p.path(f"M{x0} 40v-8H{x0 + 4 * cw}v8", stroke=INK, stroke_width=2.4)
    p.text(x0 + 4 * cw + 12, 40, "4 of 5 columns", 18)
    p.path(f"M50 {y0}h-10V{y0 + 2 * ch}h10", stroke=INK, stroke_width=2.4)
    with p.group(transform="translate(30 128) rotate(-90)"):
        p.text(0, 0, "2 of 3 rows", 18, INK, "m")
    p.text(360, 128, "8 cells of 15", 21, PLUM, None, 650)
    fraction(p, 378, 200, 2, 3, 26)
    p.text(409, 208, "×", 24, INK, "m")
    fraction(p, 440, 200, 4, 5, 26)
    p.text(474, 208, "=", 24, INK, "m")
    fraction(p, 516, 200, 8, 15, 26, PLUM)
    p.text(60, 326, "lilac: four fifths; violet: two thirds of these", 18)
    p.save(COURSE, "area-model")


def how_many_fit():
    p = Picture(
        "How many quarters fit into two and a half?",
        "A tape two and a half units long. Below it ten short pieces, each a quarter of a unit, cover it exactly.",
        height=250, ground=GROUND,
    )
    for i in range(3):
        width = 208 if i < 2 else 104
        p.rect(40 + i * 208, 46, width, 56, fill=SUN, stroke=INK, stroke_width=2.5)
        p.text(40 + i * 208 + width / 2, 82, "1" if i < 2 else "½", 24, INK, "m", 650)
    for i in range(10):
        p.rect(40 + i * 52, 122, 52, 56, fill=MINT if i % 2 else "#84ccb6", stroke=INK, stroke_width=2)
        p.text(66 + i * 52, 157, "¼", 22, INK, "m")
        p.text(66 + i * 52, 208, str(i + 1), 18, PLUM, "m", 650)
    p.save(COURSE, "how-many-fit")


def paint():
    p = Picture(
        "The same green, twice as much",
        "Left: two pots of blue paint and three of yellow make a green. Right: four blue and six yellow make twice as much of exactly the same green.",
        height=330, ground=GROUND,
    )
    def pot(x, y, colour):
        p.rect(x - 17, y - 32, 34, 34, rx=4, fill="#c9ccd6", stroke=INK, stroke_width=2)
        p.ellipse(x, y - 32, 17, 6, fill=colour, stroke=INK, stroke_width=2)
        p.path(f"M{x - 17} {y - 20}h34v12h-34Z", fill=colour)
    for k, (left, blue, yellow, size) in enumerate(((30, 2, 3, 1), (270, 4, 6, 2))):
        for i in range(blue):
            pot(left + 22 + i * 44, 92, "#3f78c4")
        for i in range(yellow):
            pot(left + 22 + i * 44, 152, SUN)
        p.text(left, 40, f"{blue} : {yellow}", 24, PLUM, None, 700)
        cx, h = left + (66 if k == 0 else 132), 74
        w = 84 if k == 0 else 168
        p.path(f"M{cx - w / 2:.0f} {290 - h}V284Q{cx - w / 2:.0f} 290 {cx - w / 2 + 6:.0f} 290H{cx + w / 2 - 6:.0f}Q{cx + w / 2:.0f} 290 {cx + w / 2:.0f} 284V{290 - h}Z", fill="#7fae55", stroke=INK, stroke_width=2.5)
        p.ellipse(cx, 290 - h, float(w / 2), 10, fill="#93c267", stroke=INK, stroke_width=2.5)
        p.text(cx, 318, "5 parts" if k == 0 else "10 parts", 18, INK, "m")
    p.arrow(196, 252, 238, 252, stroke=INK, width=3.5, head=11)
    p.text(216, 236, "× 2", 20, PLUM, "m", 650)
    p.save(COURSE, "paint-ratio")


def bars():
    p = Picture(
        "Sharing 40 in the ratio 3 to 5",
        "A bar model. Amélie has three equal boxes, Mateo five. Eight boxes together are 40, so each box is 5: Amélie gets 15, Mateo 25.",
        height=280, ground=GROUND,
    )
    for y, name, count, colour, total in ((46, "Amélie", 3, CORAL, 15), (126, "Mateo", 5, SKY, 25)):
        p.text(24, y + 38, name, 20, INK, None, 600)
        for i in range(count):
            p.rect(112 + i * 70, y, 68, 60, rx=6, fill=colour, stroke=INK, stroke_width=2)
            p.text(146 + i * 70, y + 38, "5", 22, INK, "m")
        p.text(124 + count * 70, y + 38, f"= {total}", 22, PLUM, None, 700)
    p.path("M112 206v12H460v-12", stroke=INK, stroke_width=2.4)
    p.text(286, 248, "8 boxes are 40, so one box is 5", 20, INK, "m", 600)
    p.save(COURSE, "ratio-bars")


def double_line():
    p = Picture(
        "A double number line for a recipe",
        "Two lines side by side. Upper: number of pancakes 0, 4, 8, 12, 20. Lower: grams of flour 0, 100, 200, 300, 500. Equal values stand above each other. An arrow leads down to the unit, one pancake needs 25 grams.",
        height=300, ground=GROUND,
    )
    x0, step = 70, 24
    for y, words in ((112, "pancakes"), (196, "grams of flour")):
        p.line(x0, y, 572, y, stroke=INK, stroke_width=3)
        p.text(x0 - 46, y - 52 if y < 150 else y + 58, words, 18, "#5d5470", None, 600)
    for n in (0, 1, 4, 8, 12, 20):
        x = x0 + n * step
        colour = CORAL if n == 1 else INK
        p.line(x, 112, x, 196, stroke=CORAL if n == 1 else VIOLET, stroke_width=2, stroke_dasharray="4 6")
        for y in (112, 196):
            p.line(x, y - 9, x, y + 9, stroke=colour, stroke_width=3)
        p.text(x, 92, str(n), 20, colour if n != 1 else "#b4432f", "m", 650)
        p.text(x, 230, str(n * 25), 20, colour if n != 1 else "#b4432f", "m", 650)
    p.text(300, 40, "× 25 from above to below", 20, PLUM, "m", 650)
    p.save(COURSE, "double-line")


def straight():
    p = Picture(
        "Proportional or not: two taxis",
        "A graph of price against kilometres. One line goes through the origin: 2 euro for each kilometre. Another starts at 4 euro and rises less steeply. They cross at 4 kilometres and 8 euro.",
        height=390, ground=GROUND,
    )
    x0, y0, ux, uy = 70, 320, 60, 16
    for k in range(0, 9):
        p.line(x0 + k * ux, y0, x0 + k * ux, y0 - 17 * uy, stroke="#e5dccf", stroke_width=1.4)
        p.text(x0 + k * ux, y0 + 26, str(k), 18, INK, "m")
    for v in range(0, 17, 4):
        p.line(x0, y0 - v * uy, x0 + 8.3 * ux, y0 - v * uy, stroke="#e5dccf", stroke_width=1.4)
        p.text(x0 - 14, y0 - v * uy + 6, str(v), 18, INK, "e")
    p.line(x0, y0, x0 + 8.4 * ux, y0, stroke=INK, stroke_width=3)
    p.line(x0, y0, x0, y0 - 17 * uy, stroke=INK, stroke_width=3)
    p.line(x0, y0, x0 + 8 * ux, y0 - 16 * uy, stroke=VIOLET, stroke_width=5, stroke_linecap="round")
    p.line(x0, y0 - 4 * uy, x0 + 8 * ux, y0 - 12 * uy, stroke=CORAL, stroke_width=5, stroke_linecap="round", stroke_dasharray="14 9")
    p.circle(x0 + 4 * ux, y0 - 8 * uy, 9, fill=SUN, stroke=INK, stroke_width=2.5)
    p.text(x0 + 4.2 * ux, y0 - 13.4 * uy, "Taxi A: through 0", 19, PLUM, "e", 650)
    p.text(x0 + 8.1 * ux, y0 - 8.2 * uy, "Taxi B: starts at 4", 19, "#b4432f", "e", 650)
    p.text(x0 + 4 * ux, 376, "kilometres", 18, INK, "m")
    with p.group(transform="translate(22 190) rotate(-90)"):
        p.text(0, 0, "euro", 18, INK, "m")
    p.save(COURSE, "two-taxis")


def hundred():
    p = Picture(
        "Thirty-five per cent of a hundred square",
        "A square of ten by ten small squares. Thirty-five are violet: three full columns and half of a fourth. Beside it: 35 %, 35 hundredths, seven twentieths, 0.35.",
        height=340, ground=GROUND,
    )
    for i in range(100):
        col, row = divmod(i, 10)
        p.rect(30 + col * 28, 30 + row * 28, 28, 28, fill=VIOLET if i < 35 else WHITE, stroke=LILAC, stroke_width=1.6)
    p.rect(30, 30, 280, 280, fill="none", stroke=INK, stroke_width=3)
    p.text(346, 86, "35 %", 34, PLUM, None, 700)
    fraction(p, 374, 148, 35, 100, 25)
    p.text(420, 156, "=", 24)
    fraction(p, 470, 148, 7, 20, 25)
    p.text(346, 232, "= 0.35", 26)
    p.text(346, 280, "four names,", 19)
    p.text(346, 304, "one number", 19)
    p.save(COURSE, "hundred-square")


for draw in (cover, fair_share, number_line, wall, common_parts, area, how_many_fit, paint, bars, double_line, straight, hundred):
    draw()
