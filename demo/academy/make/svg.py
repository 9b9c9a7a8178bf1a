"""A very small SVG writer for the pictures of the demo academy.

Pictures use presentation attributes only: no scripts, no style sheets, no
external references, so that they look the same inside `<img>`, under a strict
content security policy and after a sanitiser. Each picture paints its own
background and therefore reads well on light and on dark pages.
"""

import math
from pathlib import Path
from xml.sax.saxutils import escape

FONT = "Inter, 'Source Sans 3', 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
COURSES = Path(__file__).resolve().parent.parent / "courses"


def number(value):
    """A coordinate with at most one decimal, without a trailing zero."""
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def attributes(given):
    """Keyword arguments as attributes: `stroke_width=2` becomes `stroke-width="2"`."""
    parts = []
    for key, value in given.items():
        if value is None:
            continue
        text = number(value) if isinstance(value, (int, float)) else escape(str(value), {'"': "&quot;"})
        parts.append(f' {key.rstrip("_").replace("_", "-")}="{text}"')
    return "".join(parts)


class Picture:
    """One picture: collect shapes, then `save` it under a course."""

    def __init__(self, title, desc, width=600, height=380, ground="#f6f2e9", radius=14):
        self.title, self.desc, self.width, self.height = title, desc, width, height
        self.lines, self.definitions, self.radius = [], [], radius
        if ground:
            self.rect(0, 0, width, height, fill=ground)

    def raw(self, markup):
        self.lines.append(markup)

    def tag(self, name, **given):
        self.raw(f"<{name}{attributes(given)}/>")

    def rect(self, x, y, width, height, **given):
        self.tag("rect", x=x, y=y, width=width, height=height, **given)

    def circle(self, cx, cy, r, **given):
        self.tag("circle", cx=cx, cy=cy, r=r, **given)

    def ellipse(self, cx, cy, rx, ry, **given):
        self.tag("ellipse", cx=cx, cy=cy, rx=rx, ry=ry, **given)

    def line(self, x1, y1, x2, y2, stroke="#12263a", stroke_width=2, **given):
        self.tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=stroke_width, **given)

    def path(self, d, **given):
        given.setdefault("fill", "none")
        self.tag("path", d=d, **given)

    def text(self, x, y, words, size=18, fill="#12263a", anchor=None, weight=None, **given):
        anchor = {"m": "middle", "e": "end"}.get(anchor, anchor)
        shape = attributes(dict(x=x, y=y, font_size=size, fill=fill, text_anchor=anchor, font_weight=weight, **given))
        self.raw(f"<text{shape}>{escape(words)}</text>")

    def group(self, transform=None, **given):
        """Use as `with picture.group(...)`: everything inside is one group."""
        picture = self

        class Group:
            def __enter__(self):
                picture.raw(f"<g{attributes(dict(transform=transform, **given))}>")

            def __exit__(self, *_):
                picture.raw("</g>")

        return Group()

    def gradient(self, key, stops, across=False):
        """A linear gradient from top to bottom, or from left to right; returns its paint."""
        end = 'x2="1" y2="0"' if across else 'x2="0" y2="1"'
        inner = "".join(
            f'<stop offset="{offset}" stop-color="{colour}"' + (f' stop-opacity="{rest[0]}"' if rest else "") + "/>"
            for offset, colour, *rest in stops
        )
        self.definitions.append(f'<linearGradient id="{key}" x1="0" y1="0" {end}>{inner}</linearGradient>')
        return f"url(#{key})"

    def arrow(self, x1, y1, x2, y2, stroke="#12263a", width=2.5, head=9):
        """A straight arrow whose head is a filled triangle at the second point."""
        angle = math.atan2(y2 - y1, x2 - x1)
        back = (x2 - head * math.cos(angle), y2 - head * math.sin(angle))
        self.line(x1, y1, float(back[0]), float(back[1]), stroke=stroke, stroke_width=width, stroke_linecap="round")
        self.head(x2, y2, angle, stroke, head)

    def head(self, x, y, angle, fill, size=9):
        points = [(x, y)]
        for side in (-1, 1):
            points.append((x - size * 1.3 * math.cos(angle + side * 0.45), y - size * 1.3 * math.sin(angle + side * 0.45)))
        self.tag("polygon", points=" ".join(f"{number(float(a))},{number(float(b))}" for a, b in points), fill=fill)

    def curve(self, points, **given):
        """A smooth curve through the points (Catmull-Rom as Bezier pieces)."""
        self.path(smooth(points), **given)

    def save(self, course, name):
        definitions = [f"<defs>{''.join(self.definitions)}</defs>"] if self.definitions else []
        clip = f'<clipPath id="card"><rect width="{self.width}" height="{self.height}" rx="{self.radius}"/></clipPath>'
        body = "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" width="{self.width}" '
                f'height="{self.height}" role="img" aria-labelledby="title desc" font-family="{FONT}">',
                f'<title id="title">{escape(self.title)}</title>',
                f'<desc id="desc">{escape(self.desc)}</desc>',
                clip,
                *definitions,
                '<g clip-path="url(#card)">',
                *self.lines,
                "</g>",
                "</svg>",
            ]
        )
        (COURSES / course / "files" / f"{name}.svg").write_text(body + "\n", encoding="utf-8")


def smooth(points, move=True):
    """Path data for a smooth curve through the points."""
    d = [f"M{number(float(points[0][0]))} {number(float(points[0][1]))}"] if move else []
    for i in range(len(points) - 1):
        before = points[max(i - 1, 0)]
        here, there = points[i], points[i + 1]
        after = points[min(i + 2, len(points) - 1)]
        first = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        second = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        pairs = [*first, *second, *there]
        d.append("C" + " ".join(number(float(value)) for value in pairs))
    return "".join(d)


def wave(x1, x2, y, height, length):
    """Points of a gentle wave between two x positions."""
    steps = int((x2 - x1) / (length / 4)) + 1
    return [(x1 + i * length / 4, y + height * math.sin(i * math.pi / 2)) for i in range(steps + 1)]
