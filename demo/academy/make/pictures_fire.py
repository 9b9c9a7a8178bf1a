"""Draws the pictures of the course "Fire safety and evacuation at work"."""

import math

from svg import Picture

COURSE = "fire-safety"
INK, RED, EMBER, SUN, GREEN = "#232733", "#c8402f", "#ee8a3a", "#f8cf63", "#16794a"
PAPER, WALL, SMOKE, BLUE, WHITE = "#f7f1e7", "#e9dfcf", "#4b4a52", "#2b5f8a", "#ffffff"


def person(p, x, y, size, fill, turn=1, arms=True):
    """Somebody walking to the right, or to the left with turn=-1; (x, y) is the ground between the feet."""
    with p.group(transform=f"translate({x} {y}) scale({turn * size} {size})"):
        p.circle(1, -53, 7, fill=fill)
        p.path("M0 -43L-1 -22", stroke=fill, stroke_width=11, stroke_linecap="round")
        p.path("M-1 -21L8 -11L7 0M-2 -21L-6 -11L-13 -2", stroke=fill, stroke_width=5.5, stroke_linecap="round", stroke_linejoin="round")
        if arms:
            p.path("M1 -41L9 -31L15 -33M-1 -41L-9 -31L-10 -23", stroke=fill, stroke_width=4.5, stroke_linecap="round", stroke_linejoin="round")


def flame(p, x, y, size):
    with p.group(transform=f"translate({x} {y}) scale({size})"):
        p.path("M0 0C-22 0 -27 -19 -17 -34C-14 -26 -10 -24 -8 -26C-12 -42 -2 -54 6 -62C5 -48 14 -44 18 -32C20 -36 20 -40 19 -44C31 -27 26 0 0 0Z", fill=RED)
        p.path("M0 0C-14 0 -17 -13 -9 -24C-7 -19 -4 -19 -3 -21C-4 -31 2 -38 6 -42C6 -33 14 -28 13 -16C13 -6 9 0 0 0Z", fill=EMBER)
        p.path("M1 0C-7 0 -8 -8 -3 -15C0 -11 3 -15 4 -20C9 -13 9 0 1 0Z", fill=SUN)


def tree(p, x, y, size):
    p.rect(x - 3 * size, float(y - 22 * size), float(6 * size), float(22 * size), fill="#6b4f3a")
    p.circle(x, float(y - 40 * size), float(24 * size), fill="#3f8f63")
    p.circle(float(x - 14 * size), float(y - 28 * size), float(15 * size), fill="#357a55")


def sign(p, x, y, size, fill):
    """A square sign with a rounded edge; draw its symbol inside the returned group, 40 units wide."""
    group = p.group(transform=f"translate({x} {y}) scale({size})")
    group.__enter__()
    p.rect(-20, -20, 40, 40, rx=3, fill=fill, stroke=WHITE, stroke_width=1.4)
    return group


def running(p):
    """The runner through the door, in white, 40 by 40."""
    p.path("M6 -14H15V15H6Z", fill=WHITE)
    p.circle(-1, -11, 3.2, fill=WHITE)
    p.path("M-3 -6L-6 3L0 8L-2 15M-6 3L-10 10L-16 9M-3 -5L4 -1L9 -4M-3 -6L-10 -4L-12 1", stroke=WHITE, stroke_width=3, stroke_linecap="round", stroke_linejoin="round")


def cover():
    p = Picture(
        "A calm evacuation",
        "Evening. People walk in a line out of a brick building through a lit door below a green exit sign, towards a green assembly sign under trees.",
        height=320, ground=None,
    )
    p.rect(0, 0, 600, 320, fill=p.gradient("sky", [(0, "#2f4668"), (0.7, "#86809b"), (1, "#e6a98b")]))
    p.circle(548, 54, 17, fill="#fdf3d8", opacity=0.95)
    p.rect(0, 252, 600, 70, fill="#5a6a58")
    p.path("M150 322L206 252H330L600 268V322Z", fill="#8d8a84")
    p.rect(24, 40, 236, 214, fill="#9c5848")
    p.rect(24, 40, 236, 10, fill="#7d4437")
    for y in range(60, 252, 12):
        for x in range(24 + (y // 12 % 2) * 14, 250, 28):
            p.rect(x, y, 14, 1.2, fill="#84493b")
    for row in range(3):
        for col in range(4):
            if row == 2 and col == 3:
                continue
            lit = (row + col) % 3 != 0
            p.rect(44 + col * 53, 66 + row * 62, 34, 36, fill="#fbe3a6" if lit else "#3a4a66", stroke="#6d3a2f", stroke_width=2.5)
            p.line(61 + col * 53, 66 + row * 62, 61 + col * 53, 102 + row * 62, stroke="#6d3a2f", stroke_width=1.6)
    p.rect(196, 184, 46, 70, fill="#fff2c8", stroke="#5d3028", stroke_width=4)
    p.path("M196 254L170 300H330L242 254Z", fill="#fff2c8", opacity=0.28)
    group = sign(p, 219, 164, 0.7, GREEN)
    running(p)
    group.__exit__()
    for x, y, size, fill in ((226, 254, 0.95, "#34384a"), (274, 262, 1.0, "#275a7c"), (322, 268, 1.05, "#8a3f57"), (374, 274, 1.1, "#3d5d49"), (416, 276, 0.78, "#b86c2c")):
        person(p, x, y, size, fill)
    for x, s in ((486, 1.4), (566, 1.7)):
        tree(p, x, 262, s)
    p.rect(519, 150, 6, 122, fill="#c9ccd2")
    group = sign(p, 522, 146, 1.25, GREEN)
    for dx, dy in ((-6, 3), (6, 3), (0, 6)):
        p.circle(dx, dy - 6, 2.6, fill=WHITE)
        p.path(f"M{dx} {dy - 1}v7", stroke=WHITE, stroke_width=4.4, stroke_linecap="round")
    for a in (45, 135, 225, 315):
        x, y = 15.5 * math.cos(math.radians(a)), 15.5 * math.sin(math.radians(a))
        p.head(float(x * 0.84), float(y * 0.84), math.radians(a + 180), WHITE, 5.4)
    group.__exit__()
    for x, fill, turn in ((466, "#4b3f66", 1), (498, "#275a7c", -1), (548, "#7c4a33", -1)):
        person(p, x, 284, 1.0, fill, turn, arms=False)
    p.save(COURSE, "cover")


def triangle():
    p = Picture(
        "The fire triangle",
        "A triangle with a flame in the middle. Its three sides are heat, fuel and oxygen. Beside each side stands how to take it away: cool, remove, smother.",
        height=390, ground=PAPER,
    )
    p.path("M300 50L496 330H104Z", fill="#fde7c4", stroke_linejoin="round")
    for d, colour in (("M300 50L104 330", RED), ("M300 50L496 330", BLUE), ("M104 330H496", "#7a5a2c")):
        p.path(d, stroke=colour, stroke_width=16, stroke_linecap="round")
    flame(p, 300, 290, 2.5)
    for x, y, name, act, colour, anchor in ((186, 150, "Heat", "cool it", RED, "e"), (414, 150, "Oxygen", "smother it", BLUE, None)):
        p.text(x, y, name, 25, colour, anchor, 700)
        p.text(x, y + 27, act, 19, INK, anchor)
    p.text(226, 370, "Fuel", 25, "#6b4c1f", None, 700)
    p.text(292, 370, "take it away", 19, INK)
    p.save(COURSE, "fire-triangle")


def room(p, left, minute, layer, size, words, exit_lit=True):
    """One room of the series; `layer` is how far the smoke hangs down."""
    p.rect(left, 66, 180, 190, fill="#fbf6ec")
    p.rect(left, 66, 180, layer, fill=p.gradient(f"smoke{left}", [(0, "#2f2e36", 0.96), (0.8, "#4b4a52", 0.9), (1, "#6b6a72", 0.55)]))
    p.rect(left + 128, 150, 40, 106, fill="#c9a77a")
    p.circle(left + 135, 206, 3, fill=INK)
    p.rect(left + 12, 222, 50, 8, fill="#8a6b4a")
    p.rect(left + 16, 230, 5, 26, fill="#8a6b4a")
    p.rect(left + 53, 230, 5, 26, fill="#8a6b4a")
    flame(p, left + 36, 224, size)
    if layer > 150:
        p.rect(left, 66, 180, layer, fill="#2f2e36", opacity=0.5)
    p.rect(left, 66, 180, 190, fill="none", stroke=INK, stroke_width=3)
    p.text(left + 90, 50, minute, 21, INK, "m", 700)
    for i, line in enumerate(words):
        p.text(left + 90, 284 + i * 24, line, 18, INK, "m")


def smoke():
    p = Picture(
        "A room fills with smoke from the top down",
        "Three drawings of one room. After half a minute a thin layer of smoke hangs below the ceiling and a person could walk out upright. "
        "After two minutes it reaches down to the chest, so one must crawl. After four minutes the room is full.",
        height=330, ground="#ece4d6",
    )
    room(p, 16, "½ minute", 34, 0.7, ("Walk out,", "close the door"))
    room(p, 210, "2 minutes", 108, 1.25, ("Stay low,", "below the smoke"))
    room(p, 404, "4 minutes", 186, 1.5, ("Nobody can", "breathe in here"))
    person(p, 110, 255, 1.35, BLUE)
    with p.group(transform="translate(318 254)"):
        p.circle(20, -24, 8, fill=BLUE)
        p.path("M10 -20L-16 -18", stroke=BLUE, stroke_width=12, stroke_linecap="round")
        p.path("M10 -18L15 -2M-16 -16L-13 -2L-26 -2", stroke=BLUE, stroke_width=6, stroke_linecap="round", stroke_linejoin="round")
    p.save(COURSE, "smoke-layer")


def growth():
    p = Picture(
        "A fire grows with the square of time",
        "A curve of heat over five minutes that starts flat and becomes steep. After one minute the fire is as large as a waste-paper basket, after two as an armchair, "
        "after four it takes the whole room. A green band marks the first minute as the time to leave.",
        height=380, ground=PAPER,
    )
    x0, y0, w, h = 66, 310, 500, 250
    p.rect(x0, y0 - h, w / 5, h, fill="#cfe9d9")
    p.text(x0 + w / 10, y0 - h + 26, "time to", 18, "#0f5734", "m", 600)
    p.text(x0 + w / 10, y0 - h + 48, "leave", 18, "#0f5734", "m", 600)
    points = [(x0 + w * t / 50, y0 - h * (t / 50) ** 2 * 0.98) for t in range(0, 51, 2)]
    p.curve(points + [], stroke=RED, stroke_width=5)
    p.line(x0, y0, x0 + w, y0, stroke=INK)
    p.line(x0, y0, x0, y0 - h, stroke=INK)
    for minute in range(6):
        p.text(x0 + w * minute / 5, y0 + 26, str(minute), 18, INK, "m")
    p.text(x0 + w / 2, y0 + 54, "minutes after ignition", 18, INK, "m")
    with p.group(transform=f"translate(42 {y0 - h / 2:.0f}) rotate(-90)"):
        p.text(0, 0, "heat", 18, INK, "m")
    for minute, words, left, up, anchor in ((1, "waste-paper basket", -96, 17, None), (2, "armchair", -12, 20, "e"), (4, "the whole room", -16, 8, "e")):
        x, y = x0 + w * minute / 5, y0 - h * (minute / 5) ** 2 * 0.98
        p.circle(float(x), float(y), 8, fill=EMBER, stroke=RED, stroke_width=3)
        p.text(x + left, y - up, words, 18, INK, anchor)
    p.text(30, 38, "Twice the time, four times the heat", 21, INK, None, 650)
    p.save(COURSE, "fire-growth")


def signs():
    p = Picture(
        "Four kinds of signs",
        "Green square: escape route, a runner through a door. Red square: fire equipment, an extinguisher. Red ring with a bar: forbidden, a lift in case of fire. "
        "Blue circle: you must, keep the fire door shut.",
        height=300, ground="#eef0f2",
    )
    columns = [(84, "Green", ("the way", "to safety")), (228, "Red square", ("equipment", "for fires")), (372, "Red ring", ("do not:", "no lift in a fire")), (516, "Blue", ("you must:", "keep this shut"))]
    for x, name, words in columns:
        p.text(x, 206, name, 20, INK, "m", 650)
        for i, line in enumerate(words):
            p.text(x, 234 + i * 23, line, 18, INK, "m")
    group = sign(p, 84, 102, 2.9, GREEN)
    running(p)
    group.__exit__()
    group = sign(p, 228, 102, 2.9, RED)
    p.path("M-5 -6Q-5 -10 0 -10Q5 -10 5 -6V14H-5Z", fill=WHITE)
    p.path("M0 -10V-14M-4 -14H5M-3 -12Q-11 -11 -10 0", stroke=WHITE, stroke_width=2, stroke_linecap="round")
    p.path("M9 14C5 14 4 9 8 5C9 7 10 6 10 3C14 7 15 14 9 14Z", fill=WHITE)
    group.__exit__()
    with p.group(transform="translate(372 102)"):
        p.circle(0, 0, 56, fill=WHITE, stroke=RED, stroke_width=9)
        p.rect(-24, -28, 40, 56, fill="none", stroke=INK, stroke_width=4)
        p.line(-4, -28, -4, 28, stroke=INK, stroke_width=3)
        p.path("M-15 -8l5 -9l5 9ZM-2 8l5 9l5 -9Z", fill=INK)
        p.line(-39, -39, 39, 39, stroke=RED, stroke_width=9)
    with p.group(transform="translate(516 102)"):
        p.circle(0, 0, 58, fill=BLUE)
        p.rect(-20, -36, 40, 66, fill="none", stroke=WHITE, stroke_width=5)
        p.circle(11, -1, 4, fill=WHITE)
        p.path("M-46 -2H-30M46 -2H30", stroke=WHITE, stroke_width=6)
        p.head(-24, -2, 0, WHITE, 10)
        p.head(24, -2, math.pi, WHITE, 10)
    p.save(COURSE, "signs")


def extinguisher(p, x, y, size):
    with p.group(transform=f"translate({x} {y}) scale({size})"):
        p.path("M-15 0V-52Q-15 -66 0 -66T15 -52V0Q0 5 -15 0Z", fill=RED)
        p.rect(-15, -44, 30, 20, fill="#f6ecd9")
        p.rect(-5, -75, 10, 11, fill="#3a3d47")
        p.path("M-4 -75L-20 -84M-2 -77L14 -86", stroke="#3a3d47", stroke_width=5, stroke_linecap="round")
        p.path("M5 -70C28 -70 30 -50 27 -34", stroke="#3a3d47", stroke_width=4.5)
        p.path("M24 -36L30 -36L32 -22H22Z", fill="#3a3d47")


def four_moves():
    p = Picture(
        "Using an extinguisher in four moves",
        "Four drawings of an extinguisher. One, pull the pin. Two, aim at the base of the flames. Three, squeeze the handle. Four, sweep from side to side.",
        width=600, height=300, ground=PAPER,
    )
    for i, (name, words) in enumerate((("Pull", "the pin"), ("Aim", "at the base"), ("Squeeze", "the handle"), ("Sweep", "side to side"))):
        x = 78 + i * 148
        p.rect(x - 66, 20, 132, 190, rx=12, fill=WHITE, stroke=WALL, stroke_width=2)
        p.circle(x - 44, 42, 15, fill=INK)
        p.text(x - 44, 48, str(i + 1), 18, WHITE, "m", 700)
        p.text(x, 242, name, 22, INK, "m", 700)
        p.text(x, 268, words, 18, INK, "m")
    extinguisher(p, 76, 196, 1.35)
    p.circle(118, 76, 12, stroke=EMBER, stroke_width=5, fill="none")
    p.path("M88 86L106 80", stroke=EMBER, stroke_width=5)
    p.arrow(130, 62, 138, 46, stroke=INK)
    extinguisher(p, 190, 196, 1.05)
    flame(p, 262, 198, 0.95)
    p.path("M222 172L246 192", stroke=INK, stroke_width=3, stroke_dasharray="3 7", stroke_linecap="round")
    p.circle(258, 194, 13, stroke=INK, stroke_width=2.5, fill="none")
    extinguisher(p, 340, 196, 1.05)
    p.path("M374 172L418 200L432 178Z", fill="#bcd9e6")
    p.arrow(322, 82, 322, 102, stroke=INK, width=3)
    p.arrow(354, 80, 354, 100, stroke=INK, width=3)
    extinguisher(p, 484, 196, 1.05)
    p.path("M518 172L578 188L572 202Z", fill="#bcd9e6")
    p.path("M506 120Q542 104 576 120", stroke=INK, stroke_width=3)
    p.head(578, 121, 0.5, INK, 10)
    p.head(504, 121, math.pi - 0.5, INK, 10)
    p.save(COURSE, "four-moves")


def plan():
    p = Picture(
        "Escape plan of floor 2, building C",
        "A floor plan. A corridor runs from a stairway at the left to a stairway at the right. North of it lie the workshop and the store, south the kitchen, an office and the meeting room. "
        "You are in the office. A thick green arrow leads left to stairway A, a dashed one right to stairway B. Extinguishers hang by the kitchen and the workshop, call points by both stairs, a refuge lies in stairway A. The lift is crossed out.",
        height=430, ground="#f4f5f1",
    )
    p.rect(24, 56, 552, 300, fill=WHITE)
    p.rect(24, 184, 552, 52, fill="#e9f3ec")
    for x in (24, 500):
        p.rect(x, 56, 76, 180, fill="#d7eadf")
        for i in range(8):
            p.line(x + 8, 70 + i * 11, x + 68, 70 + i * 11, stroke="#9cc3ad", stroke_width=2)
    walls = ("M24 56H576V356H24Z M100 56V184 M500 56V184 M330 56V184 M100 184H176 M214 184H392 M430 184H500 M24 236H112 M150 236H246 M284 236H440 M478 236H576"
             " M170 236V356 M390 236V356 M100 184V192 M100 228V236 M500 184V192 M500 228V236")
    p.path(walls, stroke=INK, stroke_width=5, stroke_linecap="square")
    for x, y, name in ((215, 110, "Workshop"), (415, 110, "Store"), (84, 336, "Kitchen"), (280, 336, "Office"), (484, 336, "Meeting room")):
        p.text(x, y, name, 18, "#4a5160", "m")
    for x, name in ((62, "A"), (538, "B")):
        p.circle(x, 182, 15, fill=GREEN)
        p.text(x, 188, name, 18, WHITE, "m", 700)
    p.path("M265 292V222Q265 210 253 210H96", stroke=GREEN, stroke_width=7)
    p.head(84, 210, math.pi, GREEN, 16)
    p.path("M272 292V234Q272 210 296 210H500", stroke=GREEN, stroke_width=4, stroke_dasharray="10 8")
    p.head(514, 210, 0, GREEN, 14)
    p.circle(268, 300, 13, fill=BLUE)
    p.circle(268, 300, 19, fill="none", stroke=BLUE, stroke_width=3)
    p.text(296, 306, "you", 18, BLUE, None, 700)
    for x, y in ((84, 253), (236, 168)):
        p.rect(x - 12, y - 12, 24, 24, rx=3, fill=RED)
        p.path(f"M{x - 3} {y + 8}v-10q0 -4 3 -4t3 4v10ZM{x} {y - 6}v-3M{x - 3} {y - 9}h6", fill=WHITE, stroke=WHITE, stroke_width=1.4)
    for x in (118, 482):
        p.rect(x - 10, 187, 20, 20, rx=3, fill=RED)
        p.circle(x, 197, 5, fill=WHITE)
    p.rect(505, 64, 66, 40, fill=WHITE)
    p.rect(538, 69, 30, 30, fill="#e4e4e4", stroke=INK, stroke_width=2.5)
    p.path("M542 73L564 95M564 73L542 95", stroke=RED, stroke_width=4)
    p.text(510, 90, "lift", 16, INK)
    p.rect(34, 76, 30, 30, rx=3, fill=GREEN)
    p.circle(49, 83, 3.5, fill=WHITE)
    p.path("M48 87v9h7l3 6M45 90a7 7 0 1 0 9 9", stroke=WHITE, stroke_width=2.6, stroke_linecap="round")
    p.text(24, 36, "Floor 2, building C", 21, INK, None, 650)
    for x, words, shape in ((36, "first way", "line"), (172, "second way", "dash"), (322, "extinguisher", "red"), (474, "call point", "dot")):
        if shape == "red":
            p.rect(x - 10, 382, 20, 20, rx=3, fill=RED)
        elif shape == "dot":
            p.rect(x - 10, 382, 20, 20, rx=3, fill=RED)
            p.circle(x, 392, 5, fill=WHITE)
        else:
            p.line(x - 12, 392, x + 12, 392, stroke=GREEN, stroke_width=6 if shape == "line" else 4, stroke_dasharray=None if shape == "line" else "8 6")
        p.text(x + 20, 398, words, 18)
    p.save(COURSE, "floor-plan")


def classes():
    p = Picture(
        "Which extinguisher for which fire",
        "A grid. Solids, class A: water, foam, powder. Liquids, class B: foam, powder, carbon dioxide. Gases, class C: powder. Electrical equipment: carbon dioxide first, powder where marked. Cooking oil, class F: wet chemical only.",
        height=400, ground=PAPER,
    )
    kinds = ("Water", "Foam", "Powder", "CO₂", "Wet chem.")
    rows = (("A  Wood, paper, cloth", "gggxp"), ("B  Petrol, solvents", "xgggx"), ("C  Gas", "xxgxx"), ("Electrical equipment", "xxpgx"), ("F  Cooking oil", "xxxxg"))
    x0, y0, cw, ch = 232, 84, 71, 56
    p.text(20, 36, "Which one for which fire?", 21, INK, None, 650)
    for j, kind in enumerate(kinds):
        p.text(x0 + cw * (j + 0.5), 70, kind, 15, INK, "m", 650)
    for i, (name, marks) in enumerate(rows):
        y = y0 + i * ch
        p.rect(16, y, 568, ch - 8, rx=8, fill=WHITE)
        p.text(28, y + 30, name, 18, INK, None, 600)
        for j, mark in enumerate(marks):
            cx, cy = x0 + cw * (j + 0.5), y + (ch - 8) / 2
            if mark == "g":
                p.circle(float(cx), float(cy), 15, fill=GREEN)
                p.path(f"M{cx - 7:.0f} {cy:.0f}l5 6l9 -11", stroke=WHITE, stroke_width=3.4, stroke_linecap="round", stroke_linejoin="round")
            elif mark == "p":
                p.circle(float(cx), float(cy), 13, fill="none", stroke="#8a6a1a", stroke_width=3, stroke_dasharray="5 4")
            elif mark == "x":
                p.path(f"M{cx - 8:.0f} {cy - 8:.0f}l16 16m0 -16l-16 16", stroke=RED, stroke_width=4, stroke_linecap="round")
    p.text(20, 388, "✓ suited", 16, "#0f5734", None, 600)
    p.text(122, 388, "◌ if the label says so", 16, "#6f5410", None, 600)
    p.text(310, 388, "✕ not suited or dangerous", 16, "#9c2c1e", None, 600)
    p.save(COURSE, "which-extinguisher")


for draw in (cover, triangle, smoke, growth, signs, four_moves, plan, classes):
    draw()
