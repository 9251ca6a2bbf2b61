"""What a file is, told from its content. The name and the browser's word for it count for nothing."""

import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Invalid

# A workbook of 100,000 rows unpacks to about 110 MB; beyond these it is a bomb.
MOST_ENTRIES = 5_000
MOST_UNPACKED = 400 * 2**20

_HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif")


@dataclass(frozen=True)
class FileKind:
    """`decoder` is Pillow's name of an image format; empty for a document."""

    name: str
    media_type: str
    extension: str
    decoder: str = ""


JPEG = FileKind("JPEG", "image/jpeg", ".jpg", "JPEG")
PNG = FileKind("PNG", "image/png", ".png", "PNG")
WEBP = FileKind("WebP", "image/webp", ".webp", "WEBP")
PDF = FileKind("PDF", "application/pdf", ".pdf")
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = FileKind("Word", f"{_OFFICE}.wordprocessingml.document", ".docx")
XLSX = FileKind("Excel", f"{_OFFICE}.spreadsheetml.sheet", ".xlsx")
XLS = FileKind("Excel 97", "application/vnd.ms-excel", ".xls")
CSV = FileKind("CSV", "text/csv", ".csv")
# Of the program itself, never uploaded.
LINES = FileKind("JSON", "application/x-ndjson", ".jsonl")

IMAGES = frozenset({JPEG, PNG, WEBP})
DOCUMENTS = IMAGES | {PDF, DOCX, XLSX}


def sniff(source: IO[bytes], allowed: Collection[FileKind]) -> FileKind:
    """The kind of the content, if allowed; otherwise a sentence that says what is."""
    source.seek(0)
    head = source.read(32)
    kind = _by_magic(head) or _office(source, head)
    if kind is None and CSV in allowed and _is_text(head):
        kind = CSV
    source.seek(0)
    if kind in allowed and kind is not None:
        return kind
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        raise Invalid(
            _("暂不能读取 HEIC 照片。请把手机相机的格式设为“兼容性最佳”（JPEG）后重拍，或上传截图。")
        )
    names = _("、").join(sorted(kind.name for kind in allowed))
    raise Invalid(_("这个文件的内容不是可接受的类型。请上传 %(names)s 文件。") % {"names": names})


def _by_magic(head: bytes) -> FileKind | None:
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"%PDF-"):
        return PDF
    # Any of the older office programs; only who asks for XLS gets it, and then it is read with care.
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return XLS
    return None


def _is_text(head: bytes) -> bool:
    """Begins as text does, in whatever encoding."""
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or not (
        b"\0" in head or head.startswith(b"PK\x03\x04")
    )


def _office(source: IO[bytes], head: bytes) -> FileKind | None:
    """Word or Excel: a zip from its first byte on, of bearable size, without macros."""
    if not head.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(source) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Invalid(_("这个文件已损坏，无法打开。请在电脑上确认能打开后重新上传。")) from None
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Invalid(_("这个文件解压后过大，无法接收。请拆分后分别上传。"))
    names = {entry.filename for entry in entries}
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Invalid(_("文件中带有宏，不能接收。请另存为不带宏的 .docx 或 .xlsx 后上传。"))
    if "[Content_Types].xml" not in names:
        return None
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None
