"""Reading printed forms back: what stands on a PDF or in a Word file, and which fonts it brings along."""

import io
import re

import docx
from pypdf import PdfReader


def text_of_pdf(content: bytes) -> str:
    """All text without blanks: where a line wraps on paper says nothing."""
    pages = PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def pages_of(content: bytes) -> int:
    return len(PdfReader(io.BytesIO(content)).pages)


def fonts_of(content: bytes) -> dict[str, bool]:
    """Per font, whether its outlines are inside the file."""
    found = {}
    for page in PdfReader(io.BytesIO(content)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            [descendant] = font["/DescendantFonts"]
            found[str(font["/BaseFont"])] = "/FontFile3" in descendant["/FontDescriptor"]
    return found


def text_of_word(content: bytes) -> str:
    """All text of paragraphs and cells, lines kept, merged cells once."""
    document = docx.Document(io.BytesIO(content))
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        seen = set()
        for row in table.rows:
            for cell in row.cells:
                if cell._tc not in seen:
                    seen.add(cell._tc)
                    lines.append(cell.text)
    return "\n".join(lines)
