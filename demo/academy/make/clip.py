"""Draws and encodes the clip "One tide on a rocky shore" of the course "Marine ecology".

Needs Pillow and ffmpeg. Frames are drawn at twice the final size, made smaller,
and piped to ffmpeg; the soft surf is filtered noise. The tide is the textbook
cosine of 12 h 25 min; the hours in air that the clip counts follow from it.
"""

import math
import subprocess
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FILES = Path(__file__).resolve().parent.parent / "courses" / "marine-ecology" / "files"
WIDTH, HEIGHT, SCALE, RATE = 854, 480, 2, 20
TITLE, TIDE, END = 5.0, 32.0, 5.0
LENGTH = TITLE + TIDE + END
PERIOD_HOURS = 12.42
LOW_Y, HIGH_Y = 390, 190
INK, WHITE, WATER, DEEP = "#12263a", "#ffffff", (47, 140, 172), (17, 66, 104)
# Name, height in the tidal range (1 high water, -1 low water), colour of its bar.
ZONES = [("Splash zone", None, "#d9a93c"), ("Upper shore", 0.8, "#8a8632"), ("Middle shore", 0.15, "#c9bfae"), ("Lower shore", -0.65, "#a8752f"), ("Kelp", -2.0, "#4c6a2a")]
ROCK = [(-10, 128), (70, 128), (140, 152), (200, 190), (262, 224), (316, 262), (372, 314), (430, 366), (500, 402), (574, 430), (660, 446), (870, 452)]


def font(size, bold=False):
    name = "LiberationSans-Bold.ttf" if bold else "LiberationSans-Regular.ttf"
    try:
        return ImageFont.truetype(name, size * SCALE)
    except OSError:
        return ImageFont.load_default(size * SCALE)


FONTS = {key: font(*key) for key in [(34, True), (20, True), (18, True), (17, False), (20, False)]}


def scaled(points):
    return [(x * SCALE, y * SCALE) for x, y in points]


def level(hours):
    """Height of the tide from -1 to 1, so many hours after high water."""
    return math.cos(2 * math.pi * hours / PERIOD_HOURS)


def water_y(height):
    return LOW_Y - (height + 1) / 2 * (LOW_Y - HIGH_Y)


def air_hours(mark, hours):
    """Hours in air since high water, for a mark at this height of the range."""
    if mark is None:
        return hours
    if mark <= -1:
        return 0.0
    start = math.acos(mark) / (2 * math.pi) * PERIOD_HOURS
    return max(0.0, min(hours, PERIOD_HOURS - start) - start)


def rock_y(x):
    for (x1, y1), (x2, y2) in zip(ROCK, ROCK[1:]):
        if x1 <= x <= x2:
            return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
    return ROCK[-1][1]


def text(draw, x, y, words, size=17, bold=False, fill=INK, anchor="ls"):
    draw.text((x * SCALE, y * SCALE), words, font=FONTS[(size, bold)], fill=fill, anchor=anchor)


def label(draw, x, y, words):
    """A name on a small card, readable over air and over water."""
    left, _, right, _ = draw.textbbox((x * SCALE, y * SCALE), words, font=FONTS[(18, True)], anchor="ls")
    draw.rounded_rectangle((left - 8 * SCALE, y * SCALE - 19 * SCALE, right + 8 * SCALE, y * SCALE + 7 * SCALE), 6 * SCALE, fill="#fbf7ef")
    text(draw, x, y, words, 18, True)


def tuft(draw, x, colour, size, sway):
    y = rock_y(x)
    for lean in (-14, -5, 5, 14):
        tip = (x + lean * size + sway, y - 19 * size)
        mid = (x + lean * size * 0.5, y - 11 * size)
        draw.line(scaled([(x, y + 2), mid, tip]), fill=colour, width=int(5 * size * SCALE), joint="curve")
        r = 2.4 * size
        draw.ellipse(scaled([(tip[0] - r, tip[1] - r), (tip[0] + r, tip[1] + r)]), fill=colour)


def kelp(draw, x, length, colour, surface, phase):
    """A blade that stands in water and flops where the water is shallower than it is long."""
    base = rock_y(x)
    points = []
    px, py = x, base
    for i in range(13):
        points.append((px, py))
        step = length / 12
        if py - step > surface + 4:
            px += math.sin(phase + i * 0.5) * 2.2
            py -= step
        else:
            px += step
            py = max(py, surface + 3)
    for i, ((x1, y1), (x2, y2)) in enumerate(zip(points, points[1:])):
        r = 1.5 + 5 * math.sin(math.pi * (0.15 + 0.83 * i / 12))
        draw.line(scaled([(x1, y1), (x2, y2)]), fill=colour, width=int(2 * r * SCALE))
        draw.ellipse(scaled([(x2 - r, y2 - r), (x2 + r, y2 + r)]), fill=colour)


def life(draw, time, surface):
    for x, y in ((22, 128), (48, 128), (86, 134)):
        draw.ellipse(scaled([(x - 11, y - 5), (x + 11, y + 3)]), fill="#d9a93c")
    for x in (112, 128, 146, 158):
        y = rock_y(x)
        draw.pieslice(scaled([(x - 6, y - 7), (x + 6, y + 7)]), 180, 360, fill="#463d4e")
    def sway(x):
        return math.sin(time * 1.6 + x) * 5 if rock_y(x) - 8 > surface else 0
    for x in (214, 238, 258):
        tuft(draw, x, "#7d7a2c", 0.85, sway(x))
    for x in (274, 284, 294, 304):
        y = rock_y(x)
        draw.polygon(scaled([(x - 6, y + 3), (x - 2.5, y - 8), (x + 2.5, y - 8), (x + 6, y + 3)]), fill="#f2ece2", outline="#8e867f")
    for x in (324, 348):
        tuft(draw, x, "#6a6822", 1.1, sway(x))
    for x in (382, 408, 434):
        tuft(draw, x, "#94692a", 1.1, sway(x))
    x = 462
    y = rock_y(x)
    for i in range(5):
        draw.line(scaled([(x - 8 + i * 4, y - 10), (x - 14 + i * 7 + sway(x) / 3, y - 22)]), fill="#e2777c", width=3 * SCALE)
    draw.rectangle(scaled([(x - 9, y - 12), (x + 9, y + 4)]), fill="#b8323c")


def panel(draw, hours):
    """The box at the right: clock, tide curve and the bars of hours in air."""
    draw.rounded_rectangle(scaled([(574, 20), (834, 296)]), 14 * SCALE, fill="#fbf7ef")
    clock = int(hours * 60 + 0.5)
    text(draw, 592, 50, f"{clock // 60} h {clock % 60:02d} min", 20, True)
    text(draw, 716, 50, "after high", 17)
    curve = [(592 + i * 2.24, 88 - 20 * level(PERIOD_HOURS * i / 100)) for i in range(101)]
    draw.line(scaled(curve), fill="#2f8cac", width=3 * SCALE, joint="curve")
    x, y = 592 + 224 * hours / PERIOD_HOURS, 88 - 20 * level(hours)
    draw.ellipse(scaled([(x - 7, y - 7), (x + 7, y + 7)]), fill="#e06b52")
    text(draw, 592, 142, "Hours in air", 18, True)
    for i, (name, mark, colour) in enumerate(ZONES):
        y, spent = 168 + i * 28, air_hours(mark, hours)
        text(draw, 592, y, name, 17)
        draw.rounded_rectangle(scaled([(702, y - 13), (782, y + 1)]), 7 * SCALE, fill="#e6dfd0")
        if spent > 0.2:
            draw.rounded_rectangle(scaled([(702, y - 13), (702 + max(14, 80 * spent / PERIOD_HOURS), y + 1)]), 7 * SCALE, fill=colour)
        text(draw, 822, y, f"{spent:.1f}", 17, anchor="rs")


def title_card(image, alpha):
    """The title, laid over the first seconds."""
    card = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(card)
    draw.rounded_rectangle(scaled([(108, 196), (554, 300)]), 14 * SCALE, fill=(251, 247, 239, int(240 * alpha)))
    ink = (18, 38, 58, int(255 * alpha))
    text(draw, 331, 244, "One tide on a rocky shore", 34, True, ink, "ms")
    text(draw, 331, 278, "from one high water to the next", 20, False, ink, "ms")
    return Image.alpha_composite(image.convert("RGBA"), card).convert("RGB")


def frame(time):
    hours = min(max(time - TITLE, 0) / TIDE, 1) * PERIOD_HOURS
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), "#cfe8ef")
    draw = ImageDraw.Draw(image)
    for i in range(12):
        draw.rectangle(scaled([(0, i * 12), (WIDTH, i * 12 + 12)]), fill=(247 - i * 3, 226 + i, 190 + i * 4))
    draw.ellipse(scaled([(470, 36), (530, 96)]), fill="#fff6de")
    surface = water_y(level(hours))
    swell = [(x, surface + 2.6 * math.sin(x / 34 + time * 2.1) + 1.4 * math.sin(x / 15 - time * 1.4)) for x in range(-10, WIDTH + 20, 6)]
    draw.polygon(scaled(swell + [(WIDTH + 20, HEIGHT), (-10, HEIGHT)]), fill=WATER)
    draw.polygon(scaled([(-10, 470)] + [(WIDTH, 470), (WIDTH, HEIGHT), (-10, HEIGHT)]), fill=DEEP)
    for x, length, colour, phase in ((520, 84, "#4c4a17", 0), (548, 104, "#6b6723", 1), (580, 96, "#55531a", 2), (616, 112, "#6b6723", 3), (652, 92, "#4c4a17", 4), (690, 108, "#605d20", 5), (730, 90, "#6b6723", 6), (772, 104, "#55531a", 7), (812, 96, "#605d20", 8)):
        kelp(draw, x, length, colour, surface, time * 1.3 + phase)
    draw.polygon(scaled(ROCK + [(WIDTH + 20, HEIGHT + 10), (-10, HEIGHT + 10)]), fill="#5d565a")
    draw.polygon(scaled([(-10, 128), (70, 128), (140, 152), (200, 190), (180, 196), (130, 168), (66, 146), (-10, 146)]), fill="#2d2b30")
    life(draw, time, surface)
    veil = Image.new("RGBA", image.size, (0, 0, 0, 0))
    ImageDraw.Draw(veil).polygon(scaled([p for p in swell if p[1] < rock_y(min(max(p[0], 0), WIDTH))] + [(WIDTH + 20, HEIGHT)] + [(x, y) for x, y in ROCK[::-1] if y > surface]), fill=(*WATER, 120))
    image = Image.alpha_composite(image.convert("RGBA"), veil).convert("RGB")
    draw = ImageDraw.Draw(image)
    for x, y, name in ((166, 138, "Splash zone"), (282, 208, "Upper shore"), (368, 280, "Middle shore"), (452, 346, "Lower shore"), (612, 426, "Kelp")):
        label(draw, x, y, name)
    panel(draw, hours)
    if time < TITLE:
        image = title_card(image, min(1.0, (TITLE - time) / 0.6))
    return image.resize((WIDTH, HEIGHT), Image.LANCZOS)


def encode():
    target = FILES / "one-tide.mp4"
    surf = f"anoisesrc=color=brown:amplitude=0.32:duration={LENGTH}:sample_rate=32000:seed=7"
    command = [
        "ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE), "-i", "-",
        "-f", "lavfi", "-i", surf, "-af", f"lowpass=f=700,tremolo=f=0.14:d=0.7,afade=t=in:d=1.5,afade=t=out:st={LENGTH - 2}:d=2",
        "-c:v", "libx264", "-profile:v", "baseline", "-pix_fmt", "yuv420p", "-preset", "veryslow", "-crf", "32", "-g", "200",
        "-c:a", "aac", "-b:a", "20k", "-ac", "1", "-map_metadata", "-1", "-movflags", "+faststart", str(target),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        for i in range(int(LENGTH * RATE)):
            encoder.stdin.write(frame(i / RATE).tobytes())
        encoder.stdin.close()
    frame(TITLE + TIDE * 0.42).save(FILES / "one-tide.jpg", quality=78)
    return encoder.returncode


if __name__ == "__main__":
    if sys.argv[1:2] == ["frame"]:
        frame(float(sys.argv[2])).save(sys.argv[3])
    else:
        sys.exit(encode())
