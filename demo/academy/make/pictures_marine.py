"""Draws the pictures of the course "Marine ecology"."""

import math
import random

from svg import Picture, smooth, wave

COURSE = "marine-ecology"
INK, NAVY, SEA, TEAL, FOAM = "#12263a", "#0e2a3f", "#1f6f8b", "#2e9c97", "#d9efea"
SAND, CORAL, SUN, KELP, PAPER, WHITE = "#e9d8b4", "#e06b52", "#f5c463", "#5f7f3c", "#f6f2e9", "#ffffff"


def fish(p, x, y, size, fill, turn=1, eye="#ffffff"):
    """A simple fish that looks to the right, or to the left with turn=-1."""
    with p.group(transform=f"translate({x} {y}) scale({turn * size} {size})"):
        p.path("M-14 0C-8 -9 8 -10 16 0C8 10 -8 9 -14 0ZM-12 0L-22 -8Q-19 0 -22 8Z", fill=fill)
        p.circle(9, -2, 1.7, fill=eye)


def weed(p, x, y, height, fill, lean=0, width=5):
    """A ribbon of weed that grows upwards from (x, y)."""
    top, bend = y - height, height / 4
    p.path(
        f"M{x - width} {y}C{x - width - bend:.0f} {y - height * .4:.0f} {x + lean + bend:.0f} {y - height * .6:.0f} {x + lean} {top}"
        f"C{x + lean + bend + width:.0f} {y - height * .55:.0f} {x + width - bend:.0f} {y - height * .35:.0f} {x + width} {y}Z",
        fill=fill,
    )


def cover():
    p = Picture(
        "A shore at low tide",
        "An evening shore. The sun stands low over calm water, a lighthouse on a headland to the left. "
        "In front a cut through the water shows kelp, fish and a starfish on the sea floor.",
        height=340, ground=None,
    )
    p.rect(0, 0, 600, 200, fill=p.gradient("sky", [(0, "#f9d9a6"), (0.6, "#f7b98b"), (1, "#ec9a85")]))
    p.circle(418, 128, 40, fill="#fff1cf")
    p.circle(418, 128, 62, fill="#fff1cf", opacity=0.25)
    p.path("M0 172C60 150 120 148 176 160C200 165 214 176 240 200L0 200Z", fill="#5a4a5c")
    p.path("M84 152L90 92H102L108 152Z", fill="#fbf3e4")
    p.path("M86.5 128L88 112H104L105.500 128Z", fill=CORAL)
    p.rect(88, 78, 16, 14, fill="#3a3350")
    p.rect(92, 81, 8, 9, fill=SUN)
    p.path("M86 78L96 68L106 78Z", fill="#3a3350")
    p.path("M104 84L330 62L330 104Z", fill="#fff1cf", opacity=0.18)
    for x, y, s in ((240, 66, 1), (274, 84, 0.8), (214, 92, 0.7)):
        p.path(f"M{x - 12 * s:.0f} {y}Q{x - 5 * s:.0f} {y - 8 * s:.0f} {x} {y}Q{x + 5 * s:.0f} {y - 8 * s:.0f} {x + 12 * s:.0f} {y}",
               stroke="#5a4a5c", stroke_width=2.2, stroke_linecap="round")
    top = wave(-20, 640, 190, 3, 120)
    p.path(smooth(top) + "L640 340L-20 340Z", fill=p.gradient("sea", [(0, "#3f9fa6"), (0.35, "#1f6f8b"), (1, "#0e2a3f")]))
    for i in range(7):
        p.path(f"M{372 + i * 8} {200 + i * 9}h{92 - i * 13}", stroke="#ffe3b3", stroke_width=2.4, opacity=0.7 - i * 0.08, stroke_linecap="round")
    p.path("M-5 345V312C60 296 110 318 170 314C250 309 290 326 360 320C440 313 520 300 605 314V345Z", fill="#caa976")
    p.path("M-5 345V326C90 312 160 332 260 328C380 322 480 330 605 326V345Z", fill="#b18f5e")
    for x, h, lean, c in ((46, 96, 10, KELP), (64, 74, -8, "#48652f"), (86, 110, 14, "#6f9146"), (520, 98, -12, KELP), (544, 76, 8, "#48652f"), (566, 112, -4, "#6f9146")):
        weed(p, x, 318, h, c, lean)
    fish(p, 236, 244, 1.1, "#f0a35e")
    fish(p, 276, 262, 0.85, "#f7c98c")
    fish(p, 208, 272, 0.75, "#f7c98c")
    fish(p, 470, 258, 1.0, "#d9efea", -1, NAVY)
    with p.group(transform="translate(318 316) rotate(10)"):
        pts = " ".join(f"{(15 if i % 2 == 0 else 6) * math.sin(i * math.pi / 5):.1f},{-(15 if i % 2 == 0 else 6) * math.cos(i * math.pi / 5):.1f}" for i in range(10))
        p.tag("polygon", points=pts, fill=CORAL, stroke=CORAL, stroke_width=4, stroke_linejoin="round")
    for x, y, r in ((140, 250, 4), (148, 232, 3), (136, 220, 2.4), (424, 286, 3.4), (430, 268, 2.4)):
        p.circle(x, y, r, stroke=FOAM, stroke_width=1.3, fill="none", opacity=0.8)
    p.save(COURSE, "cover")


def ocean_zones():
    p = Picture(
        "The zones of the ocean",
        "A cut through the ocean from the shore to a deep trench. Bands of depth from top to bottom: sunlight zone to 200 metres, "
        "twilight zone to 1,000, midnight zone to 4,000, abyss to 6,000, trenches to about 11,000 metres. "
        "The sea floor falls from shelf over slope to abyssal plain and trench. Depths are not drawn to scale.",
        height=470, ground="#bfe3ee",
    )
    bands = [(52, 76, "#7cc6d6"), (128, 84, "#3f94b3"), (212, 96, "#1f5f86"), (308, 78, "#143f63"), (386, 84, "#0a2540")]
    for y, h, colour in bands:
        p.rect(0, y, 600, h, fill=colour)
    p.circle(536, 26, 15, fill=SUN)
    p.curve(wave(-10, 620, 52, 2.5, 60), stroke=WHITE, stroke_width=3, opacity=0.85)
    p.path("M-5 475V40C24 38 44 44 58 54C84 84 124 112 168 122C204 132 204 190 226 254C246 306 262 356 300 366"
           "C360 376 420 368 468 376C492 380 500 408 512 442C518 458 536 458 542 442C552 408 566 384 605 378V475Z",
           fill=p.gradient("floor", [(0, "#d9bd87"), (0.35, "#9b8262"), (1, "#4a4147")]))
    p.path("M-5 40C14 37 32 40 44 46L-5 60Z", fill="#7d9a55")
    names = [("Sunlight zone", "0 to 200 m", 98, INK), ("Twilight zone", "200 to 1,000 m", 176, WHITE), ("Midnight zone", "1,000 to 4,000 m", 264, WHITE),
             ("Abyss", "4,000 to 6,000 m", 352, WHITE)]
    for name, depth, y, colour in names:
        p.text(586, y - 4, name, 19, colour, "e", 650)
        p.text(586, y + 16, depth, 16, colour, "e", opacity=0.9)
    p.text(478, 432, "Trenches", 19, WHITE, "e", 650)
    p.text(478, 452, "to about 11,000 m", 16, WHITE, "e", opacity=0.9)
    p.text(46, 122, "Shelf", 17, "#3b2f1f", None, 600)
    p.text(116, 222, "Slope", 17, WHITE, None, 600)
    p.text(150, 420, "Abyssal plain", 17, WHITE, None, 600)
    fish(p, 226, 92, 0.8, "#f0a35e")
    fish(p, 254, 116, 0.6, "#f0a35e")
    fish(p, 196, 110, 0.55, "#f0a35e")
    with p.group(transform="translate(348 96)"):
        p.path("M-44 4C-30 -14 18 -18 44 2C26 14 -22 18 -44 4ZM-40 3L-62 -8Q-56 2 -60 14Z", fill="#2b5470")
        p.path("M44 2C26 14 -10 16 -30 10C0 10 24 8 44 2Z", fill="#d6e6ea")
        p.circle(30, -1, 2, fill=WHITE)
    with p.group(transform="translate(290 172)"):
        p.path("M0 -12C14 -12 17 0 15 8H-15C-17 0 -14 -12 0 -12Z", fill="#f3b9b0", opacity=0.95)
        for i in range(-2, 3):
            p.path(f"M{i * 6} 8q-4 8 0 14t-1 12", stroke="#f3b9b0", stroke_width=2, stroke_linecap="round", opacity=0.9)
    with p.group(transform="translate(310 258)"):
        p.path("M-22 0C-14 -16 14 -16 22 2C12 16 -12 16 -22 0ZM-20 0L-32 -9V9Z", fill="#0b2033")
        p.path("M22 2L8 4L20 8Z", fill="#bfe3ee")
        p.path("M8 -12Q18 -30 28 -18", stroke="#0b2033", stroke_width=2)
        p.circle(29, -17, 4, fill="#fff3b0")
        p.circle(29, -17, 9, fill="#fff3b0", opacity=0.3)
        p.circle(11, -4, 2, fill=WHITE)
    for x in (352, 372, 390):
        p.path(f"M{x} 370v-9M{x} 361q-5 -4 -3 -9M{x} 361q5 -4 3 -9", stroke="#e8b7a8", stroke_width=2.2, stroke_linecap="round")
    p.save(COURSE, "ocean-zones")


def light_fade():
    p = Picture(
        "How deep each colour of light reaches in clear ocean water",
        "Five bars hang from the sea surface. Each ends where about one per cent of its light is left: red near 13 metres, "
        "orange near 19, yellow near 50, green near 70 and blue near 250 metres.",
        height=420, ground=None,
    )
    p.rect(0, 0, 600, 420, fill=p.gradient("water", [(0, "#9fdbe3"), (0.25, "#3f94b3"), (0.65, "#17507a"), (1, "#081c33")]))
    p.rect(0, 0, 600, 64, fill="#fbe6bd")
    p.text(24, 40, "Sunlight enters the water", 21, INK, None, 650)
    p.curve(wave(-10, 620, 64, 2.5, 60), stroke=WHITE, stroke_width=3)
    top, scale = 66, 1.22
    for depth in (50, 100, 150, 200, 250):
        y = top + depth * scale
        p.line(66, y, 588, y, stroke=WHITE, stroke_width=1, opacity=0.28, stroke_dasharray="3 6")
        p.text(56, y + 6, f"{depth} m", 17, WHITE, "e")
    rays = [("Red", 13, "#e5484d"), ("Orange", 19, "#f08a35"), ("Yellow", 50, "#f4cf3a"), ("Green", 70, "#53b96a"), ("Blue", 250, "#4a8df0")]
    for i, (name, depth, colour) in enumerate(rays):
        x, length = 86 + i * 100, depth * scale
        paint = p.gradient(f"ray{i}", [(0, colour, 1), (0.75, colour, 0.85), (1, colour, 0.25)])
        p.rect(x, top, 62, float(length), fill=paint)
        p.text(x + 31, top + length + 22, name, 18, WHITE, "m", 650)
        p.text(x + 31, top + length + 42, f"{depth} m", 17, WHITE, "m")
    p.save(COURSE, "light-fade")


def spring_bloom():
    p = Picture(
        "A year in a temperate sea",
        "Four curves from January to December. Light rises to June and falls. Nutrients are high in winter, fall steeply in April and stay low until autumn. "
        "Phytoplankton has a tall peak in April and a small one in September. Zooplankton peaks in late May, after the phytoplankton.",
        height=400,
    )
    x0, y0, w, h = 42, 318, 530, 250
    for i, month in enumerate("JFMAMJJASOND"):
        p.text(x0 + (i + 0.5) * w / 12, y0 + 24, month, 17, "#4b5a68", "m")
    for i in range(0, 12, 2):
        p.rect(x0 + i * w / 12, y0 - h, w / 12, h, fill="#e9e2d2", opacity=0.5)
    def at(pairs):
        return [(x0 + m * w / 12, y0 - v * h) for m, v in pairs]
    phyto = at([(0, .06), (1.5, .08), (2.4, .2), (3.1, .7), (3.6, .9), (4.2, .6), (5, .26), (6.5, .18), (7.5, .22), (8.5, .4), (9.3, .26), (10.5, .1), (12, .06)])
    p.path(smooth(phyto) + f"L{x0 + w} {y0}L{x0} {y0}Z", fill="#86b94f", opacity=0.35)
    p.curve(at([(0, .16), (1.5, .28), (3, .56), (4.5, .84), (5.7, .95), (7, .84), (8.5, .56), (10, .28), (11.2, .15), (12, .15)]),
            stroke="#d79a17", stroke_width=3, stroke_dasharray="2 7", stroke_linecap="round")
    p.curve(at([(0, .8), (1.5, .84), (2.5, .78), (3.3, .5), (4, .2), (5, .1), (7, .09), (8, .14), (9, .3), (10.2, .56), (11.2, .72), (12, .8)]),
            stroke="#8a5aa8", stroke_width=3.2, stroke_dasharray="12 6")
    p.curve(phyto, stroke="#4f7d1e", stroke_width=4)
    p.curve(at([(0, .05), (2.5, .07), (3.4, .16), (4.2, .44), (4.8, .58), (5.5, .46), (6.5, .32), (8, .28), (9, .3), (10, .2), (12, .05)]),
            stroke=CORAL, stroke_width=3.6)
    p.line(x0, y0, x0 + w, y0, stroke=INK)
    p.text(24, 42, "A year in a temperate sea", 21, INK, None, 650)
    legend = [(30, "#d79a17", "Light", "2 7"), (136, "#8a5aa8", "Nutrients", "12 6"), (278, "#4f7d1e", "Phytoplankton", None), (446, CORAL, "Zooplankton", None)]
    for x, colour, name, dash in legend:
        p.line(x, 376, x + 26, 376, stroke=colour, stroke_width=4, stroke_dasharray=dash)
        p.text(x + 32, 382, name, 17)
    p.save(COURSE, "spring-bloom")


def food_web():
    p = Picture(
        "A small food web of a cold shelf sea",
        "Arrows run from the eaten to the eater. Sunlight feeds phytoplankton. Phytoplankton feeds copepods and mussels. Copepods feed herring. "
        "Herring feeds cod and seals; cod feeds seals. Mussels feed starfish and eider ducks. Dead phytoplankton feeds bacteria, which return nutrients.",
        height=440, ground="#e3f1ef",
    )
    p.circle(64, 56, 24, fill=SUN)
    for i in range(8):
        a = i * math.pi / 4
        p.line(float(64 + 30 * math.cos(a)), float(56 + 30 * math.sin(a)), float(64 + 39 * math.cos(a)), float(56 + 39 * math.sin(a)), stroke=SUN, stroke_width=3.5, stroke_linecap="round")
    nodes = {
        "Seal": (330, 62, "#2b5470", WHITE), "Eider": (504, 62, "#2b5470", WHITE), "Cod": (206, 150, "#2f7f95", WHITE),
        "Starfish": (504, 160, "#2f7f95", WHITE), "Herring": (330, 226, "#4aa3a2", INK), "Copepods": (206, 302, "#9fd3b5", INK),
        "Mussels": (460, 302, "#9fd3b5", INK), "Phytoplankton": (320, 384, "#86b94f", INK), "Bacteria": (82, 384, "#d8b98a", INK),
    }
    links = [("Phytoplankton", "Copepods"), ("Phytoplankton", "Mussels"), ("Copepods", "Herring"), ("Herring", "Cod"), ("Herring", "Seal"),
             ("Cod", "Seal"), ("Mussels", "Starfish"), ("Mussels", "Eider"), ("Phytoplankton", "Bacteria")]
    def half(name):
        return 20 + len(name) * 4.9
    def edge(a, b):
        (x1, y1, *_), (x2, y2, *_) = nodes[a], nodes[b]
        dx, dy = x2 - x1, y2 - y1
        def out(name):
            return min(half(name) / abs(dx) if dx else 9, 21 / abs(dy) if dy else 9)
        s, e = out(a), out(b)
        return x1 + dx * (s + .02), y1 + dy * (s + .02), x2 - dx * (e + .02), y2 - dy * (e + .02)
    for a, b in links:
        if (a, b) == ("Mussels", "Eider"):
            p.path("M522 292C596 250 596 130 548 82", stroke="#41606e", stroke_width=2.5)
            p.head(546, 80, -2.2, "#41606e")
            continue
        p.arrow(*[float(v) for v in edge(a, b)], stroke="#41606e")
    p.path("M64 104C64 240 80 320 236 374", stroke="#c58a12", stroke_width=3, stroke_dasharray="3 7", stroke_linecap="round")
    p.head(244, 377, 0.35, "#c58a12")
    p.text(42, 124, "light", 16, "#6f4d05", "m")
    for name, (x, y, fill, ink) in nodes.items():
        p.rect(float(x - half(name)), y - 20, float(2 * half(name)), 40, rx=20, fill=fill)
        p.text(x, y + 6, name, 18, ink, "m", 600)
    p.save(COURSE, "food-web")


def spring_neap():
    p = Picture(
        "Spring tides and neap tides",
        "Two drawings. Left: sun, moon and earth stand in one line, the two pulls add up and the bulge of water is long: a spring tide. "
        "Right: the moon stands at a right angle to the sun, the pulls work against each other and the bulge is nearly round: a neap tide.",
        height=360, ground="#0d1f36",
    )
    random.seed(4)
    for _ in range(46):
        p.circle(float(random.uniform(4, 596)), float(random.uniform(4, 356)), float(random.choice((0.8, 1.1, 1.5))), fill=WHITE, opacity=0.55)
    p.line(300, 30, 300, 336, stroke="#4d6580", stroke_width=1.5, stroke_dasharray="3 6")
    for x, title, note in ((150, "Spring tide", "new moon and full moon"), (450, "Neap tide", "half moons")):
        p.text(x, 50, title, 22, WHITE, "m", 650)
        p.text(x, 76, note, 17, "#c9d7e6", "m")
    for cx, rx, ry in ((170, 66, 36), (470, 42, 49)):
        p.ellipse(cx, 200, rx, ry, fill="#3fa3c4", opacity=0.9)
        p.circle(cx, 200, 29, fill="#4d7d4b")
        p.path(f"M{cx - 18} 186q10 -10 20 -4t8 12t-14 8t-14 -16ZM{cx + 4} 214q10 -6 14 2t-8 8Z", fill="#e3cf9f")
    for x in (44, 344):
        p.circle(x, 200, 22, fill=SUN)
        p.circle(x, 200, 31, fill=SUN, opacity=0.22)
        p.text(x, 256, "Sun", 17, "#f9dfa6", "m")
    p.circle(264, 200, 12, fill="#e8e6df")
    p.circle(260, 197, 3, fill="#c6c3b8")
    p.text(264, 236, "Moon", 17, "#e8e6df", "m")
    p.circle(470, 116, 12, fill="#e8e6df")
    p.circle(466, 113, 3, fill="#c6c3b8")
    p.text(490, 122, "Moon", 17, "#e8e6df")
    p.text(150, 306, "High water very high,", 17, WHITE, "m")
    p.text(150, 328, "low water very low", 17, WHITE, "m")
    p.text(450, 306, "Small range between", 17, WHITE, "m")
    p.text(450, 328, "high and low water", 17, WHITE, "m")
    p.save(COURSE, "spring-neap")


def zonation():
    p = Picture(
        "Zones of a sheltered rocky shore in the north-east Atlantic",
        "A rock slopes down into the sea from left to right. From top to bottom: splash zone with lichens and small periwinkles; "
        "upper shore with channelled wrack; middle shore with barnacles, limpets and bladder wrack; lower shore with serrated wrack, "
        "dog whelks and anemones; below the lowest tides, kelp. Two dashed lines mark mean high water and mean low water of spring tides.",
        height=430, ground="#d7ecf2",
    )
    p.circle(520, 50, 22, fill="#fff0c8")
    p.path(smooth(wave(320, 640, 342, 2.5, 60)) + "L620 440L300 440Z", fill="#3f94b3")
    rock = "M-5 92C40 88 70 100 104 122C150 150 170 160 214 196C262 232 290 240 330 280C372 322 420 352 480 378C530 398 570 404 605 408V435H-5Z"
    p.path(rock, fill=p.gradient("rock", [(0, "#7c7471"), (0.5, "#655d60"), (1, "#3f3d47")]))
    p.path("M-5 92C40 88 70 100 104 122C118 131 128 138 140 144L128 156C96 138 60 112 -5 108Z", fill="#2d2b30")
    for x, y in ((30, 86), (58, 92), (84, 104)):
        p.ellipse(x, y + 3, 10, 4, fill="#d9a93c")
    for x, y in ((112, 122), (124, 130), (98, 115)):
        p.path(f"M{x - 5} {y + 3}q0 -10 6 -9t5 9Z", fill="#4d4554", stroke="#cfc6bd", stroke_width=1)
    def tuft(x, y, fill, size=1.0, bladders=False):
        for lean in (-16, -6, 6, 16):
            p.path(f"M{x} {y}q{lean * size * .5:.1f} {-14 * size:.1f} {lean * size:.1f} {-20 * size:.1f}", stroke=fill, stroke_width=float(5 * size), stroke_linecap="round")
            if bladders:
                p.circle(float(x + lean * size * .8), float(y - 14 * size), float(3 * size), fill="#b39b45")
    for x, y in ((152, 156), (176, 170), (198, 184)):
        tuft(x, y, "#6b6a2a", 0.8)
    for x, y in ((216, 199), (226, 206), (236, 213), (246, 219), (221, 202), (231, 210)):
        p.path(f"M{x - 5} {y + 3}L{x - 2} {y - 5}H{x + 2}L{x + 5} {y + 3}Z", fill="#f2ece2", stroke="#8e867f", stroke_width=0.8)
    p.path("M254 228q8 -18 20 8Z", fill="#cbb68f", stroke="#6d5c3e", stroke_width=1.2)
    for x, y in ((290, 246), (312, 264)):
        tuft(x, y, "#5b5a1e", 1.0, True)
    for x, y in ((346, 298), (372, 320), (400, 337)):
        tuft(x, y, "#7b5a24", 1.0)
    p.path("M420 348q3 -13 10 -11t7 16Z", fill="#e9e1d0", stroke="#7a6f60", stroke_width=1.2)
    p.path("M444 360v-9q8 -8 16 0v14Z", fill="#b8323c")
    for i in range(5):
        p.path(f"M{446 + i * 3} 351q{-6 + i * 3} -6 {-8 + i * 4} -9", stroke="#e2777c", stroke_width=1.8, stroke_linecap="round")
    for x, y, h, lean in ((500, 390, 64, 12), (528, 398, 78, -8), (556, 402, 72, 10), (580, 406, 60, -6)):
        weed(p, x, y, h, "#4c4a17", lean, 6)
        weed(p, x + 6, y, h - 14, "#6b6723", -lean, 5)
    p.path("M406 342H605V408C570 404 530 398 480 378C454 366 430 356 406 342Z", fill="#3f94b3", opacity=0.4)
    for y, words in ((150, "High water, springs"), (342, "Low water, springs")):
        p.line(0, y, 600, y, stroke="#17507a", stroke_width=1.6, stroke_dasharray="8 6", opacity=0.8)
    p.text(588, 144, "High water, springs", 16, "#143f63", "e")
    p.text(14, 366, "Low water, springs", 16, WHITE)
    labels = [(150, 96, "Splash zone", "lichens, small periwinkles"), (240, 176, "Upper shore", "channelled wrack"),
              (332, 226, "Middle shore", "barnacles, limpets, bladder wrack"), (416, 290, "Lower shore", "serrated wrack, whelks")]
    for x, y, name, life in labels:
        p.text(x, y, name, 18, INK, None, 650)
        p.text(x, y + 20, life, 16, "#29445a")
    p.text(14, 410, "Kelp: seldom uncovered", 17, WHITE)
    p.arrow(206, 404, 470, 404, stroke=WHITE, width=2)
    p.save(COURSE, "zonation")


def transect():
    p = Picture(
        "A line transect with quadrats",
        "A tape runs from the top of the shore to the water. A square frame, the quadrat, is laid down at fixed steps along the tape. "
        "Below, one quadrat is enlarged: a frame with a grid of ten by ten cells, of which barnacles fill 34.",
        height=420, ground="#efe7d6",
    )
    p.path("M0 40C120 60 200 92 330 120S520 168 600 176V0H0Z", fill="#cfe6ea")
    p.path("M460 160C510 168 560 174 605 176V132C560 128 510 140 460 160Z", fill="#3f94b3", opacity=0.75)
    p.path("M0 40C120 60 200 92 330 120S520 168 600 176V196C460 190 320 150 200 116S60 62 0 58Z", fill="#8a7f77")
    p.text(164, 44, "top of the shore", 17)
    p.text(588, 120, "water's edge", 17, INK, "e")
    spots = [(52, 47), (134, 66), (216, 90), (298, 112), (380, 130), (462, 148)]
    for x, y in spots:
        with p.group(transform=f"translate({x} {y}) rotate(14)"):
            p.rect(-17, -15, 34, 17, fill="#fbf7ef", fill_opacity=0.75, stroke=CORAL, stroke_width=3)
    for i, (x, y) in enumerate(spots):
        p.text(x - 6, y + (42, 48, 56, 62, 66, 68)[i], f"{i * 4} m", 16, INK, "m")
    gx, gy, cell = 42, 216, 18
    p.path("M206 106L222 216M228 108L42 216", stroke=CORAL, stroke_width=1.6, stroke_dasharray="4 5")
    p.rect(gx, gy, 180, 180, fill="#8a7f77")
    random.seed(11)
    cells = set()
    while len(cells) < 34:
        cx = min(9, max(0, int(random.gauss(3.4, 2.3))))
        cy = min(9, max(0, int(random.gauss(5.4, 2.3))))
        cells.add((cx, cy))
    for cx, cy in sorted(cells):
        x, y = gx + cx * cell, gy + cy * cell
        p.rect(x, y, cell, cell, fill="#f2ece2")
        p.path(f"M{x + 4} {y + 14}l4 -10h3l4 10Z", fill="#b7ab9b")
    for i in range(11):
        p.line(gx + i * cell, gy, gx + i * cell, gy + 180, stroke="#ffffff", stroke_width=0.8, opacity=0.7)
        p.line(gx, gy + i * cell, gx + 180, gy + i * cell, stroke="#ffffff", stroke_width=0.8, opacity=0.7)
    p.rect(gx, gy, 180, 180, fill="none", stroke=CORAL, stroke_width=5)
    p.text(256, 252, "One quadrat, 100 cells", 20, INK, None, 650)
    for i, words in enumerate(("34 cells hold barnacles,", "so barnacle cover is 34 %.", "Write down the height", "above low water, too.")):
        p.text(256, 286 + i * 26, words, 18)
    p.save(COURSE, "transect")


def coral_polyp():
    p = Picture(
        "A coral polyp and its partners",
        "A polyp cut open lengthwise: a ring of tentacles around a mouth, a stomach below, and a cup of limestone underneath. "
        "Inside its tissue sit many small round algae. An arrow from algae to polyp is labelled sugars and oxygen, an arrow back is labelled carbon dioxide and nutrients.",
        height=420, ground="#0f3d57",
    )
    p.rect(0, 0, 600, 420, fill=p.gradient("deep", [(0, "#2b86a3"), (1, "#0d3149")]))
    p.path("M40 420V330C70 322 84 342 104 334V388H296V334C316 342 330 322 360 330V420Z", fill="#efe6d4")
    for i in range(6):
        p.path(f"M{118 + i * 33} 388v-{30 + (i % 2) * 12}", stroke="#cdbfa4", stroke_width=7, stroke_linecap="round")
    arms = [(-86, -54), (-58, -92), (-24, -112), (24, -112), (58, -92), (86, -54)]
    for dx, dy in arms:
        p.path(f"M{200 + dx * .42:.0f} 178Q{200 + dx * .7:.0f} {178 + dy * .5:.0f} {200 + dx} {178 + dy}", stroke="#e8896b", stroke_width=17, stroke_linecap="round")
        p.circle(200 + dx, 178 + dy, 11, fill="#f3b39b")
    p.path("M104 350C96 300 118 262 132 216C138 192 150 172 200 172S262 192 268 216C282 262 304 300 296 350Z", fill="#e8896b")
    p.path("M136 338C132 300 148 262 162 224C168 206 180 196 192 194V182H208V194C220 196 232 206 238 224C252 262 268 300 264 338Z", fill="#8c3b3a")
    p.text(200, 286, "stomach", 17, WHITE, "m")
    random.seed(8)
    spots = []
    for y in range(206, 344, 15):
        t = (y - 206) / 138
        for side in (-1, 1):
            base = 56 + t * 27 if y < 300 else 82
            for _ in range(2):
                spots.append((200 + side * (base + random.uniform(-7, 2)), y + random.uniform(-4, 4)))
    for x, y in spots:
        p.circle(float(x), float(y), 4.4, fill="#b9cf4b", stroke="#6d7f1d", stroke_width=1)
    p.circle(470, 120, 54, fill="#b9cf4b")
    p.circle(470, 120, 54, fill="none", stroke="#6d7f1d", stroke_width=4)
    for dx, dy in ((-22, -14), (10, -26), (24, 8), (-8, 22)):
        p.ellipse(470 + dx, 120 + dy, 13, 8, fill="#7d9626")
    p.line(291, 262, 424, 146, stroke="#e7f0c2", stroke_width=1.6, stroke_dasharray="4 5")
    p.text(470, 42, "algae in its tissue", 18, WHITE, "m", 650)
    p.text(470, 214, "0.01 mm across", 16, "#dbe9ee", "m")
    p.arrow(576, 262, 386, 262, stroke="#dff09a", width=3.5, head=11)
    p.text(480, 250, "sugars, oxygen", 18, "#eef7c8", "m", 600)
    p.arrow(386, 312, 576, 312, stroke="#ffc9b5", width=3.5, head=11)
    p.text(480, 338, "carbon dioxide,", 18, "#ffdccf", "m", 600)
    p.text(480, 360, "nitrogen, shelter", 18, "#ffdccf", "m", 600)
    p.text(200, 404, "cup of limestone", 17, "#4a3f2c", "m", 600)
    p.text(24, 38, "A coral polyp, cut open", 20, WHITE, None, 650)
    p.save(COURSE, "coral-polyp")


def branch(p, x, y, fill, edge):
    """A branching coral that stands on (x, y)."""
    d = (f"M{x} {y}V{y - 70}M{x} {y - 18}Q{x - 34} {y - 34} {x - 40} {y - 74}M{x} {y - 30}Q{x + 32} {y - 46} {x + 40} {y - 86}"
         f"M{x - 27} {y - 42}Q{x - 48} {y - 46} {x - 58} {y - 62}M{x + 28} {y - 54}Q{x + 50} {y - 56} {x + 60} {y - 72}M{x} {y - 70}Q{x - 6} {y - 92} {x - 14} {y - 104}M{x} {y - 68}Q{x + 8} {y - 90} {x + 16} {y - 108}")
    p.path(d, stroke=edge, stroke_width=21, stroke_linecap="round")
    p.path(d, stroke=fill, stroke_width=17, stroke_linecap="round")


def bleaching():
    p = Picture(
        "Three states of the same coral",
        "Left: a healthy coral, brown and golden with algae. Middle: a coral under heat stress losing its algae, pale, with specks drifting away. "
        "Right: a bleached coral, white because the limestone shines through. It still lives, and may recover if the water cools in time.",
        height=330, ground="#0f4c66",
    )
    p.rect(0, 0, 600, 330, fill=p.gradient("deep", [(0, "#3ba0b8"), (1, "#12506b")]))
    p.path("M-5 335V254C120 240 200 262 300 252S500 246 605 256V335Z", fill="#d9c49a")
    random.seed(2)
    states = [(104, "#b9792f", "#7d4c16", "Healthy", "algae in place"), (300, "#e2bf8a", "#b58c52", "Stressed", "algae leave"), (496, "#fdfbf5", "#cfd6d6", "Bleached", "alive, but starving")]
    for x, fill, edge, name, note in states:
        branch(p, x, 254, fill, edge)
        p.text(x, 290, name, 20, INK, "m", 650)
        p.text(x, 314, note, 17, "#2c3d44", "m")
    for _ in range(30):
        x, y = 300 + random.uniform(-84, 84), random.uniform(78, 160)
        p.circle(float(x), float(y), 3.2, fill="#d9c23c", opacity=0.9)
    limbs = [((0, 0), (0, -68)), ((-12, -24), (-38, -66)), ((12, -36), (38, -80)), ((-3, -76), (-12, -100)), ((5, -80), (14, -104)), ((32, -55), (56, -68))]
    for (x1, y1), (x2, y2) in limbs:
        for _ in range(8):
            part = random.random()
            p.circle(float(104 + x1 + part * (x2 - x1) + random.uniform(-5, 5)), float(254 + y1 + part * (y2 - y1)), 2.4, fill="#f0c765")
    for x in (202, 398):
        p.arrow(x - 16, 214, x + 16, 214, stroke=WHITE, width=3.5, head=11)
    p.text(24, 44, "Normal summer", 17, WHITE)
    p.text(300, 44, "+1 °C for some weeks", 17, WHITE, "m")
    p.text(580, 44, "longer or hotter", 17, WHITE, "e")
    p.save(COURSE, "bleaching")


def cascade():
    p = Picture(
        "With otters and without",
        "Two cuts through a bay. Left: a sea otter floats on its back, few urchins, a tall kelp forest with fish. "
        "Right: no otter, many urchins on bare rock, and hardly any kelp.",
        height=380, ground="#bfe3ee",
    )
    for x, tone in ((0, "#2f8a96"), (304, "#4d97ad")):
        p.rect(x, 84, 296, 300, fill=tone)
        p.path(f"M{x} 384V326q50 -16 100 -4t90 -6t106 4V384Z", fill="#7a6a66")
    p.rect(296, 0, 8, 380, fill=PAPER)
    for x, h, lean in ((36, 220, 14), (70, 236, -16), (106, 226, 12), (190, 232, -12), (224, 238, 14), (262, 222, -10)):
        weed(p, x, 326, h, "#58661f", lean, 7)
        for k in range(1, 7):
            part, bend = k / 7.4, h / 4
            y = 326 - h * part
            stem = x + 3 * part * (1 - part) * (-bend * (1 - part) + (lean + bend) * part) + lean * part**3
            side = 1 if k % 2 else -1
            p.ellipse(float(stem + side * 15), float(y), 14, 4.5, fill="#7d8a2f", transform=f"rotate({-side * 24} {stem + side * 15:.0f} {y:.0f})")
    with p.group(transform="translate(146 84)"):
        p.path("M-46 2C-30 -16 26 -18 44 -6C52 0 50 10 40 12C10 18 -30 16 -46 2Z", fill="#6d4a33")
        p.circle(46, -8, 13, fill="#a9845f")
        p.circle(50, -11, 2, fill=INK)
        p.circle(56, -6, 2.6, fill=INK)
        p.path("M8 -12q6 -12 14 -6M-6 -12q2 -12 12 -10", stroke="#4f3424", stroke_width=5, stroke_linecap="round")
        p.path("M-44 2q-18 -8 -22 4q10 8 22 2Z", fill="#4f3424")
    fish(p, 148, 190, 1.0, "#f0a35e")
    fish(p, 130, 232, 0.8, "#f7c98c", -1)
    fish(p, 158, 268, 0.9, "#f0a35e")
    def urchin(x, y, r):
        for i in range(12):
            a = i * math.pi / 6
            p.line(x, y, float(x + r * 1.75 * math.cos(a)), float(y + r * 1.75 * math.sin(a)), stroke="#4a2748", stroke_width=2)
        p.circle(x, y, r, fill="#6b3a68")
    urchin(150, 322, 7)
    for x, y in ((326, 322), (352, 314), (380, 320), (408, 316), (436, 322), (462, 312), (490, 316), (520, 322), (548, 314), (576, 318), (366, 342), (424, 344), (478, 340), (536, 344)):
        urchin(x, y, 9)
    weed(p, 450, 318, 40, "#8a8d45", 8, 4)
    for x, title in ((148, "With otters"), (452, "Without otters")):
        p.text(x, 32, title, 21, INK, "m", 650)
    p.text(148, 56, "few urchins, tall kelp", 17, INK, "m")
    p.text(452, 56, "many urchins, bare rock", 17, INK, "m")
    p.save(COURSE, "cascade")


for draw in (cover, ocean_zones, light_fade, spring_bloom, food_web, spring_neap, zonation, transect, coral_polyp, bleaching, cascade):
    draw()
