"""Draws the photographed papers of hardship files: sheets with lines, a table and a red stamp; no letter is legible."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

SIZE = (600, 848)
INK = "#3b3f46"
FAINT = "#c9ccd1"
STAMP = "#c8161d"


def a_sheet(random: Random, name: str) -> BytesIO:
    """A JPEG as a phone would send it."""
    sheet = Image.new("RGB", SIZE, _paper(random))
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((180, 60, 420, 84), fill=INK)
    bottom = _lines(pen, random, 130)
    if random.random() < 0.6:
        bottom = _table(pen, random, bottom + 20)
    _stamp(pen, random, min(bottom + 30, 660))
    written = BytesIO()
    sheet.save(written, "JPEG", quality=80)
    written.seek(0)
    written.name = name
    return written


def _paper(random: Random) -> tuple[int, int, int]:
    shade = random.randint(238, 252)
    return shade, shade, shade - random.randint(2, 14)


def _lines(pen: ImageDraw.ImageDraw, random: Random, top: int) -> int:
    for _ in range(random.randint(6, 12)):
        pen.rectangle((70, top, random.randint(320, 530), top + 9), fill=INK)
        top += 26
    return top


def _table(pen: ImageDraw.ImageDraw, random: Random, top: int) -> int:
    rows = random.randint(3, 6)
    for row in range(rows + 1):
        pen.line((70, top + row * 30, 530, top + row * 30), fill=FAINT, width=2)
    for column in (70, 220, 380, 530):
        pen.line((column, top, column, top + rows * 30), fill=FAINT, width=2)
    for row in range(rows):
        pen.rectangle((86, top + row * 30 + 10, random.randint(120, 200), top + row * 30 + 19), fill=INK)
    return top + rows * 30


def _stamp(pen: ImageDraw.ImageDraw, random: Random, top: int) -> None:
    left = random.randint(330, 400)
    pen.ellipse((left, top, left + 130, top + 130), outline=STAMP, width=5)
    pen.regular_polygon((left + 65, top + 65, 26), 5, fill=STAMP)
