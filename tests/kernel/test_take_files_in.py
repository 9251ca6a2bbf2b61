"""Attachments go in checked and cleaned; what is not asked for stays out."""

import os
import resource
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from PIL import Image

from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.errors import Invalid, Missing
from niangjia.kernel.files import (
    DOCUMENTS,
    StoredFile,
    preview,
    store,
)
from niangjia.kernel.files.kinds import PDF
from niangjia.kernel.files.vault import CHUNK
from niangjia.organisation.models import UnionBody
from tests.cast import a_user
from tests.kernel.uploads import (
    a_pdf,
    a_photo_with_metadata,
    a_picture,
    an_office_file,
    content,
    drafts,
    kept,
    sealed_files,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

# What comes in


def test_a_photo_is_redrawn_upright_without_a_trace_of_camera_and_place(unit: UnionBody) -> None:
    stored = kept(unit, a_photo_with_metadata())
    plain = content(stored)
    with Image.open(BytesIO(plain)) as image:
        assert (image.format, image.size) == ("JPEG", (40, 64))
        assert not image.getexif()
        assert not set(image.info) - {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
    for trace in (b"Phone maker", b"taken at home", b"not a profile", b"Exif"):
        assert trace not in plain
    assert (stored.media_type, stored.size) == ("image/jpeg", len(plain))


def test_a_large_photo_is_drawn_smaller(unit: UnionBody) -> None:
    stored = kept(unit, a_picture(size=(4000, 1000)))
    with Image.open(BytesIO(content(stored))) as image:
        assert image.size == (2560, 640)
    with Image.open(BytesIO(b"".join(preview(stored).stream))) as small:
        assert (small.format, max(small.size)) == ("JPEG", 320)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_pictures_become_jpeg(unit: UnionBody, kind: str) -> None:
    assert kept(unit, a_picture(kind)).media_type == "image/jpeg"


@pytest.mark.parametrize("mode", ["L", "1", "P", "I;16", "CMYK"])
def test_every_kind_of_pixel_is_read(unit: UnionBody, mode: str) -> None:
    image, written = Image.new(mode, (8, 8)), BytesIO()
    image.save(written, "JPEG" if mode == "CMYK" else "PNG")
    assert kept(unit, written).media_type == "image/jpeg"


def test_a_seal_keeps_its_transparency(unit: UnionBody) -> None:
    image, written = Image.new("RGBA", (60, 60), (200, 0, 0, 0)), BytesIO()
    image.paste((200, 0, 0, 255), (10, 10, 50, 50))
    image.save(written, "PNG")
    stored = kept(unit, written, name="公章.png")
    assert (stored.media_type, stored.name) == ("image/png", "公章.png")
    with Image.open(BytesIO(content(stored))) as seal:
        assert seal.getpixel((0, 0))[3] == 0  # type: ignore[index]
    with Image.open(BytesIO(b"".join(preview(stored).stream))) as small:
        assert min(small.getpixel((0, 0))) > 230  # type: ignore[type-var, arg-type]


@pytest.mark.parametrize(
    ("upload", "media_type", "extension"),
    [
        (a_pdf, "application/pdf", ".pdf"),
        (lambda: an_office_file("word/document.xml"), "wordprocessingml.document", ".docx"),
        (lambda: an_office_file("xl/workbook.xml"), "spreadsheetml.sheet", ".xlsx"),
    ],
)
def test_documents_are_kept_as_they_are(unit: UnionBody, upload, media_type: str, extension: str) -> None:  # type: ignore[no-untyped-def]
    given = upload()
    stored = kept(unit, given, name="名单.exe")
    assert content(stored) == given.getvalue()
    assert stored.media_type.endswith(media_type)
    assert stored.name == f"名单{extension}"
    with pytest.raises(Missing):
        preview(stored)


@pytest.mark.parametrize("length", [0, CHUNK - 16, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_content_of_any_length_comes_back(unit: UnionBody, length: int) -> None:
    given = a_pdf(length)
    assert content(kept(unit, given)) == given.getvalue()


def test_uploads_of_the_browser_are_read_from_their_temporary_file(unit: UnionBody) -> None:
    uploader = Actor(a_user())
    with TemporaryUploadedFile("房屋.jpg", "text/html", 0, None) as upload:
        upload.write(a_picture().getvalue())
        stored = store(upload, actor=uploader, unit=unit)
    assert (stored.name, stored.uploaded_by, stored.unit_id) == ("房屋.jpg", uploader.user, unit.pk)
    small = SimpleUploadedFile("a.jpg", a_picture().getvalue())
    assert store(small, actor=uploader, unit=unit).name == "a.jpg"


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\用户\\低保证明.PDF", "低保证明.pdf"),
        ("gpj\u202e.exe", "gpj.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("..", "附件.pdf"),
        ("", "附件.pdf"),
        ("长" * 300 + ".pdf", "长" * 100 + ".pdf"),
    ],
)
def test_names_cannot_mislead(unit: UnionBody, given: str, clean: str) -> None:
    assert kept(unit, a_pdf(), name=given).name == clean


# What does not come in


def a_bomb(width: int, height: int) -> BytesIO:
    """A small PNG that unpacks to a huge picture."""
    written = BytesIO()
    Image.new("1", (width, height)).save(written, "PNG")
    return written


def refused(unit: UnionBody, vault: Path, upload: BytesIO, allowed: frozenset = DOCUMENTS) -> str:  # type: ignore[type-arg]
    with pytest.raises(Invalid) as refusal:
        store(upload, actor=CLOCK, unit=unit, name="photo.jpg", allowed=allowed)
    assert sealed_files(vault) == drafts(vault) == []
    assert not StoredFile.objects.exists()
    return str(refusal.value)


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a" + bytes(100),
        b"MZ" + bytes(100),
        b"II*\0" + bytes(100),
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        b" %PDF-1.7\n",
        b"PK\x05\x06" + bytes(18),
        b"x",
    ],
    ids=["html", "svg", "gif", "exe", "tiff", "eps", "pdf after a space", "empty zip", "one byte"],
)
def test_what_is_not_asked_for_is_refused_by_content(unit: UnionBody, vault: Path, content: bytes) -> None:
    assert "不是可接受的类型" in refused(unit, vault, BytesIO(content))


def test_heic_is_refused_with_a_way_out(unit: UnionBody, vault: Path) -> None:
    assert "兼容性最佳" in refused(unit, vault, BytesIO(b"\0\0\0\x18ftypheic" + bytes(64)))


def test_a_document_is_refused_where_a_picture_is_asked(unit: UnionBody, vault: Path) -> None:
    pictures = frozenset(kind for kind in DOCUMENTS if kind.decoder)
    assert "JPEG、PNG、WebP" in refused(unit, vault, a_pdf(), pictures)


def test_empty_and_oversized_files_are_refused(unit: UnionBody, vault: Path) -> None:
    assert "空的" in refused(unit, vault, BytesIO())
    with pytest.raises(Invalid, match=r"2\.0 MB，超过上限 1 MB"):
        store(a_pdf(2 * 2**20), actor=CLOCK, unit=unit, allowed={PDF}, limit=2**20)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_truncated_photo_is_refused(unit: UnionBody, vault: Path, part: float) -> None:
    whole = a_picture(size=(800, 600), quality=95).getvalue()
    assert "不完整或已损坏" in refused(unit, vault, BytesIO(whole[: int(len(whole) * part)]))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_head_without_a_body_is_refused(unit: UnionBody, vault: Path, kind: str) -> None:
    whole = a_picture(kind, size=(300, 300)).getvalue()
    assert "损坏" in refused(unit, vault, BytesIO(whole[:40] + os.urandom(400)))


@pytest.mark.parametrize("size", [(9_000, 9_000), (20_000, 20_000), (60_000, 1_000)])
def test_a_bomb_is_refused_before_it_unpacks(unit: UnionBody, vault: Path, size: tuple[int, int]) -> None:
    bomb = a_bomb(*size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "像素过多" in refused(unit, vault, bomb)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000  # KiB


def test_a_polyglot_loses_what_it_carried(unit: UnionBody) -> None:
    """A JPEG that is also a web page and a zip: what is kept has only its pixels."""
    with_page = a_picture(comment=b"<script>alert(1)</script>").getvalue()
    appended = an_office_file("word/document.xml").getvalue()
    plain = content(kept(unit, BytesIO(with_page + b"<script>alert(2)</script>" + appended)))
    assert b"script" not in plain
    assert not zipfile.is_zipfile(BytesIO(plain))


def test_an_office_file_with_macros_or_behind_a_prefix_is_refused(unit: UnionBody, vault: Path) -> None:
    assert "宏" in refused(unit, vault, an_office_file("word/document.xml", "word/vbaProject.bin"))
    hidden = BytesIO(b"MZ" + an_office_file("word/document.xml").getvalue())
    assert "不是可接受的类型" in refused(unit, vault, hidden)
    assert "已损坏" in refused(unit, vault, BytesIO(an_office_file("word/document.xml").getvalue()[:-30]))
    assert "不是可接受的类型" in refused(unit, vault, an_office_file("classes.dex"))


def test_an_office_file_that_unpacks_without_end_is_refused(unit: UnionBody, vault: Path) -> None:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<xml/>")
        with package.open("xl/workbook.xml", "w", force_zip64=True) as sheet:
            for _ in range(401):
                sheet.write(bytes(2**20))
    assert "解压后过大" in refused(unit, vault, written)
