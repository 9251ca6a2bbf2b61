"""Words to people do not lie about: bodies, addresses and spool files go after a day."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import clock
from niangjia.kernel.jobs import Progress, job, minutes
from niangjia.kernel.messages.models import Message, State

CONTENT_KEPT = timedelta(days=1)
ROWS_KEPT = timedelta(days=730)
CHUNK = 200


@job(label=gettext_lazy("清理消息内容"), every=minutes(60), name="kernel.messages.forget")
def forget(progress: Progress) -> dict[str, int]:
    return {
        "expired": _end_expired(),
        "wiped": _wipe(progress),
        "files": _empty_spool(),
        "removed": Message.objects.filter(ended_at__lt=clock.now() - ROWS_KEPT).delete()[0],
    }


def _end_expired() -> int:
    """Those whose job gave up; a code that comes an hour late only confuses."""
    late = Message.objects.filter(state=State.QUEUED, valid_until__lt=clock.now())
    return late.update(state=State.FAILED, ended_at=clock.now(), error=_("超过有效期仍未送达。"))


def _wipe(progress: Progress) -> int:
    full = Message.objects.filter(
        Q(address__isnull=False) | Q(body__isnull=False), ended_at__lt=clock.now() - CONTENT_KEPT
    )
    wiped = 0
    while rows := list(full.only("public_id", "address", "body")[:CHUNK]):
        with transaction.atomic():
            for message in rows:
                message.address = message.body = ""
                message.save(update_fields=["address", "body"])
        wiped += len(rows)
        progress.advance(len(rows))
    return wiped


def _empty_spool() -> int:
    """By the age of the file: the operator's machine may have been off for a while."""
    removed = 0
    for file in Path(settings.SPOOL_FOLDER).glob("*-*"):
        if file.suffix not in {".json", ".draft"}:
            continue
        if datetime.fromtimestamp(file.stat().st_mtime, tz=clock.CHINA) < clock.now() - CONTENT_KEPT:
            file.unlink(missing_ok=True)
            removed += 1
    return removed
