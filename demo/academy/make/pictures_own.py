"""Draws the pictures of the course "Build your own learning environment"."""

import math

from svg import Picture, smooth

COURSE = "own-learning"
INK, GREEN, LEAF, MOSS, PALE = "#1f2d2a", "#2f7d4f", "#7fb069", "#4c8a5b", "#dcebdd"
SUN, CLAY, SKY, ROSE, PAPER, WHITE = "#f2b84b", "#d9734e", "#6ba3c4", "#c9728f", "#f3f5ec", "#ffffff"


def card(p, x, y, w, h, fill=WHITE, turn=0, lines=3):
    """A sheet of paper with some lines of writing."""
    with p.group(transform=f"translate({x} {y}) rotate({turn})"):
        p.rect(0, 0, w, h, rx=5, fill=fill, stroke="#c9cfbf", stroke_width=1.5)
        for i in range(lines):
            p.line(10, 16 + i * 12, float(w - (12 if i % 2 else 28)), 16 + i * 12, stroke="#a9b3a4", stroke_width=2.6, stroke_linecap="round")


def plant(p, x, y, size=1.0, fill=MOSS):
    with p.group(transform=f"translate({x} {y}) scale({size})"):
        for turn, length in ((-62, 34), (-36, 44), (-10, 52), (16, 48), (42, 42), (66, 32)):
            p.path(f"M0 0C-9 -{length * .4:.0f} -7 -{length * .8:.0f} 0 -{length}C7 -{length * .8:.0f} 9 -{length * .4:.0f} 0 0Z", fill=fill if turn % 4 else LEAF, transform=f"rotate({turn})")
        p.path("M-16 -2H16L12 26H-12Z", fill=CLAY)
        p.rect(-18, -5, 36, 9, rx=2, fill="#c0603e")


def cover():
    p = Picture(
        "A desk by the window",
        "A wooden desk in front of a window with hills and a winding path. On the desk an open notebook, a stack of books, a cup, a plant, a lamp, and cards pinned to the wall joined by threads.",
        height=330, ground="#e9e4d4",
    )
    p.rect(210, 24, 366, 192, rx=6, fill="#cfe5ee")
    p.circle(494, 70, 24, fill="#fbe6a9")
    p.path("M210 160C270 112 330 120 390 146S520 130 576 108V216H210Z", fill="#a8cba4")
    p.path("M210 190C290 150 350 168 430 176S540 160 576 156V216H210Z", fill="#7fb069")
    p.path("M330 216C346 196 404 194 398 182C392 172 356 172 366 162C374 154 402 154 404 147C420 152 390 158 386 164C384 172 428 172 430 184C430 198 390 200 384 216Z", fill="#f1e3bd")
    for x, y, s in ((262, 172, 1), (286, 180, .8), (528, 160, 1), (548, 168, .8)):
        p.path(f"M{x} {y}l{-11 * s:.0f} 22h{22 * s:.0f}Z", fill="#3f7a55")
    p.rect(210, 24, 366, 192, rx=6, fill="none", stroke="#8b6a4a", stroke_width=10)
    p.line(393, 24, 393, 216, stroke="#8b6a4a", stroke_width=7)
    p.path("M78 66L150 92L96 146L160 170", stroke=CLAY, stroke_width=2)
    for x, y, turn, fill in ((44, 36, -5, WHITE), (118, 66, 4, "#fdf1c9"), (58, 116, 3, "#dcebdd"), (126, 146, -4, WHITE)):
        card(p, x, y, 62, 50, fill, turn)
        p.circle(x + 32, y + 4, 5, fill=CLAY)
    p.rect(0, 244, 600, 90, fill="#b98655")
    p.rect(0, 244, 600, 9, fill="#cf9c68")
    for y in (276, 304):
        p.path(f"M0 {y}C160 {y - 6} 380 {y + 7} 600 {y - 3}", stroke="#a87648", stroke_width=2)
    for i, (w, colour) in enumerate(((112, "#3f6f8f"), (100, CLAY), (106, "#5c8a4c"), (88, SUN))):
        p.rect(44 + i * 4, 232 - i * 18, w, 18, rx=2, fill=colour)
        p.rect(52 + i * 4, 238 - i * 18, 22, 5, fill=WHITE, opacity=0.7)
    with p.group(transform="translate(290 256)"):
        p.path("M0 0C-30 -14 -78 -12 -104 0L-118 46C-86 34 -34 34 0 50C34 34 86 34 118 46L104 0C78 -12 30 -14 0 0Z", fill=WHITE, stroke="#c9bda3", stroke_width=2)
        p.line(0, 0, 0, 50, stroke="#c9bda3", stroke_width=2)
        for i in range(3):
            p.path(f"M-92 {8 + i * 10}q42 -8 80 2M16 {10 + i * 10}q40 -9 {76 - i * 14} -1", stroke="#93a08d", stroke_width=2.4, stroke_linecap="round")
    p.line(404, 292, 452, 264, stroke=SUN, stroke_width=7, stroke_linecap="round")
    p.path("M404 292l-9 9l13 -3Z", fill=INK)
    p.path("M470 226h40v26q-2 18 -20 18t-20 -18Z", fill="#3f6f8f")
    p.path("M510 232q16 0 14 12t-16 10", stroke="#3f6f8f", stroke_width=5)
    p.path("M482 218q-5 -9 1 -16M496 218q-5 -9 1 -16", stroke=WHITE, stroke_width=3, stroke_linecap="round", opacity=0.8)
    plant(p, 558, 226, 0.95)
    p.save(COURSE, "cover")


def loop():
    p = Picture(
        "The learning loop",
        "Six stations on a circle, joined by arrows: choose sources, take notes, reflect, publish, connect with people, review. In the middle: your question.",
        height=430, ground=PAPER,
    )
    cx, cy, r = 300, 216, 150
    p.circle(cx, cy, r, stroke="#b9c9b4", stroke_width=3, fill="none")
    stations = (("Choose", "sources", SKY), ("Note", "what matters", SUN), ("Reflect", "on paper", LEAF), ("Publish", "a piece", CLAY), ("Connect", "with people", ROSE), ("Review", "every week", "#8f83c4"))
    for i, (name, words, colour) in enumerate(stations):
        a = -math.pi / 2 + i * math.pi / 3
        mid = a + math.pi / 6 + (0.15, 0.04, -0.07, 0.15, 0.04, -0.07)[i]
        p.head(float(cx + r * math.cos(mid)), float(cy + r * math.sin(mid)), mid + math.pi / 2, "#8fa58c", 13)
    for i, (name, words, colour) in enumerate(stations):
        a = -math.pi / 2 + i * math.pi / 3
        x, y = cx + r * math.cos(a) * (1.16 if i in (1, 2, 4, 5) else 1), cy + r * math.sin(a)
        p.rect(float(x - 68), float(y - 33), 136, 66, rx=33, fill=WHITE, stroke=colour, stroke_width=5)
        p.text(float(x), float(y - 3), name, 21, INK, "m", 700)
        p.text(float(x), float(y + 19), words, 17, INK, "m")
    p.circle(cx, cy, 62, fill=GREEN)
    p.text(cx, cy - 4, "your", 22, WHITE, "m", 650)
    p.text(cx, cy + 22, "question", 22, WHITE, "m", 650)
    p.save(COURSE, "loop")


def environment():
    p = Picture(
        "What a learning environment is made of",
        "You in the middle. Around you four fields: people to ask, works to read and watch, places to go and make, tools to keep and share. Examples stand in each.",
        height=420, ground=PAPER,
    )
    fields = ((20, 20, SKY, "People", ("a teacher, a colleague,", "a forum, a grandmother")), (306, 20, SUN, "Works", ("books, papers, films,", "feeds, data, music")),
              (20, 216, LEAF, "Places", ("library, workshop,", "shore, kitchen, course")), (306, 216, ROSE, "Tools", ("notebook, cards,", "pen, camera, blog")))
    for x, y, colour, name, words in fields:
        p.rect(x, y, 274, 184, rx=18, fill=colour, opacity=0.28)
        top = y + 50 if y < 100 else y + 116
        p.text(x + 22, top, name, 24, INK, None, 700)
        for i, line in enumerate(words):
            p.text(x + 22, top + 28 + i * 23, line, 18)
    p.circle(300, 210, 66, fill=PAPER)
    p.circle(300, 210, 54, fill=GREEN)
    p.circle(300, 196, 13, fill=WHITE)
    p.path("M274 236q2 -24 26 -24t26 24Z", fill=WHITE)
    p.save(COURSE, "environment")


def sideways():
    p = Picture(
        "Read sideways",
        "Left: one long page read from top to bottom. Right: the same page, but the reader leaves it after a moment and opens three other tabs: who is behind it, who else says so, where it comes from.",
        height=340, ground=PAPER,
    )
    for x, name in ((152, "Downwards"), (446, "Sideways")):
        p.text(x, 40, name, 22, INK, "m", 700)
    p.line(300, 30, 300, 310, stroke="#c3ccbd", stroke_width=2, stroke_dasharray="4 7")
    card(p, 92, 64, 120, 200, WHITE, 0, 15)
    p.arrow(240, 72, 240, 256, stroke=CLAY, width=4, head=12)
    p.text(152, 302, "long, and easily fooled", 18, INK, "m")
    card(p, 330, 84, 76, 136, WHITE, 0, 9)
    for i, (words, colour) in enumerate((("Who is it?", SKY), ("Who else?", SUN), ("From where?", LEAF))):
        y = 72 + i * 62
        p.rect(452, y, 128, 46, rx=10, fill=colour, opacity=0.5)
        p.text(516, y + 29, words, 18, INK, "m", 600)
        p.arrow(410, 152 + (i - 1) * 8, 446, y + 23, stroke=CLAY, width=3, head=10)
    p.text(446, 302, "short, and hard to fool", 18, INK, "m")
    p.save(COURSE, "read-sideways")


def note():
    p = Picture(
        "A note that lasts",
        "A card with a sentence as its title, two sentences in own words, one small sketch, the source with page and date, and two links to other notes. Labels point to each part.",
        height=390, ground=PAPER,
    )
    p.rect(30, 30, 330, 330, rx=10, fill=WHITE, stroke="#c9cfbf", stroke_width=2)
    p.text(50, 70, "Upper limits are physical,", 20, INK, None, 700)
    p.text(50, 96, "lower limits are neighbours", 20, INK, None, 700)
    for i, line in enumerate(("A barnacle can live lower down", "than it does. What stops it is a", "larger barnacle, not the water.")):
        p.text(50, 136 + i * 25, line, 18)
    p.path("M60 262L120 220L176 232L220 202", stroke=GREEN, stroke_width=3)
    p.line(56, 268, 232, 268, stroke=INK, stroke_width=2)
    p.line(56, 268, 56, 200, stroke=INK, stroke_width=2)
    p.text(50, 304, "Connell 1961, p. 715", 17, "#51605a", None, None, font_style="italic")
    for x, words in ((50, "niche"), (126, "experiments")):
        w = 22 + len(words) * 8.6
        p.rect(x, 318, float(w), 28, rx=14, fill=PALE)
        p.text(float(x + w / 2), 338, words, 16, "#1f5a38", "m", 600)
    for y, to, words in ((82, 346, "a sentence, not a topic"), (156, 346, "your own words"), (236, 246, "a picture, if it helps"), (298, 232, "where from, exactly"), (332, 254, "links to other notes")):
        p.line(392, y, to + 4, y, stroke=CLAY, stroke_width=2.4)
        p.circle(to, y, 4.5, fill=CLAY)
        p.text(400, y + 6, words, 18, INK)
    p.save(COURSE, "note-card")


def spacing():
    p = Picture(
        "Forgetting, and what bringing back does",
        "A curve of what you remember over thirty days. Without recall it falls fast. With four recalls at growing distances it is lifted each time and falls more slowly.",
        height=370, ground=PAPER,
    )
    x0, y0, w, h = 62, 300, 510, 226
    p.line(x0, y0, x0 + w, y0, stroke=INK)
    p.line(x0, y0, x0, y0 - h, stroke=INK)
    def x(day):
        return x0 + w * day / 30
    def y(part):
        return y0 - h * part * 0.96
    plain = [(x(d), y(0.16 + 0.84 * math.exp(-d / 2.6))) for d in (0, .5, 1, 1.5, 2, 3, 4, 6, 8, 11, 15, 20, 25, 30)]
    p.path(smooth(plain), stroke=CLAY, stroke_width=4, stroke_dasharray="9 7")
    stops, strength = (0, 1, 4, 11, 25, 30), (2.6, 6, 15, 36, 90)
    for a, b, s in zip(stops, stops[1:], strength):
        pieces = [(x(a + (b - a) * k / 8), y(math.exp(-(b - a) * k / 8 / s))) for k in range(9)]
        p.path(smooth(pieces), stroke=GREEN, stroke_width=5, stroke_linecap="round")
        if b < 30:
            low = y(math.exp(-(b - a) / s))
            p.line(float(x(b)), float(low), float(x(b)), float(y(1)), stroke=GREEN, stroke_width=2.5, stroke_dasharray="2 5")
            p.circle(float(x(b)), float(low), 7, fill=SUN, stroke=INK, stroke_width=2)
    for day in (1, 4, 11, 25):
        p.text(float(x(day)), y0 + 26, str(day), 18, INK, "m")
    p.text(x0 + w, y0 + 54, "days", 18, INK, "e")
    with p.group(transform="translate(36 190) rotate(-90)"):
        p.text(0, 0, "remembered", 18, INK, "m")
    p.text(x0, 40, "Brought back four times", 19, "#1f6a40", None, 650)
    p.text(float(x(13)), float(y(0.3)), "read once, never again", 19, "#a8492a", None, 650)
    p.save(COURSE, "spacing")


def rings():
    p = Picture(
        "Who can see this?",
        "Four rings, one inside the other: only me, a few people I name, my course, everybody. Arrows lead outwards; a note says that you can always start inside and move out.",
        height=390, ground=PAPER,
    )
    for r, colour in ((172, "#e3ebdc"), (130, "#c9dfc6"), (88, "#9cc59b"), (46, GREEN)):
        p.circle(200, 198, r, fill=colour, stroke=WHITE, stroke_width=3)
    p.text(200, 204, "me", 20, WHITE, "m", 700)
    for y, words in ((142, "a few people"), (100, "my course"), (58, "everybody")):
        p.text(200, y - 6, words, 18, INK, "m", 600)
    examples = ((96, "a finished piece, a portfolio"), (160, "a question, a half-done draft"), (224, "a note to my mentor"), (288, "a diary, a doubt"))
    for i, (y, words) in enumerate(examples):
        colour = ("#e3ebdc", "#c9dfc6", "#9cc59b", GREEN)[i]
        p.circle(404, y - 6, 9, fill=colour, stroke=INK, stroke_width=1.4)
        first, _, rest = words.partition(", ")
        lines = [first, rest] if rest else [words]
        for k, line in enumerate(lines):
            p.text(422, y + k * 22, line + ("," if k + 1 < len(lines) else ""), 18)
    p.text(404, 52, "for example", 18, "#51605a", None, 600)
    p.text(404, 352, "Start inside.", 19, "#1f6a40", None, 700)
    p.save(COURSE, "rings")


def bridges():
    p = Picture(
        "Strong ties and bridges",
        "Two clusters of people, densely joined inside. One thin line joins them through you. News travels along that line.",
        height=340, ground=PAPER,
    )
    left = [(82, 96), (150, 66), (190, 132), (92, 186), (158, 214), (62, 252)]
    right = [(420, 92), (498, 66), (540, 138), (452, 168), (516, 226), (430, 252)]
    for cluster in (left, right):
        for i, (x1, y1) in enumerate(cluster):
            for x2, y2 in cluster[i + 1:]:
                if math.dist((x1, y1), (x2, y2)) < 150:
                    p.line(x1, y1, x2, y2, stroke="#a9bfa6", stroke_width=3)
    for x1, y1 in (left[2], left[4]):
        p.line(x1, y1, 298, 158, stroke=GREEN, stroke_width=4)
    p.line(298, 158, *right[3], stroke=CLAY, stroke_width=4, stroke_dasharray="10 7")
    for cluster, colour in ((left, SKY), (right, SUN)):
        for x, y in cluster:
            p.circle(x, y, 17, fill=colour, stroke=INK, stroke_width=2)
            p.circle(x, y - 4, 4.5, fill=INK)
            p.path(f"M{x - 8} {y + 10}q0 -9 8 -9t8 9Z", fill=INK)
    p.circle(298, 158, 24, fill=GREEN, stroke=INK, stroke_width=2.5)
    p.text(298, 164, "you", 17, WHITE, "m", 700)
    p.text(124, 302, "those who know you", 18, INK, "m", 600)
    p.text(458, 302, "those who know other things", 18, INK, "m", 600)
    p.text(352, 122, "bridge", 18, "#a8492a", "m", 650)
    p.save(COURSE, "bridges")


def week():
    p = Picture(
        "Half an hour for a week",
        "A row of seven days with small marks for notes, and on Friday a green block of thirty minutes in three parts: look back 10, clear up 10, look ahead 10.",
        height=300, ground=PAPER,
    )
    for i, day in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")):
        x = 24 + i * 80
        p.rect(x, 34, 72, 96, rx=8, fill=PALE if i == 4 else WHITE, stroke=GREEN if i == 4 else "#c9cfbf", stroke_width=3 if i == 4 else 1.5)
        p.text(x + 36, 60, day, 18, INK, "m", 650)
        for k in range((2, 1, 3, 1, 0, 1, 0)[i]):
            p.rect(x + 14, 74 + k * 17, 44 - k * 8, 9, rx=4, fill=(SKY, SUN, ROSE)[(i + k) % 3])
        if i == 4:
            p.circle(x + 36, 96, 19, fill=GREEN)
            p.path(f"M{x + 36} 84v12l8 6", stroke=WHITE, stroke_width=3.4, stroke_linecap="round")
    p.path("M344 132L40 172M416 132L560 172", stroke=GREEN, stroke_width=2, stroke_dasharray="4 6")
    for i, (name, words, colour) in enumerate((("Look back", "what moved me?", SKY), ("Clear up", "keep, link, drop", SUN), ("Look ahead", "one next step", LEAF))):
        x = 36 + i * 178
        p.rect(x, 176, 172, 92, rx=10, fill=colour, opacity=0.45)
        p.text(x + 86, 208, name, 21, INK, "m", 700)
        p.text(x + 86, 232, words, 18, INK, "m")
        p.text(x + 86, 256, "10 min", 17, "#43514b", "m")
    p.save(COURSE, "weekly-review")


for draw in (cover, loop, environment, sideways, note, spacing, rings, bridges, week):
    draw()
