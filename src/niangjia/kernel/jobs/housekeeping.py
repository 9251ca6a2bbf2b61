"""The table keeps itself small."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.jobs.models import FINISHED, Job, State
from niangjia.kernel.jobs.progress import Progress
from niangjia.kernel.jobs.registry import job
from niangjia.kernel.jobs.schedule import daily

KEPT = timedelta(days=30)
# Longer than the longest period, so that the last slot of a schedule is always remembered.
SLOTS_KEPT = timedelta(days=2)
CHUNK = 500


@job(label=_("清理已结束的后台作业"), every=daily("03:20"))
def prune(progress: Progress) -> dict[str, int]:
    now = clock.now()
    old = Q(finished_at__lt=now - KEPT, state__in=FINISHED)
    slots = Q(finished_at__lt=now - SLOTS_KEPT, state__in=(State.DONE, State.CANCELLED), slot__isnull=False)
    removed = 0
    while chunk := list(Job.objects.filter(old | slots).values_list("pk", flat=True)[:CHUNK]):
        removed += Job.objects.filter(pk__in=chunk).delete()[0]
        progress.advance(len(chunk))
    return {"removed": removed}
