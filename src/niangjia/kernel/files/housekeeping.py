"""Collecting what nobody needs: uploads never attached, sealed content without a row, broken drafts."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q, QuerySet
from django.db.models.fields.reverse_related import ManyToOneRel
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.files import vault
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.jobs.progress import Progress
from niangjia.kernel.jobs.registry import job
from niangjia.kernel.jobs.schedule import daily

log = logging.getLogger("niangjia.files")

# An upload may wait in a draft form this long before something refers to it.
UNATTACHED_KEPT = timedelta(days=7)
# Longer than any transaction that could still be about to record the file.
UNRECORDED_KEPT = timedelta(days=1)
CHUNK = 200


@job(label=_("清理无主附件"), every=daily("03:40"), long=True)
def collect_files(progress: Progress) -> dict[str, int]:
    rows = _collect_rows(progress)
    files = sum(_collect_content(shard) for shard in _shards(progress))
    return {"rows": rows, "files": files}


def abandoned() -> QuerySet[StoredFile]:
    """Old uploads to which no row of any table refers."""
    referred = Q(pk__in=[])
    for relation in _relations():
        rows = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
        referred |= Q(Exists(rows))
    return StoredFile.objects.filter(~referred, uploaded_at__lt=clock.now() - UNATTACHED_KEPT)


def _relations() -> list[ManyToOneRel]:
    """Every foreign key to a file, also those that hide their way back, and the middle of many-to-many."""
    fields = StoredFile._meta.get_fields(include_hidden=True)
    return [field for field in fields if isinstance(field, ManyToOneRel)]


def _collect_rows(progress: Progress) -> int:
    removed = 0
    for stored in list(abandoned()):
        try:
            with transaction.atomic():
                removed += stored.delete()[0]
        except (ProtectedError, IntegrityError):
            log.info("file %s was attached a moment ago and stays", stored)
        progress.advance()
    return removed


def _shards(progress: Progress) -> Iterable[list[Path]]:
    """The files of the vault folder by folder, broken drafts first."""
    yield [file for file in vault.drafts().iterdir() if _is_old(file)]
    for folder in sorted(Path(settings.FILES_FOLDER).glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]")):
        progress.check()
        yield [file for file in folder.iterdir() if _is_old(file)]


def _collect_content(files: list[Path]) -> int:
    removed = 0
    for start in range(0, len(files), CHUNK):
        chunk = files[start : start + CHUNK]
        with vault.folder_lock():
            wanted = _recorded({file.name for file in chunk})
            # Looked at again under the lock: an equal upload may have just put it back.
            for file in chunk:
                if file.name not in wanted and _is_old(file):
                    file.unlink(missing_ok=True)
                    removed += 1
    return removed


def _recorded(addresses: set[str]) -> set[str]:
    rows = StoredFile.objects.filter(Q(address__in=addresses) | Q(preview_address__in=addresses))
    return {address for pair in rows.values_list("address", "preview_address") for address in pair}


def _is_old(file: Path) -> bool:
    try:
        written = datetime.fromtimestamp(file.stat().st_mtime, tz=clock.CHINA)
    except FileNotFoundError:
        return False  # a draft that has just found its place
    return written < clock.now() - UNRECORDED_KEPT
