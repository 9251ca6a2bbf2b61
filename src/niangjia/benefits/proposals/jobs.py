"""The search, every night and when somebody asks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.benefits.proposals import finding
from niangjia.kernel import clock
from niangjia.kernel.jobs import Job, Progress, daily, job
from niangjia.kernel.jobs.models import UNFINISHED, State


@job(label=_("政策找人"), every=daily("03:20"), long=True, lease=300, name="benefits.find_entitled")
def find_entitled(progress: Progress, *, schemes: Sequence[str] | None = None) -> dict[str, Any]:
    """All open schemes, or those named. Repeating it is safe: only what differs is written."""
    today = clock.today()
    chosen = [one for one in finding.open_schemes(today) if schemes is None or one.number in schemes]
    progress.total = len(chosen)
    found = finding.find(chosen, today, actor=progress.actor(), progress=progress)
    return {
        number: {"refusal": tally.refusal} if tally.refusal else tally.counts
        for number, tally in found.items()
    }


def is_looking() -> bool:
    return Job.objects.filter(name=find_entitled.name, state__in=UNFINISHED).exclude(key="").exists()


def looked_at() -> datetime | None:
    """When the register was last put to schemes, to the end."""
    done = Job.objects.filter(name=find_entitled.name, state=State.DONE)
    return done.order_by("-finished_at").values_list("finished_at", flat=True).first()
