"""Draws the Word templates of the official forms: `python tools/word_forms.py` writes `*/papers/*.docx` anew.

What stands on each is in `word_layouts.py`. The PDF of the same form is the `.typ` beside it; both say the same facts.
"""

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from word_layouts import LAYOUTS
from word_parts import Break, Cell, Layout, Table, Text

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "niangjia"
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
SONG, HEI, FANG = "宋体", "黑体", "仿宋"
FONTS = {"song": SONG, "hei": HEI, "fang": FANG}


def drawn(layout: Layout) -> Any:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(layout.side)
    section.top_margin, section.bottom_margin = Mm(layout.top), Mm(layout.bottom)
    normal = document.styles["Normal"]
    _typeface(normal.element.get_or_add_rPr(), SONG)
    normal.font.size = Pt(layout.size)
    normal.paragraph_format.space_after = Pt(0)
    for part in layout.parts:
        _add(document, part)
    if layout.is_numbered:
        _number_pages(section.footer.paragraphs[0])
    properties = document.core_properties
    properties.author, properties.title = "Niangjia", layout.title
    properties.created = properties.modified = datetime.datetime(2026, 1, 1)
    return document


def _add(document: Any, part: Text | Table | Break) -> None:
    if isinstance(part, Break):
        document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    elif isinstance(part, Text):
        _write(document.add_paragraph(), part)
    else:
        _draw_table(document, part)


def _write(paragraph: Paragraph, text: Text) -> None:
    form = paragraph.paragraph_format
    paragraph.alignment = ALIGN[text.align]
    form.space_before, form.space_after = Pt(text.before), Pt(text.after)
    form.line_spacing = text.leading
    if text.indent:
        form.first_line_indent = Pt(text.size * 2)
    if text.line:
        _underline(paragraph, text.line)
    run = paragraph.add_run(text.words)
    run.font.size = Pt(text.size)
    _typeface(run._element.get_or_add_rPr(), FONTS[text.font])
    if text.is_red:
        run.font.color.rgb = RGBColor(0xC8, 0x16, 0x1D)


def _draw_table(document: Any, table: Table) -> None:
    drawn = document.add_table(rows=len(table.rows), cols=len(table.widths))
    drawn.style, drawn.alignment, drawn.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(table.rows):
        drawn.rows[number].height = Mm(row.height)
        column = 0
        for cell in row.cells:
            while (number, column) in taken:
                column += 1
            taken |= {
                (number + down, column + along) for down in range(cell.down) for along in range(cell.span)
            }
            place = drawn.cell(number, column)
            if cell.span > 1 or cell.down > 1:
                place = place.merge(drawn.cell(number + cell.down - 1, column + cell.span - 1))
            _fill(place, cell)
            column += cell.span
    for number, width in enumerate(table.widths):
        for one in drawn.columns[number].cells:
            one.width = Mm(width)


def _fill(place: _Cell, cell: Cell) -> None:
    place.vertical_alignment = (
        WD_CELL_VERTICAL_ALIGNMENT.TOP if cell.is_top else WD_CELL_VERTICAL_ALIGNMENT.CENTER
    )
    for number, line in enumerate(cell.words.split("\n")):
        paragraph = place.paragraphs[0] if number == 0 else place.add_paragraph()
        align, line = ("right", line[1:]) if line.startswith(">") else (cell.align, line)
        paragraph.alignment = ALIGN[align]
        run = paragraph.add_run(line)
        run.font.size = Pt(cell.size)
        _typeface(run._element.get_or_add_rPr(), HEI if cell.is_label else SONG)


def _typeface(properties: Any, name: str) -> None:
    """Offices have these; without `eastAsia` Word sets Chinese in whatever it likes."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    fonts.set(qn("w:eastAsia"), name)
    fonts.set(qn("w:ascii"), "Times New Roman")
    fonts.set(qn("w:hAnsi"), "Times New Roman")


def _underline(paragraph: Paragraph, colour: str) -> None:
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", colour)):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def _number_pages(paragraph: Paragraph) -> None:
    """第 1 页　共 2 页, counted by Word."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, code in (("第 ", "PAGE"), (" 页　共 ", "NUMPAGES"), (" 页", "")):
        run = paragraph.add_run(words)
        _typeface(run._element.get_or_add_rPr(), SONG)
        if code:
            _field(paragraph.add_run(), code)


def _field(run: Run, code: str) -> None:
    for kind in ("begin", "", "end"):
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = code
        run._element.append(element)


def parts_of(file: Any) -> dict[str, bytes]:
    """What a Word file holds, whenever it was zipped."""
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist()}


def main() -> None:
    for place, layout in LAYOUTS.items():
        content, target = io.BytesIO(), PACKAGE / place
        drawn(layout).save(content)
        if not target.exists() or parts_of(target) != parts_of(content):
            target.write_bytes(content.getvalue())
            print(place)


if __name__ == "__main__":
    main()
