"""What the organisation does by the calendar."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.jobs import Progress, daily, job
from niangjia.organisation.building import blank_spots


@job(label=_("发布空白点名单"), every=daily("06:30"), long=True)
def release_blank_spots(progress: Progress) -> dict[str, int]:
    """Looks every day, acts on the day of the month that each region set, or on the first day after a standstill."""
    return {"opened": blank_spots.release_due(progress)}
