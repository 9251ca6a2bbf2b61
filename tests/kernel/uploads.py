"""Files for tests: pictures, office files, a vault of the test's own, and looks into it."""

import os
import zipfile
from io import BytesIO
from pathlib import Path

from PIL import Image

from niangjia.kernel.access import CLOCK
from niangjia.kernel.files import (
    DOCUMENTS,
    StoredFile,
    open_stream,
    store,
)
from niangjia.organisation.models import UnionBody

GPS = 0x8825
ORIENTATION = 0x0112
MAKE = 0x010F


def a_picture(
    kind: str = "JPEG", size: tuple[int, int] = (64, 40), mode: str = "RGB", **options: object
) -> BytesIO:
    image = Image.new(mode, size, "red")
    image.paste("blue", (0, 0, size[0] // 2, size[1]))
    written = BytesIO()
    image.save(written, kind, **options)
    written.seek(0)
    return written


def a_photo_with_metadata() -> BytesIO:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[MAKE] = "Phone maker"
    exif.get_ifd(GPS)[1] = "N"
    return a_picture(exif=exif, comment=b"taken at home", icc_profile=b"not a profile")


def an_office_file(*names: str) -> BytesIO:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for name in ("[Content_Types].xml", *names):
            package.writestr(name, "<xml/>")
    written.seek(0)
    return written


def a_pdf(length: int = 1_000) -> BytesIO:
    return BytesIO(b"%PDF-1.7\n" + os.urandom(length) + b"\n%%EOF\n")


def kept(unit: UnionBody, upload: BytesIO, name: str = "photo.jpg") -> StoredFile:
    return store(upload, actor=CLOCK, unit=unit, name=name, allowed=DOCUMENTS)


def content(stored: StoredFile) -> bytes:
    return b"".join(open_stream(stored))


def sealed_files(vault: Path) -> list[Path]:
    return sorted(file for file in vault.rglob("*") if file.is_file() and len(file.name) == 64)


def drafts(vault: Path) -> list[Path]:
    return list((vault / "incoming").iterdir()) if (vault / "incoming").exists() else []
