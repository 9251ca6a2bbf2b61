"""What `niangjia prepare` does, and that it leaves alone what is already done."""

import os
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder

from niangjia.config import prepare
from niangjia.demo.models import DemoCity
from niangjia.kernel.users import User


def catalogue(folder: Path, text: str) -> Path:
    source = folder / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True, exist_ok=True)
    book = polib.POFile()
    book.append(polib.POEntry(msgid="受理", msgstr=text))
    book.save(str(source))
    return source


def test_a_catalogue_is_compiled_once_and_again_when_it_changes(tmp_path: Path) -> None:
    source = catalogue(tmp_path, "Accept")
    target = source.with_suffix(".mo")

    assert prepare.compile_translations(tmp_path) == [target]
    assert prepare.compile_translations(tmp_path) == []

    catalogue(tmp_path, "Take on")
    later = target.stat().st_mtime_ns + 1_000_000_000
    os.utime(source, ns=(later, later))
    assert prepare.compile_translations(tmp_path) == [target]
    assert [entry.msgstr for entry in polib.mofile(str(target))] == ["Take on"]
    assert [path.name for path in target.parent.iterdir() if path.suffix not in {".po", ".mo"}] == []


def test_static_files_are_collected_once(tmp_path: Path, settings: object) -> None:
    settings.STATIC_ROOT = tmp_path  # type: ignore[attr-defined]
    prepare.collect_static_files()
    served = tmp_path / "vendor" / "htmx.min.js"
    assert served.exists()
    assert not (tmp_path / "ninja").exists()

    served.unlink()
    prepare.collect_static_files()
    assert not served.exists()

    (tmp_path / ".fingerprint").write_text("of another tree", encoding="ascii")
    prepare.collect_static_files()
    assert served.exists()


@pytest.mark.django_db
def test_a_database_with_people_of_its_own_gets_no_demo_city() -> None:
    User.objects.create_user("clerk", name="甲")
    with pytest.raises(SystemExit, match="holds accounts and is no demo city"):
        prepare.build_demo_city()
    assert not DemoCity.objects.exists()


@pytest.mark.django_db
def test_there_is_only_one_demo_city() -> None:
    from django.db import IntegrityError, transaction

    DemoCity.objects.create(pk=1, seed=1)
    with transaction.atomic(), pytest.raises(IntegrityError):
        DemoCity.objects.bulk_create([DemoCity(pk=2, seed=2)])


@pytest.mark.django_db
def test_a_migrated_database_lacks_nothing() -> None:
    assert prepare.unapplied_migrations() == []
    assert settings.LOCALE_PATHS
    call_command("check", fail_level="WARNING")


@pytest.mark.django_db
def test_a_database_of_another_version_is_refused_in_words() -> None:
    MigrationRecorder.Migration.objects.create(app="kernel", name="0099_of_tomorrow")
    with pytest.raises(SystemExit, match=r"made by another version: kernel\.0099_of_tomorrow"):
        prepare.migrate()
