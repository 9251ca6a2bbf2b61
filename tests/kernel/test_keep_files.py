"""Attachments lie sealed and come out only whole; what nobody refers to is collected."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from niangjia.kernel import clock, keys
from niangjia.kernel.files import (
    Damaged,
    StorageFull,
    StoredFile,
    download,
    housekeeping,
)
from niangjia.kernel.files.vault import CHUNK, TAG, path
from niangjia.kernel.jobs import Job, run_until_idle
from niangjia.organisation.models import UnionBody
from tests.cast import a_union
from tests.kernel import work
from tests.kernel.uploads import (
    a_pdf,
    a_picture,
    an_office_file,
    content,
    drafts,
    kept,
    sealed_files,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

# How it lies there


def test_nothing_readable_lies_on_the_disk_or_in_the_table(unit: UnionBody, vault: Path) -> None:
    given = BytesIO(b"%PDF-1.7\n" + b"wage slip of somebody" * 10_000)
    stored = kept(unit, given, name="某人工资单.pdf")
    (file,) = sealed_files(vault)
    assert file.name == stored.address
    assert b"wage" not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM kernel_storedfile")
        assert "工资".encode() not in bytes(cursor.fetchone()[0])


def test_the_same_file_sent_twice_lies_once_but_units_do_not_share(unit: UnionBody, vault: Path) -> None:
    given = a_pdf()
    first, second = kept(unit, given), kept(unit, given)
    assert first.address == second.address
    assert len(sealed_files(vault)) == 1
    other = kept(a_union(parent=unit), given)
    assert other.address != first.address
    assert content(other) == content(second)


def test_files_outlive_the_rotation_of_their_key(unit: UnionBody, settings: Settings, tmp_path: Path) -> None:
    settings.KEYS_FOLDER, settings.KEYS_GIVEN = tmp_path / "keys", {}
    settings.KEYS_FOLDER.mkdir()
    given = a_pdf()
    before = kept(unit, given)
    keys.rotate("files")
    after = kept(unit, given)
    assert before.address != after.address
    assert content(before) == content(after) == given.getvalue()


def test_files_are_sealed_by_sm4_where_the_key_says_so(
    unit: UnionBody, settings: Settings, tmp_path: Path
) -> None:
    settings.KEYS_FOLDER, settings.KEYS_GIVEN, settings.CIPHER = tmp_path / "keys", {}, "sm4"
    settings.KEYS_FOLDER.mkdir()
    given = a_pdf(CHUNK * 2)
    assert content(kept(unit, given)) == given.getvalue()
    assert keys.current("files").cipher == "sm4"


def cut(sealed: bytes) -> bytes:
    return sealed[: len(sealed) - (CHUNK + TAG)]


def flip(sealed: bytes) -> bytes:
    return sealed[:100] + bytes([sealed[100] ^ 1]) + sealed[101:]


def swap_chunks(sealed: bytes) -> bytes:
    first, second = 24, 24 + CHUNK + 16
    return (
        sealed[:first]
        + sealed[second : second + CHUNK + 16]
        + sealed[first:second]
        + sealed[second + CHUNK + 16 :]
    )


@pytest.mark.parametrize(
    "change",
    [cut, flip, swap_chunks, lambda sealed: sealed[:10], lambda sealed: b"", lambda sealed: b"%PDF" + sealed],
)
def test_a_changed_file_does_not_open(unit: UnionBody, change) -> None:  # type: ignore[no-untyped-def]
    # Exactly three chunks, so that a cut leaves whole ones.
    stored = kept(unit, BytesIO(b"%PDF-" + os.urandom(3 * CHUNK - 5)))
    file = path(stored.address)
    file.write_bytes(change(file.read_bytes()))
    with pytest.raises(Damaged):
        content(stored)


def test_a_file_in_the_place_of_another_does_not_open(unit: UnionBody) -> None:
    mine, other = kept(unit, a_pdf()), kept(unit, a_pdf())
    path(mine.address).write_bytes(path(other.address).read_bytes())
    with pytest.raises(Damaged):
        content(mine)


def test_a_file_that_is_gone_says_so_before_the_answer_begins(unit: UnionBody) -> None:
    stored = kept(unit, a_pdf())
    path(stored.address).unlink()
    with pytest.raises(Damaged, match="备份"):
        download(stored)


@contextmanager
def little_room(size: int) -> Iterator[None]:
    """No file of this process may grow beyond so many bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_told_and_leaves_nothing_half_written(unit: UnionBody, vault: Path) -> None:
    before = kept(unit, a_pdf())
    with little_room(CHUNK), pytest.raises(StorageFull, match="没有保存"):
        kept(unit, a_pdf(3 * CHUNK))
    assert drafts(vault) == []
    assert [file.name for file in sealed_files(vault)] == [before.address]
    assert StoredFile.objects.count() == 1


# How it comes out


def test_pictures_and_pdf_may_be_shown_whatever_else_is_saved(unit: UnionBody) -> None:
    for upload, shown in [(a_picture(), True), (a_pdf(), True), (an_office_file("xl/workbook.xml"), False)]:
        given = download(kept(unit, upload, name="名 单.x"), disposition="inline")
        assert given.headers["Content-Disposition"].startswith("inline" if shown else "attachment")
        assert "filename*=utf-8''%E5%90%8D%20%E5%8D%95" in given.headers["Content-Disposition"]
        assert given.headers["X-Content-Type-Options"] == "nosniff"
        assert given.headers["Cache-Control"] == "private, no-store"
        assert "sandbox" in given.headers["Content-Security-Policy"]
        assert len(b"".join(given.stream)) == int(given.headers["Content-Length"])


def test_a_download_is_saved_unless_asked_otherwise(unit: UnionBody) -> None:
    assert download(kept(unit, a_picture())).headers["Content-Disposition"].startswith("attachment")


# What is collected


def collect(days: float) -> dict[str, int]:
    with clock.at(clock.now() + timedelta(days=days)):
        asked = housekeeping.collect_files.enqueue()
        run_until_idle()
    return dict(Job.objects.get(pk=asked.pk).result)


def test_an_upload_nobody_refers_to_goes_after_a_week(unit: UnionBody, vault: Path) -> None:
    stored = kept(unit, a_picture(size=(640, 400)))
    assert collect(days=6) == {"rows": 0, "files": 0}
    assert content(stored)
    assert collect(days=8) == {"rows": 1, "files": 2}
    assert sealed_files(vault) == []


def test_what_is_referred_to_stays(unit: UnionBody) -> None:
    stored = kept(unit, a_picture())
    asked = work.write.enqueue(name="x", run_at=clock.now() + timedelta(days=4000))
    Job.objects.filter(pk=asked.pk).update(result_file=stored)
    assert collect(days=400) == {"rows": 0, "files": 0}
    assert content(stored)


def test_content_shared_with_a_living_row_stays(unit: UnionBody) -> None:
    given = a_pdf()
    old = kept(unit, given)
    StoredFile.objects.filter(pk=old.pk).update(uploaded_at=clock.now() - timedelta(days=30))
    young = kept(unit, given)
    assert collect(days=2) == {"rows": 1, "files": 0}
    assert content(young) == given.getvalue()


def test_content_without_a_row_and_broken_drafts_go_after_a_day(unit: UnionBody, vault: Path) -> None:
    lost = kept(unit, a_pdf())
    StoredFile.objects.filter(pk=lost.pk).delete()
    broken = vault / "incoming" / "0123abcd"
    broken.write_bytes(b"half")
    assert collect(days=0.5) == {"rows": 0, "files": 0}
    assert collect(days=1.5) == {"rows": 0, "files": 2}
    assert sealed_files(vault) == drafts(vault) == []
